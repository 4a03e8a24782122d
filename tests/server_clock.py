"""A server whose clock can be set, forward and back."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from articles import clock as paper_clock


class ServerClock:
    """The clock of the server; it can be set."""

    def __init__(self) -> None:
        self.at = datetime(2026, 3, 2, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.at += timedelta(milliseconds=7)
        return self.at

    def go_back(self, step: timedelta, *, is_restarted: bool = False) -> None:
        """Set the clock back, and start the process anew: what it has seen is forgotten."""
        self.at -= step
        if is_restarted:
            paper_clock.forget_latest()


@pytest.fixture
def clock(monkeypatch) -> ServerClock:
    server_clock = ServerClock()
    monkeypatch.setattr(timezone, "now", server_clock)
    return server_clock
