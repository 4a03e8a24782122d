"""Whatever stands in a table, its rows come in clean or are refused, in linear time and in little memory."""

import tracemalloc
from collections.abc import Iterator
from io import BytesIO, RawIOBase
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.importing.formats.tabular import csv_table
from articles.importing.formats.types import ParsedArticle, ReadError, RejectedRecord
from articles.text.encoding import is_binary
from articles.text.html.sanitize import sanitise
from tests.growth import assert_linear
from tests.importing.formats.plain_text.test_reader import CONTROL
from tests.importing.formats.tabular.test_csv_table import rows


def rows_of_any(
    data: bytes,
) -> list[ParsedArticle | RejectedRecord]:  # binary is refused as a whole
    return [] if is_binary(data) else rows(data)


class Endless(RawIOBase):
    """A table of many rows that is made while it is read."""

    def __init__(self, count: int) -> None:
        self.rows: Iterator[bytes] = (b"Gale,%s\n" % (b"It blew. " * 900) for _ in range(count))
        self.pending = b"title,text\n"
        self.is_first = True

    def readable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = 0) -> int:
        return 0

    def read(self, size: int = -1) -> bytes:
        if self.is_first:
            self.is_first = False
            return self.pending
        chunk, self.pending = self.pending, next(self.rows, b"")
        return chunk

    read1 = read


def test_memory_does_not_grow_with_the_table() -> None:
    tracemalloc.start()
    stream: Any = Endless(500)
    count = sum(
        isinstance(outcome, ParsedArticle) for outcome in csv_table.READER.read(stream, "file")
    )
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 500  # 4 MB
    assert peak < 1_500_000


@given(
    st.lists(
        st.sampled_from(
            [
                *(
                    ",",
                    '"',
                    "\n",
                    "\r\n",
                    "\r",
                    "A",
                    "It blew. ",
                    "é",
                    "\x00",
                    "\x85",
                    "\ufeff",
                    "=1+1",
                )
            ]
            + [*("<b>", "</p>", "&#3;", "\x03", "2026-03-04", "“", "''", ";", "\\")]
        ),
        max_size=60,
    ),
    st.sampled_from(["utf-8", "utf-16", "latin-1"]),
)
def test_any_table_comes_in_clean_or_is_refused_with_a_remedy(
    fragments: list[str], encoding: str
) -> None:
    data = f"title,text,date\n{''.join(fragments)}".encode(encoding, "replace")
    for outcome in rows_of_any(data):
        if isinstance(outcome, RejectedRecord):
            assert outcome.field
            assert outcome.reason
            assert outcome.remedy
        else:
            assert sanitise(outcome.body_html) == outcome.body_html
            assert not CONTROL.search(f"{outcome.headline}{outcome.body_html}{outcome.ed_note}")


@given(st.binary(max_size=200))
def test_any_bytes_under_a_header_come_in_clean_or_are_refused(data: bytes) -> None:
    for outcome in rows_of_any(b"title,text\n" + data):
        if isinstance(outcome, ParsedArticle):
            assert not CONTROL.search(outcome.headline + outcome.body_html)


@pytest.mark.parametrize("fragment", ['"', '"a', '""', ",", "\n", '"\n', 'a,"', "\r"])
def test_a_hostile_table_takes_linear_time(fragment: str) -> None:
    def read_all(size: int) -> None:
        data = f"title,text\n{fragment * (size // len(fragment))}".encode()
        assert all(outcome.record for outcome in csv_table.READER.read(BytesIO(data), "file"))

    assert_linear(read_all, 500_000)


def test_hostile_files_under_a_header_come_in_clean_or_are_refused(shared: Path) -> None:
    """Whatever the file, its lines stand as the rows of a table."""
    counts = {ParsedArticle: 0, RejectedRecord: 0}
    folder = shared / "formats" / "hostile"
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        body = path.read_bytes()
        for header in (b"title,text\n", b"text;title\n", b"a,b,text,title\n"):
            try:
                outcomes = rows(header + body)
            except ReadError:
                assert is_binary(header + body[:65_536])
                continue
            for outcome in outcomes:
                counts[type(outcome)] += 1
                if isinstance(outcome, ParsedArticle):
                    values = (
                        outcome.headline,
                        outcome.body_html,
                        outcome.dateline,
                        outcome.ed_note,
                        outcome.ref,
                    )
                    assert not any(map(CONTROL.search, values)), path
    assert counts[ParsedArticle] > 1_000
    assert counts[RejectedRecord] > 1_000
