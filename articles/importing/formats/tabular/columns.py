"""A row of a table, or a flat object, whose columns are known -> the fields of a story."""

import html
import re
from collections.abc import Iterable
from collections.abc import Mapping as Row
from datetime import UTC
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from articles.importing.formats.common.markup import (
    extract_story_markup,
    strip_headline,
    take_dateline,
)
from articles.importing.formats.markdown.fields import front_matter_fields as front_fields
from articles.importing.formats.types import ColumnMapping, RecordError
from articles.text.characters import printable
from articles.text.dates import aware, parse_printed
from articles.text.html.plain import plain_text
from articles.text.html.sanitize import paragraphs_to_html, sanitise
from articles.text.messages import Message
from articles.text.paragraphs import split_paragraphs
from articles.text.whitespace import has_french_spacing, normalize_whitespace

_FRONT_MATTER_KEYS = {  # field: key of front matter, whose rules hold here too
    "dek": "dek",
    "kicker": "kicker",
    "dateline": "dateline",
    "credit": "credit",
    "status": "status",
    "draft": "draft",
    "embargo": "embargo",
    "note": "ed_note",
    "author": "authors",
    "section": "sections",
    "tags": "tags",
    "places": "places",
    "people": "people",
    "organizations": "organizations",
    "series": "series",
    "picture": "picture",
    "version": "version",
    "headline": "headline",
}
_LISTS = {"author", "section", "tags", "places", "people", "organizations"}
_TAG = re.compile(r"</[a-zA-Z]|<(?:br|p)\b", re.IGNORECASE)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")
_NUMBER = re.compile(r"[ &]?#(\d{2,4});")
_REFERENCE = re.compile(
    r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|amp|lt|gt|quot|apos|nbsp|[lr][sd]quo|[mn]dash|hellip);"
)
_LONGEST_REF = 255  # letters


def row_fields(row: Row[str, Any], mapping: ColumnMapping) -> dict[str, Any]:
    """Return the fields of a ``ParsedArticle`` that ``row`` (column: text, number, truth or list of these) gives.

    ``ref`` is the id, else the address; a draft is withheld. Raises RecordError naming the column for a nested value.
    """
    values = {field: _value(row.get(name), name) for field, name in mapping.columns.items()}
    url = _address(_line(values, "url"))
    fields = front_fields(_front(values) | {"url": url}, "")
    fields["ref"] = _line(values, "id") or _short(url)
    language = _line(values, "language").replace("_", "-")
    if _LANGUAGE.fullmatch(language):
        fields["language"] = language
    elif language:
        fields["ed_note"] = f"{fields['ed_note']}\nLanguage as given: {language}".strip()
    return fields | _story(values, fields)


def _front(values: Row[str, str | list[str]]) -> dict[str, Any]:
    """Return the fields as front matter has them."""
    front: dict[str, Any] = {}
    for field, key in _FRONT_MATTER_KEYS.items():
        value = values.get(field, "")
        front[key] = _names(value) if field in _LISTS else _without_html(_comma_joined(value))
    front["version"] = front["version"] or _version(_line(values, "updated"))
    front["date"], front["published"] = _line(values, "date"), _line(values, "published")
    if parse_printed(front["published"]):
        front["date"] = front["date"] or front["published"]
    return front


def _value(value: Any, name: str) -> str | list[str]:
    if isinstance(value, list):
        return [_text(item, name) for item in value if item is not None]
    return _text(value, name)


def _text(value: Any, name: str) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict) and isinstance(value.get("name"), str):
        value = value["name"]
    if value is None or isinstance(value, str | int | float):
        return "" if value is None else str(value).strip()
    raise RecordError(
        printable(name)[:40],
        Message("it is no single value", code="table.type"),
        "Export the stories as a flat table.",
    )


def _comma_joined(value: str | list[str]) -> str:
    return value if isinstance(value, str) else ", ".join(value)


def _line(values: Row[str, str | list[str]], field: str) -> str:
    return " ".join(_comma_joined(values.get(field, "")).split())


def _names(value: str | list[str]) -> list[str]:
    """Return the names of one cell: parted by semicolons or bars, else commas; as Python prints a list, too."""
    if isinstance(value, list):
        return value
    inner = re.fullmatch(r"\[(.*)\]", value, re.DOTALL)
    mark = "[;|]" if re.search("[;|]", value) else ","
    if not inner:
        return [name.strip() for name in re.split(mark, value) if name.strip()]
    names = (name.strip().strip("'\"") for name in re.split(mark, inner[1]))
    return list(filter(None, names))


def _without_html(line: str) -> str:
    """Return a short text without HTML, if it has any."""
    return plain_text(sanitise(line)) if _TAG.search(line) else _resolved(line)


def _resolved(text: str) -> str:
    """Return plain ``text`` with the character references resolved that a web page left in it."""
    return _REFERENCE.sub(lambda match: html.unescape(match[0]), text)


def _short(url: str) -> str:
    """Return an id made of ``url``: itself, or its digest when it is too long for one."""
    is_long = len(url) > _LONGEST_REF
    return f"sha256:{sha256(url.encode('utf-8', 'replace')).hexdigest()}" if is_long else url


def _address(url: str) -> str:
    """Return ``url`` with single slashes in its path, so that a mended link means the same story."""
    try:
        parts = urlsplit(url)
        return urlunsplit(parts._replace(path=re.sub(r"//+", "/", parts.path)))
    except ValueError:
        return url


def _version(updated: str) -> str:
    """Return when this version was made as text that sorts."""
    updated_at = parse_printed(updated)
    try:
        return aware(updated_at[0], UTC).isoformat() if updated_at else ""
    except ValueError:
        return ""


def _story(values: Row[str, str | list[str]], fields: Row[str, Any]) -> dict[str, Any]:
    """Return the body, without what repeats the headline or the date, and the dateline that it begins with."""
    markup, text = (_joined(values.get(field, "")) for field in ("html", "text"))
    removed: list[str] = []
    if markup or _TAG.search(text):
        markup, removed = extract_story_markup(markup or text)
        body = strip_headline(sanitise(markup), fields.get("headline", ""))
    else:
        body, removed = _paragraphs(_resolved(text), fields.get("published_at"))
    body, place, signed = _without_dateline(body)
    story: dict[str, Any] = {"body_html": body, "removed": tuple(removed)}
    if place and not fields.get("dateline"):
        story["dateline"] = place
    if signed and not fields.get("credit"):
        story["credit"] = signed
    return story


def _without_dateline(body: str) -> tuple[str, str, str]:
    """Take a dateline off where it is sure: in capitals, or signed. Tables hold other things than wires, too."""
    rest, place, signed = take_dateline(body)
    is_printed = body[3:].startswith(place.partition(",")[0].upper())
    is_sure = is_printed or (signed and len(place.split()) < 4)
    return (rest, place, signed) if is_sure else (body, "", "")


def _joined(value: str | list[str]) -> str:
    return value if isinstance(value, str) else "\n\n".join(value)


def _paragraphs(text: str, published_at: Any) -> tuple[str, list[str]]:
    """Return plain ``text`` as HTML; a first line that is only the day of publication again goes."""
    keeps_spaces, removed = has_french_spacing(text), list[str]()
    lines: Iterable[str] = (
        normalize_whitespace(text, paragraph.spans, keeps_spaces=keeps_spaces)[0]
        for paragraph in split_paragraphs(text)
    )
    lines = [line for line in lines if line.strip()]
    date = parse_printed(lines[0]) if len(lines) > 1 and published_at else None
    if date and date[0].date() == published_at.date():
        removed.append(lines.pop(0))
    return paragraphs_to_html(("p", line) for line in lines), removed


def repaired_cell(value: str) -> str:
    r"""Return a cell of a collection without a header as it was meant: ``\`` is white space, ``#36;`` a dollar."""
    value = _NUMBER.sub(lambda match: chr(int(match[1])), value)
    return re.sub(r"\\+", " ", value)
