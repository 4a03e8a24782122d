"""Ask a feed that the newsroom takes for news, and bring in what is new."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

from django.db import DatabaseError
from django.utils import timezone

from articles.models import ImportRun, Subscription

from .agent import user_agent
from .fetch import Fetched, fetch
from .guard import FetchError
from .parsed import ReadError
from .pipeline import Options, Report, run_import
from .readers import feed, json_feed
from .sources import NamedBytes

ACCEPT = (
    "application/rss+xml, application/atom+xml, application/feed+json, application/rdf+xml;q=0.9, "
    "application/xml;q=0.8, text/xml;q=0.8, application/json;q=0.7, */*;q=0.1"
)
LONGEST_PAUSE = timedelta(hours=24)
_STATE = 300  # letters
_HEAD = 8192  # bytes that tell a format
_WRONG = {
    401: "The feed asks for a password.",
    403: "The server does not let us read the feed.",
    404: "There is no feed at this address.",
    429: "The server says that we ask too often.",
}


@dataclass(frozen=True, slots=True)
class Visit:
    """What came of asking one feed, in words; ``report`` is None when nothing was imported."""

    subscription: Subscription
    said: str
    is_failed: bool = False
    report: Report | None = None


class _Failed(Exception):
    """The feed was not had; ``pause`` is what its server asks for."""

    def __init__(self, said: str, pause: timedelta = timedelta(), *, is_gone: bool = False) -> None:
        super().__init__(said)
        self.pause, self.is_gone = pause, is_gone


def visit(subscription: Subscription, *, allow_private: Collection[str] = ()) -> Visit | None:
    """Ask ``subscription`` now and import what is new; None when another process is asking it.

    Never raises for what the server does. What is not stored yet is asked for again the next time.
    """
    asked_at = timezone.now()
    if not _claim(subscription, asked_at):
        return None
    try:
        fetched = _fetched(subscription, allow_private)
        report = _import(subscription, fetched) if fetched.status == 200 else None
    except _Failed as failed:
        return _fail(subscription, asked_at, failed)
    except (FetchError, ReadError, DatabaseError) as error:
        return _fail(subscription, asked_at, _Failed(str(error)))
    said = _said(report) + _moved(fetched)
    known: dict[str, object] = (
        {"etag": fetched.etag, "last_modified": fetched.last_modified} if report else {}
    )
    if report and report.run:
        known |= {"last_run_id": report.run, "changed_at": asked_at}
    _keep(subscription, state=said, fetched_at=asked_at, failures=0, **known)
    return Visit(subscription, said, report=report)


def _claim(subscription: Subscription, now: datetime) -> bool:
    """Put the next visit off, and tell whether nobody else had done so: of two who ask at once, one does."""
    pause = timedelta(minutes=subscription.minutes)
    mine = Subscription.objects.filter(
        pk=subscription.pk, is_active=True, next_fetch_at=subscription.next_fetch_at
    )
    is_mine = mine.update(next_fetch_at=now + pause) == 1
    if is_mine:
        subscription.refresh_from_db()
    return is_mine


def _fetched(subscription: Subscription, allow_private: Collection[str]) -> Fetched:
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
        raise _Failed("The feed is gone for good, says its server.", is_gone=True)
    said = _WRONG.get(fetched.status, f"The server answers with the error {fetched.status}.")
    raise _Failed(said, _asked_pause(fetched.retry_after))


def _import(subscription: Subscription, fetched: Fetched) -> Report:
    """Import the answer. Raises _Failed when it is no feed; a run that brought nothing new leaves no row."""
    head = fetched.body[:_HEAD]
    known = [one.NAME for one in (feed, json_feed) if one.identify(head, "")]
    if not known:  # a page to sign in, at times
        raise _Failed("It could not be read: it is neither RSS nor Atom nor a JSON Feed.")
    options = Options(
        source=subscription.source,
        format=known[0],
        publish=subscription.is_trusted,
        tags=tuple(map(_tag, subscription.tags.all())),
    )
    report = run_import([NamedBytes(subscription.url, "", fetched.body)], options)
    if any(one["field"] == "file" and one["record"] == "1" for one in report.refusals) and not (
        report.created + report.updated + report.unchanged + report.waiting
    ):
        raise _Failed(f"It could not be read: {report.refusals[0]['reason']}")
    if not (report.created or report.updated or report.waiting) and _says_as_before(
        subscription, report
    ):
        if report.run:
            ImportRun.objects.filter(pk=report.run, items=None).delete()
        report.run = None
    return report


def _tag(tag: object) -> str:
    """Return a tag as the importer wants it: ``kind:name``."""
    return f"{getattr(tag, 'kind', 'topic')}:{getattr(tag, 'name', tag)}"


def _says_as_before(subscription: Subscription, report: Report) -> bool:
    before = subscription.last_run.refusals if subscription.last_run else []
    return not report.refusals or report.refusals == before


def _fail(subscription: Subscription, now: datetime, failed: _Failed) -> Visit:
    """Note a failure and make the pause longer, twice as long each time."""
    failures = min(subscription.failures + 1, 1000)
    pause = timedelta(minutes=subscription.minutes * 2 ** min(failures, 12))
    pause = min(max(pause, failed.pause), LONGEST_PAUSE)
    given = {"is_active": False} if failed.is_gone else {}
    said = f"{failed} It is not asked any more." if failed.is_gone else str(failed)
    _keep(
        subscription,
        state=said,
        fetched_at=now,
        failures=failures,
        next_fetch_at=now + pause,
        **given,
    )
    return Visit(subscription, said, is_failed=True)


def _keep(subscription: Subscription, **values: object) -> None:
    """Write only what a visit knows: an editor may have the form open."""
    values["state"] = str(values["state"])[:_STATE]
    Subscription.objects.filter(pk=subscription.pk).update(**values)
    subscription.refresh_from_db()


def _said(report: Report | None) -> str:
    if report is None or report.run is None:
        return "Nothing new."
    figures = {
        "new": report.created,
        "changed": report.updated,
        "waiting": report.waiting,
        "refused": report.refused,
    }
    return ", ".join(f"{count} {name}" for name, count in figures.items() if count) + "."


def _moved(fetched: Fetched) -> str:
    return f" The feed has moved for good: change its address to {fetched.moved_to}" * bool(
        fetched.moved_to
    )


def _asked_pause(retry_after: str) -> timedelta:
    """Return how long a server asks us to wait: seconds, or until a date; no longer than a day."""
    try:
        if retry_after.isascii() and retry_after.isdigit():
            return min(timedelta(seconds=int(retry_after[:9])), LONGEST_PAUSE)
        until = parsedate_to_datetime(retry_after)
        return min(max(until - timezone.now(), timedelta()), LONGEST_PAUSE)
    except (ValueError, TypeError, OverflowError):
        return timedelta()
