"""Publish many imported stories at once: archive stories start at their own date."""

from collections.abc import Mapping, Sequence

from django.utils import timezone

from articles.models import Article, Correction, Edition, User

from .checks import NotPublishable, reasons_against
from .compose import compose
from .freeze import edition_of, insert
from .publish import correct, publish

CORRECTED = "The source of this story has corrected it."


def publish_batch(
    articles: Sequence[Article],
    *,
    by: User | None = None,
    corrections: Mapping[int, str] | None = None,
) -> dict[int, list[str]]:
    """Publish ``articles`` (as ``with_everything`` reads them), inside the caller's transaction.

    A first edition starts at the story's own date; a story that has an edition already gets its next one now.
    ``corrections`` are the source's words on what is right now, by article id: readers are told.
    Returns the reasons against publishing by article id, for those that stay drafts.
    """
    refused: dict[int, list[str]] = {}
    known = set(Edition.objects.filter(article__in=articles).values_list("article_id", flat=True))
    first: list[Edition] = []
    for article in articles:
        if article.pk in known:
            refused |= _publish_one(article, by, (corrections or {}).get(article.pk, ""))
        elif reasons := _reasons(article):
            refused[article.pk] = reasons
        else:
            first.append(_first_edition(article, by))
    insert(first)
    return refused


def _reasons(article: Article) -> list[str]:
    """An import is judged by its own date, but nothing of the future comes out by itself."""
    now = timezone.now()
    return reasons_against(article, min(article.published_at or now, now)) or []


def _first_edition(article: Article, by: User | None) -> Edition:
    starts_at = article.published_at or timezone.now()
    story = compose(article, published_at=starts_at)
    return edition_of(
        article, story, number=1, kind=Edition.Kind.UPDATE, starts_at=starts_at, by=by
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
