"""Corrections begun: what the record's check found, in words that an editor reads and publishes, story by story."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext

from articles import clock
from articles.models import Article, CorrectionDraft, Edition, User
from articles.publishing import NotPublishable, ScheduleDecision, correct

from .discrepancies import Fact
from .outdated import OutdatedStory, outdated_among

MAX_SIDE_LENGTH = 2000  # what a correction may have on either side


class DraftChangedError(NotPublishable):
    """Raised instead of publishing: the draft is not the one that the editor saw."""


@dataclass(frozen=True, slots=True)
class DraftCounts:
    """How many stories have a draft that is new, one that says other words now, the same words, or need none.

    A story needs none when nothing in it was wrong: it only lacks something, or somebody has another name since.
    """

    created: int = 0
    changed: int = 0
    same: int = 0
    unneeded: int = 0

    def __add__(self, other: "DraftCounts") -> "DraftCounts":
        return DraftCounts(
            self.created + other.created,
            self.changed + other.changed,
            self.same + other.same,
            self.unneeded + other.unneeded,
        )


def draft_corrections(stories: Sequence[OutdatedStory], *, by: User | None) -> DraftCounts:
    """Draft a correction for each of ``stories`` in which something is wrong; one draft a story.

    A draft that waits already keeps its facts as far as they hold, in their order, and gets the new ones behind them.
    The number of queries does not depend on how many stories there are.
    """
    wrong = {entry.article.pk: entry.wrong for entry in stories if entry.wrong}
    with transaction.atomic():
        list(Article.objects.locked().filter(pk__in=wrong).order_by("pk").values_list("pk"))
        waiting = CorrectionDraft.objects.filter(article__in=wrong)
        existing = {entry.article_id: entry for entry in waiting}
        rows, changed = [], 0
        for pk, facts in wrong.items():
            row = _build_draft(pk, facts, existing.get(pk), by)
            if pk in existing and (row.wrong, row.right) == (
                existing[pk].wrong,
                existing[pk].right,
            ):
                continue
            changed += pk in existing
            rows.append(row)
        CorrectionDraft.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["article"],
            update_fields=["wrong", "right", "facts", "by", "at"],
        )
    return DraftCounts(
        created=len(rows) - changed,
        changed=changed,
        same=len(wrong) - len(rows),
        unneeded=len(stories) - len(wrong),
    )


def remaining_differences(article: Article) -> OutdatedStory | None:
    """Return what readers have otherwise in ``article``; None when they have it as it is, or do not have it at all."""
    live = Edition.objects.listed().filter(article=article)
    return next(iter(outdated_among(list(live))), None)


def publish_draft(
    article: Article,
    *,
    seen: str,
    by: User,
    wrong: str,
    right: str,
    weight: str,
    decision: ScheduleDecision | None = None,
) -> Edition:
    """Publish ``article`` as a correction in these words, as an editor has read them; its draft goes.

    ``seen`` is the ``draft_version`` of the draft that the editor saw, empty for none. Raises DraftChangedError when
    there is another by now, or none: readers would be told twice, or half of it. Raises NotPublishable and takes
    ``decision`` as ``correct``.
    """
    with transaction.atomic():
        Article.objects.locked().get(pk=article.pk)
        drafts = CorrectionDraft.objects.filter(article=article)
        if sentence := _changed_sentence(drafts.first(), seen):
            raise DraftChangedError([sentence])
        edition = correct(
            article, by=by, wrong=wrong, right=right, weight=weight, decision=decision
        )
        drafts.delete()
    return edition


def _changed_sentence(draft: CorrectionDraft | None, seen: str) -> str:
    """Say how ``draft`` is not the one whose version is ``seen``; empty when it is."""
    if draft is None:
        return (
            gettext("Its draft no longer exists: somebody has published or dropped it.")
            if seen
            else ""
        )
    if not seen:
        return gettext("A correction of it was drafted from the record since. Read it first.")
    if draft_version(draft) != seen:
        return gettext("Its draft says something else by now. Read it again.")
    return ""


def draft_version(draft: CorrectionDraft) -> str:
    """Return what tells ``draft`` from the one that was there before it was drafted anew."""
    return f"{draft.pk} {draft.at.isoformat()}"


def next_draft(after: CorrectionDraft | None = None) -> CorrectionDraft | None:
    """Return the draft that comes after ``after`` in the list of those whose story is live, else the first of them."""
    listed = Edition.objects.listed().values("article")
    waiting = CorrectionDraft.objects.filter(article__in=listed)
    if after is not None:
        waiting = waiting.exclude(pk=after.pk)
        later = waiting.filter(at__lte=after.at).exclude(at=after.at, pk__gt=after.pk)
        return later.first() or waiting.first()
    return waiting.first()


def _build_draft(
    pk: int, facts: Sequence[Fact], existing: CorrectionDraft | None, by: User | None
) -> CorrectionDraft:
    by_sentence = {fact.sentence: fact for fact in facts}
    remaining = [
        sentence for sentence in (existing.facts if existing else []) if sentence in by_sentence
    ]
    sentences = list(dict.fromkeys([*remaining, *by_sentence]))
    wrong, right = _join_sides([by_sentence[sentence] for sentence in sentences])
    return CorrectionDraft(
        article_id=pk, wrong=wrong, right=right, facts=sentences, by=by, at=clock.now()
    )


def _join_sides(facts: Iterable[Fact]) -> tuple[str, str]:
    """Join both sides of as many whole facts as a correction has room for; the others stay beside the form."""
    wrong: list[str] = []
    right: list[str] = []
    for fact in facts:
        longer = [*wrong, fact.wrong], [*right, fact.right]
        if any(len(" ".join(side)) > MAX_SIDE_LENGTH for side in longer):
            break
        wrong, right = longer
    return " ".join(dict.fromkeys(wrong)), " ".join(dict.fromkeys(right))
