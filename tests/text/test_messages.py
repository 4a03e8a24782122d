"""A message of the rooms without Django says itself in English, and is data to whoever translates it."""

import pytest

from articles.text.messages import Message, PluralMessage


def test_message_says_itself_in_english() -> None:
    message = Message("The file %(name)s is empty.", {"name": "a.txt"})
    assert str(message) == "The file a.txt is empty."


def test_per_cent_sign_needs_no_care_where_nothing_is_filled_in() -> None:
    assert str(Message("100 % wool")) == "100 % wool"


def test_message_may_stand_in_another() -> None:
    inner = Message("no date")
    assert str(Message("Refused: %(why)s.", {"why": inner})) == "Refused: no date."


@pytest.mark.parametrize(("count", "text"), [(0, "0 records"), (1, "1 record"), (2, "2 records")])
def test_plural_message_counts(count: int, text: str) -> None:
    assert str(PluralMessage("%(count)s record", "%(count)s records", count)) == text


def test_messages_of_the_same_words_are_equal() -> None:
    assert Message("a", {"b": 1}) == Message("a", {"b": 1}) != Message("a", {"b": 2})
