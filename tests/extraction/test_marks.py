"""Marks without their other half."""

import time

import pytest

from articles.extraction.marks import find_loose_marks
from articles.extraction.segments import find_segments
from tests.pace import pace


def loose(text: str) -> list[tuple[str, bool]]:
    found = find_loose_marks(text, list(find_segments(text)))
    assert all(text[mark.start] in "“”„«»\"'" for mark in found)
    return [(mark.words, mark.opens) for mark in found]


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
    assert loose(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
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
def test_a_mark_without_its_other_half_is_found(text, found):
    assert loose(text) == found


def test_a_long_run_is_shown_in_short():
    ((words, opens),) = loose("“" + "again and " * 40)
    assert opens
    assert words.startswith("again and")
    assert len(words) <= 61


def test_a_megabyte_of_marks_takes_little_time():
    text = "”a“ " * 250_000
    segments = list(find_segments(text))
    began = time.process_time()
    assert find_loose_marks(text, segments)
    assert time.process_time() - began < 3 * pace()
