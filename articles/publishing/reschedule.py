"""A publication that waits for its time while something else goes out: kept or dropped, as somebody has said."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.translation import gettext

from articles import dates
from articles.composed import Composed
from articles.models import Article, Edition

from .checks import NotPublishable
from .editions import build_edition, correction_notes, insert_editions


@dataclass(frozen=True, slots=True)
class ScheduleDecision:
    """What becomes of the scheduled edition ``pk``, the one that was shown: it ``is_kept`` for its time, or dropped."""

    pk: int
    is_kept: bool = False


class ScheduleConflictError(NotPublishable):
    """Raised instead of publishing: ``scheduled`` waits for its time, and nobody has said what becomes of it."""

    def __init__(self, scheduled: Edition) -> None:
        super().__init__(
            [
                gettext(
                    "A publication of it is scheduled for %(when)s. Say whether that one is kept or dropped."
                )
                % {"when": dates.format_datetime(scheduled.starts_at)}
            ]
        )
        self.scheduled = scheduled


def require_decision(scheduled: Edition | None, decision: ScheduleDecision | None) -> bool:
    """Return whether ``scheduled`` is kept. Raises ScheduleConflictError unless ``decision`` is about this very one."""
    if scheduled is None:
        return False
    if decision is None or decision.pk != scheduled.pk:
        raise ScheduleConflictError(scheduled)
    return decision.is_kept


def schedule_again(
    article: Article,
    scheduled: Edition,
    *,
    now: datetime,
    before: Edition | None,
    story: Composed | None = None,
) -> Edition:
    """Insert ``scheduled``, which was taken out, for the same time after ``before``; ``now`` is aware.

    ``story`` is what readers get then; without it the words that were scheduled, with what readers were told since was
    wrong. The caller holds the article's lock.
    """
    story = story or replace(scheduled.composed, corrections=tuple(correction_notes(article)))
    edition = build_edition(
        article,
        story,
        number=before.number + 1 if before else 1,
        kind=scheduled.kind,
        starts_at=scheduled.starts_at,
        by=scheduled.by,
        created_at=now,
        has_set_start=scheduled.has_set_start,
    )
    return insert_after(edition, source=scheduled, before=before)


def insert_after(edition: Edition, *, source: Edition, before: Edition | None) -> Edition:
    """Insert ``edition``, made from the revision and with the picture of ``source``, when it closes ``before``."""
    edition.revision_number = source.revision_number
    edition.lead_image = source.lead_image
    if before:
        Edition.objects.filter(pk=before.pk).close(edition.starts_at)
    return insert_editions([edition])[0]
