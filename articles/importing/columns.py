"""The columns of a table, or the keys of flat objects, by the names that fields of a story usually have."""

import html
import re
from collections.abc import Iterable, Sequence
from collections.abc import Mapping as Row
from dataclasses import dataclass
from datetime import UTC
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from articles.text.chars import printable
from articles.text.dates import aware, parse_printed
from articles.text.html import paragraphs_to_html, plain_text, sanitise
from articles.text.paragraphs import split
from articles.text.spacing import is_spaced, mend

from .front_fields import fields_of as front_fields
from .markup import story_part, take_dateline, without_headline
from .unfit import Unfit

_NAMES = {  # field: what a column may be called, the likeliest first
    "headline": "headline title head_line head heading hed",
    "text": "body text content body_text content_text full_text fulltext plain_text main_text article story",
    "html": "body_html content_html html body_xhtml",
    "date": "published_at date_published publication_date published_on first_published publish_date pub_date pubdate"
    " published_date date_gmt post_date date datetime timestamp created_at created date_created",
    "author": "byline author authors by author_name author_names writer writers reporter reporters creator",
    "id": "id guid uuid uid article_id story_id post_id ref reference external_id newid identifier",
    "url": "url link permalink canonical_url web_url uri href address",
    "dek": "dek standfirst subtitle subhead subheadline sub_title deck lede excerpt summary description abstract",
    "kicker": "kicker overline",
    "section": "section sections category categories desk channel rubric",
    "tags": "tags tag keywords topics topic subjects subject labels",
    "places": "places place location locations country countries",
    "people": "people persons person",
    "organizations": "organizations organisations organization organisation orgs companies",
    "series": "series",
    "dateline": "dateline located",
    "credit": "credit source agency publisher publication",
    "language": "language lang locale",
    "picture": "picture image image_file photo cover",
    "version": "version revision",
    "updated": "updated_at modified_at modified updated last_modified date_modified updated_on",
    "status": "status state pub_status",
    "draft": "draft is_draft",
    "published": "is_published published is_live live",
    "embargo": "embargo embargoed_until embargoed embargo_until",
    "note": "ed_note note notes editors_note",
}
_WORDS = {
    "text": "text",
    "html": "text, as HTML",
    "date": "date of publication",
    "author": "byline",
    "id": "source's own id",
    "url": "former address, and the id where there is no other",
    "updated": "version, by its time",
    "draft": "mark of a draft",
    "published": "mark, or else date, of what is published",
    "embargo": "end of the embargo",
    "note": "note to the editors",
}
_FIELDS = {
    name: (field, rank)
    for field, names in _NAMES.items()
    for rank, name in enumerate(names.split())
}
_SPARE_TEXTS = {"description", "summary", "abstract"}  # all the text that some tables have
_PREFIX = re.compile(r"(?:article|story|news|post|item)_(?=\w)")
_FRONT = {  # field: key of front matter, whose rules hold here too
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
_REFERENCE = re.compile(
    r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|amp|lt|gt|quot|apos|nbsp|[lr][sd]quo|[mn]dash|hellip);"
)
_LONGEST_NAME, _LONGEST_REF = 60, 255  # letters


@dataclass(frozen=True, slots=True)
class Mapping:
    """Which column says which field; ``left`` are the columns that say none."""

    columns: dict[str, str]
    left: tuple[str, ...] = ()

    @property
    def is_story(self) -> bool:
        """Tell whether these are the columns of stories: a text, and one more thing that stories have."""
        known = self.columns.keys()
        if not known & {"text", "html"} or len(known) < 2:
            return False
        is_spare = _folded(self.columns.get("text", "")) in _SPARE_TEXTS and "html" not in known
        return bool(known & ({"date", "author"} if is_spare else {"headline", "date", "id", "url"}))


def guess(names: Sequence[str]) -> Mapping:
    """Return which of the columns ``names`` says which field, by its name alone; each says one at most.

    ``publishedAt``, ``Published At`` and ``article_published-at`` are one name. Where no column is called a text, a
    description or summary is it.
    """
    found: dict[str, tuple[int, str]] = {}
    for name in names:
        field, rank = _FIELDS.get(_folded(name), ("", 0))
        if field and (field not in found or rank < found[field][0]):
            found[field] = rank, name
    columns = {field: name for field, (_, name) in found.items()}
    if not columns.keys() & {"text", "html"}:
        spare = [name for name in names if _folded(name) in _SPARE_TEXTS]
        columns |= {"text": spare[0]} if spare else {}
        if spare and columns["dek"] == spare[0]:
            del columns["dek"]
    return Mapping(columns, tuple(name for name in names if name not in columns.values()))


def describe(mapping: Mapping) -> str:
    """Return ``mapping`` in words, one line a column, as an operator reads it before an import."""
    lines = [
        f"{name}: {_WORDS.get(field, field)}"
        for field, name in sorted(
            mapping.columns.items(), key=lambda pair: [*_NAMES].index(pair[0])
        )
    ]
    return "\n".join([*lines, *(f"{name}: passed over" for name in mapping.left)])


def fields_of(row: Row[str, Any], mapping: Mapping) -> dict[str, Any]:
    """Return the fields of a ``ParsedArticle`` that ``row`` (column: text, number, truth or list of these) gives.

    ``ref`` is the id, else the address; a draft is withheld. Raises Unfit naming the column for a nested value.
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
    for field, key in _FRONT.items():
        value = values.get(field, "")
        front[key] = _names(value) if field in _LISTS else _unmarked(_one(value))
    front["version"] = front["version"] or _version(_line(values, "updated"))
    front["date"], front["published"] = _line(values, "date"), _line(values, "published")
    if parse_printed(front["published"]):
        front["date"] = front["date"] or front["published"]
    return front


def _folded(name: str) -> str:
    """Return a column's name in small letters, its words parted by underscores."""
    if len(name) > _LONGEST_NAME:
        return ""
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name.strip()).casefold()
    folded = re.sub(r"[^\w]+", "_", words).strip("_")
    return folded if folded in _FIELDS else _PREFIX.sub("", folded, count=1)


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
    raise Unfit(
        printable(name)[:40], "it is no single value", "Export the stories as a flat table."
    )


def _one(value: str | list[str]) -> str:
    return value if isinstance(value, str) else ", ".join(value)


def _line(values: Row[str, str | list[str]], field: str) -> str:
    return " ".join(_one(values.get(field, "")).split())


def _names(value: str | list[str]) -> list[str]:
    """Return the names of one cell: parted by semicolons or bars, else commas; as Python prints a list, too."""
    if isinstance(value, list):
        return value
    inner = re.fullmatch(r"\[(.*)\]", value, re.DOTALL)
    mark = "[;|]" if re.search("[;|]", value) else ","
    if not inner:
        return [part.strip() for part in re.split(mark, value) if part.strip()]
    parts = (part.strip().strip("'\"") for part in re.split(mark, inner[1]))
    return list(filter(None, parts))


def _unmarked(line: str) -> str:
    """Return a short text without HTML, if it has any."""
    return plain_text(sanitise(line)) if _TAG.search(line) else _resolved(line)


def _resolved(text: str) -> str:
    """Return plain ``text`` with the character references resolved that a web page left in it."""
    return _REFERENCE.sub(lambda found: html.unescape(found[0]), text)


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
    made = parse_printed(updated)
    try:
        return aware(made[0], UTC).isoformat() if made else ""
    except ValueError:
        return ""


def _story(values: Row[str, str | list[str]], fields: Row[str, Any]) -> dict[str, Any]:
    """Return the body, without what repeats the headline or the date, and the dateline that it begins with."""
    markup, text = (_joined(values.get(field, "")) for field in ("html", "text"))
    removed: list[str] = []
    if markup or _TAG.search(text):
        markup, removed = story_part(markup or text)
        body = without_headline(sanitise(markup), fields.get("headline", ""))
    else:
        body, removed = _paragraphs(_resolved(text), fields.get("published_at"))
    body, place, signed = _without_dateline(body)
    found: dict[str, Any] = {"body_html": body, "removed": tuple(removed)}
    if place and not fields.get("dateline"):
        found["dateline"] = place
    if signed and not fields.get("credit"):
        found["credit"] = signed
    return found


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
    keeps, removed = is_spaced(text), list[str]()
    lines: Iterable[str] = (mend(text, one.spans, keeps_spaces=keeps)[0] for one in split(text))
    lines = [line for line in lines if line.strip()]
    printed = parse_printed(lines[0]) if len(lines) > 1 and published_at else None
    if printed and printed[0].date() == published_at.date():
        removed.append(lines.pop(0))
    return paragraphs_to_html(("p", line) for line in lines), removed
