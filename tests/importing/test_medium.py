"""Medium's export gives the stories that were published; drafts and comments stay out."""

import json
from dataclasses import asdict
from io import BytesIO
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.importing.clean import clean
from articles.importing.parsed import ParsedArticle, Refused
from articles.importing.readers import medium, web_page
from articles.text.html import sanitise
from tests.importing.test_plain_text import told

DATA = Path(__file__).parent / "data" / "medium"
STORY = (DATA / "story.html").read_text("utf-8")


def post(text: str | bytes, name: str = "posts/story") -> ParsedArticle | Refused:
    """Read and clean one post, for a paper in Paris."""
    data = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
    [one] = medium.read(BytesIO(data), name)
    if isinstance(one, Refused):
        return one
    return clean(one, zone=ZoneInfo("Europe/Paris"), language="en")


@pytest.mark.parametrize("path", sorted(DATA.glob("*.html")), ids=lambda path: path.stem)
def test_post_is_what_is_expected_of_it(path: Path) -> None:
    head = path.read_bytes()[:8192]
    assert medium.identify(head, path.name)
    assert not web_page.identify(head, path.name)
    one = post(path.read_bytes(), path.stem)
    names = ("record", "field", "reason", "remedy")
    found = told(one) if isinstance(one, ParsedArticle) else {n: asdict(one)[n] for n in names}
    assert found == json.loads(path.with_suffix(".expected.json").read_text("utf-8"))


def test_a_draft_is_known_by_its_name_too() -> None:
    for name in ("draft_A-pier", "posts/draft_A-pier"):
        one = post(STORY, name)
        assert isinstance(one, Refused)
        assert (one.field, "draft" in one.reason) == ("status", True)


def test_an_answer_is_refused_whatever_its_title() -> None:
    one = post(
        STORY.replace('class="h-entry">', 'class="h-entry"><a class="u-in-reply-to" href="x">y</a>')
    )
    assert isinstance(one, Refused)
    assert "response" in one.reason


def test_a_story_without_heading_in_its_text_comes_in_with_its_subtitle() -> None:
    one = post(STORY.replace(' graf--title"', '"').replace("graf--h3", "graf--p"))
    assert isinstance(one, ParsedArticle), one
    assert one.headline == "A pier of one’s own"


def test_a_date_that_cannot_be_read_is_left_to_the_editors() -> None:
    one = post(STORY.replace("2026-02-03T09:10:11.123Z", "in winter"))
    assert isinstance(one, ParsedArticle)
    assert one.published_at is None
    assert one.ed_note == "Date as written: in winter"


def test_nothing_in_a_post_runs() -> None:
    bad = '<p class="graf graf--p" onclick="x()">A <a href="java\tscript:x()">b</a><script>x()</script></p>'
    one = post(
        STORY.replace('<h4 name="t3"', f'{bad}<h4 name="t3"').replace(
            "https://cdn.example", "javascript:x"
        )
    )
    assert isinstance(one, ParsedArticle)
    assert "script" not in one.body_html
    assert "onclick" not in one.body_html
    assert one.remote_picture is None


@pytest.mark.parametrize(
    "data", [b"", b"\0" * 5000, b"<html>", b"a" * 10_000_001, b"<div>" * 50_000]
)
def test_what_is_no_post_is_refused(data: bytes) -> None:
    one = post(data)
    assert isinstance(one, Refused)
    assert one.remedy


@settings(max_examples=50, deadline=None)
@given(st.integers(0, len(STORY)), st.text("<>/\"' classgrafp-nameh\0\ud800", max_size=40))
def test_a_mangled_post_comes_in_clean_or_is_refused(at: int, junk: str) -> None:
    one = post(STORY[:at] + junk + STORY[at + len(junk) :])
    assert one.field if isinstance(one, Refused) else sanitise(one.body_html) == one.body_html


def test_real_posts_are_told_from_drafts_and_comments(shared: Path) -> None:
    folder = shared / "formats" / "cms-exports" / "mg-medium-export"
    found = {path.stem: post(path.read_bytes(), path.stem) for path in folder.rglob("*.html")}
    refused = {name: one.reason for name, one in found.items() if isinstance(one, Refused)}
    assert refused.keys() == {"comment", "draft-post"}
    assert "response" in refused["comment"]
    for one in found.values():
        if isinstance(one, ParsedArticle):
            assert one.headline
            assert one.dek
            assert one.published_at
            assert one.former_addresses[0].startswith("/@")
            assert one.headline not in one.body_html


def test_only_mediums_posts_are_claimed(shared: Path) -> None:
    formats = shared / "formats"
    claimed = {
        path
        for path in formats.rglob("*.htm*")
        if path.is_file() and medium.identify(path.read_bytes()[:8192], path.name)
    }
    assert claimed == set((formats / "cms-exports" / "mg-medium-export").rglob("*.html"))
