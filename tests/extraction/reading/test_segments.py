"""Quotation marks are expected in every style of print, and what is expected is cut from the text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.extraction.reading.segments import find_segments
from tests.growth import assert_linear

MARKS = "“”\"'‘’„«»`"


def _segments(text: str) -> list[str]:
    return [segment.text for segment in find_segments(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“The ferry sails,” she said.", ["The ferry sails,"]),
        ('He called it "a long day" at sea.', ["a long day"]),
        ("«Le pont tient», dit-elle.", ["Le pont tient"]),
        ("„Die Brücke hält“, sagte sie.", ["Die Brücke hält"]),
        ("''We dredge at dawn,'' he said.", ["We dredge at dawn,"]),
        ("``We dredge at dawn,'' he said.", ["We dredge at dawn,"]),
        ("“ We dredge at dawn ,” he said.", ["We dredge at dawn ,"]),
    ],
    ids=["curly", "straight", "guillemets", "low", "two singles", "backticks", "spaces inside"],
)
def test_a_quote_is_found_without_its_marks(text, expected):
    assert _segments(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "„Er rief ‚Mann über Bord‘ und sprang“, sagte sie.",
            "Er rief ‚Mann über Bord‘ und sprang",
        ),
        ("«Il a crié “un homme à la mer”», dit-elle.", "Il a crié “un homme à la mer”"),
        ("“She wrote ‘no key, no lock’ on it,” he said.", "She wrote ‘no key, no lock’ on it,"),
        ("\"She wrote 'no key' on it,\" he said.", "She wrote 'no key' on it,"),
        ("‘She wrote “no key” on it,’ he said.", "She wrote “no key” on it,"),
        ("HARBOUR ‘SHUT FOR GOOD’, SAYS TOWN", "SHUT FOR GOOD"),
        ("TOWN: “NO MONEY FOR LOCK”", "NO MONEY FOR LOCK"),
    ],
    ids=["low", "guillemets", "singles", "straight", "British", "capitals British", "capitals"],
)
def test_nested_marks_and_headlines_in_every_style(text, expected):
    assert _segments(text) == [expected]


def test_an_opening_mark_is_one_though_the_space_before_it_was_lost():
    text = 'The clerk:"Who has the key?"\n\nNobody knew."We never asked," Mr Lind said.'
    assert _segments(text) == ["Who has the key?", "We never asked,"]


def test_a_quote_inside_a_quote_is_part_of_the_outer_one():
    text = "“He shouted “man overboard” and jumped,” she said. “Then it was quiet.”"
    assert _segments(text) == ["He shouted “man overboard” and jumped,", "Then it was quiet."]


def test_single_marks_count_where_no_double_mark_is_outside_them():
    text = "‘The crews’ pay is late,’ said Mr Lind. ‘They’re asking for “a date”, no more.’"
    assert _segments(text) == ["The crews’ pay is late,", "They’re asking for “a date”, no more."]


def test_straight_single_marks_are_no_apostrophes():
    text = "'It's the '90s again,' she said. The boats' owners don't agree."
    assert _segments(text) == ["It's the '90s again,"]


def test_single_marks_are_left_alone_where_double_marks_quote():
    text = "‘Strong’ tide expected\n\n“Stay ashore,” the pilots’ union said."
    assert _segments(text) == ["Stay ashore,"]


def test_an_unclosed_mark_ends_with_its_paragraph():
    text = "“The lock is shut, he said.\n\n“It opens on Monday,” she said."
    first, second = find_segments(text)
    assert (first.text, first.is_closed) == ("The lock is shut, he said.", False)
    assert (second.text, second.is_closed) == ("It opens on Monday,", True)


def test_a_quote_that_is_reopened_in_each_paragraph_is_one_segment_a_paragraph():
    text = "“The dyke was old.\n\n“It had been patched twice.\n\n“It broke,” Ms Tamm said."
    assert _segments(text) == ["The dyke was old.", "It had been patched twice.", "It broke,"]


def test_one_stray_mark_does_not_spoil_the_next_paragraph():
    text = 'The plank was 11" wide and 9\' long.\n\n"It floats," he said.'
    assert _segments(text) == ["It floats,"]


def test_a_mark_that_opens_twice_leaves_the_first_quote_unclosed():
    text = "“The harbour is closed. “The airport is not,” she said."
    assert _segments(text) == ["The harbour is closed.", "The airport is not,"]


@given(st.text(alphabet=st.one_of(st.sampled_from(MARKS + " .,\nas"), st.characters())))
def test_a_segment_is_cut_from_the_text_whatever_the_text(text):
    last = 0
    for segment in find_segments(text):
        assert text[segment.start : segment.end] == segment.text
        assert last <= segment.first <= segment.start < segment.end <= segment.last <= len(text)
        last = segment.last


@pytest.mark.parametrize("unit", ["“", "”", '"', "'", "“a ", "‘a ", '"\n', "“a” "])
def test_a_million_marks_take_linear_time(unit):
    text = (unit * 1_000_000)[:1_000_000]
    assert_linear(lambda size: list(find_segments(text[:size])), 1_000_000)
