"""The working copy as plain values: what readers would get of it."""

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone

from articles import clock
from articles.composed import Composed, CorrectionNote, Credit, Link, Picture
from articles.models import Article, Byline, Image, Tag
from articles.story_fields import LINES
from articles.text.fold import slugify
from articles.text.html.plain import plain_text
from articles.text.html.sanitize import sanitise

from . import compose_quotes

TAG_ORDER = {kind: place for place, kind in enumerate(Tag.Kind.values)}


def compose(
    article: Article,
    *,
    published_at: datetime | None = None,
    modified_at: datetime | None = None,
    corrections: Iterable[CorrectionNote] = (),
    slug: str = "",
) -> Composed:
    """Return ``article`` as readers would get it; people carry the role that they hold on the story's day.

    Only confirmed quotes whose words stand in the body are part of it. The body is sanitised once more, whatever
    way it took into the row. Reads only what ``Article.objects.with_everything()`` prefetches. Times are aware;
    ``published_at`` defaults to the article's own date, which is None for a story that was never published.
    ``slug`` is the one in the address that readers have: it stays unless an editor has written another one.
    """
    published_at = published_at or article.published_at
    day = timezone.localdate(published_at or clock.now())
    body_html = sanitise(article.body_html)
    body_text = plain_text(body_html)
    record = compose_quotes.compose_record(article, body_text, day)
    return Composed(
        article_id=article.pk,
        slug=article.slug or slug or slugify(article.headline),
        body_html=body_html,
        body_text=body_text,
        bylines=tuple(_credit(byline) for byline in article.bylines.all()),
        language=article.language,
        published_at=published_at,
        modified_at=modified_at or published_at,
        date_precision=article.date_precision if article.published_at else "minute",
        tags=_tags(article),
        people=record.people,
        organizations=record.organizations,
        quotes=record.quotes,
        picture=compose_picture(article.lead_image),
        corrections=tuple(corrections),
        **{line.name: getattr(article, line.name) for line in LINES},
    )


def _credit(byline: Byline) -> Credit:
    return Credit(byline.author.name, byline.role, byline.author_id)


def _tags(article: Article) -> tuple[Link, ...]:
    """Sections first, in the paper's order; then topics, places and series by name."""
    tags = sorted(article.tags.all(), key=lambda tag: (TAG_ORDER[tag.kind], tag.position, tag.name))
    return tuple(Link(tag.pk, tag.name, tag.slug, tag.kind) for tag in tags)


def compose_picture(image: Image | None) -> Picture | None:
    """Return ``image`` as plain values, None for none."""
    return image.as_picture() if image else None
