"""What front matter says -> the fields of a ``ParsedArticle``."""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Any
from urllib.parse import unquote, urlsplit

from articles.text.dates import Precision, parse_printed

from .bylines import read_byline
from .front_addresses import addresses_of, named_day, parts_of
from .parsed import ParsedName, RemotePicture
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
_MOMENT = re.compile(  # as YAML and Ruby write one, and as hands do
    r"(\d{4})-(\d\d?)-(\d\d?)(?:[Tt ]+(\d\d?)(:\d\d(?::\d\d(?:\.\d+)?)?)\s*(.*))?", re.ASCII
)
_UTC = re.compile(r"\s*\(?(?:UTC|GMT)\)?\Z", re.IGNORECASE)
_KEY = re.compile(r"[a-z][a-z0-9_.-]*")  # of the site's table of authors; nobody signs so
_MAIL = re.compile(r"\s?<?[\w.+-]{1,64}@[\w.-]{1,190}>?")
_TRUE, _FALSE = {"true", "yes", "on", "1", ""}, {"false", "no", "off", "0", ""}
_PLACES = ("src", "path", "url", "image", "feature")
_LONGEST_ADDRESS = 2000  # letters
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
    signed = list(_bylines(front))
    fields["bylines"] = tuple(one for one in signed if not _KEY.fullmatch(one.name))
    notes += [f"Author as written: {one.name}" for one in signed if _KEY.fullmatch(one.name)]
    fields |= _picture(front)
    fields["former_addresses"] = tuple(_addresses(front, name, fields.get("published_at")))
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
    found = _moment(written or named_day(name))
    if written and not found:
        note(f"Date as written: {written}")
    return {"published_at": found[0], "date_precision": found[1]} if found else {}


def _moment(written: str) -> tuple[datetime, Precision] | None:
    """Return what ``written`` prints; also ``2026-3-4 9:05 +2`` and ``2026-03-04 09:05:00 UTC``."""
    found = _MOMENT.fullmatch(written)
    if not found:
        return parse_printed(written)
    day = f"{found[1]}-{found[2]:0>2}-{found[3]:0>2}"
    if not found[4]:
        return parse_printed(day)
    zone = _UTC.sub("", found[6]) or ("Z" if found[6] else "")
    zone = re.sub(r"\A([+-])(\d)(?=:|\Z)", r"\g<1>0\2", zone)
    return parse_printed(f"{day}T{found[4]:0>2}{found[5]}{zone}")


def _embargo(front: dict[str, Any], status: str, note: Callable[[str], object]) -> dict[str, Any]:
    """Return the end of the embargo; one that is not clear withholds the story."""
    written = _text(front, "embargo embargoed_until")
    until = _moment(written)
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
    """Yield who signed; e-mail addresses beside the names stay outside."""
    for key in ("byline", "author", "authors"):
        value = front.get(key) or []
        for item in value if isinstance(value, list) else [value]:
            if isinstance(item, dict):
                found: Iterable[ParsedName] = [ParsedName(_text(item, "name"), _text(item, "role"))]
            elif isinstance(item, str):
                found = read_byline(item)
            else:
                raise Unfit(key, "it is no list of names", "Write it as [one, two].")
            for one in found:
                name, role = (_MAIL.sub("", part).strip() for part in (one.name, one.role))
                if name:
                    yield ParsedName(name, role)


def _picture(front: dict[str, Any]) -> dict[str, Any]:
    """Return the lead picture: where it stands when that is an address, else its file's name, whatever its folder."""
    for key in ("picture", "image", "cover"):
        value = front.get(key) or ""
        value = value[0] if isinstance(value, list) else value
        told = value if isinstance(value, dict) else {"src": value}
        place = next((told[one] for one in _PLACES if isinstance(told.get(one), str)), "").strip()
        if not place:
            continue
        try:
            parts = urlsplit(place)
        except ValueError:
            return {}
        if parts.scheme not in ("http", "https"):
            return {"picture": unquote(parts.path.rpartition("/")[2])}
        if not parts.netloc or len(place) > _LONGEST_ADDRESS:
            return {}
        words = (_text(told, keys) for keys in ("alt", "caption title", "credit"))
        limits = (500, 1000, 160)
        alt, caption, credit = (one[:limit] for one, limit in zip(words, limits, strict=True))
        return {"remote_picture": RemotePicture(place, alt, caption, credit)}
    return {}


def _addresses(front: dict[str, Any], name: str, day: datetime | None) -> Iterator[str]:
    slug, told = _text(front, "slug"), _text(front, "permalink url")
    others: list[Any] = []
    for key in ("aliases", "redirect_from"):
        value = front.get(key) or []
        others += value if isinstance(value, list) else [value]
    parts = parts_of(name, day, list(_values(front, "category", "categories")), slug)
    yield from addresses_of(told, slug, (one for one in others if isinstance(one, str)), parts)
