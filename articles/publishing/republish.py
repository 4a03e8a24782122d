"""What readers have published anew with something left out: from the edition itself, not from the working copy."""

import logging
from collections.abc import Callable

from articles.composed import Composed
from articles.models import Article, Edition, User

from .checks import NotPublishable
from .editions import build_edition
from .publish import INSTANT, PublishContext, publish_context
from .reschedule import insert_after, schedule_again

log = logging.getLogger(__name__)
Change = Callable[[Edition], Composed | None]


def republish(article: Article, change: Change, *, by: User | None) -> list[Edition]:
    """Let ``change`` of what readers have follow it from now on, and ``change`` of what is scheduled take its place.

    ``change`` returns None for an edition that stays as it is. Nothing of the working copy goes out; dates and the time
    of the schedule stay. Returns the editions that changed. One transaction, under the lock of the article.
    Raises ``NotPublishable`` while nobody can know by the clock whether the scheduled one has begun.
    """
    with publish_context(article) as context:
        if context.clock_problem:
            raise NotPublishable([context.clock_problem])
        live, coming = context.previous, context.scheduled
        changed = change(live) if live and context.is_live else None
        changed_schedule = change(coming) if coming else None
        republished = []
        if coming and (changed or changed_schedule):
            coming.delete()
            if live:
                Edition.objects.filter(pk=live.pk).reopen()
        if live and changed:
            republished.append(_replace_live(context, live, changed, by))
        if coming and (changed or changed_schedule):
            rescheduled = schedule_again(
                context.article,
                coming,
                now=context.now,
                before=republished[-1] if republished else live,
                story=changed_schedule or coming.composed,
            )
            republished += [rescheduled] if changed_schedule else []
    for edition in republished:
        log.info("published anew: article %s, edition %s, by %s", article.pk, edition.pk, by)
    return republished


def _replace_live(
    context: PublishContext, live: Edition, story: Composed, by: User | None
) -> Edition:
    """Close ``live`` and put ``story`` in its place: a minor edition, whose story keeps its last change."""
    starts_at = max(context.now, live.starts_at + INSTANT)
    edition = build_edition(
        context.article,
        story,
        number=live.number + 1,
        kind=Edition.Kind.MINOR,
        starts_at=starts_at,
        by=by,
        created_at=context.now,
    )
    return insert_after(edition, source=live, before=live)
