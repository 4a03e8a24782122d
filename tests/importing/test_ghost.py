"""Ghost's export gives the posts that everybody could read, and nothing of its accounts."""

import json
from io import BytesIO
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.importing.clean import clean
from articles.importing.ghost_tables import rows
from articles.importing.parsed import ParsedArticle, ReadError, Refused
from articles.importing.readers import ghost
from articles.text.html import sanitise
from tests.importing.test_ninjs import VALUES, said

DATA = Path(__file__).parent / "data" / "ghost"
CASES = sorted(path for path in DATA.iterdir() if "expected" not in path.name)
POST: dict[str, Any] = {"id": "a", "title": "H", "html": "<p>Text.</p>", "status": "published"}


def posts(data: bytes) -> list[ParsedArticle | Refused]:
    """Read and clean the posts of ``data``, for a paper in Paris."""
    return [
        one
        if isinstance(one, Refused)
        else clean(one, zone=ZoneInfo("Europe/Paris"), language="en")
        for one in ghost.read(BytesIO(data), "file")
    ]


def export(*rows: Any, **tables: Any) -> bytes:
    """Return an export with these posts."""
    return json.dumps({"db": [{"meta": {}, "data": {"posts": list(rows)} | tables}]}).encode()


def post(**fields: Any) -> ParsedArticle | Refused:
    [one] = posts(export(POST | fields))
    return one


def accepted(**fields: Any) -> ParsedArticle:
    one = post(**fields)
    assert isinstance(one, ParsedArticle), one
    return one


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.name)
def test_posts_are_what_is_expected_of_them(path: Path) -> None:
    data = path.read_bytes()
    assert ghost.identify(data[:8192], path.name)
    found = [said(one) for one in posts(data)]
    assert found == json.loads(path.with_suffix(".expected.json").read_text("utf-8"))


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.name)
def test_no_account_comes_in_with_a_post(path: Path) -> None:
    for one in ghost.read(path.open("rb"), ""):
        assert b"@example" not in one.original
        assert not any(secret in repr(one) for secret in ("$2a$", "never-read", "@example.com"))


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
    assert isinstance(refused, Refused)
    assert refused.field == field
    assert reason in refused.reason
    assert refused.remedy
    assert refused.original


def test_a_bad_row_costs_only_itself() -> None:
    data = export("x", POST).replace(
        b'"x"', b'{"id": nonsense}, [], ' + b'"' + b"a" * 10_000_001 + b'"'
    )
    found = posts(data)
    assert [one.field for one in found if isinstance(one, Refused)] == ["file"] * 3
    assert isinstance(found[-1], ParsedArticle)
    assert found[-1].record == "4"


@pytest.mark.parametrize("cut", [1, 3, 20, 60])
def test_a_file_that_is_cut_off_gives_nothing(cut: int) -> None:
    reading = ghost.read(BytesIO(export(POST, POST)[:-cut]), "")
    with pytest.raises(ReadError, match="middle"):
        next(reading)


def test_rows_are_found_wherever_the_file_is_read_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    row = {"a": 'b\\"[{,:', "posts": [1, {"posts": []}], "é": "\\\\"}
    other = {"settings": [{"posts": [1]}], "posts": [row, 7, "x"], "tags": [], "x": {"tags": [1]}}
    data = json.dumps({"db": [{"data": other}]}, ensure_ascii=False).encode()
    for size in (1, 2, 3, 7, 65_536):
        monkeypatch.setattr("articles.importing.ghost_tables._CHUNK", size)
        found = [
            (table, json.loads(one or b"")) for table, one in rows(BytesIO(data), {"posts", "tags"})
        ]
        assert found == [("posts", row), ("posts", 7), ("posts", "x")]


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
    assert isinstance(refused, Refused)


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
    found = posts(export(row, {**row, "html": None}, tags=[table], posts_tags=[table], users=table))
    assert len(found) == 2
    for one in found:
        if isinstance(one, Refused):
            assert one.field
            assert one.remedy
        else:
            assert sanitise(one.body_html) == one.body_html


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
    assert ghost.identify(head, "a.json") is is_ghost


def test_real_posts_come_in_and_no_other_file_is_claimed(shared: Path) -> None:
    formats = shared / "formats"
    claimed = {
        p
        for p in formats.rglob("*")
        if p.is_file() and ghost.identify(p.read_bytes()[:8192], p.name)
    }
    assert claimed == set((formats / "cms-exports" / "mg-json").glob("*.json"))
    counts = {path.name: len(posts(path.read_bytes())) for path in claimed}
    assert counts.pop("multi-post-only.json") == 3
    assert list(counts.values()) == [1, 1, 1, 1]
    for path in claimed:
        for one in posts(path.read_bytes()):
            assert isinstance(one, ParsedArticle), one
            assert one.published_at
            assert one.bylines
            assert not any("#" in tag for tag in one.tags)


def test_no_story_of_the_demo_is_claimed() -> None:
    stories = Path(ghost.__file__).parents[2] / "demo" / "stories"
    files = [path for path in stories.rglob("*") if path.is_file()]
    assert files
    assert not any(ghost.identify(path.read_bytes()[:8192], path.name) for path in files)
