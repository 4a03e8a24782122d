"""What front matter says -> the fields of a ``ParsedArticle``."""

import re
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import unquote, urlsplit

from articles.text.dates import parse_printed

from .bylines import read_byline
from .parsed import ParsedName
from .unfit import Unfit

_TEXTS = {  # the first of the keys that says something
    "ref": "id guid uuid",
    "version": "version revision",
    "headline": "title headline",
    "kicker": "kicker",
    "dek": "dek subtitle description excerpt summary standfirst",
    "dateline": "dateline located",
    "credit": "credit source",
    "language": "language lang",
    "ed_note": "ed_note note",
}
_DATES = "date published_at publishdate pubdate"
_LISTS = (  # keys of one value and of several, field, kind
    ("tag topic", "tags topics keywords", "tags", "topic:"),
    ("category section", "categories sections", "tags", "section:"),
    ("place", "places", "tags", "place:"),
    ("series", "", "tags", "series:"),
    ("person", "people", "people", ""),
    ("organization organisation", "organizations organisations", "organizations", ""),
)
_NAME = re.compile(r"(\d{4}-\d\d-\d\d)-(.+)")
_TRUE, _FALSE = {"true", "yes", "on", "1", ""}, {"false", "no", "off", "0", ""}
_DEK_LIMIT = 500  # letters; what is longer goes to the editors
_PUBLIC = {"", "published", "publish", "public", "usable", "live"}


def fields_of(front: dict[str, Any], name: str) -> dict[str, Any]:
    """Return the fields that ``front`` and the file's ``name`` (``2026-02-12-slug``) give; other keys are passed over.

    A draft, or what could be one, is withheld. Raises Unfit naming the key for a value of the wrong shape.
    """
    fields: dict[str, Any] = {"ref": name}
    for field, keys in _TEXTS.items():
        if value := _text(front, keys):
            fields[field] = value
    notes = [fields.get("ed_note", "")]
    if len(fields.get("dek", "")) > _DEK_LIMIT:
        notes.append(f"Description: {fields.pop('dek')}")
    fields |= _date(front, name, notes.append)
    fields["pub_status"] = _status(front, name)
    fields |= _embargo(front, fields["pub_status"], notes.append)
    for one, many, field, kind in _LISTS:
        found = tuple(f"{kind}{value}" for value in _values(front, one, many))
        fields[field] = (*fields.get(field, ()), *found)
    fields["bylines"] = tuple(_bylines(front))
    fields["picture"] = _picture(front)
    fields["former_addresses"] = tuple(_addresses(front))
    return fields | {"ed_note": "\n".join(filter(None, notes))}


def _text(front: dict[str, Any], keys: str) -> str:
    for key in keys.split():
        value = front.get(key) or ""
        if not isinstance(value, str):
            raise Unfit(key, "it is not one value", "Write one value behind the colon.")
        if value.strip() and value not in ("~", "null"):
            return value.strip()
    return ""


def _date(front: dict[str, Any], name: str, note: Callable[[str], object]) -> dict[str, Any]:
    """Return the date written, or else the one that the file's name begins with; never a guess."""
    written = _text(front, _DATES)
    named = _NAME.fullmatch(name.rpartition("/")[2])
    found = parse_printed(written or (named[1] if named else ""))
    if written and not found:
        note(f"Date as written: {written}")
    return {"published_at": found[0], "date_precision": found[1]} if found else {}


def _embargo(front: dict[str, Any], status: str, note: Callable[[str], object]) -> dict[str, Any]:
    """Return the end of the embargo; one that is not clear withholds the story."""
    written = _text(front, "embargo embargoed_until")
    until = parse_printed(written)
    if until and until[1] == "minute":
        return {"embargoed_until": until[0]}
    if not written:
        return {}
    note(f"Embargo as written: {written}")
    return {"pub_status": "withheld" if status == "usable" else status}


def _status(front: dict[str, Any], name: str) -> str:
    status = _text(front, "status pub_status").casefold()
    is_draft = _text(front, "draft").casefold() not in _FALSE
    published = _text(front, "published")
    is_published = published.casefold() in _TRUE or parse_printed(published)
    if status == "canceled":
        return status
    in_drafts = "_drafts" in name.split("/")
    is_public = status in _PUBLIC and is_published and not is_draft and not in_drafts
    return "usable" if is_public else "withheld"


def _values(front: dict[str, Any], one: str, many: str) -> Iterator[str]:
    """Yield the values of ``one`` (a whole) and ``many`` (parted by commas, else by spaces as Jekyll does)."""
    for key in f"{one} {many}".split():
        value = front.get(key) or []
        if isinstance(value, str):
            mark = "[,;]" if re.search("[,;]", value) else r"\s+"
            value = [value] if key in one.split() else re.split(mark, value)
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise Unfit(key, "it is no list of names", "Write it as [one, two].")
        yield from filter(None, (item.strip() for item in value))


def _bylines(front: dict[str, Any]) -> Iterator[ParsedName]:
    for key in ("byline", "author", "authors"):
        value = front.get(key) or []
        for item in value if isinstance(value, list) else [value]:
            if isinstance(item, dict):
                yield ParsedName(_text(item, "name"), _text(item, "role"))
            elif isinstance(item, str):
                yield from read_byline(item)
            else:
                raise Unfit(key, "it is no list of names", "Write it as [one, two].")


def _picture(front: dict[str, Any]) -> str:
    """Return the name of the picture's file, whatever folder or address it stands at."""
    for key in ("picture", "image", "cover"):
        value = front.get(key) or ""
        if isinstance(value, dict):
            value = _text(value, "src path url image")
        if isinstance(value, str) and value.strip():
            return unquote(urlsplit(value.strip()).path.rpartition("/")[2])
    return ""


def _addresses(front: dict[str, Any]) -> Iterator[str]:
    """Yield the paths at which the story used to stand; patterns (``/:year/``) and paths that climb are none."""
    found = [_text(front, "permalink url")]
    found = found if "/" in found[0] else [f"/{_text(front, 'slug')}/"]  # "pretty" names a pattern
    for key in ("aliases", "redirect_from"):
        value = front.get(key) or []
        found += value if isinstance(value, list) else [value]
    for address in found:
        path = _path(address) if isinstance(address, str) else ""
        if path.strip("/"):
            yield path


def _path(address: str) -> str:
    try:
        path = urlsplit(address.strip()).path
    except ValueError:
        return ""
    steps = unquote(path).split("/")
    if ":" in path or ".." in steps or "." in steps:
        return ""
    return f"/{path.removeprefix('/')}"
