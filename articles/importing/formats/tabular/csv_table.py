"""CSV and TSV, one story a row, its columns known by their names; spreadsheets' habits are met halfway.

Source: RFC 4180. Cells that begin with ``= + - @`` are text here, as they are everywhere in a newsroom.
"""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from io import BytesIO, StringIO, TextIOWrapper
from itertools import islice
from typing import BinaryIO

from articles.importing.formats import substack
from articles.importing.formats.common.json_records import looks_like_json
from articles.importing.formats.tabular.columns import repaired_cell, row_fields
from articles.importing.formats.tabular.mapping import (
    guess_mapping,
    is_story_table,
    resolve_mapping,
)
from articles.importing.formats.tabular.reader import TableReader
from articles.importing.formats.types import (
    ColumnMapping,
    Columns,
    LazyRecord,
    ParsedArticle,
    ReadError,
    RecordError,
    RejectedRecord,
)
from articles.text.encoding import decode, is_binary
from articles.text.messages import Message

LIMIT = 10_000_000  # bytes of one row

_HEAD = 65_536  # bytes from which the delimiter and the columns are told
_DELIMITERS = ",;\t|"
_NAMED_DELIMITER = re.compile(r"sep=([,;\t|:^~])", re.IGNORECASE)  # first line, as Excel reads it
_UNNAMED = ("class", "title", "text")  # collections for text classification have no header
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")


class CsvReader(TableReader):
    """Reads a table of stories."""

    NAME = "csv"

    def identify(self, head: bytes, name: str) -> bool:
        """Tell whether a file is a table of stories, by the names of its columns."""
        if is_binary(head) or looks_like_json(head) or head.lstrip()[:1] == b"<":
            return False
        return not substack.READER.identify(head, name) and _layout(head) is not None

    def read_lazily(
        self, stream: BinaryIO, name: str, columns: Columns | None = None
    ) -> Iterator[LazyRecord | RejectedRecord]:
        """Yield the rows of ``stream``; ``record`` names the first line of a row, its ref is its id, else its address.

        UTF-8, UTF-16 with its mark, Windows-1252 or Latin-1, told row by row. Raises ReadError when no column is known.
        """
        head = stream.read(_HEAD)
        stream.seek(0)
        if is_binary(head):
            raise ReadError(
                Message("It is not text. Save the table as CSV.", code="table.not_text")
            )
        layout = _layout(head, columns)
        if layout is None:
            raise ReadError(
                Message(
                    "No column is called text, body or content. Name the columns in line 1.",
                    code="table.no_text_column",
                )
            )
        csv.field_size_limit(max(LIMIT, csv.field_size_limit()))
        lines = _Lines(stream, head)
        try:
            for _ in range(layout.skipped):
                next(lines, "")
            yield from _outcomes(lines, layout)
        finally:
            lines.text.detach()  # the stream is closed by whoever opened it

    def record_wrapper(self, head: bytes, columns: Columns | None = None) -> tuple[bytes, bytes]:
        """Return what stands before the first row, so that a row can be read alone: the header, in UTF-8 if wide."""
        layout = _layout(head, columns)
        if layout is None or not layout.has_header:
            return b"", b""
        lines = _Lines(BytesIO(head), head)
        for _ in range(layout.skipped):
            next(lines, "")
        for cells in csv.reader(lines, delimiter=layout.delimiter):
            if any(cell.strip() for cell in cells):
                break
        return lines.data, b""

    def column_mapping(self, head: bytes, columns: Columns) -> ColumnMapping:
        """Return what the columns mean. Raises ReadError for ``columns`` that the table has not."""
        layout = _layout(head, columns)
        return layout.mapping if layout else guess_mapping([])


READER = CsvReader()


@dataclass(frozen=True, slots=True)
class _Layout:
    """How a table is written: its delimiter, its columns, and how many lines stand before the first row of them."""

    delimiter: str
    names: tuple[str, ...]
    mapping: ColumnMapping
    has_header: bool
    skipped: int


def _layout(head: bytes, columns: Columns | None = None) -> _Layout | None:
    """Return the layout under which most columns are known; None when no text is among them."""
    is_wide = head.startswith(_WIDE_MARKS)
    text = head.decode("utf-16", "replace") if is_wide else decode(head)[0]
    delimiter_match = _NAMED_DELIMITER.match(text.lstrip("\ufeff"))
    rest = text.partition("\n")[2] if delimiter_match else text
    layouts = [
        layout
        for delimiter in (delimiter_match[1] if delimiter_match else _DELIMITERS)
        if (
            layout := _layout_with(
                delimiter, rest.lstrip("\ufeff\r\n"), int(bool(delimiter_match)), columns
            )
        )
    ]
    if columns and not layouts:
        first = rest.lstrip("\ufeff\r\n").partition("\n")[0]
        likeliest = delimiter_match[1] if delimiter_match else max(_DELIMITERS, key=first.count)
        resolve_mapping(columns, [cell.strip(' "\r') for cell in first.split(likeliest)])
    return max(layouts, key=lambda layout: len(layout.mapping.columns), default=None)


def _layout_with(
    delimiter: str, text: str, skipped: int, columns: Columns | None
) -> _Layout | None:
    """Return the layout of ``text`` if ``delimiter`` parts it."""
    try:
        rows = list(islice(csv.reader(StringIO(text, newline=""), delimiter=delimiter), 3))
    except csv.Error:
        return None
    names = [name.strip() for name in rows[0]] if rows else []
    if columns and set(columns.values()) <= set(names):
        return _Layout(delimiter, tuple(names), resolve_mapping(columns, names), True, skipped)
    mapping = guess_mapping(names)
    if is_story_table(mapping):
        return _Layout(delimiter, tuple(names), mapping, True, skipped)
    if rows and all(map(_is_unnamed, rows)):
        return _Layout(delimiter, _UNNAMED, guess_mapping(_UNNAMED), False, skipped)
    return None


def _is_unnamed(row: Sequence[str]) -> bool:
    """Tell whether a row is the number of a class, a title and a text."""
    is_fit = len(row) == 3 and re.fullmatch(r"\d{1,3}", row[0], re.ASCII)
    return bool(is_fit) and not row[1].strip().isdigit() and len(row[2]) > 20


class _Lines:
    """The lines of a table for the csv module: each letter one byte, so that the bytes of a row can be had back.

    ``row_lines`` are the lines of the row that is being read, ``number`` is the last one's.
    """

    def __init__(self, stream: BinaryIO, head: bytes) -> None:
        encoding = "utf-16" if head.startswith(_WIDE_MARKS) else "latin-1"
        self.is_wide = encoding == "utf-16"
        self.text = TextIOWrapper(stream, encoding, errors="replace", newline="")
        self.row_lines: list[str] = []
        self.pending = ""
        self.size = self.number = 0

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        """Return the next line. Raises RecordError for a row of more than 10 MB."""
        line = self.pending or self._next()
        self.pending = ""
        if not line:
            raise StopIteration
        self.size += len(line)
        if self.size > LIMIT:
            reason = Message(
                "the row has more than 10 MB, or a quotation mark in it is not closed",
                code="table.row_size",
            )
            raise RecordError("file", reason, "Close it, or leave the row out.")
        self.row_lines.append(line)
        return line

    def _next(self) -> str:
        line = self.text.readline(LIMIT + 1)
        self.number += bool(line)
        if self.is_wide:
            return line.encode("utf-8", "replace").decode("latin-1")
        return line.removeprefix("\xef\xbb\xbf") if self.number == 1 else line

    def skip(self, layout: _Layout) -> None:
        """Pass over what is left of a row that is too long, up to a line that is a whole row by itself."""
        while line := self._next():
            try:
                [cells] = csv.reader([line], delimiter=layout.delimiter, strict=True)
            except (csv.Error, ValueError):
                continue
            if len(cells) == len(layout.names):
                self.pending = line
                return

    def begin(self) -> None:
        """Forget the row before."""
        self.row_lines, self.size = [], 0

    @property
    def data(self) -> bytes:
        """Return the bytes of the row; of UTF-16 as UTF-8."""
        return "".join(self.row_lines).encode("latin-1")


def _outcomes(lines: _Lines, layout: _Layout) -> Iterator[LazyRecord | RejectedRecord]:
    rows = csv.reader(lines, delimiter=layout.delimiter)
    is_header = layout.has_header
    while True:
        lines.begin()
        start = lines.number + (not lines.pending)
        try:
            cells = next(rows)
            if not any(cell.strip() for cell in cells):
                continue
            if not is_header:
                _check_closed(lines, layout)
                record, data = f"line {start}", lines.data
                yield LazyRecord(record, data, partial(_finished, cells, data, layout, record))
            is_header = False
        except StopIteration:
            return
        except csv.Error as error:
            reason = Message("it is no row: %(error)s", {"error": str(error)}, "table.row")
            yield RejectedRecord(f"line {start}", "file", reason, "Correct the row.", lines.data)
        except RecordError as error:
            yield RejectedRecord(
                f"line {start}", error.field, error.reason, error.remedy, lines.data
            )
            if lines.size > LIMIT:
                lines.skip(layout)


def _check_closed(lines: _Lines, layout: _Layout) -> None:
    """Raise RecordError when the file ended inside of quotation marks."""
    if len(lines.row_lines) == 1 and lines.row_lines[0].count('"') % 2 == 0:
        return
    try:
        list(csv.reader(lines.row_lines, delimiter=layout.delimiter, strict=True))
    except csv.Error as error:
        if "unexpected end" in str(error):
            reason = Message(
                "a quotation mark is not closed up to line %(line)s",
                {"line": lines.number},
                "table.open_quote",
            )
            raise RecordError("file", reason, "Close it, or leave the row out.") from error


def _finished(
    cells: Sequence[str], data: bytes, layout: _Layout, record: str
) -> ParsedArticle | RejectedRecord:
    try:
        return _parsed(cells, data, layout, record)
    except RecordError as error:
        return RejectedRecord(record, error.field, error.reason, error.remedy, data)


def _parsed(cells: Sequence[str], data: bytes, layout: _Layout, record: str) -> ParsedArticle:
    encoding = decode(b"\n" + data)[1]  # no row begins with a mark
    values = [cell.encode("latin-1").decode(encoding) for cell in cells]
    while len(values) > len(layout.names) and not values[-1].strip():
        values.pop()
    if len(values) != len(layout.names):
        reason = Message(
            "it has %(count)s cells, the columns are %(columns)s",
            {"count": len(values), "columns": len(layout.names)},
            "table.cells",
        )
        raise RecordError(
            "file", reason, "Quote cells that hold the delimiter or a quotation mark."
        )
    if not layout.has_header:
        values = [repaired_cell(value) for value in values]
    row = dict(reversed(list(zip(layout.names, values, strict=True))))
    return ParsedArticle(record=record, original=data, **row_fields(row, layout.mapping))
