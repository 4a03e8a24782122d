"""The key of a statement."""

import pytest

from articles.text.quotes.statement_key import statement_key


@pytest.mark.parametrize(
    "other",
    [
        "the harbour stays open, whatever happens",
        "The harbour stays open – whatever happens!",
        "The harbour  stays\nopen … whatever háppens",
    ],
)
def test_the_same_words_set_otherwise_are_one_statement(other):
    assert statement_key("The harbour stays open, whatever happens.") == statement_key(other) != ""


def test_other_words_are_another_statement():
    assert statement_key("The harbour stays open today") != statement_key(
        "The harbour stays shut today"
    )


def test_a_short_answer_is_nobodys_statement():
    assert statement_key("No comment at all"[:10]) == ""
    assert statement_key("") == ""
