"""JSON Feed 1 and 1.1. Sources: https://www.jsonfeed.org/version/1.1/, https://www.jsonfeed.org/version/1/

A feed is read whole (32 MB at most). Unknown fields and wrong types are passed over. Nothing is fetched.
"""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any, BinaryIO

from articles.importing.formats.common.bylines import read_byline, split_agencies
from articles.importing.formats.common.json_records import first_keys, load_json
from articles.importing.formats.common.markup import (
    extract_story_markup,
    strip_headline,
    take_dateline,
)
from articles.importing.formats.common.xml_fields import prefixed_tags, usable_dek
from articles.importing.formats.feed.fields import (
    absolute_url,
    content_html,
    dict_list,
    first_language,
    first_ref,
    first_text,
    parse_feed_date,
    plain_line,
    sortable_feed_date,
    visible_length,
    with_absolute_links,
)
from articles.importing.formats.feed.text import LIMIT
from articles.importing.formats.ghost.tables import table_rows
from articles.importing.formats.reader import Reader
from articles.importing.formats.types import (
    ParsedArticle,
    ParsedName,
    ReadError,
    RecordError,
    RejectedRecord,
    RemotePicture,
)
from articles.text.dates import Precision
from articles.text.html.sanitize import sanitise
from articles.text.messages import Message

_VERSION = re.compile(rb'"version"\s*:\s*"https?:\\?/\\?/(?:www\.)?jsonfeed\.org\\?/version\\?/')
_ITEMS = re.compile(rb'"items"\s*:\s*\[\s*')
_CREDIT_LIMIT, _NAME_LIMIT = 160, 200  # letters
_REMEDY = "Correct it at the source and fetch it again."


class JsonFeedReader(Reader):
    """Reads JSON Feed."""

    NAME = "json-feed"

    def identify(self, head: bytes, name: str) -> bool:
        """Tell whether a file is a JSON Feed, by the address of its version."""
        return "version" in first_keys(head) and bool(_VERSION.search(head))

    def read(self, stream: BinaryIO, name: str) -> Iterator[ParsedArticle | RejectedRecord]:
        """Yield one outcome an item; its ref is its id, a number too, else its address.

        Raises ReadError, before the first item, when the file is cut off or what is around the items is no JSON.
        """
        data = stream.read(LIMIT + 1)
        if len(data) > LIMIT:
            raise ReadError(
                Message(
                    "The feed is longer than %(limit)s MB. Ask for a shorter one.",
                    {"limit": LIMIT // 1000000},
                    "feed.size",
                )
            )
        items = [item for _, item in table_rows(BytesIO(data), {"items"})]
        before, after = _wrapper(data, items)
        feed = _Feed(before + after)
        for number, item in enumerate(items, 1):
            try:
                if item is None:
                    raise RecordError(
                        "file",
                        Message("the item has more than 10 MB", code="feed.entry_size"),
                        "Leave it out.",
                    )
                yield _Item(load_json(item), feed).parse(str(number), item)
            except RecordError as error:
                originals = item or b"", before, after
                yield RejectedRecord(
                    str(number), error.field, error.reason, error.remedy, *originals
                )


READER = JsonFeedReader()


def _wrapper(data: bytes, items: list[bytes | None]) -> tuple[bytes, bytes]:
    """Return what stands before the first item and after the last."""
    if not items:
        return data, b""
    first, last = items[0] or b"", items[-1] or b""
    starts = [match.end() for match in _ITEMS.finditer(data)]
    start = next((at for at in starts if data.startswith(first, at)), starts[0] if starts else 0)
    end = data.rfind(b"]")
    while end > start and not data[start:end].rstrip().endswith(last):
        end = data.rfind(b"]", start, end)
    return data[:start], data[end:]


class _Feed:
    """What a feed says of all its items. Raises ReadError when that is no JSON."""

    def __init__(self, wrapper: bytes) -> None:
        try:
            value = load_json(wrapper)
        except RecordError as error:
            raise ReadError(
                Message(
                    "It is not a JSON Feed: %(error)s. Fetch it again.",
                    {"error": str(error)},
                    "feed.malformed",
                )
            ) from error
        self.fields: dict[str, Any] = value if isinstance(value, dict) else {}
        self.title = plain_line(first_text(self.fields, "title"), "text/plain")
        self.link = absolute_url("", first_text(self.fields, "home_page_url", "feed_url"))

    def authors(self) -> list[str]:
        """Return the authors of items that name none; a paper's own name is none."""
        return [name for name in _authors(self.fields) if name != self.title]


class _Item:
    """One item on its way; ``notes`` are for the editors."""

    def __init__(self, fields: Any, feed: _Feed) -> None:
        if not isinstance(fields, dict):
            raise RecordError("file", Message("the item is no object", code="feed.type"), _REMEDY)
        self.fields: dict[str, Any] = fields
        self.feed = feed
        self.notes: list[str] = []
        self.link = absolute_url(feed.link, first_text(fields, "url"))

    def parse(self, record: str, original: bytes) -> ParsedArticle:
        """Put the story together. Raises RecordError for one without text."""
        headline = plain_line(first_text(self.fields, "title"), "text/plain")
        summary = plain_line(first_text(self.fields, "summary"), "text/plain")
        raw = self._body()
        markup, removed = extract_story_markup(
            raw or content_html({"type": "text/plain", "value": summary})
        )
        body_html = strip_headline(sanitise(markup), headline)
        body_html = with_absolute_links(body_html, self.link or self.feed.link)
        if not visible_length(body_html):
            raise RecordError(
                "content_html", Message("the item has no text", code="feed.no_text"), _REMEDY
            )
        body_html, place, signed = take_dateline(body_html)
        published_at, precision = self._published()
        bylines, agencies = split_agencies(self._authors())
        dek = usable_dek(summary, body_html, headline, self.notes) if raw else ""
        self.notes += [] if raw else ["The feed gives only a summary of it."]
        tags = tuple(
            prefixed_tags("topic", map(plain_line, _strings(self.fields, "tags")), self.notes)
        )
        self.notes += [f"Stands at {self.link}"] if self.link else []
        return ParsedArticle(
            record=record,
            original=original,
            ref=first_ref(self._id(), self.link),
            version=sortable_feed_date(first_text(self.fields, "date_modified")),
            headline=headline,
            dek=dek,
            body_html=body_html,
            bylines=bylines,
            dateline=place,
            credit=signed or agencies or self._source(),
            language=first_language(
                first_text(self.fields, "language"), first_text(self.feed.fields, "language")
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
        html = first_text(self.fields, "content_html")
        plain = {"type": "text/plain", "value": first_text(self.fields, "content_text")}
        return html if visible_length(html) else content_html(plain)

    def _id(self) -> str:
        """Return the id, which numbers and texts alike are in the wild."""
        item_id = self.fields.get("id")
        is_number = isinstance(item_id, (int, float)) and not isinstance(item_id, bool)
        return str(item_id) if is_number else first_text(self.fields, "id")

    def _published(self) -> tuple[Any, Precision]:
        written = first_text(self.fields, "date_published")
        if date := parse_feed_date(written):
            return date
        if written:
            self.notes.append(f"Date as sent: {written}")
        elif changed := sortable_feed_date(first_text(self.fields, "date_modified")):
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
            first_text(attachment, "url")
            for attachment in dict_list(self.fields, "attachments")
            if first_text(attachment, "mime_type").startswith("image/")
        ]
        own_pictures = [first_text(self.fields, name) for name in ("image", "banner_image")]
        for address in filter(None, own_pictures + attached):
            if url := absolute_url(self.link or self.feed.link, address):
                return RemotePicture(url)
        return None


def _authors(fields: dict[str, Any]) -> list[str]:
    """Return the names of ``authors`` (1.1), else of ``author`` (1)."""
    author_field = fields.get("author")
    several = dict_list(fields, "authors") or (
        [author_field] if isinstance(author_field, dict) else []
    )
    return list(
        filter(None, (plain_line(first_text(author, "name"), "text/plain") for author in several))
    )


def _strings(fields: dict[str, Any], name: str) -> list[str]:
    values = fields.get(name)
    return [value for value in values if isinstance(value, str)] if isinstance(values, list) else []
