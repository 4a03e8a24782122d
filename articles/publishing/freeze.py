"""Composed -> Edition rows. The only place that writes an edition; always under the lock of its article."""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import F

from articles import fragments
from articles.composed import Composed, CorrectionNote
from articles.models import (
    Article,
    Correction,
    Edition,
    EditionAuthor,
    EditionOrganization,
    EditionPerson,
    EditionQuote,
    EditionTag,
    Tag,
    User,
)
from articles.models.editions import QUOTE_LINKS

COLUMNS = [name for name in Composed.__dataclass_fields__ if name != "article_id"]
AS_JSON = {"bylines", "tags", "people", "organizations", "quotes", "picture", "corrections"}


def edition_of(
    article: Article,
    story: Composed,
    *,
    number: int,
    kind: str,
    starts_at: datetime,
    by: User | None,
) -> Edition:
    """Return ``story`` as an unsaved edition with its fragments rendered. ``starts_at`` is aware."""
    values = asdict(story)
    rendered = fragments.render(story)
    return Edition(
        article=article,
        number=number,
        kind=kind,
        starts_at=starts_at,
        revision_number=article.revision_number,
        by=by,
        lead_image=article.lead_image,
        card_html=rendered.card_html,
        page_html=rendered.page_html,
        rendered_with=rendered.rendered_with,
        **{name: _json(values[name]) if name in AS_JSON else values[name] for name in COLUMNS},
    )


def _json(value: Any) -> Any:
    """Return ``value`` as the database will give it back."""
    return json.loads(json.dumps(value, cls=DjangoJSONEncoder))


def insert(editions: list[Edition]) -> list[Edition]:
    """Insert unsaved ``editions`` with their links; keeps the tags' link counts."""
    Edition.objects.bulk_create(editions)
    for model, field, links in (
        (EditionAuthor, "author_id", "bylines"),
        (EditionTag, "tag_id", "tags"),
        (EditionPerson, "person_id", "people"),
        (EditionOrganization, "organization_id", "organizations"),
    ):
        model.objects.bulk_create(
            model(edition=edition, published_at=edition.published_at, **{field: key})
            for edition in editions
            for key in dict.fromkeys(link["id"] for link in getattr(edition, links))
        )
    EditionQuote.objects.bulk_create(
        _quote_row(edition, quote) for edition in editions for quote in reversed(edition.quotes)
    )
    _count_links(link["id"] for edition in editions for link in edition.tags)
    return editions


def _quote_row(edition: Edition, quote: dict[str, Any]) -> EditionQuote:
    """Return ``quote`` of ``edition`` as a row."""
    links = {f"{name}_id": quote[name] and quote[name]["id"] for name in QUOTE_LINKS}
    return EditionQuote(
        edition=edition,
        published_at=edition.published_at,
        quote_key=quote["key"],
        kind=quote["kind"],
        text=quote["text"],
        unnamed=quote["unnamed"],
        role=quote["role"],
        said_on=quote["said_on"] or None,
        **links,
    )


def _count_links(tag_ids: Iterable[int]) -> None:
    """Add to the kept counters, rows in one order so that two publishers never wait for each other."""
    for tag_id, more in sorted(Counter(tag_ids).items()):
        Tag.objects.filter(pk=tag_id).update(link_count=F("link_count") + more)


def corrections_of(article: Article) -> list[CorrectionNote]:
    """Return what readers were told was wrong in earlier editions of ``article``, newest first."""
    rows = Correction.objects.filter(edition__article=article).order_by("-edition__starts_at")
    return [
        CorrectionNote(row.edition.starts_at, row.wrong, row.right, row.weight)
        for row in rows.select_related("edition")
    ]
