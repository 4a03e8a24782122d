"""Ghost's export gives the posts that everybody could read, and nothing of its accounts."""

import json
from io import BytesIO
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.importing.formats.ghost import reader as ghost
from articles.importing.formats.ghost.tables import table_rows
from articles.importing.formats.types import ParsedArticle, ReadError, RejectedRecord
from articles.importing.pipeline.reading.normalize import clean
from articles.text.html.sanitize import sanitise
from tests.conftest import ROOT
from tests.importing.formats.ninjs.test_reader import VALUES, outcome_fields

DATA = ROOT / "tests" / "importing" / "data" / "ghost"
CASES = sorted(path for path in DATA.iterdir() if "expected" not in path.name)
POST: dict[str, Any] = {"id": "a", "title": "H", "html": "<p>Text.</p>", "status": "published"}


def posts(data: bytes) -> list[ParsedArticle | RejectedRecord]:
    """Read and clean the posts of ``data``, for a paper in Paris."""
    return [
        outcome
        if isinstance(outcome, RejectedRecord)
        else clean(outcome, zone=ZoneInfo("Europe/Paris"), language="en")
        for outcome in ghost.READER.read(BytesIO(data), "file")
    ]


def export(*rows: Any, **tables: Any) -> bytes:
    """Return an export with these posts."""
    return json.dumps({"db": [{"meta": {}, "data": {"posts": list(rows)} | tables}]}).encode()


def post(**fields: Any) -> ParsedArticle | RejectedRecord:
    [outcome] = posts(export(POST | fields))
    return outcome


def accepted(**fields: Any) -> ParsedArticle:
    parsed = post(**fields)
    assert isinstance(parsed, ParsedArticle), parsed
    return parsed


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.name)
def test_posts_are_what_is_expected_of_them(path: Path) -> None:
    data = path.read_bytes()
    assert ghost.READER.identify(data[:8192], path.name)
    actual = [outcome_fields(outcome) for outcome in posts(data)]
    assert actual == json.loads(path.with_suffix(".expected.json").read_text("utf-8"))


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.name)
def test_no_account_comes_in_with_a_post(path: Path) -> None:
    for outcome in ghost.READER.read(path.open("rb"), ""):
        assert b"@example" not in outcome.original
        assert not any(secret in repr(outcome) for secret in ("$2a$", "never-read", "@example.com"))


@pytest.mark.parametrize(
    ("fields", "field", "reason"),
    [
        ({"status": "draft"}, "status", "draft"),
        ({"status": "scheduled"}, "status", "scheduled"),
        ({"status": "sent"}, "status", "newsletter"),
        ({"status": "private"}, "status", "not published"),
        ({"status": None}, "status", "not published"),
        ({"visibility": "members"}, "visibility", "members"),
        ({"visibility": "tiers"}, "visibility", "members"),
        ({"visibility": "filter"}, "visibility", "members"),
        ({"id": None}, "uuid", "none"),
        ({"title": ["H"]}, "title", "not text"),
        ({"html": "", "lexical": "{"}, "lexical", "not stored"),
        ({"html": "", "lexical": '{"root": {"children": [{"type": 7}]}}'}, "lexical", "not stored"),
        ({"html": "", "mobiledoc": '{"sections": [[10, 0]]}'}, "mobiledoc", "not stored"),
        ({"html": "", "markdown": "a" * 300_001}, "markdown", "300,000"),
        ({"html": ""}, "body", "no text"),
    ],
)
def test_what_cannot_come_in_is_refused_by_field(
    fields: dict[str, Any], field: str, reason: str
) -> None:
    refused = post(**fields)
    assert isinstance(refused, RejectedRecord)
    assert refused.field == field
    assert reason in str(refused.reason)
    assert refused.remedy
    assert refused.original


def test_a_bad_row_costs_only_itself() -> None:
    data = export("x", POST).replace(
        b'"x"', b'{"id": nonsense}, [], ' + b'"' + b"a" * 10_000_001 + b'"'
    )
    outcomes = posts(data)
    assert [outcome.field for outcome in outcomes if isinstance(outcome, RejectedRecord)] == [
        "file"
    ] * 3
    assert isinstance(outcomes[-1], ParsedArticle)
    assert outcomes[-1].record == "4"


@pytest.mark.parametrize("cut", [1, 3, 20, 60])
def test_a_file_that_is_cut_off_gives_nothing(cut: int) -> None:
    reading = ghost.READER.read(BytesIO(export(POST, POST)[:-cut]), "")
    with pytest.raises(ReadError, match="middle"):
        next(reading)


def test_rows_are_found_wherever_the_file_is_read_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    row = {"a": 'b\\"[{,:', "posts": [1, {"posts": []}], "é": "\\\\"}
    tables = {"settings": [{"posts": [1]}], "posts": [row, 7, "x"], "tags": [], "x": {"tags": [1]}}
    data = json.dumps({"db": [{"data": tables}]}, ensure_ascii=False).encode()
    for size in (1, 2, 3, 7, 65_536):
        monkeypatch.setattr("articles.importing.formats.ghost.tables._CHUNK", size)
        actual = [
            (table, json.loads(raw or b""))
            for table, raw in table_rows(BytesIO(data), {"posts", "tags"})
        ]
        assert actual == [("posts", row), ("posts", 7), ("posts", "x")]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2026-07-01T10:00:00.000Z", "2026-07-01 10:00:00+00:00"),
        ("2026-07-01 10:00:00", "2026-07-01 10:00:00+00:00"),
        (1457085600000, "2016-03-04 10:00:00+00:00"),
        ("last week", "None"),
        (10**30, "None"),
        (None, "None"),
    ],
)
def test_times_are_utc(written: Any, expected: str) -> None:
    parsed = accepted(published_at=written)
    assert str(parsed.published_at) == expected
    assert ("Date as written" in parsed.ed_note) == (expected == "None" and written is not None)


def test_a_long_excerpt_goes_to_the_editors() -> None:
    assert accepted(custom_excerpt="a" * 501).dek == ""
    assert accepted(custom_excerpt="a" * 501).ed_note.endswith("a" * 501)


def test_a_deeply_nested_text_is_refused() -> None:
    node = '{"type": "list", "tag": "ul", "children": [' * 400 + "]}" * 400
    refused = post(html="", lexical=f'{{"root": {{"children": [{node}]}}}}')
    assert isinstance(refused, RejectedRecord)


@given(
    st.dictionaries(
        st.sampled_from(sorted("html title slug tags authors published_at locale uuid".split())),
        VALUES,
    ),
    VALUES,
    VALUES,
)
def test_any_json_comes_in_clean_or_is_refused(
    fields: dict[str, Any], table: Any, document: Any
) -> None:
    row = POST | {"lexical": json.dumps(document), "mobiledoc": json.dumps(document)} | fields
    outcomes = posts(
        export(row, {**row, "html": None}, tags=[table], posts_tags=[table], users=table)
    )
    assert len(outcomes) == 2
    for outcome in outcomes:
        if isinstance(outcome, RejectedRecord):
            assert outcome.field
            assert outcome.remedy
        else:
            assert sanitise(outcome.body_html) == outcome.body_html


@pytest.mark.parametrize(
    ("head", "is_ghost"),
    [
        (b'{"db":[{"meta":{"exported_on"', True),
        (b'\xef\xbb\xbf{ "db" : [ {"data": {"posts"', True),
        (b'{"meta":{"exported_on":1,"version":"4"},"data":{', True),
        (b'{"data":{"posts":[', True),
        (b'{"posts":[{"url":"a","data":{', True),
        (b'{"posts":[{"id":1}]}', False),
        (b'{"data":{"authors":[', False),
        (b'{"uri":"a"}', False),
        (b"", False),
    ],
)
def test_an_export_is_known_by_its_first_keys(head: bytes, is_ghost: bool) -> None:
    assert ghost.READER.identify(head, "a.json") is is_ghost


def test_real_posts_come_in_and_no_other_file_is_claimed(shared: Path) -> None:
    formats = shared / "formats"
    claimed = {
        p
        for p in formats.rglob("*")
        if p.is_file() and ghost.READER.identify(p.read_bytes()[:8192], p.name)
    }
    assert claimed == set((formats / "cms-exports" / "mg-json").glob("*.json"))
    counts = {path.name: len(posts(path.read_bytes())) for path in claimed}
    assert counts.pop("multi-post-only.json") == 3
    assert list(counts.values()) == [1, 1, 1, 1]
    for path in claimed:
        for parsed in posts(path.read_bytes()):
            assert isinstance(parsed, ParsedArticle), parsed
            assert parsed.published_at
            assert parsed.bylines
            assert not any("#" in tag for tag in parsed.tags)


def test_no_story_of_the_demo_is_claimed() -> None:
    stories = ROOT / "articles" / "demo" / "stories"
    files = [path for path in stories.rglob("*") if path.is_file()]
    assert files
    assert not any(ghost.READER.identify(path.read_bytes()[:8192], path.name) for path in files)
