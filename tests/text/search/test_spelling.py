"""A misspelled word is a letter or two away from the one that was meant."""

import pytest

from articles.text.search.spelling import closest_words, count_edits


@pytest.mark.parametrize(
    ("word", "other", "edits"),
    [
        ("ferry", "ferry", 0),
        ("fery", "ferry", 1),
        ("ferrry", "ferry", 1),
        ("fetry", "ferry", 1),
        ("frery", "ferry", 1),
        ("ferry", "harbour", 3),
        ("", "ab", 2),
        ("ab", "", 2),
        ("ca", "abc", 3),
    ],
)
def test_letters_are_changed_left_out_added_and_changed_round(word, other, edits):
    assert count_edits(word, other, 2) == edits


@pytest.mark.parametrize(
    ("word", "others"),
    [
        ("dregding", ["dredging", "dragging"]),
        ("harbour", []),
        ("pire", ["pier"]),
        ("pie", []),
        ("harbuor", ["harbour"]),
        ("2o25", []),
    ],
)
def test_the_nearest_come_first_and_short_words_have_none(word, others):
    candidates = ["dragging", "dredging", "pier", "harbour", "piper", "2025"]
    assert closest_words(word, candidates) == others


def test_words_of_one_distance_stay_in_their_order():
    assert closest_words("boat", ["goat", "coat", "boats"]) == ["goat", "coat", "boats"]
