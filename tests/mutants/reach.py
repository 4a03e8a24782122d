"""Which functions of ours a piece of a run calls."""

import sys
from pathlib import Path
from types import CodeType
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
CODE = f"{ROOT}/articles/"
Reached = frozenset[tuple[str, str]]
monitoring: Any = getattr(sys, "monitoring", None)  # from Python 3.12 on


class Reach:
    """Notes each function of ``articles/`` that is called, as (path, qualified name of the outermost function)."""

    def __init__(self) -> None:
        self._codes: set[CodeType] = set()

    def start(self) -> None:
        """Begin to note calls, on every thread."""
        monitoring.use_tool_id(monitoring.COVERAGE_ID, "mutants")
        monitoring.register_callback(monitoring.COVERAGE_ID, monitoring.events.PY_START, self._note)
        monitoring.set_events(monitoring.COVERAGE_ID, monitoring.events.PY_START)

    def stop(self) -> None:
        """Note nothing more."""
        monitoring.set_events(monitoring.COVERAGE_ID, 0)
        monitoring.free_tool_id(monitoring.COVERAGE_ID)

    def take(self) -> Reached:
        """Return what was called since the last time."""
        reached = frozenset(
            (code.co_filename.removeprefix(f"{ROOT}/"), code.co_qualname.split(".<locals>")[0])
            for code in self._codes
        )
        self._codes.clear()
        monitoring.restart_events()
        return reached

    def _note(self, code: CodeType, _offset: int) -> object:
        if code.co_filename.startswith(CODE):
            self._codes.add(code)
        return monitoring.DISABLE  # until the next take: each code is noted once
