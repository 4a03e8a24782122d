"""Where a sentence that nobody changed stands now, in its order or moved."""

import pytest

from articles.record.quotes import alignment
from articles.record.quotes.alignment import Alignment, sentences

FIRST, SECOND, THIRD = "The quay holds.", "Gulls cried.", "It rained."


def text(*words: str) -> str:
    return " ".join(words)


def place(before: str, after: str, words: str, *, has_moved: bool = False) -> int | None:
    start = before.index(words)
    return Alignment(before, after).place(start, start + len(words), has_moved=has_moved)


def test_sentences_are_told_without_the_space_between():
    body = f"{FIRST}  {SECOND}\n{THIRD}"
    assert [body[start:end] for start, end in sentences(body)] == [FIRST, SECOND, THIRD]
    assert sentences("") == []


def test_an_unchanged_sentence_is_found_between_changed_ones():
    before, after = text(FIRST, SECOND, THIRD), text("The quay of Sund holds.", SECOND, "Sun.")
    assert place(before, after, SECOND) == after.index(SECOND)
    assert place(before, after, FIRST) is None
    assert place(before, after, f"{FIRST} {SECOND}") is None


def test_a_moved_sentence_is_found_where_that_is_asked_for():
    before, after = text(FIRST, SECOND, THIRD), text(SECOND, THIRD, FIRST)
    assert place(before, after, FIRST) is None
    assert place(before, after, FIRST, has_moved=True) == after.index(FIRST)
    assert place(before, after, SECOND, has_moved=True) == 0


def test_of_equal_sentences_that_moved_each_has_its_own_place():
    before, after = text(SECOND, SECOND, FIRST, THIRD), text(FIRST, THIRD, SECOND, SECOND)
    alignment = Alignment(before, after)
    starts = [0, len(SECOND) + 1]
    moved = [alignment.place(at, at + len(SECOND), has_moved=True) for at in starts]
    first = after.index(SECOND)
    assert moved == [first, first + len(SECOND) + 1]


def test_about_where_a_changed_sentence_would_stand_follows_the_one_before():
    before, after = text(FIRST, SECOND, THIRD), text("New.", FIRST, "Terns cried.", THIRD)
    assert Alignment(before, after).near(before.index(SECOND)) == before.index(SECOND) + 5
    assert Alignment("Gone.", "New.").near(0) == 0


@pytest.mark.parametrize(("limit", "is_found"), [(4, True), (3, False)])
def test_as_many_pairs_are_compared_as_the_limit_says(monkeypatch, limit, is_found):
    monkeypatch.setattr(alignment, "MAX_PAIRS", limit)
    before, after = text("Old one.", SECOND), text(SECOND, "New two.")
    assert (place(before, after, SECOND) is not None) is is_found
