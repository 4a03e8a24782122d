"""Composed -> Edition rows. The only place that writes an edition; always under the lock of its article."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from datetime import datetime
from functools import cache
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection

from articles.composed import Composed, CorrectionNote
from articles.models import (
    Article,
    Correction,
    Edition,
    EditionAuthor,
    EditionOrganization,
    EditionPerson,
    EditionQuote,
    EditionSearch,
    EditionTag,
    NameWord,
    Tag,
    User,
    bulk,
)
from articles.models.editions import QUOTE_LINKS
from articles.public import fragments
from articles.text.quotes.statement_key import statement_key

COLUMNS = [name for name in Composed.__dataclass_fields__ if name != "article_id"]
PLAIN_TYPES = {str, int, bool, type(None)}
JSON_FIELDS = {"bylines", "tags", "people", "organizations", "quotes", "picture", "corrections"}


def build_edition(
    article: Article,
    story: Composed,
    *,
    number: int,
    kind: str,
    starts_at: datetime,
    by: User | None,
    created_at: datetime,
    has_set_start: bool = False,
) -> Edition:
    """Return ``story`` as an unsaved edition with its fragments rendered.

    ``starts_at`` and ``created_at``, the clock's time now, are aware.
    """
    rendered = fragments.render(story)
    return Edition(
        article=article,
        number=number,
        kind=kind,
        starts_at=starts_at,
        revision_number=article.revision_number,
        by=by,
        created_at=created_at,
        has_set_start=has_set_start,
        lead_image=article.lead_image,
        card_html=rendered.card_html,
        page_html=rendered.page_html,
        rendered_with=rendered.rendered_with,
        **{name: getattr(story, name) for name in COLUMNS if name not in JSON_FIELDS},
        **{name: _json(getattr(story, name)) for name in JSON_FIELDS},
    )


def _json(value: Any) -> Any:
    """Return ``value`` as the database will give it back: a dataclass as the object of its fields."""
    if type(value) in PLAIN_TYPES:
        return value
    if isinstance(value, tuple):
        return [_json(item) for item in value]
    model: type = type(value)
    if is_dataclass(model):
        return {name: _json(getattr(value, name)) for name in _field_names(model)}
    return DjangoJSONEncoder().default(value) if isinstance(value, datetime) else value


@cache
def _field_names(model: type) -> list[str]:
    return [field.name for field in fields(model)]


def insert_editions(editions: list[Edition]) -> list[Edition]:
    """Insert unsaved ``editions`` with their links; keeps the tags' link counts."""
    bulk.insert_objects(editions)
    for model, field, links in (
        (EditionAuthor, "author_id", "bylines"),
        (EditionTag, "tag_id", "tags"),
        (EditionPerson, "person_id", "people"),
        (EditionOrganization, "organization_id", "organizations"),
    ):
        rows = (
            (edition.pk, edition.published_at, key)
            for edition in editions
            for key in dict.fromkeys(link["id"] for link in getattr(edition, links))
        )
        bulk.insert(model, ("edition_id", "published_at", field), rows)
    EditionQuote.objects.bulk_create(
        _quote_row(edition, quote) for edition in editions for quote in reversed(edition.quotes)
    )
    _count_links(link["id"] for edition in editions for link in edition.tags)
    _index_words(editions)
    return editions


def _index_words(editions: list[Edition]) -> None:
    """Write what readers look for in ``editions``, and of whom they name; the words of what they replace go."""
    replaced = {edition.article_id for edition in editions if edition.number > 1}
    if replaced:
        EditionSearch.objects.filter(edition__article__in=replaced).ended().unindex()
    EditionSearch.objects.index(editions)
    for kind, name in (("person", "people"), ("organization", "organizations")):
        keys = (link["id"] for edition in editions for link in getattr(edition, name))
        NameWord.objects.index_new(kind, keys)


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
        statement_key=statement_key(quote["text"]),
        **links,
    )


def _count_links(tag_ids: Iterable[int]) -> None:
    """Add to the kept counters, rows in one order so that two publishers never wait for each other."""
    more = [(count, tag_id) for tag_id, count in sorted(Counter(tag_ids).items())]
    table = Tag._meta.db_table
    with connection.cursor() as cursor:
        cursor.executemany(f"UPDATE {table} SET link_count = link_count + %s WHERE id = %s", more)  # noqa: S608


def correction_notes(article: Article) -> list[CorrectionNote]:
    """Return what readers were told was wrong in earlier editions of ``article``, newest first."""
    rows = Correction.objects.filter(edition__article=article).order_by("-edition__starts_at")
    return [
        CorrectionNote(row.edition.starts_at, row.wrong, row.right, row.weight)
        for row in rows.select_related("edition")
    ]
