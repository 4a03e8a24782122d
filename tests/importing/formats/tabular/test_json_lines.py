"""Flat objects come in as the rows of a table do; other systems' JSON is left to their readers."""

import json
from dataclasses import asdict
from io import BytesIO
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.importing.formats.markdown import reader as markdown
from articles.importing.formats.ninjs import reader as ninjs
from articles.importing.formats.plain_text import reader as plain_text
from articles.importing.formats.tabular import json_lines
from articles.importing.formats.types import ParsedArticle, ReadError, RejectedRecord
from articles.importing.pipeline.reading.normalize import clean
from articles.text.html.sanitize import sanitise
from tests.conftest import ROOT
from tests.importing.formats.ninjs.test_reader import VALUES, outcome_fields
from tests.importing.formats.plain_text.test_reader import CONTROL

OTHERS = (ninjs.READER, markdown.READER, plain_text.READER)
DATA = ROOT / "tests" / "importing" / "data" / "json_lines"
CASES = sorted(path for path in DATA.iterdir() if "expected" not in path.name)


def objects(data: bytes | str) -> list[ParsedArticle | RejectedRecord]:
    """Read and clean the objects of ``data``, for a paper in Paris."""
    data = data if isinstance(data, bytes) else data.encode("utf-8", "surrogatepass")
    return [
        outcome
        if isinstance(outcome, RejectedRecord)
        else clean(outcome, zone=ZoneInfo("Europe/Paris"), language="en")
        for outcome in json_lines.READER.read(BytesIO(data), "file")
    ]


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.name)
def test_each_object_is_what_is_expected_of_it(path: Path) -> None:
    expected = json.loads(path.with_suffix(".expected.json").read_text("utf-8"))
    assert [outcome_fields(outcome) for outcome in objects(path.read_bytes())] == expected


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.name)
def test_a_file_of_flat_objects_is_claimed_by_this_reader_alone(path: Path) -> None:
    head = path.read_bytes()[:8192]
    assert json_lines.READER.identify(head, path.name)
    assert not any(reader.identify(head, path.name) for reader in OTHERS)


def test_the_original_of_an_object_are_its_own_bytes() -> None:
    first, second = b'{"text": "A.", "id": 1}', b'{"text":"B\\u002e" , "id":2}'
    for data in (b"[" + first + b" ,\n" + second + b"]", first + b"\n" + second + b"\n"):
        assert [outcome.original.strip() for outcome in objects(data)] == [first, second]


@pytest.mark.parametrize(
    "value",
    [
        {"version": "https://jsonfeed.org/version/1.1", "title": "A", "items": []},
        {"db": [{"data": {"posts": [{"title": "A", "html": "B"}]}}]},
        {"title": "A", "html": "B", "mobiledoc": "{}"},
        {"id": 1, "title": {"rendered": "A"}, "content": {"rendered": "B"}},
        {"guid": "a", "headline": "A", "body_html": "B", "pubstatus": "usable"},
        {"_id": "a", "headline": "A", "body_html": "B"},
        {"uri": "a", "headline": "A", "body_text": "B"},
        {"$schema": "a", "title": "A", "description": "B", "date": "c"},
        {"@context": "a", "headline": "A", "text": "B"},
        {"kind": "a#post", "title": "A", "content": "B", "author": {"id": 1}},
        {"title": "A", "text": ["B"]},
        {"first": "A", "last": "B"},
    ],
)
@pytest.mark.parametrize("is_array", [False, True])
def test_json_of_another_system_is_not_claimed(value: dict[str, Any], is_array: bool) -> None:
    head = json.dumps([value] if is_array else value).encode()
    assert not json_lines.READER.identify(head, "stories.json")


def test_one_object_over_many_lines_is_read_but_not_claimed() -> None:
    data = json.dumps({"title": "Gale", "text": "It blew."}, indent=2).encode()
    assert not json_lines.READER.identify(data, "gale.json")
    [parsed] = objects(data)
    assert isinstance(parsed, ParsedArticle)


def test_a_first_object_that_is_longer_than_the_head_is_claimed() -> None:
    data = json.dumps({"title": "Gale", "text": "It blew. " * 2000}).encode()
    assert json_lines.READER.identify(data[:8192], "gale.jsonl")
    assert json_lines.READER.identify(b"[" + data[:8191], "gale.json")


@given(
    st.dictionaries(
        st.sampled_from(
            "title text html date author tags id url language updated draft published embargo image".split()
        ),
        VALUES,
    )
)
def test_any_json_comes_in_clean_or_is_refused_with_a_remedy(value: dict[str, Any]) -> None:
    for outcome in objects(json.dumps({"text": "Text."} | value)):
        if isinstance(outcome, RejectedRecord):
            assert outcome.field
            assert outcome.reason
            assert outcome.remedy
            assert not CONTROL.search(f"{outcome.field}{outcome.reason}")
        else:
            assert sanitise(outcome.body_html) == outcome.body_html
            assert not CONTROL.search(f"{outcome.body_html}{outcome.headline}{outcome.tags}")


def test_hostile_json_is_refused_or_comes_in_clean(shared: Path) -> None:
    """Each case as a file, and each that is one line as the title and text of a story."""
    paths = sorted((shared / "formats" / "hostile" / "JSONTestSuite").rglob("*.json"))
    paths += [*(shared / "formats" / "hostile").rglob("bl*.json")]
    came_in = 0
    for path in paths:
        data = path.read_bytes()
        for record in (data, b'{"title": %s, "text": "It blew."}' % data, b'[{"text": %s}]' % data):
            try:
                outcomes = objects(record)
            except ReadError:
                continue
            for parsed in outcomes:
                assert isinstance(parsed, ParsedArticle) or parsed.remedy
                values = (
                    {**asdict(parsed), "original": ""} if isinstance(parsed, ParsedArticle) else {}
                )
                came_in += bool(values)
                assert not any(
                    CONTROL.search(value) for value in values.values() if isinstance(value, str)
                )
    assert len(paths) > 150
    assert came_in > 30


def test_no_file_of_another_format_is_claimed(shared: Path) -> None:
    stories = ROOT / "articles" / "demo" / "stories"
    paths = [*(shared / "formats").rglob("*"), *stories.rglob("*")]
    assert not [
        path
        for path in paths
        if path.is_file() and json_lines.READER.identify(path.read_bytes()[:8192], path.name)
    ]
