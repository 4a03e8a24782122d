"""What one entry of a feed says, as feedparser hands it over: lines, dates, texts, addresses."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from hashlib import sha256
from html import escape, unescape
from time import struct_time
from typing import Any
from urllib.parse import urljoin, urlsplit

from articles.importing.formats.common.xml_fields import plain_paragraphs as paragraphs
from articles.importing.formats.types import RemotePicture
from articles.text.dates import Precision, aware, parse_printed
from articles.text.html.plain import plain_text
from articles.text.html.sanitize import paragraphs_to_html, safe_href, sanitise

REF_LIMIT, LANGUAGE_LIMIT = 255, 20
_LINK = re.compile(r'<a href="([^"]*)">(.*?)</a>', re.DOTALL)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")
_MORE = re.compile(r"\s*(?:\[(?:…|\.\.\.)\]|\.\.\.|…)\s*\Z")
_TAG = re.compile(r"<[^<>]*>")
_PICTURE = re.compile(r"(?i)\.(?:jpe?g|png|gif|webp|avif)\Z")

Fields = dict[str, Any]


def first_text(fields: Fields, *names: str) -> str:
    """Return the first of ``names`` that is a text and says something; else an empty one."""
    values = (dict.get(fields, name) for name in names)
    return next((value.strip() for value in values if isinstance(value, str) and value.strip()), "")


def dict_list(fields: Fields, name: str) -> list[Fields]:
    """Return the parts of ``name`` that have fields of their own."""
    value = dict.get(fields, name)
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def plain_line(value: str, kind: str = "text/html") -> str:
    """Return a title as one line: unescaped once and without tags, unless its ``kind`` is plain text."""
    is_plain = kind == "text/plain" or not ("<" in value or "&" in value)
    text = value if is_plain else plain_text(sanitise(value))
    return " ".join(text.split())


def title_of(fields: Fields) -> str:
    """Return the title as one line."""
    detail = dict.get(fields, "title_detail")
    kind = first_text(detail, "type") if isinstance(detail, dict) else ""
    return plain_line(first_text(fields, "title"), kind or "text/html")


def content_html(content: Fields) -> str:
    """Return one content sanitised: HTML as it is, plain text by its paragraphs; empty for another type."""
    kind, value = first_text(content, "type") or "text/html", first_text(content, "value")
    if kind == "text/plain":
        return paragraphs_to_html(("p", paragraph) for paragraph in paragraphs(value))
    return value if kind in ("text/html", "application/xhtml+xml") else ""


def visible_length(body_html: str) -> int:
    """Return about how many letters a reader would see of ``body_html``."""
    return len(" ".join(_TAG.sub(" ", body_html).split()))


def absolute_url(base: str, address: str) -> str:
    """Return ``address`` as an absolute http or https address; empty when it cannot be one."""
    try:
        url = urljoin(base, address.strip())
        parts = urlsplit(url)
    except ValueError:
        return ""
    is_web = parts.scheme in ("http", "https") and parts.hostname
    return url if is_web and address.strip() else ""


def with_absolute_links(body_html: str, base: str) -> str:
    """Return sanitised ``body_html`` with its links absolute; of a link that cannot be, the words stay."""

    def absolute_link(link: re.Match[str]) -> str:
        address = unescape(link[1])
        url = address if address[:7].lower() == "mailto:" else absolute_url(base, address)
        return f'<a href="{escape(safe_href(escape(url)))}">{link[2]}</a>' if url else link[2]

    return _LINK.sub(absolute_link, body_html)


def first_ref(*candidates: str) -> str:
    """Return the first of ``candidates``, its hash when it is too long to store; empty when there is none."""
    ref = next((" ".join(candidate.split()) for candidate in candidates if candidate.strip()), "")
    return ref if len(ref) <= REF_LIMIT else f"sha256:{sha256(ref.encode()).hexdigest()}"


def first_language(*candidates: str) -> str:
    """Return the first of ``candidates`` that is a language tag."""
    for candidate in candidates:
        tag = candidate.strip().replace("_", "-")
        if len(tag) <= LANGUAGE_LIMIT and _LANGUAGE.fullmatch(tag):
            return tag
    return ""


def parse_feed_date(date_text: str, parsed: object = None) -> tuple[datetime, Precision] | None:
    """Return what a date of a feed says; ``parsed`` is how feedparser read it (UTC). None when it is not clear.

    A clock without a zone is UTC, as in RFC 822 and W3CDTF as feeds use them.
    """
    date = parse_printed(date_text)
    if date and (date[0].tzinfo or date[1] != "minute"):
        return date if _is_storable(date[0]) else None
    if not isinstance(parsed, struct_time):
        return (date[0].replace(tzinfo=UTC), "minute") if date else None
    year = f"{parsed.tm_year:04d}"
    if year not in date_text and not re.search(rf"[A-Za-z] {year[2:]} \d", date_text):
        return None  # it was guessed
    try:
        value = datetime(*parsed[:6], tzinfo=UTC)
    except (ValueError, OverflowError):
        return None
    return (value, "minute") if _is_storable(value) else None


def sortable_feed_date(date_text: str, parsed: object = None) -> str:
    """Return a moment in UTC, in one width so that it sorts as text; empty when it is not clear."""
    date = parse_feed_date(date_text, parsed)
    if not date:
        return ""
    return aware(date[0], UTC).isoformat(timespec="milliseconds")


def strip_more_mark(summary: str) -> str:
    """Return a summary without the mark that it is one."""
    return _MORE.sub("", summary)


def entry_picture(entry: Fields, base: str) -> RemotePicture | None:
    """Return the first picture of an entry: what it shows, its enclosure, else its thumbnail."""
    alt = plain_line(first_text(entry, "media_caption"))
    credits = (first_text(item, "content") for item in dict_list(entry, "media_credit"))
    credit = plain_line(next(filter(None, credits), ""))
    for media in _pictures(entry):
        if url := absolute_url(base, first_text(media, "url", "href")):
            return RemotePicture(url, caption=alt, credit=credit)
    return None


def _pictures(entry: Fields) -> Iterator[Fields]:
    for media in dict_list(entry, "media_content"):
        kind, medium = first_text(media, "type"), first_text(media, "medium")
        is_named = not kind and not medium and _PICTURE.search(first_text(media, "url"))
        if kind.startswith("image/") or medium == "image" or is_named:
            yield media
    for media in dict_list(entry, "links"):
        if first_text(media, "rel") == "enclosure" and first_text(media, "type").startswith(
            "image/"
        ):
            yield media
    yield from dict_list(entry, "media_thumbnail")


def _is_storable(value: datetime) -> bool:
    try:
        aware(value, UTC)
    except (ValueError, OverflowError):
        return False
    return True
