"""Extraction as JSON: one line in, one object out."""

import json
from dataclasses import fields
from operator import attrgetter
from typing import Any

from articles.extraction.extract import extract
from articles.extraction.types import ExtractedEntity, ExtractedQuote, TextSpan

_KEYS = tuple(field.name for field in fields(ExtractedQuote))
_VALUES = attrgetter(*_KEYS)


class InvalidLine(ValueError):
    """The line is no article; the message says why."""


def extract_line(line: bytes) -> dict[str, Any]:
    """Return what was found in the article of ``line``: UTF-8 JSON with ``id``, ``text``, lists of known names.

    Raises ``InvalidLine``. Keys of the answer: ``id``, ``quotes``, ``people``, ``organizations``.
    """
    article = _article(line)
    names = {key: _names(article, key) for key in ("known_people", "known_organizations")}
    extraction = extract(article["text"], **names)
    return {
        "id": article["id"],
        "quotes": [_quote(quote) for quote in extraction.quotes],
        "people": [_entity(person) | {"role": person.role} for person in extraction.people],
        "organizations": [_entity(organization) for organization in extraction.organizations],
    }


def _article(line: bytes) -> dict[str, Any]:
    try:
        article = json.loads(line.decode("utf-8-sig"))
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise InvalidLine(f"not JSON in UTF-8 ({error})") from error
    if not isinstance(article, dict):
        raise InvalidLine("not a JSON object")
    for key in ("id", "text"):
        if not isinstance(article.get(key), str):
            raise InvalidLine(f'needs "{key}", a string')
    return article


def _names(article: dict[str, Any], key: str) -> list[str]:
    names = article.get(key) or []
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise InvalidLine(f'"{key}" must be a list of strings')
    return names


def _quote(quote: ExtractedQuote) -> dict[str, Any]:
    """Return ``quote`` as plain values; ``dataclasses.asdict`` takes eight times as long."""
    plain = dict(zip(_KEYS, _VALUES(quote), strict=True))
    plain["mention"], plain["cue"] = _text_span(quote.mention), _text_span(quote.cue)
    return plain


def _text_span(span: TextSpan | None) -> dict[str, Any] | None:
    return {"start": span.start, "end": span.end, "text": span.text} if span else None


def _entity(entity: ExtractedEntity) -> dict[str, Any]:
    return {"name": entity.name, "mentions": [list(span) for span in entity.mentions]}
