"""JSON Feed comes in as its paper meant it, and a bad item costs only itself."""

import json
from io import BytesIO
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.importing.formats.feed import json_feed
from articles.importing.formats.types import ParsedArticle, ReadError, RejectedRecord
from articles.importing.pipeline.reading.normalize import clean
from articles.text.html.sanitize import sanitise
from tests.conftest import ROOT
from tests.importing.formats.ninjs.test_reader import VALUES, outcome_fields

DATA = ROOT / "tests" / "importing" / "data" / "json_feed"
CASES = sorted(path for path in DATA.iterdir() if "expected" not in path.name)
VERSION = "https://jsonfeed.org/version/1.1"


def items(data: bytes) -> list[ParsedArticle | RejectedRecord]:
    """Read and clean the items of ``data``, for a paper in Paris."""
    return [
        outcome
        if isinstance(outcome, RejectedRecord)
        else clean(outcome, zone=ZoneInfo("Europe/Paris"), language="en")
        for outcome in json_feed.READER.read(BytesIO(data), "file")
    ]


def feed_of(*feed_items: Any, **fields: Any) -> bytes:
    return json.dumps(
        {"version": VERSION, "title": "P", "items": list(feed_items)} | fields
    ).encode()


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.name)
def test_items_are_what_is_expected_of_them(path: Path) -> None:
    data = path.read_bytes()
    assert json_feed.READER.identify(data[:8192], path.name)
    expected = json.loads(path.with_suffix(".expected.json").read_text("utf-8"))
    assert [outcome_fields(outcome) for outcome in items(data)] == expected


def test_what_is_refused_can_be_read_alone() -> None:
    refused = [
        outcome for outcome in items(CASES[-1].read_bytes()) if isinstance(outcome, RejectedRecord)
    ]
    assert len(refused) == 2
    for outcome in refused:
        [again] = items(outcome.before + outcome.original + outcome.after)
        assert isinstance(again, RejectedRecord)
        assert (again.field, again.original) == (outcome.field, outcome.original)


def test_an_item_gives_the_same_bytes_whatever_stands_beside_it() -> None:
    feed_item, sibling = (
        {"id": 1, "content_text": "A."},
        {"id": 2, "content_text": "B.", "items": [1]},
    )
    alone, among = items(feed_of(feed_item))[0], items(feed_of(sibling, feed_item))[1]
    assert alone.original == among.original


def test_the_feed_is_known_by_its_version() -> None:
    assert json_feed.READER.identify(feed_of(), "")
    assert json_feed.READER.identify(feed_of().replace(b"/", b"\\/"), "")
    assert not json_feed.READER.identify(b'{"version": "1.1", "items": []}', "feed.json")
    assert not json_feed.READER.identify(
        b'{"a": {"version": "https://jsonfeed.org/version/1"}}', ""
    )


@pytest.mark.parametrize(
    "data", [b'{"version": "x", "items": [', b'{"items": []}}', b'{"items": [] x}']
)
def test_a_broken_file_gives_nothing(data: bytes) -> None:
    with pytest.raises(ReadError):
        items(data)


def test_a_bad_item_costs_only_itself() -> None:
    data = feed_of("X", {"id": "2", "content_text": "B."}).replace(b'"X"', b'{"id": nonsense}')
    bad, good = items(data)
    assert isinstance(bad, RejectedRecord)
    assert isinstance(good, ParsedArticle)


@given(
    st.dictionaries(
        st.sampled_from("id title summary content_html authors tags image attachments".split()),
        VALUES,
    ),
    st.dictionaries(st.sampled_from("title language authors home_page_url".split()), VALUES),
)
def test_any_json_comes_in_clean_or_is_refused(
    fields: dict[str, Any], wrapper: dict[str, Any]
) -> None:
    outcomes = items(feed_of({"content_text": "T."} | fields, **wrapper))
    assert len(outcomes) == 1
    for outcome in outcomes:
        assert (
            isinstance(outcome, RejectedRecord) or sanitise(outcome.body_html) == outcome.body_html
        )


def test_the_cases_of_another_reader_are_met(shared: Path) -> None:
    folder = shared / "formats" / "jsonfeed" / "reader-tests-data"
    outcomes = items((folder / "full.json").read_bytes())
    first = outcomes[0]
    assert isinstance(first, ParsedArticle)
    assert (first.ref, first.headline, first.language) == ("2", "Title", "de")
    assert str(first.published_at) == "2020-01-02 21:00:00+00:00"
    assert first.version == "2020-01-04T00:00:00.000+00:00"
    assert 'href="http://example.com/"' in first.body_html
    assert items((folder / "10.json").read_bytes()) == []
    assert items((folder / "unknown.json").read_bytes()) == []
    [plain] = items((folder / "empty.json").read_bytes())
    assert isinstance(plain, ParsedArticle)
    for outcome in items((folder / "invalid.json").read_bytes()):
        assert isinstance(outcome, RejectedRecord)
