"""Corrections begun: what the record's check found, in words that an editor reads and publishes, story by story."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from articles.models import Article, CorrectionDraft, Edition, User
from articles.publishing import NotPublishable, correct

from .facts import Fact
from .stale import Stale, stale_among

LONGEST = 2000  # what a correction may have on either side


@dataclass(frozen=True, slots=True)
class Drafted:
    """How many stories have a draft that is new, one that says other words now, the same words, or need none.

    A story needs none when nothing in it was wrong: it only lacks something, or somebody has another name since.
    """

    made: int = 0
    changed: int = 0
    same: int = 0
    needless: int = 0

    def __add__(self, other: "Drafted") -> "Drafted":
        return Drafted(
            self.made + other.made,
            self.changed + other.changed,
            self.same + other.same,
            self.needless + other.needless,
        )


def draft_corrections(stories: Sequence[Stale], *, by: User | None) -> Drafted:
    """Draft a correction for each of ``stories`` in which something is wrong; one draft a story.

    A draft that waits already keeps its facts as far as they hold, in their order, and gets the new ones behind them.
    The number of queries does not depend on how many stories there are.
    """
    wrong = {one.article.pk: one.wrong for one in stories if one.wrong}
    with transaction.atomic():
        list(Article.objects.locked().filter(pk__in=wrong).order_by("pk").values_list("pk"))
        waiting = CorrectionDraft.objects.filter(article__in=wrong)
        before = {one.article_id: one for one in waiting}
        rows, changed = [], 0
        for pk, facts in wrong.items():
            row = _draft(pk, facts, before.get(pk), by)
            if pk in before and (row.wrong, row.right) == (before[pk].wrong, before[pk].right):
                continue
            changed += pk in before
            rows.append(row)
        CorrectionDraft.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["article"],
            update_fields=["wrong", "right", "facts", "by", "at"],
        )
    return Drafted(
        made=len(rows) - changed,
        changed=changed,
        same=len(wrong) - len(rows),
        needless=len(stories) - len(wrong),
    )


def what_still_differs(article: Article) -> Stale | None:
    """Return what readers have otherwise in ``article``; None when they have it as it is, or do not have it at all."""
    live = Edition.objects.listed().filter(article=article)
    return next(iter(stale_among(list(live))), None)


def publish_draft(
    article: Article, *, seen: str, by: User, wrong: str, right: str, weight: str
) -> Edition:
    """Publish ``article`` as a correction in these words, as an editor has read them; its draft goes.

    ``seen`` is the ``version`` of the draft that the editor saw, empty for none. Raises NotPublishable, also when that
    draft is gone or says something else by now: readers would be told twice, or half of it.
    """
    with transaction.atomic():
        Article.objects.locked().get(pk=article.pk)
        drafts = CorrectionDraft.objects.filter(article=article)
        draft = drafts.first()
        if seen and draft is None:
            raise NotPublishable(["Its draft is gone: somebody has published or dropped it."])
        if seen and version(draft) != seen:
            raise NotPublishable(["Its draft says something else by now. Read it again."])
        edition = correct(article, by=by, wrong=wrong, right=right, weight=weight)
        drafts.delete()
    return edition


def version(draft: CorrectionDraft) -> str:
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


def _draft(
    pk: int, facts: Sequence[Fact], before: CorrectionDraft | None, by: User | None
) -> CorrectionDraft:
    holding = {fact.sentence: fact for fact in facts}
    kept = [one for one in (before.facts if before else []) if one in holding]
    sentences = list(dict.fromkeys([*kept, *holding]))
    wrong, right = _joined([holding[one] for one in sentences])
    return CorrectionDraft(
        article_id=pk, wrong=wrong, right=right, facts=sentences, by=by, at=timezone.now()
    )


def _joined(facts: Iterable[Fact]) -> tuple[str, str]:
    """Join both sides of as many whole facts as a correction has room for; the others stay beside the form."""
    wrong: list[str] = []
    right: list[str] = []
    for fact in facts:
        longer = [*wrong, fact.wrong], [*right, fact.right]
        if any(len(" ".join(side)) > LONGEST for side in longer):
            break
        wrong, right = longer
    return " ".join(dict.fromkeys(wrong)), " ".join(dict.fromkeys(right))
