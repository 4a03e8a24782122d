"""Answers that a reader's browser and every cache between may keep, and for how long."""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import http_date

from articles import frame

LONGEST = 60  # seconds that an answer may be kept: a withdrawal reaches everybody within a minute


@dataclass(frozen=True, slots=True)
class Clock:
    """When what is shown last changed, and when it changes next; aware, None for not known or never.

    ``last_start``: the newest edition of the whole paper began. ``next_start``: the next scheduled one begins.
    """

    last_start: datetime | None = None
    next_start: datetime | None = None

    def max_age(self, now: datetime) -> int:
        """Return for how many seconds an answer of ``now`` (aware) holds; 0 when it is not known."""
        if self.last_start is None:
            return 0
        if self.next_start is None:
            return LONGEST
        return max(0, min(LONGEST, int((self.next_start - now).total_seconds())))


def clock_of(rows: Sequence[Mapping[str, Any]]) -> Clock:
    """Return the clock that ``with_starts`` read along with ``rows``; without any, one that lets nothing be kept."""
    return Clock(rows[0]["last_start"], rows[0]["next_start"]) if rows else Clock()


def answer(
    request: HttpRequest,
    render: Callable[[], HttpResponse],
    *,
    made_of: Iterable[object],
    clock: Clock,
    is_dated: bool = True,
) -> HttpResponse:
    """Answer 304 to who has it already, before anything is rendered; else what ``render`` gives; with cache headers.

    ``made_of`` is all that shows in the answer but the frame around it. ``is_dated`` is False for a page that shows
    more than editions: nothing says when a biography changed, so it bears an ETag only.
    """
    now, around = timezone.now(), frame.current()
    seen = hashlib.sha256(f"{around.version} {timezone.localdate(now)}".encode())
    for part in made_of:
        seen.update(f"\0{part}".encode())
    etag = f'W/"{seen.hexdigest()[:32]}"'
    stamp = _last_change(clock, around, now) if is_dated and clock.last_start else None
    response = None if settings.DEBUG else get_conditional_response(request, etag, stamp)
    response = response or render()
    response.headers["ETag"] = etag
    if stamp:
        response.headers["Last-Modified"] = http_date(stamp)
    response.headers["Cache-Control"] = f"public, max-age={clock.max_age(now)}"
    return response


def _last_change(clock: Clock, around: "frame.Frame", now: datetime) -> int:
    """Return the latest of: an edition began, the frame changed, the date in the header changed (Unix seconds)."""
    midnight = timezone.make_aware(datetime.combine(timezone.localdate(now), time.min))
    return int(max(clock.last_start or midnight, around.changed_at, midnight).timestamp())


def moved(url: str) -> HttpResponse:
    """Answer 301 to ``url``, kept no longer than a page: what was renamed may get its old name back."""
    response = HttpResponsePermanentRedirect(url)
    response.headers["Cache-Control"] = f"public, max-age={LONGEST}"
    return response
