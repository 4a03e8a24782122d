"""Near, and not equal."""

import time

import pytest

from articles.text.likeness import Words, nearest
from tests.pace import pace

SAID = "We looked at every pile of it and found none that holds"


def near(one: str, *others: str) -> int:
    return nearest(Words.of(one), [Words.of(other) for other in others])


@pytest.mark.parametrize(
    "other",
    [
        "We looked at every pile of it and found one that holds",
        "We looked at every pile and found none that holds",
        "Yes, we looked at every pile of it and found none that holds",
    ],
)
def test_other_words_of_the_same_statement_are_near(other):
    assert near(SAID, "Nothing of the kind was ever said here", other) == 1


@pytest.mark.parametrize(
    "other",
    [
        SAID,
        "“WE LOOKED AT EVERY PILE OF IT, AND FOUND NONE THAT HOLDS.”",
        "We looked at every pile",
        "Nobody has ever looked at the piles of the old quay before us",
        "holds that none found and it of pile every at looked We",
        "",
    ],
)
def test_the_same_words_and_other_statements_are_not(other):
    assert near(SAID, other) == -1


def test_short_answers_are_not_compared():
    assert near("We never said so at", "We never said that at") == -1


def test_the_nearest_of_several_counts_and_of_equals_the_first():
    closer = "We looked at every pile of it and found none which holds"
    other = "We looked at some piles of it and found none which holds"
    assert near(SAID, other, closer, closer) == 1


def test_words_that_occur_twice_count_twice():
    assert near("no no no no no no never", "no yes maybe so then again never") == -1


def test_a_story_of_a_hundred_quotes_is_compared_with_five_hundred_in_little_time():
    others = [
        Words.of(f"{SAID} and the {number} winters that are to come") for number in range(500)
    ]
    ours = [Words.of(f"{SAID} or the {number} summers that are to come") for number in range(100)]
    began = time.process_time()
    assert all(nearest(one, others) >= 0 for one in ours)
    assert time.process_time() - began < 3 * pace()
