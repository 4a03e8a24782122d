"""The working copy as plain values: what readers would get of it."""

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone

from articles.composed import Composed, CorrectionNote, Credit, Link, Picture
from articles.models import Article, Byline, Image, Tag
from articles.text.fold import slugify
from articles.text.html import plain_text, sanitise

from . import said

TAG_ORDER = {kind: place for place, kind in enumerate(Tag.Kind.values)}


def compose(
    article: Article,
    *,
    published_at: datetime | None = None,
    modified_at: datetime | None = None,
    corrections: Iterable[CorrectionNote] = (),
) -> Composed:
    """Return ``article`` as readers would get it; people carry the role that they hold on the story's day.

    Only confirmed quotes whose words stand in the body are part of it. The body is sanitised once more, whatever
    way it took into the row. Reads only what ``Article.objects.with_everything()`` prefetches. Times are aware;
    ``published_at`` defaults to the article's own date, which is None for a story that was never published.
    """
    published_at = published_at or article.published_at
    day = timezone.localdate(published_at or timezone.now())
    body_html = sanitise(article.body_html)
    body_text = plain_text(body_html)
    record = said.record(article, body_text, day)
    return Composed(
        article_id=article.pk,
        headline=article.headline,
        slug=article.slug or slugify(article.headline),
        kicker=article.kicker,
        dek=article.dek,
        body_html=body_html,
        body_text=body_text,
        bylines=tuple(_credit(line) for line in article.bylines.all()),
        dateline=article.dateline,
        credit=article.credit,
        language=article.language,
        published_at=published_at,
        modified_at=modified_at or published_at,
        date_precision=article.date_precision if article.published_at else "minute",
        tags=_tags(article),
        people=record.people,
        organizations=record.organizations,
        quotes=record.quotes,
        picture=picture(article.lead_image),
        corrections=tuple(corrections),
    )


def _credit(line: Byline) -> Credit:
    return Credit(line.author.name, line.role, line.author_id)


def _tags(article: Article) -> tuple[Link, ...]:
    """Sections first, in the paper's order; then topics, places and series by name."""
    tags = sorted(article.tags.all(), key=lambda tag: (TAG_ORDER[tag.kind], tag.position, tag.name))
    return tuple(Link(tag.pk, tag.name, tag.slug, tag.kind) for tag in tags)


def picture(image: Image | None) -> Picture | None:
    """Return ``image`` as plain values, None for none."""
    if image is None:
        return None
    return Picture(
        id=image.pk,
        token=image.token,
        width=image.width,
        height=image.height,
        widths=image.widths,
        alt="" if image.is_decorative else image.alt,
        caption=image.caption,
        credit=image.credit,
    )
