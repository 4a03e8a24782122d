"""The forked processes that tests run in, and how one test is run there."""

import os
import shutil
import signal
from collections.abc import Callable
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.context import ForkProcess
from pathlib import Path

import pytest

from .sample import ROOT

fork = get_context("fork")
# The migrated database comes from pytest's cache: what a migration alone makes is part of it.
ARGUMENTS = "-q -x --no-header -p no:xdist --disable-warnings".split()


def quiet() -> None:
    """Send what tests print nowhere, and make Hypothesis repeat itself without shrinking what fails."""
    from hypothesis import Phase, settings

    os.environ |= {"PYTEST_ADDOPTS": ""}
    os.environ.pop("DATABASE_URL", None)
    os.chdir(ROOT)
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, 1)
    os.dup2(null, 2)
    settings.register_profile(
        "mutants",
        phases=[Phase.explicit, Phase.generate],
        database=None,
        deadline=None,
        derandomize=True,
    )
    settings.load_profile("mutants")


KILLED, SURVIVED, CANNOT = 1, 0, 77


def kill(process: ForkProcess) -> None:
    """End a mutant's process and what it started."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid or 0, signal.SIGKILL)
    process.join()


def start(work: Callable[[], None]) -> ForkProcess:
    """Do ``work`` in a forked process with a copy of the database."""
    process = fork.Process(target=_in_child, args=(work,))
    process.start()
    return process


def _in_child(work: Callable[[], None]) -> None:
    os.setsid()
    _copy_database()
    work()
    os._exit(SURVIVED)


def _copy_database() -> None:
    """Give this process a database of its own."""
    from django.db import connections

    for connection in connections.all():
        file = Path(str(connection.settings_dict["NAME"]))
        if connection.vendor == "sqlite" and file.is_file() and file.is_absolute():
            copy = _copies(file, os.getpid())
            shutil.copyfile(file, copy)
            connection.settings_dict["NAME"] = str(copy)


def _copies(file: Path, pid: int | None) -> Path:
    return file.with_name(f"{file.name}.{pid}")


def remove_copies(process: ForkProcess) -> None:
    """Remove what ``start`` copied."""
    from django.db import connections

    for connection in connections.all():
        file = Path(str(connection.settings_dict["NAME"]))
        if file.is_absolute():
            for copy in file.parent.glob(f"{_copies(file, process.pid).name}*"):
                copy.unlink(missing_ok=True)


class _Everything:
    """Stands for a next test that shares only the session, so that no test leaves its module's fixtures behind."""

    def __init__(self, session: pytest.Session) -> None:
        self.session = session

    def listchain(self) -> list[object]:
        return [self.session]


def run_test(item: pytest.Item, session: pytest.Session) -> str:
    """Run a test and return how it ended: passed, failed or skipped."""
    from _pytest.runner import runtestprotocol

    reports = runtestprotocol(item, log=False, nextitem=_Everything(session))  # type: ignore[arg-type]
    outcomes = {report.outcome for report in reports}
    return next(name for name in ("failed", "skipped", "passed") if name in outcomes)
