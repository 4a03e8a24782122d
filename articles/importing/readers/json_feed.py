"""JSON Feed 1 and 1.1. Sources: https://www.jsonfeed.org/version/1.1/, https://www.jsonfeed.org/version/1/

A feed is read whole (32 MB at most). Unknown fields and wrong types are passed over. Nothing is fetched.
"""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any, BinaryIO

from articles.importing.bylines import read_byline
from articles.importing.feed_fields import (
    absolute,
    body_of,
    language_of,
    length,
    line,
    list_of,
    moment,
    ref_of,
    stamp,
    text_of,
    with_absolute_links,
)
from articles.importing.feed_text import LIMIT
from articles.importing.ghost_tables import rows
from articles.importing.json_text import first_keys, load
from articles.importing.markup import story_part, take_dateline, without_headline
from articles.importing.parsed import ParsedArticle, ParsedName, ReadError, Refused, RemotePicture
from articles.importing.unfit import Unfit
from articles.importing.xml_fields import as_dek, as_tags, part_agencies
from articles.text.dates import Precision
from articles.text.html import sanitise

NAME = "json-feed"

_VERSION = re.compile(rb'"version"\s*:\s*"https?:\\?/\\?/(?:www\.)?jsonfeed\.org\\?/version\\?/')
_ITEMS = re.compile(rb'"items"\s*:\s*\[\s*')
_CREDIT_LIMIT, _NAME_LIMIT = 160, 200  # letters
_REMEDY = "Correct it at the source and fetch it again."


def identify(head: bytes, name: str) -> bool:
    """Tell whether a file is a JSON Feed, by the address of its version."""
    return "version" in first_keys(head) and bool(_VERSION.search(head))


def read(stream: BinaryIO, name: str) -> Iterator[ParsedArticle | Refused]:
    """Yield one outcome an item; its ref is its id, a number too, else its address.

    Raises ReadError, before the first item, when the file is cut off or what is around the items is no JSON.
    """
    data = stream.read(LIMIT + 1)
    if len(data) > LIMIT:
        raise ReadError(f"The feed is longer than {LIMIT // 1_000_000} MB. Ask for a shorter one.")
    items = [item for _, item in rows(BytesIO(data), {"items"})]
    before, after = _around(data, items)
    feed = _Feed(before + after)
    for number, item in enumerate(items, 1):
        try:
            if item is None:
                raise Unfit("file", "the item has more than 10 MB", "Leave it out.")
            yield _Item(load(item), feed).parsed(str(number), item)
        except Unfit as error:
            where = item or b"", before, after
            yield Refused(str(number), error.field, str(error), error.remedy, *where)


def _around(data: bytes, items: list[bytes | None]) -> tuple[bytes, bytes]:
    """Return what stands before the first item and after the last."""
    if not items:
        return data, b""
    first, last = items[0] or b"", items[-1] or b""
    starts = [found.end() for found in _ITEMS.finditer(data)]
    start = next((at for at in starts if data.startswith(first, at)), starts[0] if starts else 0)
    end = data.rfind(b"]")
    while end > start and not data[start:end].rstrip().endswith(last):
        end = data.rfind(b"]", start, end)
    return data[:start], data[end:]


class _Feed:
    """What a feed says of all its items. Raises ReadError when that is no JSON."""

    def __init__(self, around: bytes) -> None:
        try:
            found = load(around)
        except Unfit as error:
            raise ReadError(f"It is not a JSON Feed: {error}. Fetch it again.") from error
        self.fields: dict[str, Any] = found if isinstance(found, dict) else {}
        self.title = line(text_of(self.fields, "title"), "text/plain")
        self.link = absolute("", text_of(self.fields, "home_page_url", "feed_url"))

    def authors(self) -> list[str]:
        """Return the authors of items that name none; a paper's own name is none."""
        return [name for name in _authors(self.fields) if name != self.title]


class _Item:
    """One item on its way; ``notes`` are for the editors."""

    def __init__(self, fields: Any, feed: _Feed) -> None:
        if not isinstance(fields, dict):
            raise Unfit("file", "the item is no object", _REMEDY)
        self.fields: dict[str, Any] = fields
        self.feed = feed
        self.notes: list[str] = []
        self.link = absolute(feed.link, text_of(fields, "url"))

    def parsed(self, record: str, original: bytes) -> ParsedArticle:
        """Put the story together. Raises Unfit for one without text."""
        headline = line(text_of(self.fields, "title"), "text/plain")
        summary = line(text_of(self.fields, "summary"), "text/plain")
        raw = self._body()
        markup, removed = story_part(raw or body_of({"type": "text/plain", "value": summary}))
        body_html = without_headline(sanitise(markup), headline)
        body_html = with_absolute_links(body_html, self.link or self.feed.link)
        if not length(body_html):
            raise Unfit("content_html", "the item has no text", _REMEDY)
        body_html, place, signed = take_dateline(body_html)
        published_at, precision = self._published()
        bylines, agencies = part_agencies(self._authors())
        dek = as_dek(summary, body_html, headline, self.notes) if raw else ""
        self.notes += [] if raw else ["The feed gives only a summary of it."]
        tags = tuple(as_tags("topic", map(line, _strings(self.fields, "tags")), self.notes))
        self.notes += [f"Stands at {self.link}"] if self.link else []
        return ParsedArticle(
            record=record,
            original=original,
            ref=ref_of(self._id(), self.link),
            version=stamp(text_of(self.fields, "date_modified")),
            headline=headline,
            dek=dek,
            body_html=body_html,
            bylines=bylines,
            dateline=place,
            credit=signed or agencies or self._source(),
            language=language_of(
                text_of(self.fields, "language"), text_of(self.feed.fields, "language")
            ),
            published_at=published_at,
            date_precision=precision,
            tags=tags,
            remote_picture=self._picture(),
            ed_note="\n".join(self.notes),
            removed=tuple(removed),
        )

    def _body(self) -> str:
        """Return the text as HTML; both may be given, of which one may be the shorter."""
        html = text_of(self.fields, "content_html")
        plain = {"type": "text/plain", "value": text_of(self.fields, "content_text")}
        return html if length(html) else body_of(plain)

    def _id(self) -> str:
        """Return the id, which numbers and texts alike are in the wild."""
        found = self.fields.get("id")
        is_number = isinstance(found, (int, float)) and not isinstance(found, bool)
        return str(found) if is_number else text_of(self.fields, "id")

    def _published(self) -> tuple[Any, Precision]:
        written = text_of(self.fields, "date_published")
        if found := moment(written):
            return found
        if written:
            self.notes.append(f"Date as sent: {written}")
        elif changed := stamp(text_of(self.fields, "date_modified")):
            self.notes.append(f"The feed says only when it was last changed: {changed}")
        return None, "minute"

    def _authors(self) -> Iterator[ParsedName]:
        for name in _authors(self.fields) or self.feed.authors():
            if "@" in name or len(name) > _NAME_LIMIT:
                self.notes += [] if "@" in name else [f"By: {name}"]
            else:
                yield from read_byline(name)

    def _source(self) -> str:
        if len(self.feed.title) <= _CREDIT_LIMIT:
            return self.feed.title
        self.notes.append(f"Source: {self.feed.title}")
        return ""

    def _picture(self) -> RemotePicture | None:
        """Return the picture of the item, else the one at its top, else the first attached."""
        attached = [
            text_of(one, "url")
            for one in list_of(self.fields, "attachments")
            if text_of(one, "mime_type").startswith("image/")
        ]
        named = [text_of(self.fields, name) for name in ("image", "banner_image")]
        for address in filter(None, named + attached):
            if url := absolute(self.link or self.feed.link, address):
                return RemotePicture(url)
        return None


def _authors(fields: dict[str, Any]) -> list[str]:
    """Return the names of ``authors`` (1.1), else of ``author`` (1)."""
    one = fields.get("author")
    several = list_of(fields, "authors") or ([one] if isinstance(one, dict) else [])
    return list(filter(None, (line(text_of(author, "name"), "text/plain") for author in several)))


def _strings(fields: dict[str, Any], name: str) -> list[str]:
    found = fields.get(name)
    return [one for one in found if isinstance(one, str)] if isinstance(found, list) else []
