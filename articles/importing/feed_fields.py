"""What one entry of a feed says, as feedparser hands it over: lines, dates, texts, addresses."""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from hashlib import sha256
from html import escape, unescape
from time import struct_time
from typing import Any
from urllib.parse import urljoin, urlsplit

from articles.text.dates import Precision, aware, parse_printed
from articles.text.html import paragraphs_to_html, plain_text, safe_href, sanitise

from .parsed import RemotePicture
from .xml_fields import plain as paragraphs

REF_LIMIT, LANGUAGE_LIMIT = 255, 20
_LINK = re.compile(r'<a href="([^"]*)">(.*?)</a>', re.DOTALL)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")
_MORE = re.compile(r"\s*(?:\[(?:…|\.\.\.)\]|\.\.\.|…)\s*\Z")
_TAG = re.compile(r"<[^<>]*>")
_PICTURE = re.compile(r"(?i)\.(?:jpe?g|png|gif|webp|avif)\Z")

Fields = Mapping[str, Any]


def text_of(fields: Fields, *names: str) -> str:
    """Return the first of ``names`` that is a text and says something; else an empty one."""
    found = (dict.get(fields, name) for name in names)  # type: ignore[call-overload]
    return next((one.strip() for one in found if isinstance(one, str) and one.strip()), "")


def list_of(fields: Fields, name: str) -> list[Fields]:
    """Return the parts of ``name`` that have fields of their own."""
    found = dict.get(fields, name)  # type: ignore[call-overload]
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def line(value: str, kind: str = "text/html") -> str:
    """Return a title as one line: unescaped once and without tags, unless its ``kind`` is plain text."""
    is_plain = kind == "text/plain" or not ("<" in value or "&" in value)
    text = value if is_plain else plain_text(sanitise(value))
    return " ".join(text.split())


def title_of(fields: Fields) -> str:
    """Return the title as one line."""
    detail = dict.get(fields, "title_detail")  # type: ignore[call-overload]
    kind = text_of(detail, "type") if isinstance(detail, dict) else ""
    return line(text_of(fields, "title"), kind or "text/html")


def body_of(part: Fields) -> str:
    """Return one content sanitised: HTML as it is, plain text by its paragraphs; empty for another type."""
    kind, value = text_of(part, "type") or "text/html", text_of(part, "value")
    if kind == "text/plain":
        return paragraphs_to_html(("p", one) for one in paragraphs(value))
    return value if kind in ("text/html", "application/xhtml+xml") else ""


def length(body_html: str) -> int:
    """Return about how many letters a reader would see of ``body_html``."""
    return len(" ".join(_TAG.sub(" ", body_html).split()))


def absolute(base: str, address: str) -> str:
    """Return ``address`` as an absolute http or https address; empty when it cannot be one."""
    try:
        found = urljoin(base, address.strip())
        parts = urlsplit(found)
    except ValueError:
        return ""
    is_web = parts.scheme in ("http", "https") and parts.hostname
    return found if is_web and address.strip() else ""


def with_absolute_links(body_html: str, base: str) -> str:
    """Return sanitised ``body_html`` with its links absolute; of a link that cannot be, the words stay."""

    def mend(link: re.Match[str]) -> str:
        address = unescape(link[1])
        found = address if address[:7].lower() == "mailto:" else absolute(base, address)
        return f'<a href="{escape(safe_href(escape(found)))}">{link[2]}</a>' if found else link[2]

    return _LINK.sub(mend, body_html)


def ref_of(*candidates: str) -> str:
    """Return the first of ``candidates``, its hash when it is too long to store; empty when there is none."""
    ref = next((" ".join(one.split()) for one in candidates if one.strip()), "")
    return ref if len(ref) <= REF_LIMIT else f"sha256:{sha256(ref.encode()).hexdigest()}"


def language_of(*candidates: str) -> str:
    """Return the first of ``candidates`` that is a language tag."""
    for one in candidates:
        tag = one.strip().replace("_", "-")
        if len(tag) <= LANGUAGE_LIMIT and _LANGUAGE.fullmatch(tag):
            return tag
    return ""


def moment(printed: str, parsed: object = None) -> tuple[datetime, Precision] | None:
    """Return what a date of a feed says; ``parsed`` is how feedparser read it (UTC). None when it is not clear.

    A clock without a zone is UTC, as in RFC 822 and W3CDTF as feeds use them.
    """
    found = parse_printed(printed)
    if found and (found[0].tzinfo or found[1] != "minute"):
        return found if _is_storable(found[0]) else None
    if not isinstance(parsed, struct_time):
        return (found[0].replace(tzinfo=UTC), "minute") if found else None
    year = f"{parsed.tm_year:04d}"
    if year not in printed and not re.search(rf"[A-Za-z] {year[2:]} \d", printed):
        return None  # it was guessed
    try:
        value = datetime(*parsed[:6], tzinfo=UTC)
    except (ValueError, OverflowError):
        return None
    return (value, "minute") if _is_storable(value) else None


def stamp(printed: str, parsed: object = None) -> str:
    """Return a moment in UTC, in one width so that it sorts as text; empty when it is not clear."""
    found = moment(printed, parsed)
    if not found:
        return ""
    return aware(found[0], UTC).isoformat(timespec="milliseconds")


def without_more(words: str) -> str:
    """Return a summary without the mark that it is one."""
    return _MORE.sub("", words)


def picture_of(entry: Fields, base: str) -> RemotePicture | None:
    """Return the first picture of an entry: what it shows, its enclosure, else its thumbnail."""
    alt = line(text_of(entry, "media_caption"))
    credits = (text_of(one, "content") for one in list_of(entry, "media_credit"))
    credit = line(next(filter(None, credits), ""))
    for part in _pictures(entry):
        if url := absolute(base, text_of(part, "url", "href")):
            return RemotePicture(url, caption=alt, credit=credit)
    return None


def _pictures(entry: Fields) -> Iterator[Fields]:
    for part in list_of(entry, "media_content"):
        kind, medium = text_of(part, "type"), text_of(part, "medium")
        is_named = not kind and not medium and _PICTURE.search(text_of(part, "url"))
        if kind.startswith("image/") or medium == "image" or is_named:
            yield part
    for part in list_of(entry, "links"):
        if text_of(part, "rel") == "enclosure" and text_of(part, "type").startswith("image/"):
            yield part
    yield from list_of(entry, "media_thumbnail")


def _is_storable(value: datetime) -> bool:
    try:
        aware(value, UTC)
    except (ValueError, OverflowError):
        return False
    return True
