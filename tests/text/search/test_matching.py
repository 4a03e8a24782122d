"""A text fits a query if it has all of its words, whatever their form, and none that it excludes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text.search import index_words, parse_query
from articles.text.search.locate import can_hold, find_candidate
from articles.text.search.matching import find_matches, fits

LETTERS = st.text("abe éÉèøØæßﬁĳ\u0301 '’-.\nйиЙ東京", max_size=40)


@pytest.mark.parametrize(
    ("query", "is_fitting"),
    [
        ("dredge harbour", True),
        ("dredge wall", False),
        ('"harbour bed"', True),
        ('"bed harbour"', False),
        ("harbour -mud", False),
        ("harbour -wall", True),
        ("cafe", True),
        ("harb", True),
        ("arbour", False),
    ],
)
def test_all_words_are_wanted(query, is_fitting):
    text = "Dredging takes mud out of the Harbour bed beside the Café."
    assert fits(parse_query(query, "en"), text, "en") is is_fitting


@given(LETTERS, LETTERS)
def test_the_quick_look_misses_no_word_that_is_there(query, text):
    parsed = parse_query(query, "xx")  # no stems: a quick look may miss odd forms of a word
    words = list(index_words(text, "xx"))
    places = find_matches(parsed, words)
    candidate = find_candidate(parsed, text) if parsed else None
    if places:
        assert candidate is not None
        assert candidate <= words[min(places)].start
    if parsed and fits(parsed, text, "xx"):
        assert can_hold(parsed, text)
