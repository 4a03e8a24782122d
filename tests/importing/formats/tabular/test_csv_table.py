"""Tables come in as spreadsheets write them, and a bad row costs only itself."""

import csv
import json
from io import BytesIO, StringIO
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from articles.importing.formats.tabular import csv_table
from articles.importing.formats.types import ParsedArticle, ReadError, RejectedRecord
from articles.importing.pipeline.reading.normalize import clean
from articles.text.html.plain import plain_text as plain
from tests.conftest import ROOT
from tests.importing.formats.ninjs.test_reader import outcome_fields

DATA = ROOT / "tests" / "importing" / "data" / "csv_table"
CASES = sorted(path for path in DATA.iterdir() if "expected" not in path.name)


def rows(data: bytes | str) -> list[ParsedArticle | RejectedRecord]:
    """Read and clean the rows of ``data``, for a paper in Paris."""
    data = data if isinstance(data, bytes) else data.encode("utf-8", "surrogatepass")
    return [
        outcome
        if isinstance(outcome, RejectedRecord)
        else clean(outcome, zone=ZoneInfo("Europe/Paris"), language="en")
        for outcome in csv_table.READER.read(BytesIO(data), "file")
    ]


def headlines(data: bytes | str) -> list[str]:
    """Return the headline of each row, or where one was refused."""
    return [
        outcome.headline if isinstance(outcome, ParsedArticle) else outcome.record
        for outcome in rows(data)
    ]


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.name)
def test_each_row_is_what_is_expected_of_it(path: Path) -> None:
    expected = json.loads(path.with_suffix(".expected.json").read_text("utf-8"))
    assert [outcome_fields(outcome) for outcome in rows(path.read_bytes())] == expected


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
    [parsed] = rows(out.getvalue().encode(encoding))
    assert isinstance(parsed, ParsedArticle), parsed
    assert parsed.headline == "Möwe, “Ada”; a|b c"
    assert plain(parsed.body_html).split() == "It blew “here”.".split()


def test_blank_lines_and_empty_cells_at_the_end_are_no_rows() -> None:
    assert headlines("\n\ntitle,text\n\nGale,It blew.,,\n,\n  \nGulls,They came.\n") == [
        "Gale",
        "Gulls",
    ]


def test_a_long_field_comes_in() -> None:
    [parsed] = rows(f"title,text\nGale,{'It blew. ' * 200_000}\n")
    assert isinstance(parsed, ParsedArticle)
    assert len(plain(parsed.body_html)) > 1_700_000


@pytest.mark.parametrize("mark", ["", '"'])
def test_a_row_that_is_too_long_costs_only_itself(
    mark: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(csv_table, "LIMIT", 5_000)
    text = f"{mark}{'It blew.' * 1000}\n{'It blew. ' * 900}{mark}".replace(
        "\n", "\n" if mark else " "
    )
    outcomes = rows(f"title,text\nGale,It blew.\nLong,{text}\nGulls,They came.\nLast,They left.\n")
    assert [outcome.headline for outcome in outcomes if isinstance(outcome, ParsedArticle)] == [
        "Gale",
        "Gulls",
        "Last",
    ]
    [refused] = [outcome for outcome in outcomes if isinstance(outcome, RejectedRecord)]
    assert refused.record == "line 3"
    assert "10 MB" in str(refused.reason)


def test_a_quotation_mark_that_is_not_closed_is_named_by_its_line() -> None:
    *_, refused = rows('title,text\nGale,It blew.\nGulls,"They came.\nLost,They left.\n')
    assert isinstance(refused, RejectedRecord)
    assert (refused.record, refused.remedy) == ("line 3", "Close it, or leave the row out.")


def test_the_stream_stays_open_for_whoever_opened_it() -> None:
    stream = BytesIO(b"title,text\nGale,It blew.\n")
    assert len(list(csv_table.READER.read(stream, "file"))) == 1
    assert not stream.closed


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
    outcomes = rows(data)
    stories = [outcome for outcome in outcomes if isinstance(outcome, ParsedArticle)]
    assert len(stories) == len(outcomes) == count
    assert not any(outcome.is_headline_derived for outcome in stories)
    assert b"".join(outcome.original for outcome in stories) in data
    if name.startswith("wiki"):
        assert all(outcome.published_at and outcome.date_precision == "day" for outcome in stories)
        assert len({outcome.ref for outcome in stories}) == count
        assert not any("//wiki/" in outcome.ref for outcome in stories)
    else:
        assert not any("#3" in f"{outcome.headline}{outcome.body_html}" for outcome in stories)
