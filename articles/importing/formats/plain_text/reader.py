"""Plain text, one story a file: a wire as it came, a title and a text, or a story with our header block.

There is no specification; ``articles.importing.formats.plain_text.header`` says what the header block may hold.
"""

import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from articles.importing.formats.common.json_records import looks_like_json
from articles.importing.formats.markdown.front_matter import has_front_matter
from articles.importing.formats.plain_text.header import parse_header
from articles.importing.formats.reader import SingleStoryReader
from articles.importing.formats.types import (
    OffsetRun,
    ParsedArticle,
    ParsedName,
    RecordError,
    RejectedRecord,
)
from articles.text import wire_copy
from articles.text.dates import parse_printed
from articles.text.encoding import decode, is_binary
from articles.text.html.sanitize import paragraphs_to_html
from articles.text.messages import Message
from articles.text.paragraphs import Paragraph, split_paragraphs
from articles.text.whitespace import Run, has_french_spacing, normalize_whitespace

LIMIT = 10_000_000  # bytes

_OTHER_SUFFIX = re.compile(
    r"\.(?:xml|rss|atom|rdf|opml|nitf|g2|json|jsonl|ndjson|csv|tsv|html?|xhtml|md|markdown|sgml?|ya?ml|zip|gz|eml)\Z"
)
_OTHER_START = re.compile(r"<[?!a-zA-Z]|[{\[]|---\s*\n")


class PlainTextReader(SingleStoryReader):
    """Reads plain text."""

    NAME = "text"
    IS_LAST_RESORT = True

    def identify(self, head: bytes, name: str) -> bool:
        """Tell whether a file is plain text: neither binary nor, by its name or first letters, another format."""
        if is_binary(head) or _OTHER_SUFFIX.search(name.casefold()) or looks_like_json(head):
            return False
        text = decode(head)[0].lstrip()
        if has_front_matter(text):
            return False
        return name.casefold().endswith(".txt") or not _OTHER_START.match(text)

    def read(self, stream: BinaryIO, name: str) -> Iterator[ParsedArticle | RejectedRecord]:
        """Yield the one story of ``stream``; its ref is ``name`` (the file's, no suffix) unless the header has an Id.

        Offsets of ``body_map`` count code points of the text that ``articles.text.encoding.decode`` makes of the bytes.
        """
        data = stream.read(LIMIT + 1)
        text, _ = decode(data[:LIMIT])
        if len(data) > LIMIT:
            yield RejectedRecord(
                "1",
                "file",
                Message("the file has more than 10 MB", code="plain_text.size"),
                "Split it: one story a file.",
            )
        elif is_binary(data):
            yield RejectedRecord(
                "1",
                "file",
                Message("the file is not text", code="plain_text.not_text"),
                "Save the story as plain text.",
            )
        elif not text.strip():
            yield RejectedRecord(
                "1",
                "file",
                Message("the file is empty", code="plain_text.empty"),
                "Export it again or leave it out.",
                data,
            )
        else:
            try:
                yield _Story(text).parse(data, name)
            except RecordError as error:
                yield RejectedRecord("1", error.field, error.reason, error.remedy, data)


READER = PlainTextReader()


class _Story:
    """One story on its way: its paragraphs are places in ``text`` until ``parse`` puts them together."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.removed: list[str] = []
        header = None if self._has_date_line() else parse_header(text)
        self.fields: dict[str, Any] = header.fields if header else {}
        self.paragraphs = split_paragraphs(
            text, header.end if header else 0, has_marks=header is not None
        )

    def parse(self, data: bytes, name: str) -> ParsedArticle:
        """Take off what is not the story's text and put the rest together."""
        self._take_date_line()
        self.paragraphs = [
            paragraph for paragraph in self.paragraphs if not self._is_promo(paragraph)
        ]
        self._take_title()
        self._take_byline()
        self._take_credit()
        self._take_dateline()
        body_html, body_map = _body(self._lines())
        return ParsedArticle(
            record="1",
            original=data,
            body_html=body_html,
            body_map=body_map,
            removed=tuple(self.removed),
            **({"ref": name} | self.fields),
        )

    def _line(self, paragraph: Paragraph, index: int = 0) -> str:
        start, end = paragraph.spans[index]
        return self.text[start:end]

    def _is_promo(self, paragraph: Paragraph) -> bool:
        if len(paragraph.spans) > 1 or not wire_copy.is_promo(self._line(paragraph)):
            return False
        self.removed.append(self._line(paragraph).strip())
        return True

    def _has_date_line(self) -> bool:
        first = re.search(r"[^\r\n]*\S[^\r\n]*", self.text)
        return bool(
            first
            and (date_line := wire_copy.parse_date_line(first[0]))
            and (date_line[1] or ":" not in first[0])
        )

    def _take_date_line(self) -> None:
        if not self.paragraphs or not (
            date_line := wire_copy.parse_date_line(self._line(self.paragraphs[0]))
        ):
            return
        if date := parse_printed(date_line[0]):
            self.fields |= {"published_at": date[0], "date_precision": date[1]}
        if date_line[1]:
            self.removed.append(date_line[1])
        self._drop_line(0)

    def _take_title(self) -> None:
        if "headline" in self.fields or len(self.paragraphs) < 2:
            return
        first = self.paragraphs[0]
        line = self._line(first).strip()
        is_title = first.kind == "p" and len(first.spans) == 1 and len(line) <= 150
        if (
            is_title
            and line[-1:] not in ".,;:"
            and not wire_copy.parse_dateline(line)
            and not wire_copy.parse_byline(line)
        ):
            self.fields["headline"] = normalize_whitespace(self.text, first.spans)[0]
            del self.paragraphs[0]

    def _take_byline(self) -> None:
        if (
            "bylines" in self.fields
            or len(self.paragraphs) < 2
            or len(self.paragraphs[0].spans) > 1
        ):
            return
        if names := wire_copy.parse_byline(self._line(self.paragraphs[0])):
            self.fields["bylines"] = tuple(ParsedName(name) for name in names)
            del self.paragraphs[0]

    def _take_credit(self) -> None:
        """Take credit, end mark and who reported off the last lines, as many as there are."""
        while self.paragraphs and self.paragraphs[-1].kind == "p" and "credit" not in self.fields:
            last = self.paragraphs[-1]
            whole = self.text[last.spans[0][0] : last.spans[-1][1]]
            if len(self.paragraphs) > 1 and wire_copy.is_reporting_note(whole):
                self.removed.append(" ".join(whole.split()))
                del self.paragraphs[-1]
                continue
            credit = wire_copy.parse_credit(self._line(last, -1))
            if not credit:
                return
            start, end = last.spans[-1]
            if credit[1]:
                self.fields["credit"] = credit[1]
            else:
                self.removed.append(self.text[start + credit[0] : end].strip())
            last.spans[-1] = start, start + credit[0]
            if not credit[0]:
                self._drop_line(-1)

    def _take_dateline(self) -> None:
        if not self.paragraphs or self.paragraphs[0].kind != "p":
            return
        first = self.paragraphs[0]
        if dateline := wire_copy.parse_dateline(self._line(first)):
            start, end = first.spans[0]
            first.spans[0] = start + dateline[0], end
            self.fields["dateline"] = dateline[1]
            if dateline[2]:
                self.fields.setdefault("credit", dateline[2])

    def _drop_line(self, at: int) -> None:
        """Drop the first line of the first paragraph (0), or the last of the last (-1)."""
        del self.paragraphs[at].spans[at]
        if not self.paragraphs[at].spans:
            del self.paragraphs[at]

    def _lines(self) -> list[tuple[str, str, list[Run]]]:
        """Return kind, clean line and runs of each paragraph; a short line between two texts is a crosshead."""
        keeps_spaces = has_french_spacing(self.text)
        mended = [
            (
                paragraph.kind,
                *normalize_whitespace(self.text, paragraph.spans, keeps_spaces=keeps_spaces),
            )
            for paragraph in self.paragraphs
        ]
        mended = [paragraph for paragraph in mended if paragraph[1].strip()]
        crossheads = [kind == "p" and wire_copy.is_crosshead(line) for kind, line, _ in mended]
        for at in range(1, len(mended) - 1):
            if crossheads[at] and not crossheads[at - 1] and not crossheads[at + 1]:
                mended[at] = "h2", *mended[at][1:]
        return mended


def _body(lines: list[tuple[str, str, list[Run]]]) -> tuple[str, tuple[OffsetRun, ...]]:
    """Return the HTML, and where the letters of its plain text stood."""
    runs: list[OffsetRun] = []
    at, before = 0, ""
    for kind, line, line_runs in lines:
        if before:
            at += 1 if kind == before == "li" else 2
        runs += [OffsetRun(at + start, source, length) for start, source, length in line_runs]
        at += len(line)
        before = kind
    return paragraphs_to_html((kind, line) for kind, line, _ in lines), tuple(runs)
