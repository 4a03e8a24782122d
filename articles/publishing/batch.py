"""Publish many imported stories at once: archive stories start at their own date."""

from collections.abc import Mapping, Sequence

from articles import clock
from articles.models import Article, Correction, Edition, PeriodCount, User

from .checks import NotPublishable, publish_blockers
from .compose import compose
from .editions import build_edition, insert_editions
from .editor_decisions import CORRECTED, decisions_by_hand
from .publish import correct, publish


def publish_batch(
    articles: Sequence[Article],
    *,
    by: User | None = None,
    corrections: Mapping[int, str] | None = None,
) -> dict[int, list[str]]:
    """Publish ``articles`` (as ``with_everything`` reads them), inside the caller's transaction.

    A first edition starts at the story's own date; a story that has an edition already gets its next one now.
    ``corrections`` are the source's words on what is right now, by article id: readers are told.
    Without ``by`` a machine publishes: it brings back, replaces and reschedules nothing that a person decided.
    Returns the reasons against publishing by article id, for those that stay drafts.
    """
    refused: dict[int, list[str]] = {}
    published = set(
        Edition.objects.filter(article__in=articles).values_list("article_id", flat=True)
    )
    changed = {article.pk for article in articles if article.revision_number > 1}
    decisions = {} if by else decisions_by_hand(published | changed)
    first: list[Edition] = []
    for article in articles:
        if article.pk in decisions:
            refused[article.pk] = [decisions[article.pk].sentence]
        elif article.pk in published:
            refused |= _publish_one(article, by, (corrections or {}).get(article.pk, ""))
        elif reasons := _reasons(article):
            refused[article.pk] = reasons
        else:
            first.append(_first_edition(article, by))
    PeriodCount.objects.replace((), insert_editions(first), clock.now())
    return refused


def _reasons(article: Article) -> list[str]:
    """An import is judged by its own date, but nothing of the future comes out by itself."""
    now = clock.now()
    return publish_blockers(article, min(article.published_at or now, now)) or []


def _first_edition(article: Article, by: User | None) -> Edition:
    now = clock.now()
    starts_at = article.published_at or now
    story = compose(article, published_at=starts_at)
    kind = Edition.Kind.UPDATE
    return build_edition(
        article, story, number=1, kind=kind, starts_at=starts_at, by=by, created_at=now
    )


def _publish_one(article: Article, by: User | None, corrected: str) -> dict[int, list[str]]:
    weight = Correction.Weight.CORRECTION
    try:
        if corrected and Edition.objects.listed().filter(article=article).exists():
            correct(article, by=by, wrong=CORRECTED, right=corrected, weight=weight)
        else:
            publish(article, by=by)
    except NotPublishable as refusal:
        return {article.pk: refusal.reasons}
    return {}
