"""``python -m tests.mutants ROOM ...``: break a sample of places, and say which breaks no test notices."""

import argparse
import importlib
import subprocess
import sys
import time
from collections import Counter

from .at_import import try_all_at_import
from .room import Outcome, Room, try_room
from .sample import ROOMS, ROOT, leak_rules, room_of, sample

LIMIT = 20  # seconds that the tests of one mutant may take

OTHERS = (
    "django.contrib.staticfiles.storage django.core.management django.core.serializers.json django.db.models "
    "django.forms django.http django.template django.test django.urls feedparser hypothesis lxml.html PIL.Image"
)


def main() -> int:
    """Run the mutants. Returns 1 when too few are tried, or too few of those tried are killed."""
    if sys.version_info < (3, 12):
        sys.exit(
            "tests.mutants needs Python 3.12 or later, which tells what a test calls (sys.monitoring)."
        )
    options = _options()
    _load_others()
    if options.leak_rules:
        chosen = leak_rules()
    else:
        chosen = {}
        for part in options.rooms:
            chosen.setdefault(room_of(part), []).extend(sample(part, options.count, options.seed))
    end = time.monotonic() + options.minutes * 60 if options.minutes else float("inf")
    rooms = []
    for place, (name, places) in enumerate(chosen.items()):
        now = time.monotonic()
        deadline = now + (end - now) / (len(chosen) - place)
        room = try_room(Room(name, places, options.seconds, options.jobs, deadline))
        try_all_at_import(room)
        _report(room)
        rooms.append(room)
    return _verdict(rooms, options.least, options.tried)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.mutants", description=__doc__)
    parser.add_argument("rooms", nargs="*", default=ROOMS, help="folders or modules")
    parser.add_argument("--count", type=int, default=60, help="mutants a room")
    parser.add_argument("--seed", default=_commit(), help="the same seed takes the same places")
    parser.add_argument("--leak-rules", action="store_true", help="all of leak_rules.toml instead")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--minutes", type=float, default=0, help="begin no mutant after so long")
    parser.add_argument("--seconds", type=float, default=LIMIT, help="for the tests of a mutant")
    parser.add_argument("--least", type=float, help="percent to be killed: 90, of leak rules 100")
    parser.add_argument("--tried", type=int, default=1, help="mutants that have to be tried")
    options = parser.parse_args()
    if options.least is None:
        options.least = 100 if options.leak_rules else 90
    return options


def _commit() -> str:
    command = ["git", "rev-parse", "HEAD"]
    output = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False).stdout  # noqa: S603
    return output.strip()


def _load_others() -> None:
    """Load what is not ours once, for all processes that are forked; nothing of ours, which may be broken in one."""
    for name in OTHERS.split():
        importlib.import_module(name)


def _report(room: Room) -> None:
    for place, outcome in sorted(room.outcomes.items(), key=lambda pair: str(pair[0])):
        if outcome is not Outcome.KILLED:
            print(f"{place} ({outcome.value})")
    outcomes = Counter(room.outcomes.values())
    decided = outcomes.total() - outcomes[Outcome.UNDECIDED]
    share = 100 * outcomes[Outcome.KILLED] / max(1, decided)
    print(f"{room.name}: {outcomes[Outcome.KILLED]} of {decided} killed, {share:.0f} %", flush=True)


def _verdict(rooms: list[Room], least: float, tried: int) -> int:
    outcomes = Counter(outcome for room in rooms for outcome in room.outcomes.values())
    decided = outcomes.total() - outcomes[Outcome.UNDECIDED]
    share = 100 * outcomes[Outcome.KILLED] / max(1, decided)
    print(f"all: {share:.0f} % of {decided}; at least {least:g} % of {tried} or more is asked for")
    return int(share < least or decided < tried)


sys.exit(main())
