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

from articles.importing.columns import fields_of
from articles.importing.json_text import looks_like_json
from articles.importing.mapping import Columns, Mapping, given, guess
from articles.importing.parsed import ParsedArticle, ReadError, Refused, Unread
from articles.importing.unfit import Unfit
from articles.text.encoding import decode, is_binary

from . import substack

NAME = "csv"
LIMIT = 10_000_000  # bytes of one row

_HEAD = 65_536  # bytes from which the delimiter and the columns are told
_DELIMITERS = ",;\t|"
_NAMED_DELIMITER = re.compile(r"sep=([,;\t|:^~])", re.IGNORECASE)  # first line, as Excel reads it
_UNNAMED = ("class", "title", "text")  # collections for text classification have no header
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")
_NUMBER = re.compile(r"[ &]?#(\d{2,4});")


def identify(head: bytes, name: str) -> bool:
    """Tell whether a file is a table of stories, by the names of its columns."""
    if is_binary(head) or looks_like_json(head) or head.lstrip()[:1] == b"<":
        return False
    return not substack.identify(head, name) and _layout(head) is not None


def read(
    stream: BinaryIO, name: str, columns: Columns | None = None
) -> Iterator[ParsedArticle | Refused]:
    """Yield one outcome a row of ``stream``; ``record`` names its first line, its ref is its id, else its address.

    UTF-8, UTF-16 with its mark, Windows-1252 or Latin-1, told row by row. Raises ReadError when no column is known.
    ``columns`` (field: column) says of some columns what they mean; the others are known by their names.
    """
    for outcome in unread(stream, name, columns):
        yield outcome.finish() if isinstance(outcome, Unread) else outcome


def unread(
    stream: BinaryIO, name: str, columns: Columns | None = None
) -> Iterator[Unread | Refused]:
    """Yield the rows of ``stream`` as ``read`` does, each cut out and not read yet."""
    head = stream.read(_HEAD)
    stream.seek(0)
    if is_binary(head):
        raise ReadError("It is not text. Save the table as CSV.")
    layout = _layout(head, columns)
    if layout is None:
        raise ReadError("No column is called text, body or content. Name the columns in line 1.")
    csv.field_size_limit(max(LIMIT, csv.field_size_limit()))
    lines = _Lines(stream, head)
    try:
        for _ in range(layout.skipped):
            next(lines, "")
        yield from _outcomes(lines, layout)
    finally:
        lines.text.detach()  # the stream is closed by whoever opened it


def around(head: bytes, columns: Columns | None = None) -> tuple[bytes, bytes]:
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


@dataclass(frozen=True, slots=True)
class _Layout:
    """How a table is written: its delimiter, its columns, and how many lines stand before the first row of them."""

    delimiter: str
    names: tuple[str, ...]
    mapping: Mapping
    has_header: bool
    skipped: int


def mapping_of(head: bytes, columns: Columns) -> Mapping:
    """Return what the columns mean. Raises ReadError for ``columns`` that the table has not."""
    layout = _layout(head, columns)
    return layout.mapping if layout else guess([])


def _layout(head: bytes, columns: Columns | None = None) -> _Layout | None:
    """Return the layout under which most columns are known; None when no text is among them."""
    is_wide = head.startswith(_WIDE_MARKS)
    text = head.decode("utf-16", "replace") if is_wide else decode(head)[0]
    named = _NAMED_DELIMITER.match(text.lstrip("\ufeff"))
    rest = text.partition("\n")[2] if named else text
    found = [
        layout
        for delimiter in (named[1] if named else _DELIMITERS)
        if (layout := _with(delimiter, rest.lstrip("\ufeff\r\n"), int(bool(named)), columns))
    ]
    if columns and not found:
        first = rest.lstrip("\ufeff\r\n").partition("\n")[0]
        likeliest = named[1] if named else max(_DELIMITERS, key=first.count)
        given(columns, [cell.strip(' "\r') for cell in first.split(likeliest)])
    return max(found, key=lambda layout: len(layout.mapping.columns), default=None)


def _with(delimiter: str, text: str, skipped: int, columns: Columns | None) -> _Layout | None:
    """Return the layout of ``text`` if ``delimiter`` parts it."""
    try:
        rows = list(islice(csv.reader(StringIO(text, newline=""), delimiter=delimiter), 3))
    except csv.Error:
        return None
    names = [name.strip() for name in rows[0]] if rows else []
    if columns and set(columns.values()) <= set(names):
        return _Layout(delimiter, tuple(names), given(columns, names), True, skipped)
    mapping = guess(names)
    if mapping.is_story:
        return _Layout(delimiter, tuple(names), mapping, True, skipped)
    if rows and all(map(_is_unnamed, rows)):
        return _Layout(delimiter, _UNNAMED, guess(_UNNAMED), False, skipped)
    return None


def _is_unnamed(row: Sequence[str]) -> bool:
    """Tell whether a row is the number of a class, a title and a text."""
    is_fit = len(row) == 3 and re.fullmatch(r"\d{1,3}", row[0], re.ASCII)
    return bool(is_fit) and not row[1].strip().isdigit() and len(row[2]) > 20


class _Lines:
    """The lines of a table for the csv module: each letter one byte, so that the bytes of a row can be had back.

    ``taken`` are the lines of the row that is being read, ``number`` is the last one's.
    """

    def __init__(self, stream: BinaryIO, head: bytes) -> None:
        encoding = "utf-16" if head.startswith(_WIDE_MARKS) else "latin-1"
        self.is_wide = encoding == "utf-16"
        self.text = TextIOWrapper(stream, encoding, errors="replace", newline="")
        self.taken: list[str] = []
        self.held = ""
        self.size = self.number = 0

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        """Return the next line. Raises Unfit for a row of more than 10 MB."""
        line = self.held or self._next()
        self.held = ""
        if not line:
            raise StopIteration
        self.size += len(line)
        if self.size > LIMIT:
            reason = "the row has more than 10 MB, or a quotation mark in it is not closed"
            raise Unfit("file", reason, "Close it, or leave the row out.")
        self.taken.append(line)
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
                self.held = line
                return

    def begin(self) -> None:
        """Forget the row before."""
        self.taken, self.size = [], 0

    @property
    def data(self) -> bytes:
        """Return the bytes of the row; of UTF-16 as UTF-8."""
        return "".join(self.taken).encode("latin-1")


def _outcomes(lines: _Lines, layout: _Layout) -> Iterator[Unread | Refused]:
    rows = csv.reader(lines, delimiter=layout.delimiter)
    is_header = layout.has_header
    while True:
        lines.begin()
        start = lines.number + (not lines.held)
        try:
            cells = next(rows)
            if not any(cell.strip() for cell in cells):
                continue
            if not is_header:
                _check_closed(lines, layout)
                record, data = f"line {start}", lines.data
                yield Unread(record, data, partial(_finished, cells, data, layout, record))
            is_header = False
        except StopIteration:
            return
        except csv.Error as error:
            remedy = "Correct the row."
            yield Refused(f"line {start}", "file", f"it is no row: {error}", remedy, lines.data)
        except Unfit as error:
            yield Refused(f"line {start}", error.field, str(error), error.remedy, lines.data)
            if lines.size > LIMIT:
                lines.skip(layout)


def _check_closed(lines: _Lines, layout: _Layout) -> None:
    """Raise Unfit when the file ended inside of quotation marks."""
    if len(lines.taken) == 1 and lines.taken[0].count('"') % 2 == 0:
        return
    try:
        list(csv.reader(lines.taken, delimiter=layout.delimiter, strict=True))
    except csv.Error as error:
        if "unexpected end" in str(error):
            reason = f"a quotation mark is not closed up to line {lines.number}"
            raise Unfit("file", reason, "Close it, or leave the row out.") from error


def _finished(
    cells: Sequence[str], data: bytes, layout: _Layout, record: str
) -> ParsedArticle | Refused:
    try:
        return _parsed(cells, data, layout, record)
    except Unfit as error:
        return Refused(record, error.field, str(error), error.remedy, data)


def _parsed(cells: Sequence[str], data: bytes, layout: _Layout, record: str) -> ParsedArticle:
    encoding = decode(b"\n" + data)[1]  # no row begins with a mark
    values = [cell.encode("latin-1").decode(encoding) for cell in cells]
    while len(values) > len(layout.names) and not values[-1].strip():
        values.pop()
    if len(values) != len(layout.names):
        reason = f"it has {len(values)} cells, the columns are {len(layout.names)}"
        raise Unfit("file", reason, "Quote cells that hold the delimiter or a quotation mark.")
    if not layout.has_header:
        values = [_mended(value) for value in values]
    row = dict(reversed(list(zip(layout.names, values, strict=True))))
    return ParsedArticle(record=record, original=data, **fields_of(row, layout.mapping))


def _mended(value: str) -> str:
    r"""Return a cell of a collection without a header as it was meant: ``\`` is white space, ``#36;`` a dollar."""
    value = _NUMBER.sub(lambda found: chr(int(found[1])), value)
    return re.sub(r"\\+", " ", value)
