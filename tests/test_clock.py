"""The paper's clock never runs backwards, and every "now" comes from it."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.utils import timezone

import articles
from articles import clock

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
ELSEWHERE = re.compile(
    r"timezone\.(?:now\b|localdate\(\)|localtime\(\))|datetime\.(?:now|utcnow|today)\(|date\.today\("
    r"|functions import .*\bNow\b|\bNow\(\)|auto_now|time\.time\("
)


@pytest.fixture
def server(monkeypatch):
    """Return a function that sets the server's clock."""

    def set_clock(at: datetime) -> None:
        monkeypatch.setattr(timezone, "now", lambda: at)

    return set_clock


@pytest.mark.parametrize("step", [timedelta(seconds=1), HOUR, timedelta(hours=23)])
def test_it_waits_for_a_clock_that_went_back(server, step):
    server(NOON)
    assert clock.now() == NOON
    server(NOON - step)
    assert clock.now() == NOON
    server(NOON + HOUR)
    assert clock.now() == NOON + HOUR


def test_it_waits_for_no_clock_that_ran_ahead_by_days(server):
    server(NOON + timedelta(days=400))
    assert clock.now() == NOON + timedelta(days=400)
    server(NOON)
    assert clock.now() == NOON
    clock.raise_to(NOON + timedelta(days=400))
    assert clock.now() == NOON


def test_it_is_as_late_as_it_was_in_another_process(server):
    server(NOON)
    clock.raise_to(NOON + HOUR)
    assert clock.now() == NOON + HOUR
    clock.raise_to(NOON)
    clock.raise_to(None)
    assert clock.now() == NOON + HOUR


def test_every_now_comes_from_the_one_clock():
    room = Path(articles.__file__).parent
    elsewhere = {
        str(path.relative_to(room)): sorted(set(matches))
        for path in sorted(room.rglob("*.py"))
        if "migrations" not in path.parts
        and path.name not in ("clock.py", "clock_readings.py")
        and (matches := ELSEWHERE.findall(path.read_text("utf-8")))
    }
    assert elsewhere == {}, "use articles.clock.now()"
