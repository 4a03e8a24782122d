"""What a person decided about a story that readers have, had or will have: no machine undoes it.

Said here once. What brings versions in (``importing``) lets them wait beside such a story; what publishes them
(``publish_batch``) refuses it.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext, gettext_noop

from articles import clock, dates
from articles.models import Article, Edition, Revision, WaitingChange
from articles.models.visibility import is_live

from .bring_back import WIRE_REASONS

# What a machine's correction calls wrong: stored as it stands here, and translated where readers are told.
CORRECTED = gettext_noop("The source of this story has corrected it.")
EDITED = "edited"  # the kind of obstacle beside which a version is merged where it can be
SPIKED = "spiked"


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why a machine's version waits: ``kind`` for counting, ``sentence`` for the editor."""

    kind: str
    sentence: str


def decisions_by_hand(article_ids: Collection[int]) -> dict[int, Obstacle]:
    """Return the weightiest decision of a person on each of these articles, by key: six queries for all of them.

    In this order: it is spiked; readers got a withdrawal that is not the wire's own; a correction that is not the
    source's own is published; an edition waits for its time (machines schedule nothing); it is on hold, not only by an
    import, or a person has saved it so; the last waiting version that was decided was left aside; an older revision was
    restored, and no version taken over since; a person has edited it: changed what its source owns, not tags, sections,
    stage or notes. The caller holds the locks of the articles. Of an account that is gone all but a hold that an import
    had set counts on.
    """
    if not article_ids:
        return {}
    articles = Article.objects.filter(pk__in=article_ids)
    edited_obstacle = Obstacle(EDITED, "Somebody has edited the story here.")
    on_hold_obstacle = Obstacle("held", "It is on hold.")
    with_hold = Revision.objects.filter(article=OuterRef("pk"), snapshot__is_on_hold=True)
    is_of_an_import = Exists(with_hold.filter(by=None)) & ~Exists(
        with_hold.filter(by__isnull=False)
    )
    on_hold = articles.filter(is_on_hold=True).exclude(is_of_an_import)
    decisions = dict.fromkeys(articles.edited().values_list("pk", flat=True), edited_obstacle)
    decisions |= dict(_version_decisions(article_ids))
    decisions |= dict.fromkeys(on_hold.values_list("pk", flat=True), on_hold_obstacle)
    decisions |= dict(_edition_decisions(article_ids))
    spiked = Article.all_objects.filter(pk__in=article_ids).exclude(trashed_at=None)
    obstacle = Obstacle(SPIKED, gettext("It is spiked here."))
    return decisions | dict.fromkeys(spiked.values_list("pk", flat=True), obstacle)


def _version_decisions(article_ids: Collection[int]) -> Iterator[tuple[int, Obstacle]]:
    """Yield article and decision about an earlier version, of one article the weightiest last."""
    decided = WaitingChange.objects.filter(
        article__in=article_ids, state__in=(WaitingChange.State.TAKEN, WaitingChange.State.LEFT)
    )
    rows = decided.order_by("pk").values_list("article_id", "state", "revision_number")
    last = {article_id: (state, number or 0) for article_id, state, number in rows}
    restored = Revision.objects.filter(
        article__in=article_ids, is_edit=True, restored_from__isnull=False
    )
    for article_id, number in restored.values_list("article_id", "number"):
        _, taken_number = last.get(article_id, ("", 0))
        if number > taken_number:
            yield article_id, Obstacle("restored", gettext("An older revision was restored here."))
    for article_id, (state, _) in last.items():
        if state == WaitingChange.State.LEFT:
            sentence = gettext("An earlier version of its source was left aside here.")
            yield article_id, Obstacle("declined", sentence)


def _edition_decisions(article_ids: Collection[int]) -> Iterator[tuple[int, Obstacle]]:
    """Yield article and decision, of one article the weightiest last."""
    now = clock.now()
    concerned = Q(starts_at__gt=now) | Q(kind=Edition.Kind.CORRECTION) | is_live(now)
    rows = (
        Edition.objects.filter(concerned, article__in=article_ids)
        .order_by("starts_at")
        .values("article_id", "kind", "starts_at", "by_id", "reason", "correction__wrong")
    )
    decisions = []
    for row in rows:
        at = dates.format_datetime(row["starts_at"])
        if row["starts_at"] > now:
            decisions.append(
                (0, row, Obstacle("scheduled", f"A publication is scheduled for {at}."))
            )
        elif row["kind"] == Edition.Kind.WITHDRAWAL and not _is_of_the_wire(row):
            decisions.append((2, row, Obstacle("withdrawn", f"It was withdrawn on {at}.")))
        elif row["kind"] == Edition.Kind.CORRECTION and row["correction__wrong"] != CORRECTED:
            decisions.append((1, row, Obstacle("corrected", f"It was corrected on {at}.")))
    for _, row, obstacle in sorted(decisions, key=lambda entry: entry[0]):
        yield row["article_id"], obstacle


def _is_of_the_wire(row: Mapping[str, Any]) -> bool:
    return row["by_id"] is None and row["reason"] in WIRE_REASONS
