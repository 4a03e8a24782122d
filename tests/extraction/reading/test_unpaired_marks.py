"""Marks without their other half."""

import pytest

from articles.extraction.reading.segments import find_segments
from articles.extraction.reading.unpaired_marks import find_unpaired_marks
from tests.growth import assert_linear


def unpaired(text: str) -> list[tuple[str, bool]]:
    marks = find_unpaired_marks(text, list(find_segments(text)))
    assert all(text[mark.start] in "“”„«»\"'" for mark in marks)
    return [(mark.words, mark.opens) for mark in marks]


@pytest.mark.parametrize(
    "text",
    [
        "Nobody spoke.",
        "“It holds,” she said. “It always did.”",
        '"It holds," she said.',
        "‘It holds,’ she said. ‘It “always” did.’",
        "«Den holder», sa hun.",
        "„Er hält“, sagte sie.",
        'The board is 6" wide and 5\'11" long; it’s the ships’ own.',
        "“We looked at it.\n\n“Then we looked again,” she said.",
        "",
    ],
)
def test_marks_in_pairs_are_passed_over(text):
    assert unpaired(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“It holds, she said.", [("It holds, she said.", True)]),
        ("It holds,” she said.", [("It holds,", False)]),
        ('She said: "It holds.', [("It holds.", True)]),
        (
            "“It holds,” she said. It always did.”",
            [("“It holds,” she said. It always did.", False)],
        ),
        ("“We looked.\n\nThen she left.\n\n“It holds.”", [("We looked.", True)]),
    ],
)
def test_a_mark_without_its_other_half_is_found(text, expected):
    assert unpaired(text) == expected


def test_a_long_run_is_shown_in_short():
    ((words, opens),) = unpaired("“" + "again and " * 40)
    assert opens
    assert words.startswith("again and")
    assert len(words) <= 61


def test_a_megabyte_of_marks_takes_linear_time():
    text = "”a“ " * 250_000

    def find(size: int) -> None:
        assert find_unpaired_marks(text[:size], list(find_segments(text[:size])))

    assert_linear(find, len(text))
