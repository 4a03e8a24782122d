"""Ask a feed that the newsroom takes for news, and bring in what is new."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

from django.db import DatabaseError

from articles import clock
from articles.models import ImportRun, Subscription

from .files.sources import NamedBytes
from .formats.feed import json_feed
from .formats.feed import reader as feed
from .formats.types import ReadError
from .http.client import Fetched, fetch
from .http.ssrf import FetchError
from .pipeline.run import ImportOptions, ImportReport, run_import
from .pipeline.runs.report import describe_waiting
from .user_agent import user_agent

ACCEPT = (
    "application/rss+xml, application/atom+xml, application/feed+json, application/rdf+xml;q=0.9, "
    "application/xml;q=0.8, text/xml;q=0.8, application/json;q=0.7, */*;q=0.1"
)
MAX_PAUSE = timedelta(hours=24)
_MAX_STATE = 300  # letters
_HEAD = 8192  # bytes that tell a format
_ERRORS = {
    401: "The feed asks for a password.",
    403: "The server does not let us read the feed.",
    404: "There is no feed at this address.",
    429: "The server says that we ask too often.",
}


@dataclass(frozen=True, slots=True)
class FetchResult:
    """What came of asking one feed, in words; ``report`` is None when nothing was imported."""

    subscription: Subscription
    message: str
    is_failed: bool = False
    report: ImportReport | None = None


class _FetchFailed(Exception):
    """The feed was not had; ``pause`` is what its server asks for."""

    def __init__(
        self, message: str, pause: timedelta = timedelta(), *, is_permanent: bool = False
    ) -> None:
        super().__init__(message)
        self.pause, self.is_permanent = pause, is_permanent


def fetch_subscription(
    subscription: Subscription, *, allow_private: Collection[str] = ()
) -> FetchResult | None:
    """Ask ``subscription`` now and import what is new; None when another process is asking it.

    Never raises for what the server does. What is not stored yet is asked for again the next time.
    """
    started_at = clock.now()
    if not _claim(subscription, started_at):
        return None
    try:
        fetched = _fetch(subscription, allow_private)
        report = _import_feed(subscription, fetched) if fetched.status == 200 else None
    except _FetchFailed as failed:
        return _fail(subscription, started_at, failed)
    except (FetchError, ReadError, DatabaseError) as error:
        return _fail(subscription, started_at, _FetchFailed(str(error)))
    message = _summary(report) + _moved_notice(fetched)
    values: dict[str, object] = (
        {"etag": fetched.etag, "last_modified": fetched.last_modified} if report else {}
    )
    if report and report.run:
        values |= {"last_run_id": report.run, "changed_at": started_at}
    _update(subscription, state=message, fetched_at=started_at, failures=0, **values)
    return FetchResult(subscription, message, report=report)


def _claim(subscription: Subscription, now: datetime) -> bool:
    """Put the next visit off, and tell whether nobody else had done so: of two who ask at once, one does."""
    pause = timedelta(minutes=subscription.minutes)
    claim = Subscription.objects.filter(
        pk=subscription.pk, is_active=True, next_fetch_at=subscription.next_fetch_at
    )
    is_claimed = claim.update(next_fetch_at=now + pause) == 1
    if is_claimed:
        subscription.refresh_from_db()
    return is_claimed


def _fetch(subscription: Subscription, allow_private: Collection[str]) -> Fetched:
    """Return an answer of 200 or 304. Raises FetchError and _Failed."""
    fetched = fetch(
        subscription.url,
        agent=user_agent(),
        etag=subscription.etag,
        last_modified=subscription.last_modified,
        accept=ACCEPT,
        allow_private=allow_private,
    )
    if fetched.status in (200, 304):
        return fetched
    if fetched.status == 410:
        raise _FetchFailed("The feed is gone for good, says its server.", is_permanent=True)
    message = _ERRORS.get(fetched.status, f"The server answers with the error {fetched.status}.")
    raise _FetchFailed(message, _retry_pause(fetched.retry_after))


def _import_feed(subscription: Subscription, fetched: Fetched) -> ImportReport:
    """Import the answer. Raises _Failed when it is no feed; a run that brought nothing new leaves no row."""
    head = fetched.body[:_HEAD]
    formats = [item.NAME for item in (feed.READER, json_feed.READER) if item.identify(head, "")]
    if not formats:  # a page to sign in, at times
        raise _FetchFailed("It could not be read: it is neither RSS nor Atom nor a JSON Feed.")
    options = ImportOptions(
        source=subscription.source,
        format=formats[0],
        publish=subscription.is_trusted,
        tags=tuple(map(_tag, subscription.tags.all())),
    )
    report = run_import([NamedBytes(subscription.url, "", fetched.body)], options)
    if any(item["field"] == "file" and item["record"] == "1" for item in report.refusals) and not (
        report.created + report.updated + report.unchanged + report.waiting
    ):
        raise _FetchFailed(f"It could not be read: {report.refusals[0]['reason']}")
    if not (report.created or report.updated or report.waiting) and _has_same_refusals(
        subscription, report
    ):
        if report.run:
            ImportRun.objects.filter(pk=report.run, items=None).delete()
        report.run = None
    return report


def _tag(tag: object) -> str:
    """Return a tag as the importer wants it: ``kind:name``."""
    return f"{getattr(tag, 'kind', 'topic')}:{getattr(tag, 'name', tag)}"


def _has_same_refusals(subscription: Subscription, report: ImportReport) -> bool:
    before = subscription.last_run.refusals if subscription.last_run else []
    return not report.refusals or report.refusals == before


def _fail(subscription: Subscription, now: datetime, failed: _FetchFailed) -> FetchResult:
    """Note a failure and make the pause longer, twice as long each time."""
    failures = min(subscription.failures + 1, 1000)
    pause = timedelta(minutes=subscription.minutes * 2 ** min(failures, 12))
    pause = min(max(pause, failed.pause), MAX_PAUSE)
    changes = {"is_active": False} if failed.is_permanent else {}
    message = f"{failed} It is not asked any more." if failed.is_permanent else str(failed)
    _update(
        subscription,
        state=message,
        fetched_at=now,
        failures=failures,
        next_fetch_at=now + pause,
        **changes,
    )
    return FetchResult(subscription, message, is_failed=True)


def _update(subscription: Subscription, **values: object) -> None:
    """Write only what a visit knows: an editor may have the form open."""
    values["state"] = str(values["state"])[:_MAX_STATE]
    Subscription.objects.filter(pk=subscription.pk).update(**values)
    subscription.refresh_from_db()


def _summary(report: ImportReport | None) -> str:
    if report is None or report.run is None:
        return "Nothing new."
    figures = {
        "new": report.created,
        "changed": report.updated,
        "waiting": report.waiting,
        "refused": report.refused,
    }
    message = ", ".join(f"{count} {name}" for name, count in figures.items() if count)
    waiting_text = describe_waiting(report.met)
    return f"{message} ({waiting_text})." if waiting_text else f"{message}."


def _moved_notice(fetched: Fetched) -> str:
    return f" The feed has moved for good: change its address to {fetched.moved_to}" * bool(
        fetched.moved_to
    )


def _retry_pause(retry_after: str) -> timedelta:
    """Return how long a server asks us to wait: seconds, or until a date; no longer than a day."""
    try:
        if retry_after.isascii() and retry_after.isdigit():
            return min(timedelta(seconds=int(retry_after[:9])), MAX_PAUSE)
        until = parsedate_to_datetime(retry_after)
        return min(max(until - clock.now(), timedelta()), MAX_PAUSE)
    except (ValueError, TypeError, OverflowError):
        return timedelta()
