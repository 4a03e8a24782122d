"""What front matter says -> the fields of a ``ParsedArticle``."""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Any
from urllib.parse import unquote, urlsplit

from articles.importing.formats.common.bylines import read_byline
from articles.importing.formats.types import ParsedName, RecordError, RemotePicture
from articles.text.dates import Precision, parse_printed
from articles.text.messages import Message

from .permalinks import file_name_day, former_paths, permalink_values
from .publication_window import read_publication_window

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
_DATETIME = re.compile(  # as YAML and Ruby write one, and as hands do
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


def front_matter_fields(front: dict[str, Any], name: str) -> dict[str, Any]:
    """Return the fields that ``front`` and the file's ``name`` (``2026-02-12-slug``) give; other keys are passed over.

    A draft, or what could be one, is withheld. Raises RecordError naming the key for a value of the wrong shape.
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
    window = _embargo(front, notes.append) | read_publication_window(
        front, _parse_date, notes.append
    )
    if fields["pub_status"] == "canceled":
        window.pop("pub_status", None)
    if window.get("opens_at") == fields.get("published_at"):  # then its date alone holds it back
        window.pop("opens_at", None)
    fields |= window
    for single, many, field, kind in _LISTS:
        values = tuple(f"{kind}{value}" for value in _values(front, single, many))
        fields[field] = (*fields.get(field, ()), *values)
    signed = list(_bylines(front))
    fields["bylines"] = tuple(single for single in signed if not _KEY.fullmatch(single.name))
    notes += [
        f"Author as written: {single.name}" for single in signed if _KEY.fullmatch(single.name)
    ]
    fields |= _picture(front)
    fields["former_addresses"] = tuple(_addresses(front, name, fields.get("published_at")))
    return fields | {"ed_note": "\n".join(filter(None, notes))}


def _text(front: dict[str, Any], keys: str) -> str:
    for key in keys.split():
        value = front.get(key) or ""
        if not isinstance(value, str):
            raise RecordError(
                key,
                Message("it is not one value", code="markdown.type"),
                "Write one value behind the colon.",
            )
        if value.strip() and value not in ("~", "null"):
            return value.strip()
    return ""


def _date(front: dict[str, Any], name: str, note: Callable[[str], object]) -> dict[str, Any]:
    """Return the date written, or else the one that the file's name begins with; never a guess."""
    written = _text(front, _DATES)
    date = _parse_date(written or file_name_day(name))
    if written and not date:
        note(f"Date as written: {written}")
    return {"published_at": date[0], "date_precision": date[1]} if date else {}


def _parse_date(written: str) -> tuple[datetime, Precision] | None:
    """Return what ``written`` prints; also ``2026-3-4 9:05 +2`` and ``2026-03-04 09:05:00 UTC``."""
    match = _DATETIME.fullmatch(written)
    if not match:
        return parse_printed(written)
    day = f"{match[1]}-{match[2]:0>2}-{match[3]:0>2}"
    if not match[4]:
        return parse_printed(day)
    zone = _UTC.sub("", match[6]) or ("Z" if match[6] else "")
    zone = re.sub(r"\A([+-])(\d)(?=:|\Z)", r"\g<1>0\2", zone)
    return parse_printed(f"{day}T{match[4]:0>2}{match[5]}{zone}")


def _embargo(front: dict[str, Any], note: Callable[[str], object]) -> dict[str, Any]:
    """Return the end of the embargo; one that is not clear withholds the story."""
    written = _text(front, "embargo embargoed_until")
    until = _parse_date(written)
    if until and until[1] == "minute":
        return {"embargoed_until": until[0]}
    if not written:
        return {}
    note(f"Embargo as written: {written}")
    return {"pub_status": "withheld"}


def _status(front: dict[str, Any], name: str) -> str:
    status = _text(front, "status pub_status").casefold()
    is_draft = _text(front, "draft").casefold() not in _FALSE
    published = _text(front, "published")
    is_published = published.casefold() in _TRUE or parse_printed(published)
    if status == "canceled":
        return status
    in_drafts = "_drafts" in name.split("/")
    is_public = status in _PUBLIC and is_published and not is_draft and not in_drafts
    is_public = is_public and _text(front, "permalink").casefold() != "false"  # Eleventy: no page
    return "usable" if is_public else "withheld"


def _values(front: dict[str, Any], single_keys: str, list_keys: str) -> Iterator[str]:
    """Yield the values of ``one`` (a whole) and ``many`` (parted by commas, else by spaces as Jekyll does)."""
    for key in f"{single_keys} {list_keys}".split():
        value = front.get(key) or []
        if isinstance(value, str):
            mark = "[,;]" if re.search("[,;]", value) else r"\s+"
            value = [value] if key in single_keys.split() else re.split(mark, value)
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise RecordError(
                key,
                Message("it is no list of names", code="markdown.names"),
                "Write it as [one, two].",
            )
        yield from filter(None, (item.strip() for item in value))


def _bylines(front: dict[str, Any]) -> Iterator[ParsedName]:
    """Yield who signed; e-mail addresses beside the names stay outside."""
    for key in ("byline", "author", "authors"):
        value = front.get(key) or []
        for item in value if isinstance(value, list) else [value]:
            if isinstance(item, dict):
                signers: Iterable[ParsedName] = [
                    ParsedName(_text(item, "name"), _text(item, "role"))
                ]
            elif isinstance(item, str):
                signers = read_byline(item)
            else:
                raise RecordError(
                    key,
                    Message("it is no list of names", code="markdown.names"),
                    "Write it as [one, two].",
                )
            for signer in signers:
                name, role = (_MAIL.sub("", text).strip() for text in (signer.name, signer.role))
                if name:
                    yield ParsedName(name, role)


def _picture(front: dict[str, Any]) -> dict[str, Any]:
    """Return the lead picture: where it stands when that is an address, else its file's name, whatever its folder."""
    for key in ("picture", "image", "cover"):
        value = front.get(key) or ""
        value = value[0] if isinstance(value, list) else value
        details = value if isinstance(value, dict) else {"src": value}
        place = next(
            (details[item] for item in _PLACES if isinstance(details.get(item), str)), ""
        ).strip()
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
        texts = (_text(details, keys) for keys in ("alt", "caption title", "credit"))
        limits = (500, 1000, 160)
        alt, caption, credit = (item[:limit] for item, limit in zip(texts, limits, strict=True))
        return {"remote_picture": RemotePicture(place, alt, caption, credit)}
    return {}


def _addresses(front: dict[str, Any], name: str, day: datetime | None) -> Iterator[str]:
    slug, permalink = _text(front, "slug"), _text(front, "permalink url")
    others: list[Any] = []
    for key in ("aliases", "redirect_from"):
        value = front.get(key) or []
        others += value if isinstance(value, list) else [value]
    values = permalink_values(name, day, list(_values(front, "category", "categories")), slug)
    yield from former_paths(
        permalink, slug, (alias for alias in others if isinstance(alias, str)), values
    )
