"""Tries a mutant of what runs at import: in a process that has loaded nothing of ours yet."""

import os
import time
from pathlib import Path

import pytest

from .children import ARGUMENTS, KILLED, fork, kill, quiet
from .plugin import install
from .room import Outcome, Room, outcome_of
from .sample import Place, mirrored_tests

MODELS = Path("articles/models")


def try_at_import(room: Room, place: Place) -> Outcome:
    """Return what becomes of a mutant when its module is loaded broken.

    In ``articles/models`` the migrations are asked first: a column they do not have is noticed by
    ``manage.py makemigrations --check``.
    """
    tests = [test.name for test in room.tests_for(place)] or mirrored_tests(room.name)
    if not tests:
        return Outcome.UNREACHED
    code = _run(place, tests, room.seconds)
    if code is not None:
        return outcome_of(code)
    return Outcome.KILLED if _run(None, tests, room.seconds / 2) == 0 else Outcome.UNDECIDED


def _run(place: Place | None, tests: list[str], seconds: float) -> int | None:
    """Return the exit code, or None when it took longer than ``seconds``."""
    process = fork.Process(target=_child, args=(place, tests))
    process.start()
    process.join(seconds)
    code = process.exitcode
    kill(process)
    return code


def _child(place: Place | None, tests: list[str]) -> None:
    os.setsid()
    quiet()
    if place:
        install(place.path, place.mutant.tree)
        if MODELS in place.path.parents and _misses_migration():
            os._exit(KILLED)
    os._exit(int(pytest.main([*ARGUMENTS, *tests]) != 0))


def _misses_migration() -> bool:
    """Tell whether ``manage.py makemigrations --check --dry-run`` would ask for a migration (or could not run)."""
    from django.apps import apps
    from django.db.migrations.autodetector import MigrationAutodetector
    from django.db.migrations.loader import MigrationLoader
    from django.db.migrations.state import ProjectState

    import tests.conftest  # noqa: F401 (sets Django up)

    loader = MigrationLoader(None)
    detector = MigrationAutodetector(loader.project_state(), ProjectState.from_apps(apps))
    return bool(detector.changes(graph=loader.graph))


def try_all_at_import(room: Room) -> None:
    """Try those of a room that were left to be loaded anew, while there is time."""
    for place, outcome in list(room.outcomes.items()):
        if outcome is not Outcome.AT_IMPORT:
            continue
        if time.monotonic() > room.deadline:
            del room.outcomes[place]
        else:
            room.outcomes[place] = try_at_import(room, place)
