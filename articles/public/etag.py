"""The values that a page shows, digested: whatever a view gives its template tells one answer from another."""

import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

from django.db.models import Model
from django.utils.functional import Promise

from articles.composed import Composed
from articles.models.authors import Author, AuthorLink
from articles.models.corrections import Correction
from articles.models.editions import Edition
from articles.models.images import Image
from articles.models.organizations import Organization
from articles.models.people import Membership, Person
from articles.models.tags import Tag

# The metadata of a dataclass's field that no template shows.
NOT_SHOWN = {"is_shown": False}

# What readers may see of a row: the desk's own columns would tell by an ETag what no page shows.
PUBLIC_COLUMNS: dict[type[Model], tuple[str, ...]] = {
    Author: ("id", "name", "beat"),
    AuthorLink: ("id", "url", "label"),
    Correction: ("id", "wrong", "right", "weight", "edition", "headline", "slug"),
    Edition: (
        *("id", "article_id", "number", "kind", "starts_at", "reason", "correction"),
        *("is_hidden", "hidden_reason", "page_html", "rendered_with"),
        *(field.name for field in fields(Composed)),
    ),
    Image: (),  # pages show ``Picture``
    Membership: ("id", "role", "start_date", "end_date", "person", "organization", "has_page"),
    Organization: ("id", "name", "slug", "kind", "abbreviation"),
    Person: ("id", "name", "slug"),
    Tag: ("id", "name", "slug", "kind", "description"),
}


def context_digest(values: Mapping[str, Any]) -> str:
    """Return what tells ``values`` from all others (hex, 32). No query.

    Plain values, lists, tuples and dictionaries by text; times, translated sentences, messages, dataclasses; rows by
    ``PUBLIC_COLUMNS`` as far as they are loaded; anything else by its ``etag_parts()``. Raises ``TypeError`` for all
    other types, in production too: what cannot be digested would go stale in every cache.
    """
    text = _Encoder(check_circular=False).encode(values)
    return hashlib.sha256(text.encode("ascii")).hexdigest()[:32]


class _Encoder(json.JSONEncoder):
    """Writes what JSON does not know as what it consists of; a row once, and as its number where it comes again."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.rows: dict[int, int] = {}

    def default(self, value: Any) -> Any:
        if isinstance(value, date):
            return value.isoformat()
        if isinstance(value, Promise):
            return str(value)
        if isinstance(value, Model):
            if id(value) in self.rows:
                return ["row", self.rows[id(value)]]
            self.rows[id(value)] = len(self.rows)
            return _public_columns(value)
        if parts := getattr(value, "etag_parts", None):
            return [type(value).__name__, *parts()]
        if is_dataclass(value) and not isinstance(value, type):
            names = [f.name for f in fields(value) if f.metadata.get("is_shown", True)]
            return [type(value).__name__, *(_pairs(getattr(value, name)) for name in names)]
        raise TypeError(
            f"A {type(value).__name__} cannot be part of an ETag: give a plain value, or its type `etag_parts()`."
        )


def _public_columns(row: Model) -> list[Any]:
    """Return what is loaded of ``row``; a related row only where the query joined it."""
    columns = PUBLIC_COLUMNS.get(type(row))
    if columns is None:
        raise TypeError(
            f"{type(row).__name__} is not in PUBLIC_COLUMNS: say what readers see of it."
        )
    loaded = vars(row) | row._state.fields_cache
    return [type(row).__name__, *((name, loaded[name]) for name in columns if name in loaded)]


def _pairs(value: Any) -> Any:
    """Return a counter as pairs: JSON has no keys but text and numbers."""
    return list(value.items()) if isinstance(value, Counter) else value
