"""articles/importing/markup.py: what is not the story is taken off, and told."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.importing.markup import story_part, take_dateline, without_headline
from articles.text.html import plain_text, sanitise


@pytest.mark.parametrize(
    ("markup", "kept", "removed"),
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
def test_heads_and_figures_go(markup: str, kept: str, removed: list[str]) -> None:
    assert story_part(markup) == (kept, removed)


@given(st.lists(st.sampled_from("<figure> </figure> <p> </p> <head> </head> a <hl2> <b".split())))
def test_no_word_is_lost(parts: list[str]) -> None:
    kept, removed = story_part("".join(parts))
    words = plain_text(sanitise(kept)) + "".join(removed)
    assert words.count("a") == plain_text(sanitise("".join(parts))).count("a")


@pytest.mark.parametrize(
    "part", ["<figure>", "<hl2", "<figure></p>", "<media/>", "<head", "</figure>"]
)
def test_hostile_markup_takes_no_time(part: str) -> None:
    began = time.perf_counter()
    story_part(part * 100_000)
    assert time.perf_counter() - began < 5  # below 1 s alone on a machine


def test_only_a_heading_that_repeats_the_headline_goes() -> None:
    body = "<h2>A  &amp; b</h2>\n<p>c</p>"
    assert without_headline(body, "A & b") == "<p>c</p>"
    assert without_headline(body, "A") == body
    assert without_headline("<p>A</p>\n<p>c</p>", "A") == "<p>A</p>\n<p>c</p>"


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
