"""Medium's export gives the stories that were published; drafts and comments stay out."""

import json
from io import BytesIO
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.importing.formats.types import ParsedArticle, RejectedRecord
from articles.importing.formats.web_page import medium
from articles.importing.formats.web_page import reader as web_page
from articles.importing.pipeline.reading.normalize import clean
from articles.text.html.sanitize import sanitise
from tests.conftest import ROOT
from tests.importing.formats.plain_text.test_reader import filled_fields

DATA = ROOT / "tests" / "importing" / "data" / "medium"
STORY = (DATA / "story.html").read_text("utf-8")


def post(text: str | bytes, name: str = "posts/story") -> ParsedArticle | RejectedRecord:
    """Read and clean one post, for a paper in Paris."""
    data = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
    [outcome] = medium.READER.read(BytesIO(data), name)
    if isinstance(outcome, RejectedRecord):
        return outcome
    return clean(outcome, zone=ZoneInfo("Europe/Paris"), language="en")


@pytest.mark.parametrize("path", sorted(DATA.glob("*.html")), ids=lambda path: path.stem)
def test_post_is_what_is_expected_of_it(path: Path) -> None:
    head = path.read_bytes()[:8192]
    assert medium.READER.identify(head, path.name)
    assert not web_page.READER.identify(head, path.name)
    outcome = post(path.read_bytes(), path.stem)
    names = ("record", "field", "reason", "remedy")
    actual = (
        filled_fields(outcome)
        if isinstance(outcome, ParsedArticle)
        else {n: str(getattr(outcome, n)) for n in names}
    )
    assert actual == json.loads(path.with_suffix(".expected.json").read_text("utf-8"))


def test_a_draft_is_known_by_its_name_too() -> None:
    for name in ("draft_A-pier", "posts/draft_A-pier"):
        outcome = post(STORY, name)
        assert isinstance(outcome, RejectedRecord)
        assert (outcome.field, "draft" in str(outcome.reason)) == ("status", True)


def test_an_answer_is_refused_whatever_its_title() -> None:
    outcome = post(
        STORY.replace('class="h-entry">', 'class="h-entry"><a class="u-in-reply-to" href="x">y</a>')
    )
    assert isinstance(outcome, RejectedRecord)
    assert "response" in str(outcome.reason)


def test_a_story_without_heading_in_its_text_comes_in_with_its_subtitle() -> None:
    parsed = post(STORY.replace(' graf--title"', '"').replace("graf--h3", "graf--p"))
    assert isinstance(parsed, ParsedArticle), parsed
    assert parsed.headline == "A pier of one’s own"


def test_a_date_that_cannot_be_read_is_left_to_the_editors() -> None:
    parsed = post(STORY.replace("2026-02-03T09:10:11.123Z", "in winter"))
    assert isinstance(parsed, ParsedArticle)
    assert parsed.published_at is None
    assert parsed.ed_note == "Date as written: in winter"


def test_nothing_in_a_post_runs() -> None:
    bad = '<p class="graf graf--p" onclick="x()">A <a href="java\tscript:x()">b</a><script>x()</script></p>'
    parsed = post(
        STORY.replace('<h4 name="t3"', f'{bad}<h4 name="t3"').replace(
            "https://cdn.example", "javascript:x"
        )
    )
    assert isinstance(parsed, ParsedArticle)
    assert "script" not in parsed.body_html
    assert "onclick" not in parsed.body_html
    assert parsed.remote_picture is None


@pytest.mark.parametrize(
    "data", [b"", b"\0" * 5000, b"<html>", b"a" * 10_000_001, b"<div>" * 50_000]
)
def test_what_is_no_post_is_refused(data: bytes) -> None:
    outcome = post(data)
    assert isinstance(outcome, RejectedRecord)
    assert outcome.remedy


@settings(max_examples=50, deadline=None)
@given(st.integers(0, len(STORY)), st.text("<>/\"' classgrafp-nameh\0\ud800", max_size=40))
def test_a_mangled_post_comes_in_clean_or_is_refused(at: int, junk: str) -> None:
    outcome = post(STORY[:at] + junk + STORY[at + len(junk) :])
    assert (
        outcome.field
        if isinstance(outcome, RejectedRecord)
        else sanitise(outcome.body_html) == outcome.body_html
    )


def test_real_posts_are_told_from_drafts_and_comments(shared: Path) -> None:
    folder = shared / "formats" / "cms-exports" / "mg-medium-export"
    outcomes = {path.stem: post(path.read_bytes(), path.stem) for path in folder.rglob("*.html")}
    refused = {
        name: str(outcome.reason)
        for name, outcome in outcomes.items()
        if isinstance(outcome, RejectedRecord)
    }
    assert refused.keys() == {"comment", "draft-post"}
    assert "response" in refused["comment"]
    for outcome in outcomes.values():
        if isinstance(outcome, ParsedArticle):
            assert outcome.headline
            assert outcome.dek
            assert outcome.published_at
            assert outcome.former_addresses[0].startswith("/@")
            assert outcome.headline not in outcome.body_html


def test_only_mediums_posts_are_claimed(shared: Path) -> None:
    formats = shared / "formats"
    claimed = {
        path
        for path in formats.rglob("*.htm*")
        if path.is_file() and medium.READER.identify(path.read_bytes()[:8192], path.name)
    }
    assert claimed == set((formats / "cms-exports" / "mg-medium-export").rglob("*.html"))
