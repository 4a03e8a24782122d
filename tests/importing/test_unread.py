"""Records that are cut out and read later say what they say when they are read at once."""

import json
from io import BytesIO
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.importing.parsed import ParsedArticle, ReadError, Refused, Unread
from articles.importing.readers import csv_table, json_lines, mbox, ninjs, reuters_sgml

DATA = Path(__file__).parent / "data"
CASES = [
    (reader, path)
    for reader, folder in (
        (reuters_sgml, "reuters_sgml"),
        (csv_table, "csv_table"),
        (ninjs, "ninjs"),
        (json_lines, "json_lines"),
        (mbox, "mbox"),
    )
    for path in sorted((DATA / folder).iterdir())
    if "expected" not in path.name
]
SGML = b'<REUTERS NEWID="%d"><TEXT><TITLE>GALE</TITLE><BODY>%s</BODY></TEXT></REUTERS>\n'


def finished(reader: ModuleType, data: bytes) -> list[ParsedArticle | Refused]:
    """Cut all records of ``data`` out, and only then read them."""
    found = list(reader.unread(BytesIO(data), "file"))
    return [one.finish() if isinstance(one, Unread) else one for one in found]


@pytest.mark.parametrize(("reader", "path"), CASES, ids=lambda one: getattr(one, "name", None))
def test_read_later_is_read_at_once(reader: ModuleType, path: Path) -> None:
    data = path.read_bytes()
    assert finished(reader, data) == list(reader.read(BytesIO(data), "file"))


@pytest.mark.parametrize(("reader", "path"), CASES, ids=lambda one: getattr(one, "name", None))
def test_the_number_and_the_bytes_are_known_before_a_record_is_read(
    reader: ModuleType, path: Path
) -> None:
    for one in reader.unread(BytesIO(path.read_bytes()), "file"):
        told = one.finish() if isinstance(one, Unread) else one
        assert (one.record, one.original) == (told.record, told.original)


@pytest.mark.parametrize(
    ("reader", "data", "method"),
    [
        (reuters_sgml, SGML % (1, b"It blew."), "_parsed"),
        (csv_table, b"title,text\nGale,It blew.\n", "_parsed"),
        (ninjs, b'{"uri": "a", "headline": "Gale", "body_text": "It blew."}', "parsed"),
    ],
)
def test_nothing_is_read_until_it_is_asked_for(
    reader: ModuleType, data: bytes, method: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*args: object) -> None:
        raise AssertionError("it was read")

    monkeypatch.setattr(reader, method, never)
    [one] = reader.unread(BytesIO(data), "file")
    assert isinstance(one, Unread)
    with pytest.raises(AssertionError, match="it was read"):
        one.finish()


def test_a_bad_record_is_refused_when_it_is_read() -> None:
    bad = {
        reuters_sgml: b'<REUTERS NEWID="1"></REUTERS>',
        csv_table: b"title,text\nGale,It blew.,more\n",
        ninjs: b'{"uri": NaN}\n',
    }
    for reader, data in bad.items():
        [one] = reader.unread(BytesIO(data), "file")
        assert isinstance(one, Unread)
        assert isinstance(one.finish(), Refused)


def test_the_operators_columns_hold_for_rows_that_are_read_later() -> None:
    data = b"alpha,omega\nGale,It blew.\n"
    columns = {"headline": "alpha", "text": "omega"}
    [one] = csv_table.unread(BytesIO(data), "file", columns)
    [now] = csv_table.read(BytesIO(data), "file", columns)
    assert isinstance(one, Unread)
    assert one.finish() == now
    assert (now.headline, now.original) == ("Gale", b"Gale,It blew.\n")


def test_a_page_of_items_is_cut_into_its_items() -> None:
    item = {"uri": "a", "headline": "Gale", "body_text": "It blew.", "pubstatus": "usable"}
    data = json.dumps({"total": 2, "offset": 0, "item": [item, item | {"uri": "b"}]}).encode()
    found = list(ninjs.unread(BytesIO(data), "file"))
    assert [(one.record, json.loads(one.original)["uri"]) for one in found] == [
        ("1.1", "a"),
        ("1.2", "b"),
    ]
    assert all(isinstance(one, Unread) for one in found)


def test_a_text_that_only_speaks_of_a_page_is_one_item() -> None:
    words = '"total", "offset" and "item"'
    data = json.dumps({"uri": "a", "headline": "Gale", "body_text": f"It blew. {words}"}).encode()
    [one] = finished(ninjs, data)
    assert isinstance(one, ParsedArticle)
    inner = b'{"uri": "a", "body_text": "It blew.", "headline": "G", "x": {"total": 1, "offset": 1, "item": []}}'
    [one] = finished(ninjs, inner)
    assert isinstance(one, ParsedArticle)


PARTS = st.lists(
    st.sampled_from(
        ['"', ",", "\n", "a", "{", "}", "[", "]", ":", '"uri"', "<REUTERS", "</REUTERS>"]
    )
    | st.text(max_size=5),
    max_size=20,
)


@given(PARTS)
def test_any_bytes_are_the_same_later_as_at_once(parts: list[str]) -> None:
    rest = "".join(parts).encode("utf-8", "replace")
    starts = {reuters_sgml: b"<REUTERS NEWID=1", csv_table: b"title,text\n", ninjs: b"["}
    for reader, start in starts.items():
        data = start + rest
        try:
            at_once = list(reader.read(BytesIO(data), "file"))
        except ReadError:
            with pytest.raises(ReadError):
                finished(reader, data)
            continue
        assert finished(reader, data) == at_once
