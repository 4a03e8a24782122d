"""Substack's export: ``posts.csv``, and the text of each post beside it as ``posts/<post_id>.html``.

Substack documents no format; the columns are those of its exports. Drafts, discussion threads and pages without a
text are refused. Lists of subscribers, deliveries and openings are never read.
"""

import csv
import html
import re
from collections.abc import Iterator
from io import StringIO
from typing import BinaryIO

from articles.importing.formats.common.markup import (
    extract_story_markup,
    strip_headline,
    take_dateline,
)
from articles.importing.formats.reader import CompanionReader, Reader, ReaderOptions, no_companion
from articles.importing.formats.types import (
    ParsedArticle,
    PubStatus,
    ReadError,
    RecordError,
    RejectedRecord,
)
from articles.text.characters import printable
from articles.text.dates import parse_printed
from articles.text.encoding import decode, is_binary
from articles.text.html.plain import plain_text
from articles.text.html.sanitize import sanitise
from articles.text.messages import Message

LIMIT = 40_000_000  # bytes of the table: it holds no texts

_COLUMNS = {"post_id", "post_date", "is_published", "type", "audience", "title"}
_ID = re.compile(r"(\d+)(?:\.([^/\\\x00-\x20]{1,300}))?")
_NO_STORIES = {
    "thread": Message("a thread is a discussion, no story", code="substack.thread"),
    "restack": Message("a restack is another's story", code="substack.restack"),
    "note": Message("a note is no story", code="substack.note"),
    "page": Message("a page of the site is no story", code="substack.page"),
}
_DEK_LIMIT = 500  # letters; what is longer goes to the editors


class SubstackReader(Reader):
    """Reads an export of Substack."""

    NAME = "substack"
    COMPANION_FILES = ("posts.csv", "posts/*.html")

    def identify(self, head: bytes, name: str) -> bool:
        """Tell whether a file is the table of Substack's posts, by the names of its columns."""
        if is_binary(head):
            return False
        first = decode(head.split(b"\n", 1)[0])[0].lstrip("\ufeff")
        return {column.strip(' "\r') for column in first.split(",")} >= _COLUMNS

    def read(
        self, stream: BinaryIO, name: str, beside: CompanionReader = no_companion
    ) -> Iterator[ParsedArticle | RejectedRecord]:
        """Yield one outcome a row; its ref is the number of the post. ``beside`` gives a file next to the table.

        ``original`` are the bytes of the row, and behind it those of the text. Raises ReadError for what is no table.
        """
        data = stream.read(LIMIT + 1)
        if len(data) > LIMIT or is_binary(data):
            raise ReadError(
                Message(
                    "It is no table of posts, or has more than 40 MB. Export it again.",
                    code="substack.no_table",
                )
            )
        text = decode(data)[0].lstrip("\ufeff").replace("\0", "")
        source = _Lines(text)
        rows = csv.reader(source)
        csv.field_size_limit(max(LIMIT, csv.field_size_limit()))
        try:
            names = [column.strip() for column in next(rows, [])]
            header = source.take_bytes()
            for number, values in enumerate(rows, 1):
                original = source.take_bytes()
                row = dict(zip(names, map(printable, values), strict=False))
                if any(values):
                    yield _outcome(row, str(number), header, original, beside)
        except csv.Error as error:
            raise ReadError(
                Message(
                    "Line %(line)s: %(error)s. Export it again.",
                    {"line": rows.line_num, "error": str(error)},
                    "substack.row",
                )
            ) from error

    def records(
        self, stream: BinaryIO, name: str, options: ReaderOptions
    ) -> Iterator[ParsedArticle | RejectedRecord]:
        """Yield the posts, their texts read from the files beside the table."""
        yield from self.read(stream, name, options.beside)


READER = SubstackReader()


class _Lines:
    """The lines of a table, and which of them were read since it was asked last."""

    def __init__(self, text: str) -> None:
        self.stream, self.read = StringIO(text, newline=""), list[str]()

    def __iter__(self) -> Iterator[str]:
        for line in self.stream:
            self.read.append(line)
            yield line

    def take_bytes(self) -> bytes:
        """Return the bytes read since then."""
        lines, self.read = self.read, []
        return "".join(lines).encode("utf-8", "replace")


def _outcome(
    row: dict[str, str], record: str, header: bytes, original: bytes, beside: CompanionReader
) -> ParsedArticle | RejectedRecord:
    try:
        return _parsed(row, record, original, beside)
    except RecordError as error:
        return RejectedRecord(
            record, error.field, error.reason, error.remedy, original, before=header
        )


def _parsed(
    row: dict[str, str], record: str, original: bytes, beside: CompanionReader
) -> ParsedArticle:
    id_match = _ID.fullmatch(row.get("post_id", "").strip())
    if not id_match or ".." in id_match[0]:
        raise RecordError(
            "post_id",
            Message("it is not a number and a name", code="substack.post_id"),
            "Export the posts again.",
        )
    _check(row)
    text = beside(f"posts/{id_match[0]}.html")
    if text is None:
        reason = Message(
            "the file posts/%(id)s.html is not beside the table, or too large",
            {"id": id_match[0][:60]},
            "substack.no_file",
        )
        raise RecordError("body", reason, "Import the whole folder of the export, or its archive.")
    headline = _line(row, "title")
    markup, removed = extract_story_markup(decode(text)[0])
    body_html, place, signed = take_dateline(strip_headline(sanitise(markup), headline))
    if not plain_text(body_html).strip():
        raise RecordError(
            "body",
            Message("the post has no text", code="substack.no_text"),
            "Add the text, or leave the post out.",
        )
    status, notes = _audience(row)
    dek = _line(row, "subtitle")
    sent = row.get("post_date", "").strip()
    published = parse_printed(sent)
    if sent and not published:
        notes.append(f"Date as sent: {sent}")
    if len(dek) > _DEK_LIMIT:
        notes.append(f"Description: {dek}")
    if sound := row.get("podcast_url", "").strip():
        notes.append(f"Offered with it, sound: {sound}")
    return ParsedArticle(
        record=record,
        original=original + text,
        ref=id_match[1],
        headline=headline,
        dek=dek if len(dek) <= _DEK_LIMIT else "",
        body_html=body_html,
        dateline=place,
        credit=signed,
        published_at=published[0] if published else None,
        date_precision=published[1] if published else "minute",
        pub_status=status,
        ed_note="\n".join(notes),
        removed=tuple(removed),
        former_addresses=(f"/p/{id_match[2]}",) if id_match[2] else (),
    )


def _check(row: dict[str, str]) -> None:
    """Raise RecordError for what is no published story."""
    published = row.get("is_published", "").strip().casefold()
    if published not in ("true", "1", "yes"):
        raise RecordError(
            "is_published",
            Message("it is a draft", code="substack.draft"),
            "Publish it there, or leave it out.",
        )
    kind = row.get("type", "").strip().casefold()
    if kind in _NO_STORIES:
        raise RecordError("type", _NO_STORIES[kind], "Leave it out of the import.")


def _audience(row: dict[str, str]) -> tuple[PubStatus, list[str]]:
    """Return the status: what only some could read there is withheld, until an editor decides."""
    audience = row.get("audience", "").strip().casefold()
    if audience in ("", "everyone"):
        return "usable", []
    labels = {"only_paid": "paying readers", "founding": "founding members"}
    return "withheld", [f"It was for {labels.get(audience, audience[:40])} there."]


def _line(row: dict[str, str], name: str) -> str:
    """Return a short text, its character references resolved once, as one line."""
    text = html.unescape(row.get(name, ""))
    text = plain_text(sanitise(text)) if re.search(r"</?[a-z]", text) else text
    return " ".join(printable(text).split())
