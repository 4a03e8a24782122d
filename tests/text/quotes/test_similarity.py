"""Near, and not equal."""

import time

import pytest

from articles.text.quotes.similarity import StatementWords, find_nearest
from tests.pace import pace

STATEMENT = "We looked at every pile of it and found none that holds"


def nearest_index(statement: str, *others: str) -> int:
    return find_nearest(
        StatementWords.of(statement), [StatementWords.of(other) for other in others]
    )


@pytest.mark.parametrize(
    "other",
    [
        "We looked at every pile of it and found one that holds",
        "We looked at every pile and found none that holds",
        "Yes, we looked at every pile of it and found none that holds",
    ],
)
def test_other_words_of_the_same_statement_are_near(other):
    assert nearest_index(STATEMENT, "Nothing of the kind was ever said here", other) == 1


@pytest.mark.parametrize(
    "other",
    [
        STATEMENT,
        "“WE LOOKED AT EVERY PILE OF IT, AND FOUND NONE THAT HOLDS.”",
        "We looked at every pile",
        "Nobody has ever looked at the piles of the old quay before us",
        "holds that none found and it of pile every at looked We",
        "",
    ],
)
def test_the_same_words_and_other_statements_are_not(other):
    assert nearest_index(STATEMENT, other) == -1


def test_short_answers_are_not_compared():
    assert nearest_index("We never said so at", "We never said that at") == -1


def test_the_nearest_of_several_counts_and_of_equals_the_first():
    closer = "We looked at every pile of it and found none which holds"
    other = "We looked at some piles of it and found none which holds"
    assert nearest_index(STATEMENT, other, closer, closer) == 1


def test_words_that_occur_twice_count_twice():
    assert nearest_index("no no no no no no never", "no yes maybe so then again never") == -1


def test_a_story_of_a_hundred_quotes_is_compared_with_five_hundred_in_little_time():
    others = [
        StatementWords.of(f"{STATEMENT} and the {number} winters that are to come")
        for number in range(500)
    ]
    ours = [
        StatementWords.of(f"{STATEMENT} or the {number} summers that are to come")
        for number in range(100)
    ]
    started = time.process_time()
    assert all(find_nearest(statement, others) >= 0 for statement in ours)
    assert time.process_time() - started < 3 * pace()
