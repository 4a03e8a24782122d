"""Words at a place: with their marks, with what stood around them, or not."""

import pytest

from articles.record.quotes.text_quote import Anchor, anchor, clash, find_all

TEXT = "He said: “It holds.” Then he left."


def at(words: str, text: str = TEXT) -> Anchor:
    start = text.index(words)
    return anchor(text, start, start + len(words))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (TEXT, True),
        (TEXT.replace("“", ""), False),
        (TEXT.replace("”", ""), False),
        (TEXT.replace("“", "").replace("”", ""), False),
        ("“It holds.”", True),
        ("It holds.", False),
    ],
)
def test_words_that_stood_in_marks_need_both(text, expected):
    assert at("It holds.").keeps_marks(text, text.index("It holds.")) is expected


def test_words_that_stood_in_no_marks_need_none():
    for text in (TEXT, "Then he left.", "“Then he left.”"):
        assert at("Then he left.").keeps_marks(text, text.index("Then")) is True


def test_of_words_that_began_or_ended_a_text_only_the_other_mark_is_asked_for():
    begins, ends = at("It holds.", "It holds.” he said."), at("It holds.", "He: “It holds.")
    assert begins.keeps_marks("It holds.” she said.", 0)
    assert not begins.keeps_marks("It holds. she said.", 0)
    assert ends.keeps_marks("She: “It holds.", 6)
    assert not ends.keeps_marks("She: It holds.", 5)


def test_an_anchor_needs_words():
    assert (anchor(TEXT, 0, len(TEXT)).text, anchor(TEXT, 0, 1).text) == (TEXT, "H")
    for start, end in ((-1, 3), (3, 3), (4, 3), (0, len(TEXT) + 1)):
        with pytest.raises(ValueError, match="is no range of a text"):
            anchor(TEXT, start, end)


def test_every_place_of_words_is_found_overlapping_ones_too():
    assert find_all("aa", "aaa aa") == [0, 1, 4]
    assert find_all("", "aaa") == []
    assert find_all("b", "aaa") == []


NESTED = "“He told me: ‘It holds.’ I laughed.”"


@pytest.mark.parametrize(
    ("first", "second", "text", "expected"),
    [
        ((0, 3), (3, 5), NESTED, False),
        ((3, 5), (0, 3), NESTED, False),
        ((0, 4), (3, 5), NESTED, True),
        ((2, 5), (2, 5), NESTED, True),
        ((1, 35), (14, 23), NESTED, False),
        ((14, 23), (1, 35), NESTED, False),
        ((1, 35), (14, 22), NESTED, True),
        ((1, 35), (15, 23), NESTED, True),
        ((14, 35), (14, 23), NESTED, True),
        ((1, 23), (14, 23), NESTED, True),
    ],
)
def test_two_quotes_clash_unless_apart_or_one_is_in_marks_within_the_other(
    first, second, text, expected
):
    assert NESTED[14:23] == "It holds."
    assert clash(first, second, text) is expected


def test_an_anchor_keeps_what_stands_around_as_far_as_it_goes():
    short = anchor("ab cd ef", 3, 5)
    assert (short.prefix, short.text, short.suffix) == ("ab ", "cd", " ef")
    long = anchor("x" * 80 + "cd" + "y" * 80, 80, 82)
    assert (long.prefix, long.suffix) == ("x" * 64, "y" * 64)


def test_letters_are_alike_from_the_words_on_and_on_both_sides():
    old = anchor("abcd WORDS efgh", 5, 10)
    for text, count in (
        ("abcd WORDS efgh", 10),
        ("xbcd WORDS efgh", 9),
        ("abxd WORDS efgh", 7),
        ("abcd WORDS exgh", 7),
        ("WORDS", 0),
    ):
        assert old.letters_alike(text, text.index("WORDS")) == count, text
    assert old.is_surrounded_as("abcd WORDS efgh and more", 5)
    assert not old.is_surrounded_as("xbcd WORDS efgh", 5)
