"""An extract shows the words where they stand, marked, and says where it is cut."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text.search import parse_query
from articles.text.search.context import WORDS_SHOWN, extract_context

LONG = " ".join(f"word{number}" for number in range(100))


def marked(text: str, query: str) -> str:
    context = extract_context(parse_query(query, "en"), text, "en")
    return "".join(f"[{words}]" if is_match else words for words, is_match in context.pieces)


@pytest.mark.parametrize(
    ("query", "text_shown"),
    [
        ("dredgers ", "The [dredger] digs.\n\nThe harbour’s bed is mud."),
        ("harbour", "The dredger digs. The [harbour]’s bed is mud."),
        ('"harbour bed"', "The dredger digs. The [harbour]’s [bed] is mud."),
        ("har", "The dredger digs. The [harbour]’s bed is mud."),
        ("nowhere", "The dredger digs. The harbour’s bed is mud."),
    ],
)
def test_the_words_are_marked_as_they_stand(query, text_shown):
    text = "The dredger digs.\n\nThe harbour’s bed is mud."
    assert marked(text, query).split() == text_shown.split()


def test_a_long_text_is_cut_around_the_first_match():
    context = extract_context(parse_query("word50 ", "en"), LONG, "en")
    text_shown = "".join(words for words, _ in context.pieces).split()
    assert "word50" in text_shown
    assert len(text_shown) == WORDS_SHOWN
    assert context.is_begun
    assert context.goes_on
    assert context.has_match


def test_without_a_match_the_beginning_is_shown():
    context = extract_context(parse_query("nowhere", "en"), LONG, "en")
    assert context.pieces[0][0].startswith("word0 word1")
    assert not context.is_begun
    assert not context.has_match


@given(st.text(max_size=300), st.text(max_size=20))
def test_no_text_makes_it_fail_and_it_shows_only_what_is_there(text, query):
    context = extract_context(parse_query(query, "en"), text, "en")
    text_shown = "".join(words for words, _ in context.pieces)
    assert "".join(text_shown.split()) in "".join(text.split())


def test_a_word_that_only_begins_alike_is_no_match_and_the_beginning_is_shown():
    context = extract_context(parse_query("wordless ", "en"), f"{'First. ' * 40} Wording.", "en")
    assert context.pieces[0][0].startswith("First. First.")
    assert not context.is_begun
    assert not context.has_match
