import pytest

from articles.text.numbers import MAX_DIGITS, parse_number


@pytest.mark.parametrize(
    ("text", "number"), [("0", 0), ("7", 7), ("007", 7), ("9" * MAX_DIGITS, 10**MAX_DIGITS - 1)]
)
def test_a_number_is_read(text, number):
    assert parse_number(text, -1) == number


@pytest.mark.parametrize(
    "text", ["", " 7", "-1", "+1", "1.0", "1e3", "٣", "²", "0x1", "9" * 18, "9" * 99_999, None, 7]
)
def test_anything_else_is_the_default(text):
    assert parse_number(text, -1) == -1
    assert parse_number(text) == 0
