"""Answers that a reader's browser and every cache between may keep, and for how long."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import http_date

from articles import clock
from articles.public import etag, fragments, site_context

MAX_AGE = 60  # seconds that an answer may be kept: a withdrawal reaches everybody within a minute


@dataclass(frozen=True, slots=True)
class CacheWindow:
    """When what is shown last changed, and when it changes next; aware, None for not known or never.

    ``last_start``: the newest edition of the whole paper began. ``next_start``: the next scheduled one begins.
    """

    last_start: datetime | None = field(default=None, metadata=etag.NOT_SHOWN)
    next_start: datetime | None = field(default=None, metadata=etag.NOT_SHOWN)

    def max_age(self, now: datetime) -> int:
        """Return for how many seconds an answer of ``now`` (aware) holds; 0 when it is not known."""
        if self.last_start is None:
            return 0
        if self.next_start is None:
            return MAX_AGE
        return max(0, min(MAX_AGE, int((self.next_start - now).total_seconds())))


def take_window(rows: Sequence[dict[str, Any]]) -> CacheWindow:
    """Return the clock that ``with_starts`` read along with ``rows``, and take it out of them: no page shows it.

    Without any row, one that lets nothing be kept.
    """
    clocks = [(row.pop("last_start"), row.pop("next_start")) for row in rows]
    return CacheWindow(*clocks[0]) if clocks else CacheWindow()


def conditional_page(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any],
    *,
    complete: Callable[..., Mapping[str, Any]] | None = None,
    window: CacheWindow,
    is_dated: bool = True,
) -> HttpResponse:
    """Answer with ``template``, rendered with the very ``context`` that the ETag is made of; 304 to who has it.

    ``complete`` adds what is costly to make and only a rendered page wants, from the values of ``context`` alone.
    """
    further = _pure(complete) if complete else dict

    def make(**values: Any) -> HttpResponse:
        return render(request, template, values | further(**values))

    return _answer(request, make, context, template, window, is_dated)


def conditional_response(
    request: HttpRequest,
    make: Callable[..., HttpResponse],
    values: Mapping[str, Any],
    *,
    window: CacheWindow,
    is_dated: bool = True,
) -> HttpResponse:
    """Answer with what ``make`` makes of ``values``, which the ETag is made of; 304 to who has it, before it is made.

    ``is_dated`` is False for what shows more than editions: nothing says when a biography changed, so it bears an
    ETag only.
    """
    return _answer(request, _pure(make), values, make.__qualname__, window, is_dated)


def _pure(function: Callable[..., Any]) -> Callable[..., Any]:
    """Return ``function`` if it knows nothing but what it is given. Raises ``TypeError`` for any other."""
    if getattr(function, "__closure__", ()) is not None:
        raise TypeError(
            f"{function!r} may show more than the ETag is made of: give a plain function."
        )
    return function


def _answer(
    request: HttpRequest,
    make: Callable[..., HttpResponse],
    values: Mapping[str, Any],
    name: str,
    window: CacheWindow,
    is_dated: bool,
) -> HttpResponse:
    now, site = clock.now(), site_context.current()
    surroundings = (name, request.get_full_path(), site.version, fragments.rendered_with())
    digest = etag.context_digest(
        {"values": values, "surroundings": surroundings, "day": timezone.localdate(now)}
    )
    tag = f'W/"{digest}"'
    last_modified = _last_change(window, site, now) if is_dated and window.last_start else None
    response = None if settings.DEBUG else get_conditional_response(request, tag, last_modified)
    response = response or make(**values)
    response.headers["ETag"] = tag
    if last_modified:
        response.headers["Last-Modified"] = http_date(last_modified)
    response.headers["Cache-Control"] = f"public, max-age={window.max_age(now)}"
    return response


def _last_change(window: CacheWindow, site: "site_context.SiteContext", now: datetime) -> int:
    """Return the latest of: an edition began, the frame changed, the date in the header changed (Unix seconds)."""
    midnight = timezone.make_aware(datetime.combine(timezone.localdate(now), time.min))
    return int(max(window.last_start or midnight, site.changed_at, midnight).timestamp())


def permanent_redirect(url: str) -> HttpResponse:
    """Answer 301 to ``url``, kept no longer than a page: what was renamed may get its old name back."""
    response = HttpResponsePermanentRedirect(url)
    response.headers["Cache-Control"] = f"public, max-age={MAX_AGE}"
    return response
