"""Records that are cut out and read later say what they say when they are read at once."""

import json
from io import BytesIO
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.importing.formats import mbox, reuters_sgml
from articles.importing.formats.ninjs import reader as ninjs
from articles.importing.formats.reader import LazyReader
from articles.importing.formats.tabular import csv_table, json_lines
from articles.importing.formats.types import LazyRecord, ParsedArticle, ReadError, RejectedRecord
from tests.conftest import ROOT

DATA = ROOT / "tests" / "importing" / "data"
CASES = [
    (reader, path)
    for reader, folder in (
        (reuters_sgml.READER, "reuters_sgml"),
        (csv_table.READER, "csv_table"),
        (ninjs.READER, "ninjs"),
        (json_lines.READER, "json_lines"),
        (mbox.READER, "mbox"),
    )
    for path in sorted((DATA / folder).iterdir())
    if "expected" not in path.name
]
SGML = b'<REUTERS NEWID="%d"><TEXT><TITLE>GALE</TITLE><BODY>%s</BODY></TEXT></REUTERS>\n'


def finished(reader: LazyReader, data: bytes) -> list[ParsedArticle | RejectedRecord]:
    """Cut all records of ``data`` out, and only then read them."""
    records = list(reader.read_lazily(BytesIO(data), "file"))
    return [record.finish() if isinstance(record, LazyRecord) else record for record in records]


@pytest.mark.parametrize(("reader", "path"), CASES, ids=lambda case: getattr(case, "name", None))
def test_read_later_is_read_at_once(reader: LazyReader, path: Path) -> None:
    data = path.read_bytes()
    assert finished(reader, data) == list(reader.read(BytesIO(data), "file"))


@pytest.mark.parametrize(
    ("reader", "path"), CASES, ids=lambda record: getattr(record, "name", None)
)
def test_the_number_and_the_bytes_are_known_before_a_record_is_read(
    reader: LazyReader, path: Path
) -> None:
    for record in reader.read_lazily(BytesIO(path.read_bytes()), "file"):
        outcome = record.finish() if isinstance(record, LazyRecord) else record
        assert (record.record, record.original) == (outcome.record, outcome.original)


@pytest.mark.parametrize(
    ("module", "data", "function"),
    [
        (reuters_sgml, SGML % (1, b"It blew."), "_parsed"),
        (csv_table, b"title,text\nGale,It blew.\n", "_parsed"),
        (ninjs, b'{"uri": "a", "headline": "Gale", "body_text": "It blew."}', "parse_item"),
    ],
)
def test_nothing_is_read_until_it_is_asked_for(
    module: ModuleType, data: bytes, function: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*args: object) -> None:
        raise AssertionError("it was read")

    monkeypatch.setattr(module, function, never)
    [record] = module.READER.read_lazily(BytesIO(data), "file")
    assert isinstance(record, LazyRecord)
    with pytest.raises(AssertionError, match="it was read"):
        record.finish()


def test_a_bad_record_is_refused_when_it_is_read() -> None:
    bad = {
        reuters_sgml.READER: b'<REUTERS NEWID="1"></REUTERS>',
        csv_table.READER: b"title,text\nGale,It blew.,more\n",
        ninjs.READER: b'{"uri": NaN}\n',
    }
    for reader, data in bad.items():
        [record] = reader.read_lazily(BytesIO(data), "file")
        assert isinstance(record, LazyRecord)
        assert isinstance(record.finish(), RejectedRecord)


def test_the_operators_columns_hold_for_rows_that_are_read_later() -> None:
    data = b"alpha,omega\nGale,It blew.\n"
    columns = {"headline": "alpha", "text": "omega"}
    [record] = csv_table.READER.read_lazily(BytesIO(data), "file", columns)
    [at_once] = csv_table.READER.read(BytesIO(data), "file", columns)
    assert isinstance(record, LazyRecord)
    assert record.finish() == at_once
    assert (at_once.headline, at_once.original) == ("Gale", b"Gale,It blew.\n")


def test_a_page_of_items_is_cut_into_its_items() -> None:
    item = {"uri": "a", "headline": "Gale", "body_text": "It blew.", "pubstatus": "usable"}
    data = json.dumps({"total": 2, "offset": 0, "item": [item, item | {"uri": "b"}]}).encode()
    records = list(ninjs.READER.read_lazily(BytesIO(data), "file"))
    assert [(record.record, json.loads(record.original)["uri"]) for record in records] == [
        ("1.1", "a"),
        ("1.2", "b"),
    ]
    assert all(isinstance(record, LazyRecord) for record in records)


def test_a_text_that_only_speaks_of_a_page_is_one_item() -> None:
    words = '"total", "offset" and "item"'
    data = json.dumps({"uri": "a", "headline": "Gale", "body_text": f"It blew. {words}"}).encode()
    [parsed] = finished(ninjs.READER, data)
    assert isinstance(parsed, ParsedArticle)
    inner = b'{"uri": "a", "body_text": "It blew.", "headline": "G", "x": {"total": 1, "offset": 1, "item": []}}'
    [parsed] = finished(ninjs.READER, inner)
    assert isinstance(parsed, ParsedArticle)


FRAGMENTS = st.lists(
    st.sampled_from(
        ['"', ",", "\n", "a", "{", "}", "[", "]", ":", '"uri"', "<REUTERS", "</REUTERS>"]
    )
    | st.text(max_size=5),
    max_size=20,
)


@given(FRAGMENTS)
def test_any_bytes_are_the_same_later_as_at_once(fragments: list[str]) -> None:
    rest = "".join(fragments).encode("utf-8", "replace")
    starts = {
        reuters_sgml.READER: b"<REUTERS NEWID=1",
        csv_table.READER: b"title,text\n",
        ninjs.READER: b"[",
    }
    for reader, start in starts.items():
        data = start + rest
        try:
            at_once = list(reader.read(BytesIO(data), "file"))
        except ReadError:
            with pytest.raises(ReadError):
                finished(reader, data)
            continue
        assert finished(reader, data) == at_once
