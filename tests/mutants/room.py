"""Runs the tests of a room for one mutant after the other, in one process that has loaded everything once.

Each mutant gets a forked process with a copy of the empty database; its code is put into the functions that are
loaded. What runs at import (a column, a constant) cannot be put there: ``at_import`` loads those anew.
"""

import os
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum
from functools import partial
from multiprocessing.connection import Connection
from multiprocessing.context import ForkProcess
from pathlib import Path

import pytest

from .children import (
    ARGUMENTS,
    CANNOT,
    KILLED,
    SURVIVED,
    fork,
    kill,
    quiet,
    remove_copies,
    run_test,
    start,
)
from .reach import Reach, Reached
from .sample import ROOT, Place, mirrored_tests, mirrors
from .swap import swap


class Outcome(Enum):
    """What became of a mutant."""

    KILLED = "killed"
    SURVIVED = "survived"
    UNREACHED = "survived: no test of the room reaches it"
    UNDECIDED = "undecided: the computer was too slow"
    AT_IMPORT = "to be tried in a process that loads it anew"


@dataclass(frozen=True, slots=True)
class Test:
    """A test of a room: its pytest name, its seconds without a break, and what it calls of ours."""

    name: str
    seconds: float
    reached: Reached


@dataclass
class Room:
    """What is tried in a room, and until when (``time.monotonic``)."""

    name: str
    places: list[Place]
    seconds: float
    jobs: int
    deadline: float
    tests: list[Test] = field(default_factory=list)
    called_at_import: Reached = frozenset()
    outcomes: dict[Place, Outcome] = field(default_factory=dict)

    def tests_for(self, place: Place) -> list[Test]:
        """Return the tests that reach a mutant, those that mirror its module first, then the quick ones.

        Together they take half of the limit at most when nothing is broken.
        """
        key = (str(place.path), place.mutant.function)
        is_loaded = place.mutant.function and key not in self.called_at_import
        tests = [
            test
            for test in self.tests
            if (key in test.reached if is_loaded else _touches(test, place.path))
        ]
        tests.sort(key=lambda test: (not mirrors(_file(test), place.path), test.seconds))
        return list(_within(tests, self.seconds / 2))


def _touches(test: Test, path: Path) -> bool:
    return mirrors(_file(test), path) or any(file == str(path) for file, _ in test.reached)


def _file(test: Test) -> str:
    return test.name.split("::")[0]


def _within(tests: list[Test], seconds: float) -> Iterator[Test]:
    for test in tests:
        if test.seconds <= seconds:
            seconds -= test.seconds
            yield test


def try_room(room: Room) -> Room:
    """Return ``room`` with its tests and the outcome of each mutant that there was time for.

    Raises ``RuntimeError`` when its tests fail with nothing broken.
    """
    ours, theirs = fork.Pipe()
    process = fork.Process(target=_serve, args=(room, theirs))
    process.start()
    theirs.close()
    try:
        answer = ours.recv()
    except EOFError:
        raise RuntimeError(f"the tests of {room.name} could not be run") from None
    process.join()
    if isinstance(answer, str):
        raise RuntimeError(f"without any break: {answer}")
    room.tests, room.called_at_import, room.outcomes = answer
    return room


def _serve(room: Room, answer: Connection) -> None:
    reach = Reach()
    reach.start()
    quiet()
    plugin = _Plugin(room, reach, answer)
    pytest.main([*ARGUMENTS, *mirrored_tests(room.name)], plugins=[plugin])


class _Plugin:
    """Takes the place of pytest's own loop over the tests."""

    def __init__(self, room: Room, reach: Reach, answer: Connection) -> None:
        self.room, self.reach, self.answer = room, reach, answer

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Run the tests unbroken, then for each mutant."""
        self.items = {item.nodeid: item for item in session.items}
        self.session = session
        room = self.room
        room.called_at_import = self.reach.take()
        self._make_database()
        room.tests, failures = self._run_unbroken()
        self.reach.stop()
        if failures:
            self.answer.send(f"{', '.join(failures)} fails")
            return True
        self._try_all()
        self.answer.send((room.tests, room.called_at_import, room.outcomes))
        return True

    def _make_database(self) -> None:
        """Let the first test that needs a database make it; the copies are made of it."""
        from django.db import connections

        for item in self.session.items:
            if item.get_closest_marker("django_db") or "db" in getattr(item, "fixturenames", ()):
                run_test(item, self.session)
                break
        connections.close_all()

    def _run_unbroken(self) -> tuple[list[Test], list[str]]:
        """Return every test that is not skipped, and the names of those that fail."""
        ours, theirs = fork.Pipe()

        def run() -> None:
            tests, failures = [], []
            for name, item in self.items.items():
                started_at = time.monotonic()
                outcome = run_test(item, self.session)
                if outcome == "failed":
                    failures.append(name)
                elif outcome == "passed":
                    tests.append(Test(name, time.monotonic() - started_at, self.reach.take()))
            theirs.send((tests, failures))

        process = start(run)
        theirs.close()
        try:
            tests, failures = ours.recv()
        except EOFError:
            tests, failures = [], ["a test ended the process, which"]
        process.join()
        return tests, failures

    def _try_all(self) -> None:
        """Try the mutants, ``jobs`` at the same time."""
        waiting = list(reversed(self.room.places))
        running: list[tuple[Place, ForkProcess, float]] = []
        while waiting or running:
            while waiting and len(running) < self.room.jobs:
                if time.monotonic() > self.room.deadline:
                    waiting.clear()
                    break
                place = waiting.pop()
                tests = self.room.tests_for(place)
                if not self._can_swap(place):
                    self.room.outcomes[place] = Outcome.AT_IMPORT
                elif not tests:
                    self.room.outcomes[place] = Outcome.UNREACHED
                else:
                    process = start(partial(self._run_broken, place, tests))
                    running.append((place, process, time.monotonic()))
            time.sleep(0.01)
            running = [run for run in running if not self._has_ended(*run)]

    def _can_swap(self, place: Place) -> bool:
        key = (str(place.path), place.mutant.function)
        return bool(place.mutant.function) and key not in self.room.called_at_import

    def _run_broken(self, place: Place, tests: list[Test]) -> None:
        mutant = place.mutant
        if not swap(ROOT / place.path, mutant.tree, mutant.function):
            os._exit(CANNOT)
        self._run_tests(tests)

    def _run_tests(self, tests: list[Test]) -> None:
        for test in tests:
            if run_test(self.items[test.name], self.session) == "failed":
                os._exit(KILLED)
        os._exit(SURVIVED)

    def _has_ended(self, place: Place, process: ForkProcess, started_at: float) -> bool:
        """Note the outcome when the process has ended, or has taken longer than the limit."""
        code = process.exitcode
        if code is None and time.monotonic() - started_at < self.room.seconds:
            return False
        if code is None:
            kill(process)
            self.room.outcomes[place] = self._control(place)
        else:
            self.room.outcomes[place] = outcome_of(code)
        remove_copies(process)
        return True

    def _control(self, place: Place) -> Outcome:
        """Decide over a mutant whose tests did not end in time: killed, if without it they end in half of that.

        What they took at first says little of a computer that others use as well, so they run once more.
        """
        process = start(partial(self._run_tests, self.room.tests_for(place)))
        process.join(self.room.seconds / 2)
        code = process.exitcode
        kill(process)
        remove_copies(process)
        return Outcome.KILLED if code == SURVIVED else Outcome.UNDECIDED


def outcome_of(code: int) -> Outcome:
    """Return what the exit code of a mutant's process says; a process that broke down was noticed too."""
    return {SURVIVED: Outcome.SURVIVED, CANNOT: Outcome.AT_IMPORT}.get(code, Outcome.KILLED)
