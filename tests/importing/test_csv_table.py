"""Tables come in as spreadsheets write them, and a bad row costs only itself."""

import csv
import json
import time
import tracemalloc
from collections.abc import Iterator
from io import BytesIO, RawIOBase, StringIO
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.importing.clean import clean
from articles.importing.parsed import ParsedArticle, ReadError, Refused
from articles.importing.readers import csv_table, markdown, ninjs, plain_text
from articles.text.encoding import is_binary
from articles.text.html import plain_text as plain
from articles.text.html import sanitise
from tests.importing.test_ninjs import said
from tests.importing.test_plain_text import CONTROL

DATA = Path(__file__).parent / "data" / "csv_table"
CASES = sorted(path for path in DATA.iterdir() if "expected" not in path.name)


def rows(data: bytes | str) -> list[ParsedArticle | Refused]:
    """Read and clean the rows of ``data``, for a paper in Paris."""
    data = data if isinstance(data, bytes) else data.encode("utf-8", "surrogatepass")
    return [
        one
        if isinstance(one, Refused)
        else clean(one, zone=ZoneInfo("Europe/Paris"), language="en")
        for one in csv_table.read(BytesIO(data), "file")
    ]


def rows_of_any(data: bytes) -> list[ParsedArticle | Refused]:  # binary is refused as a whole
    return [] if is_binary(data) else rows(data)


def headlines(data: bytes | str) -> list[str]:
    """Return the headline of each row, or where one was refused."""
    return [one.headline if isinstance(one, ParsedArticle) else one.record for one in rows(data)]


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.name)
def test_each_row_is_what_is_expected_of_it(path: Path) -> None:
    expected = json.loads(path.with_suffix(".expected.json").read_text("utf-8"))
    assert [said(one) for one in rows(path.read_bytes())] == expected


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.name)
def test_a_table_of_stories_is_claimed_by_this_reader_alone(path: Path) -> None:
    head = path.read_bytes()[:8192]
    assert csv_table.identify(head, path.name)
    assert not any(one.identify(head, path.name) for one in (ninjs, markdown, plain_text))


@pytest.mark.parametrize(
    "head",
    [
        "first,last,address\nAda,Quince,Skerry",
        "post_id,post_date,is_published,title,subtitle\n1,2026-03-04,TRUE,Gale,It blew",
        "title,text",
        "Gale\n\nIt blew, said Ada Quince.",
        "3, rue de la Mer, Skerry, where it blew for all of the day",
        '{"title": "Gale", "text": "It blew."}',
        "<table><tr><td>title,text</td></tr></table>",
        "",
        "\x00\x00\x00\x00\x00title,text",
        "text\nIt blew.",
    ],
)
def test_only_a_table_of_stories_is_claimed(head: str) -> None:
    assert csv_table.identify(head.encode(), "stories.csv") is (head == "title,text")


def test_a_table_without_a_known_column_says_what_to_do() -> None:
    with pytest.raises(ReadError, match="Name the columns"):
        rows("first,last\nAda,Quince\n")
    with pytest.raises(ReadError, match="CSV"):
        rows(b"PK\x03\x04")


def test_the_original_of_a_row_are_its_own_bytes_and_its_record_its_first_line() -> None:
    data = b'title,text\r\n"Caf\xe9, here","It\r\nblew."\r\nGulls,"They \xc3\xa9 came."\r\n'
    first, second = rows(data)
    assert (first.record, first.original) == ("line 2", b'"Caf\xe9, here","It\r\nblew."\r\n')
    assert (second.record, second.original) == ("line 4", b'Gulls,"They \xc3\xa9 came."\r\n')
    assert isinstance(first, ParsedArticle)
    assert isinstance(second, ParsedArticle)
    assert (first.headline, second.body_html) == ("Café, here", "<p>They é came.</p>")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_what_a_spreadsheet_writes_is_read(end: str, delimiter: str, encoding: str) -> None:
    out = StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter, lineterminator=end)
    writer.writerow(["title", "text", "date"])
    writer.writerow(["Möwe, “Ada”; a|b\tc", f"It{end}blew “here”.", "2026-03-04"])
    [one] = rows(out.getvalue().encode(encoding))
    assert isinstance(one, ParsedArticle), one
    assert one.headline == "Möwe, “Ada”; a|b c"
    assert plain(one.body_html).split() == "It blew “here”.".split()


def test_blank_lines_and_empty_cells_at_the_end_are_no_rows() -> None:
    assert headlines("\n\ntitle,text\n\nGale,It blew.,,\n,\n  \nGulls,They came.\n") == [
        "Gale",
        "Gulls",
    ]


def test_a_long_field_comes_in() -> None:
    [one] = rows(f"title,text\nGale,{'It blew. ' * 200_000}\n")
    assert isinstance(one, ParsedArticle)
    assert len(plain(one.body_html)) > 1_700_000


@pytest.mark.parametrize("mark", ["", '"'])
def test_a_row_that_is_too_long_costs_only_itself(
    mark: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(csv_table, "LIMIT", 5_000)
    text = f"{mark}{'It blew.' * 1000}\n{'It blew. ' * 900}{mark}".replace(
        "\n", "\n" if mark else " "
    )
    found = rows(f"title,text\nGale,It blew.\nLong,{text}\nGulls,They came.\nLast,They left.\n")
    assert [one.headline for one in found if isinstance(one, ParsedArticle)] == [
        "Gale",
        "Gulls",
        "Last",
    ]
    [refused] = [one for one in found if isinstance(one, Refused)]
    assert refused.record == "line 3"
    assert "10 MB" in refused.reason


def test_a_quotation_mark_that_is_not_closed_is_named_by_its_line() -> None:
    *_, refused = rows('title,text\nGale,It blew.\nGulls,"They came.\nLost,They left.\n')
    assert isinstance(refused, Refused)
    assert (refused.record, refused.remedy) == ("line 3", "Close it, or leave the row out.")


class Endless(RawIOBase):
    """A table of many rows that is made while it is read."""

    def __init__(self, count: int) -> None:
        self.rows: Iterator[bytes] = (b"Gale,%s\n" % (b"It blew. " * 900) for _ in range(count))
        self.held = b"title,text\n"
        self.is_first = True

    def readable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = 0) -> int:
        return 0

    def read(self, size: int = -1) -> bytes:
        if self.is_first:
            self.is_first = False
            return self.held
        held, self.held = self.held, next(self.rows, b"")
        return held

    read1 = read


def test_memory_does_not_grow_with_the_table() -> None:
    tracemalloc.start()
    count = sum(isinstance(one, ParsedArticle) for one in csv_table.read(Endless(500), "file"))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 500  # 4 MB
    assert most < 1_500_000


def test_the_stream_stays_open_for_whoever_opened_it() -> None:
    stream = BytesIO(b"title,text\nGale,It blew.\n")
    assert len(list(csv_table.read(stream, "file"))) == 1
    assert not stream.closed


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
    parts: list[str], encoding: str
) -> None:
    data = f"title,text,date\n{''.join(parts)}".encode(encoding, "replace")
    for one in rows_of_any(data):
        if isinstance(one, Refused):
            assert one.field
            assert one.reason
            assert one.remedy
        else:
            assert sanitise(one.body_html) == one.body_html
            assert not CONTROL.search(f"{one.headline}{one.body_html}{one.ed_note}")


@given(st.binary(max_size=200))
def test_any_bytes_under_a_header_come_in_clean_or_are_refused(data: bytes) -> None:
    for one in rows_of_any(b"title,text\n" + data):
        if isinstance(one, ParsedArticle):
            assert not CONTROL.search(one.headline + one.body_html)


@pytest.mark.parametrize("part", ['"', '"a', '""', ",", "\n", '"\n', 'a,"', "\r"])
def test_a_hostile_table_takes_linear_time(part: str) -> None:
    data = f"title,text\n{part * (500_000 // len(part))}".encode()
    begun = time.perf_counter()
    for one in csv_table.read(BytesIO(data), "file"):
        assert one.record
    assert time.perf_counter() - begun < 5


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("wikinews/wikinews_2019.csv", 162),
        ("wikinews/wikinews_2020.csv", 118),
        ("ag-news-sample/test.csv", 46),
    ],
)
def test_real_tables_come_in_whole(shared: Path, name: str, count: int) -> None:
    data = (shared / "formats" / name).read_bytes()
    found = rows(data)
    stories = [one for one in found if isinstance(one, ParsedArticle)]
    assert len(stories) == len(found) == count
    assert not any(one.is_headline_derived for one in stories)
    assert b"".join(one.original for one in stories) in data
    if name.startswith("wiki"):
        assert all(one.published_at and one.date_precision == "day" for one in stories)
        assert len({one.ref for one in stories}) == count
        assert not any("//wiki/" in one.ref for one in stories)
    else:
        assert not any("#3" in f"{one.headline}{one.body_html}" for one in stories)


def test_hostile_files_under_a_header_come_in_clean_or_are_refused(shared: Path) -> None:
    """Whatever the file, its lines stand as the rows of a table."""
    counts = {ParsedArticle: 0, Refused: 0}
    folder = shared / "formats" / "hostile"
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        body = path.read_bytes()
        for header in (b"title,text\n", b"text;title\n", b"a,b,text,title\n"):
            try:
                found = rows(header + body)
            except ReadError:
                assert is_binary(header + body[:65_536])
                continue
            for one in found:
                counts[type(one)] += 1
                if isinstance(one, ParsedArticle):
                    values = (one.headline, one.body_html, one.dateline, one.ed_note, one.ref)
                    assert not any(map(CONTROL.search, values)), path
    assert counts[ParsedArticle] > 1_000
    assert counts[Refused] > 1_000


def test_no_file_of_another_format_is_claimed(shared: Path) -> None:
    stories = Path(__file__).parents[2] / "articles" / "demo" / "stories"
    paths = [*(shared / "formats").rglob("*"), *stories.rglob("*")]
    claimed = {
        path.relative_to(shared / "formats").as_posix()
        for path in paths
        if path.is_file() and csv_table.identify(path.read_bytes()[:8192], path.name)
    }
    assert claimed == {
        "wikinews/wikinews_2019.csv",
        "wikinews/wikinews_2020.csv",
        "ag-news-sample/test.csv",
    }
