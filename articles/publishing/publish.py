"""Publish, schedule, cancel, correct, withdraw: each one transaction under the article's lock."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from articles import printed
from articles.composed import Composed, CorrectionNote
from articles.models import Article, Correction, Edition, User

from .checks import NotPublishable, reasons_against
from .compose import compose
from .freeze import corrections_of, edition_of, insert

log = logging.getLogger(__name__)
INSTANT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Deed:
    """A locked article and its editions around ``now`` (aware, read under the lock)."""

    article: Article
    now: datetime
    previous: Edition | None
    scheduled: Edition | None

    @property
    def is_live(self) -> bool:
        """Whether readers can read the story now."""
        return self.previous is not None and not self.previous.is_withdrawal


@contextmanager
def deed(article: Article) -> Iterator[Deed]:
    """Lock ``article``, then read the clock, then its editions; commits at the end of the block."""
    with transaction.atomic():
        Article.objects.locked().get(pk=article.pk)
        now = timezone.now()
        locked = Article.objects.with_everything().get(pk=article.pk)
        editions = Edition.objects.filter(article=locked)
        yield Deed(locked, now, editions.started(now).last(), editions.coming(now).first())


def publish(article: Article, *, by: User | None, kind: str = Edition.Kind.UPDATE) -> Edition:
    """Freeze ``article`` as the edition that readers get from now on.

    Closes the edition before it at the same instant and cancels a scheduled one: readers see one or the other,
    never both or neither. ``Kind.MINOR`` keeps the story's ``modified_at``.
    Raises ``NotPublishable`` naming every reason at once.
    """
    with deed(article) as this:
        if this.scheduled and not this.previous:
            raise NotPublishable(
                [
                    f"Its first publication is scheduled for {printed.moment(this.scheduled.starts_at)}. "
                    "Cancel the schedule first."
                ]
            )
        return _follow(this, kind=kind, by=by)


def schedule(article: Article, *, by: User | None, at: datetime) -> Edition:
    """Freeze ``article`` as the edition that readers get from ``at`` (aware, in the future).

    An edition that was scheduled before is replaced: the story is composed anew. Raises ``NotPublishable``.
    """
    with deed(article) as this:
        if at <= this.now:
            raise NotPublishable(
                [f"{printed.moment(at)} is not in the future. Publish it now instead."]
            )
        return _follow(this, kind=Edition.Kind.UPDATE, by=by, at=at)


def cancel_schedule(article: Article, *, by: User | None) -> Edition | None:
    """Drop the scheduled edition, so that the one before it holds on. Returns what was dropped, None if nothing was."""
    with deed(article) as this:
        return _cancel(this, by)


def correct(article: Article, *, by: User | None, wrong: str, right: str, weight: str) -> Edition:
    """Publish ``article`` as a correction that tells readers what was ``wrong`` and what is ``right``.

    Raises ``NotPublishable`` when nothing is live that could be corrected.
    """
    with deed(article) as this:
        if not this.is_live:
            raise NotPublishable(["It is not live: there is nothing to correct."])
        note = CorrectionNote(_start(this), wrong, right, weight)
        edition = _follow(this, kind=Edition.Kind.CORRECTION, by=by, at=note.at, note=note)
        Correction.objects.create(edition=edition, wrong=wrong, right=right, weight=weight)
        return edition


def withdraw(article: Article, *, by: User | None, reason: str) -> Edition:
    """Take the story away from readers: its page says when and why, and answers 410. ``reason`` is public.

    Raises ``NotPublishable`` when it is not live.
    """
    with deed(article) as this:
        if not this.is_live:
            raise NotPublishable(["It is not live: there is nothing to withdraw."])
        _cancel(this, by)
        starts_at = _start(this)
        story = Composed(
            article_id=this.article.pk,
            headline="Withdrawn",
            slug=this.previous.slug,
            language=this.previous.language,
            published_at=this.previous.published_at,
            modified_at=starts_at,
            date_precision=this.previous.date_precision,
        )
        edition = _edition(this, story, kind=Edition.Kind.WITHDRAWAL, starts_at=starts_at, by=by)
        edition.reason = reason
        edition.lead_image = None
        return _put(this, edition)


def _follow(
    this: Deed,
    *,
    kind: str,
    by: User | None,
    at: datetime | None = None,
    note: CorrectionNote | None = None,
) -> Edition:
    """Let a freshly composed edition follow the one before, at ``at`` or now."""
    starts_at = at or _start(this)
    if reasons := reasons_against(this.article, starts_at):
        raise NotPublishable(reasons)
    _cancel(this, by)
    previous, notes = this.previous, corrections_of(this.article)
    keeps_date = kind == Edition.Kind.MINOR and previous is not None
    story = compose(
        this.article,
        published_at=this.article.published_at
        or (previous.published_at if previous else starts_at),
        modified_at=previous.modified_at if keeps_date else starts_at,
        corrections=[note, *notes] if note else notes,
    )
    return _put(this, _edition(this, story, kind=kind, starts_at=starts_at, by=by))


def _start(this: Deed) -> datetime:
    """Return now, or the first instant after the edition before began, should the clock have gone back."""
    return max(this.now, this.previous.starts_at + INSTANT) if this.previous else this.now


def _edition(
    this: Deed, story: Composed, *, kind: str, starts_at: datetime, by: User | None
) -> Edition:
    number = this.previous.number + 1 if this.previous else 1
    return edition_of(this.article, story, number=number, kind=kind, starts_at=starts_at, by=by)


def _put(this: Deed, edition: Edition) -> Edition:
    """Close the edition before at the start of this one, then insert it."""
    if this.previous:
        Edition.objects.filter(pk=this.previous.pk).close(edition.starts_at)
    return insert([edition])[0]


def _cancel(this: Deed, by: User | None) -> Edition | None:
    """Delete the edition that has not begun, then reopen the one before: rows are checked one by one."""
    if not this.scheduled:
        return None
    pk = this.scheduled.pk
    this.scheduled.delete()
    if this.previous:
        Edition.objects.filter(pk=this.previous.pk).reopen()
    log.info("schedule cancelled: article %s, edition %s, by %s", this.article.pk, pk, by)
    return this.scheduled
