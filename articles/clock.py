"""The one clock of the paper: every "now" of its rooms comes from here, and it never runs backwards.

A server's clock is set back now and then: by seconds when it is kept in step, by hours after a wrong time zone or a
machine restored from a copy. What readers have had would count as not begun. So the paper's time holds still until the
server's has caught up with the latest that any of its processes is known to have seen (``raise_to``).

A clock that was wrong by more than ``LONGEST_HOLD`` is not waited for: the server's is believed, and what has begun is
known from the rows (``articles.publishing.started``).
"""

from datetime import datetime, timedelta

from django.utils import timezone

LONGEST_HOLD = timedelta(days=1)

_latest: datetime | None = None


def now() -> datetime:
    """Return the paper's time (aware, UTC): the server's, but never earlier than it was before."""
    global _latest
    at = timezone.now()
    if _latest is None or at >= _latest or _latest - at > LONGEST_HOLD:
        _latest = at
    return _latest


def raise_to(reading: datetime | None) -> None:
    """Take notice of a ``reading`` (aware) that the paper had before, in this process or in another one."""
    global _latest
    is_later = reading is not None and (_latest is None or reading > _latest)
    if reading and is_later and reading - timezone.now() <= LONGEST_HOLD:
        _latest = reading


def forget_latest() -> None:
    """Forget what this process has seen, as a new one would."""
    global _latest
    _latest = None
