"""An extract shows the words where they stand, marked, and says where it is cut."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text.search import parse_query
from articles.text.search.context import WORDS_SHOWN, extract

LONG = " ".join(f"word{number}" for number in range(100))


def marked(text: str, query: str) -> str:
    found = extract(parse_query(query, "en"), text, "en")
    return "".join(f"[{words}]" if is_match else words for words, is_match in found.pieces)


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("dredgers ", "The [dredger] digs.\n\nThe harbour’s bed is mud."),
        ("harbour", "The dredger digs. The [harbour]’s bed is mud."),
        ('"harbour bed"', "The dredger digs. The [harbour]’s [bed] is mud."),
        ("har", "The dredger digs. The [harbour]’s bed is mud."),
        ("nowhere", "The dredger digs. The harbour’s bed is mud."),
    ],
)
def test_the_words_are_marked_as_they_stand(query, shown):
    text = "The dredger digs.\n\nThe harbour’s bed is mud."
    assert marked(text, query).split() == shown.split()


def test_a_long_text_is_cut_around_the_first_match():
    found = extract(parse_query("word50 ", "en"), LONG, "en")
    shown = "".join(words for words, _ in found.pieces).split()
    assert "word50" in shown
    assert len(shown) == WORDS_SHOWN
    assert found.is_begun
    assert found.goes_on
    assert found.has_match


def test_without_a_match_the_beginning_is_shown():
    found = extract(parse_query("nowhere", "en"), LONG, "en")
    assert found.pieces[0][0].startswith("word0 word1")
    assert not found.is_begun
    assert not found.has_match


@given(st.text(max_size=300), st.text(max_size=20))
def test_no_text_makes_it_fail_and_it_shows_only_what_is_there(text, query):
    found = extract(parse_query(query, "en"), text, "en")
    shown = "".join(words for words, _ in found.pieces)
    assert "".join(shown.split()) in "".join(text.split())
