"""Publish, schedule, cancel, correct, withdraw: each one transaction under the article's lock."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext

from articles import clock, dates
from articles.composed import Composed, CorrectionNote
from articles.models import Article, Correction, Edition, EditionSearch, PeriodCount, User
from articles.models.period_counts import read_counted

from .bring_back import bring_back_blockers, is_taken_away
from .checks import NotPublishable, publish_blockers
from .compose import compose
from .editions import build_edition, correction_notes, insert_editions
from .reschedule import ScheduleDecision, require_decision, schedule_again
from .started import clock_moved_back_message, read_clock, read_edition_chain

log = logging.getLogger(__name__)
INSTANT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class PublishContext:
    """A locked article and its editions around ``now`` (aware, read under the lock).

    ``previous`` has begun by any clock; ``scheduled`` has not, or ``clock_problem`` says why that cannot be known.
    """

    article: Article
    now: datetime
    previous: Edition | None
    scheduled: Edition | None
    clock_problem: str

    @property
    def is_live(self) -> bool:
        """Whether readers can read the story now."""
        return self.previous is not None and not self.previous.is_withdrawal


@contextmanager
def publish_context(article: Article) -> Iterator[PublishContext]:
    """Lock ``article``, then read the clock, then its editions; commits at the end of the block.

    What the block does to the editions is counted by day, month and year at its end.
    Raises ``NotPublishable`` for a story that was spiked or deleted meanwhile.
    """
    with transaction.atomic():
        if not list(Article.objects.locked().filter(pk=article.pk).values_list("pk")):
            raise NotPublishable([gettext("The story is spiked, or deleted.")])
        now = read_clock()
        locked = Article.objects.with_everything().get(pk=article.pk)
        chain = read_edition_chain(locked, now)
        editions = Edition.objects.filter(article=article)
        counted = read_counted(editions, now)
        yield PublishContext(locked, now, chain.started, chain.scheduled, chain.clock_problem)
        PeriodCount.objects.replace(counted, read_counted(editions, now), now)


def publish(
    article: Article,
    *,
    by: User | None,
    kind: str = Edition.Kind.UPDATE,
    decision: ScheduleDecision | None = None,
    reason: str = "",
) -> Edition:
    """Freeze ``article`` as the edition that readers get from now on.

    Closes the edition before it at the same instant: readers see one or the other, never both or neither. A scheduled
    one is kept or dropped by ``decision``. ``Kind.MINOR`` keeps the story's ``modified_at``.
    ``reason`` is public: why a withdrawn story comes back (see ``bring_back``).
    Raises ``NotPublishable`` naming every reason at once, ``ScheduleConflictError`` without that decision.
    """
    with publish_context(article) as context:
        if context.scheduled and not context.previous:
            raise NotPublishable(
                [
                    f"Its first publication is scheduled for {dates.format_datetime(context.scheduled.starts_at)}. "
                    "Cancel the schedule first."
                ]
            )
        return _publish_next(context, kind=kind, by=by, decision=decision, reason=reason)


def schedule(
    article: Article,
    *,
    by: User | None,
    at: datetime,
    decision: ScheduleDecision | None = None,
    reason: str = "",
) -> Edition:
    """Freeze ``article`` as the edition that readers get from ``at`` (aware, in the future).

    One that is scheduled already is replaced where ``decision`` drops it. ``reason`` as for ``publish``.
    Raises ``NotPublishable``.
    """
    with publish_context(article) as context:
        if at <= context.now:
            raise NotPublishable(
                [f"{dates.format_datetime(at)} is not in the future. Publish it now instead."]
            )
        if context.previous and at <= context.previous.starts_at:
            raise NotPublishable(
                [clock_moved_back_message(context.previous), "Choose a time after that."]
            )
        if decision and decision.is_kept:
            raise NotPublishable([gettext("Only one publication of a story can be scheduled.")])
        return _publish_next(
            context,
            kind=Edition.Kind.UPDATE,
            by=by,
            at=at,
            decision=decision,
            reason=reason,
        )


def cancel_schedule(article: Article, *, by: User | None) -> Edition | None:
    """Drop the scheduled edition, so that the one before it holds on. Returns what was dropped, None if nothing was.

    Raises ``NotPublishable`` when readers have had it by a clock that has gone back, or may have.
    """
    with publish_context(article) as context:
        if not context.scheduled and context.previous and context.previous.starts_at > context.now:
            raise NotPublishable([clock_moved_back_message(context.previous)])
        return _cancel(context, by)


def correct(
    article: Article,
    *,
    by: User | None,
    wrong: str,
    right: str,
    weight: str,
    decision: ScheduleDecision | None = None,
) -> Edition:
    """Publish ``article`` as a correction that tells readers what was ``wrong`` and what is ``right``.

    A scheduled edition is kept, with the correction told beside it, or dropped by ``decision``.
    Raises ``NotPublishable`` when nothing is live that could be corrected, ``ScheduleConflictError`` as ``publish``.
    """
    with publish_context(article) as context:
        if not context.is_live:
            raise NotPublishable(["It is not live: there is nothing to correct."])
        note = CorrectionNote(_start_time(context), wrong, right, weight)
        return _publish_next(
            context, kind=Edition.Kind.CORRECTION, by=by, at=note.at, note=note, decision=decision
        )


def withdraw(article: Article, *, by: User | None, reason: str) -> Edition:
    """Take the story away from readers: its page says when and why, and answers 410. ``reason`` is public.

    What may have begun by a clock that has gone back is followed, not dropped. Raises ``NotPublishable`` when it is
    not live.
    """
    with publish_context(article) as context:
        if context.clock_problem:
            context = replace(context, previous=context.scheduled, scheduled=None, clock_problem="")
        previous = context.previous
        if previous is None or not context.is_live:
            raise NotPublishable(["It is not live: there is nothing to withdraw."])
        _cancel(context, by)
        starts_at = _start_time(context)
        story = Composed(
            article_id=context.article.pk,
            headline="Withdrawn",
            slug=previous.slug,
            language=previous.language,
            published_at=previous.published_at,
            modified_at=starts_at,
            date_precision=previous.date_precision,
        )
        edition = _build_edition(
            context, story, kind=Edition.Kind.WITHDRAWAL, starts_at=starts_at, by=by
        )
        edition.reason = reason
        edition.lead_image = None
        _close_live(context)
        return _insert_next(context, edition)


def _publish_next(
    context: PublishContext,
    *,
    kind: str,
    by: User | None,
    at: datetime | None = None,
    note: CorrectionNote | None = None,
    decision: ScheduleDecision | None = None,
    reason: str = "",
) -> Edition:
    """Let a freshly composed edition follow the one before, at ``at`` or now; ``decision`` as for ``publish``."""
    scheduled, starts_at = context.scheduled, at or _start_time(context)
    if context.clock_problem:
        raise NotPublishable([context.clock_problem])
    is_kept = require_decision(scheduled, decision)
    if scheduled and is_kept and starts_at >= scheduled.starts_at:
        raise NotPublishable([clock_moved_back_message(context.previous or scheduled)])
    reasons = bring_back_blockers(context.previous, by, reason)
    if reasons := reasons + publish_blockers(context.article, starts_at):
        raise NotPublishable(reasons)
    _cancel(context, by)
    previous, notes = context.previous, correction_notes(context.article)
    story = compose(
        context.article,
        published_at=context.article.published_at
        or (previous.published_at if previous else starts_at),
        modified_at=previous.modified_at if previous and kind == Edition.Kind.MINOR else starts_at,
        corrections=[note, *notes] if note else notes,
        slug=previous.slug if previous else "",
    )
    has_set_start = at is not None and note is None
    edition = _build_edition(
        context, story, kind=kind, starts_at=starts_at, by=by, has_set_start=has_set_start
    )
    edition.reason = reason if is_taken_away(context.previous) else ""
    edition = _insert_next(context, edition)
    if note:
        Correction.objects.create(
            edition=edition, wrong=note.wrong, right=note.right, weight=note.weight
        )
    if scheduled and is_kept:
        schedule_again(context.article, scheduled, now=context.now, before=edition)
    return edition


def _start_time(context: PublishContext) -> datetime:
    """Return now, or the first instant after the edition before began, should the clock have gone back."""
    return (
        max(context.now, context.previous.starts_at + INSTANT) if context.previous else context.now
    )


def _build_edition(context: PublishContext, story: Composed, **values: Any) -> Edition:
    number = context.previous.number + 1 if context.previous else 1
    return build_edition(context.article, story, number=number, created_at=context.now, **values)


def _insert_next(context: PublishContext, edition: Edition) -> Edition:
    """Close the edition before at the start of this one, then insert it."""
    if context.previous:
        previous = Edition.objects.filter(pk=context.previous.pk, ends_at__gt=edition.starts_at)
        previous.close(edition.starts_at)
    edition = insert_editions([edition])[0]
    if not edition.has_set_start:
        clock.raise_to(edition.starts_at)
    return edition


def _close_live(context: PublishContext) -> None:
    """End what readers see now, should the clock have gone back to the time of an older edition."""
    if context.previous and context.previous.starts_at > context.now:
        older = Edition.objects.filter(article=context.article).exclude(pk=context.previous.pk)
        for edition in older.live(context.now):
            older.filter(pk=edition.pk).close(max(context.now, edition.starts_at + INSTANT))


def _cancel(context: PublishContext, by: User | None) -> Edition | None:
    """Delete the edition that has not begun, then reopen the one before: rows are checked one by one."""
    if not context.scheduled:
        return None
    if context.clock_problem:
        raise NotPublishable([context.clock_problem])
    pk = context.scheduled.pk
    EditionSearch.objects.filter(edition=pk).unindex()
    context.scheduled.delete()
    if context.previous:
        ended = Edition.objects.filter(pk=context.previous.pk, ends_at=context.scheduled.starts_at)
        ended.reopen()
    log.info("schedule cancelled: article %s, edition %s, by %s", context.article.pk, pk, by)
    return context.scheduled
