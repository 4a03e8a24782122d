"""articles/importing/formats/common/markup.py: what is not the story is taken off, and told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.importing.formats.common.markup import (
    extract_story_markup,
    strip_headline,
    take_dateline,
)
from articles.text.html.plain import plain_text
from articles.text.html.sanitize import sanitise
from tests.growth import assert_linear


@pytest.mark.parametrize(
    ("markup", "story", "removed"),
    [
        ("<p>a</p>", "<p>a</p>", []),
        ("a<figure><img><figcaption>b</figcaption></figure>c", "ac", ["b"]),
        ("a<FIGURE>b<figure>c</figure>d</FIGURE>e", "ae", ["b c d"]),
        ("a<figure>b", "a<figure>b", []),
        ("a<figure/>b", "a<figure/>b", []),
        ("<html><head><meta>x</head><body>a</body></html>", "<html><body>a</body></html>", ["x"]),
        ("<hl2>a</hl2>b", "<h2>a</h2>b", []),
        ("<media><hl2>a</hl2></media>b", "b", ["a"]),
        ("a <!-- <figure> --> b</figure>", "a <!-- <figure> --> b</figure>", []),
        ("", "", []),
    ],
)
def test_heads_and_figures_go(markup: str, story: str, removed: list[str]) -> None:
    assert extract_story_markup(markup) == (story, removed)


@given(st.lists(st.sampled_from("<figure> </figure> <p> </p> <head> </head> a <hl2> <b".split())))
def test_no_word_is_lost(fragments: list[str]) -> None:
    story, removed = extract_story_markup("".join(fragments))
    words = plain_text(sanitise(story)) + "".join(removed)
    assert words.count("a") == plain_text(sanitise("".join(fragments))).count("a")


@pytest.mark.parametrize(
    "part", ["<figure>", "<hl2", "<figure></p>", "<media/>", "<head", "</figure>"]
)
def test_hostile_markup_takes_linear_time(part: str) -> None:
    assert_linear(lambda count: extract_story_markup(part * count), 100_000)


def test_only_a_heading_that_repeats_the_headline_goes() -> None:
    body = "<h2>A  &amp; b</h2>\n<p>c</p>"
    assert strip_headline(body, "A & b") == "<p>c</p>"
    assert strip_headline(body, "A") == body
    assert strip_headline("<p>A</p>\n<p>c</p>", "A") == "<p>A</p>\n<p>c</p>"


@pytest.mark.parametrize(
    ("body", "rest", "place", "signed"),
    [
        ("<p>OSLO (NTB) – It <em>snowed</em>.</p>", "<p>It <em>snowed</em>.</p>", "Oslo", "NTB"),
        ("<p>OSLO – Fish &amp; chips.</p>", "<p>Fish &amp; chips.</p>", "Oslo", ""),
        ("<p>It snowed.</p>", "<p>It snowed.</p>", "", ""),
        ("<h2>OSLO – It snowed.</h2>", "<h2>OSLO – It snowed.</h2>", "", ""),
        ("", "", "", ""),
    ],
)
def test_a_dateline_is_taken_off_the_first_paragraph(
    body: str, rest: str, place: str, signed: str
) -> None:
    assert take_dateline(body) == (rest, place, signed)
