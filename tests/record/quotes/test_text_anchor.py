"""Words are found again where they stand, letter by letter, or not at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.record.quotes.text_anchor import find_all_anchors, find_anchors
from articles.record.quotes.text_quote import anchor, find_all

OLD = "Before. “Let go of the rope,” said Lund. After. “No,” said Reve."
TEXT = st.text(min_size=1, max_size=60)


def anchors(text: str, *words: str) -> list:
    return [anchor(text, text.index(part), text.index(part) + len(part)) for part in words]


@pytest.mark.parametrize(
    "new",
    [
        OLD,
        f"A new first sentence. {OLD}",
        OLD.replace("Before", "Long before that"),
        OLD.replace("said Lund", "Mr Lund shouted"),
        "“Let go of the rope,”",
    ],
)
def test_words_that_moved_are_found(new):
    moved = find_anchors(anchors(OLD, "Let go of the rope,"), new)
    assert moved is not None
    assert new[moved[0].start : moved[0].end] == moved[0].text == "Let go of the rope,"


@pytest.mark.parametrize(
    "new",
    [
        OLD.replace("rope", "ropes"),
        OLD.replace("Let go", "let go"),
        OLD.replace("“Let go of the rope,”", "Let go of the rope,"),
        "",
    ],
)
def test_words_that_changed_by_a_letter_or_lost_their_marks_are_not(new):
    assert find_anchors(anchors(OLD, "Let go of the rope,"), new) is None


def test_a_short_quote_is_not_found_in_the_reporters_own_words():
    old = "He called it “worse”. It got better."
    assert find_anchors(anchors(old, "worse"), "It got worse. It got better.") is None


def test_what_stands_around_decides_between_two_places():
    old = "“No,” said Lund. Much later: “No,” said Reve."
    second = old.rindex("No,")
    new = "“No,” said Lund. “No,” said Amis. Much later: “No,” said Reve."
    moved = find_anchors([anchor(old, second, second + 3)], new)
    assert moved is not None
    assert moved[0].start == new.rindex("No,")


def test_parts_keep_their_order():
    old = "“One,” he said. “Two.”"
    assert find_anchors(anchors(old, "One,", "Two."), "“Two.” “One,” he said.") is None


def test_one_lost_part_loses_the_quote():
    old = "“One,” he said. “Two.”"
    assert find_anchors(anchors(old, "One,", "Two."), "“One,” he said.") is None


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (3, 3), (5, 2), (0, 999)])
def test_a_range_without_words_is_refused(start, end):
    with pytest.raises(ValueError, match="no range"):
        anchor("a few words", start, end)


@given(
    before=TEXT, words=TEXT, after=TEXT, prefix=st.text(max_size=40), suffix=st.text(max_size=40)
)
def test_whatever_is_found_is_verbatim(before, words, after, prefix, suffix):
    old = before + words + after
    original = anchor(old, len(before), len(before) + len(words))
    assert find_anchors([original], old) == [original]
    for new in (prefix + old + suffix, prefix + words + suffix, prefix + suffix):
        moved = find_anchors([original], new)
        if moved is not None:
            assert new[moved[0].start : moved[0].end] == words
            assert moved == [anchor(new, moved[0].start, moved[0].end)]
        if words not in new:
            assert moved is None


@given(words=st.text(max_size=3), text=st.text(max_size=40))
def test_every_place_is_listed(words, text):
    expected = [at for at in range(len(text)) if words and text[at : at + len(words)] == words]
    assert find_all(words, text) == expected


def test_of_two_places_that_are_as_like_the_nearer_one_is_taken():
    sentence = "He said “No,” and left."
    old = f"Start. {sentence} End."
    place = old.index("No,")
    filler = "Something else happened there on that day. " * 3
    for new, expected in (
        (f"Start. {sentence} {filler}{sentence} End.", 0),
        (f"{filler}Start. {sentence} End. {filler}{sentence}", 0),
    ):
        (anchors_now,) = find_all_anchors([[anchor(old, place, place + 3)]], new, before=old)
        assert anchors_now is not None
        (moved,) = anchors_now
        starts = find_all("No,", new)
        assert moved.start == starts[expected]
