"""Dates are printed as the active language prints them; in English as this paper does."""

from datetime import UTC, date, datetime

import pytest
from django.utils.translation import override

from articles import dates

AT = datetime(2026, 11, 23, 9, 14, tzinfo=UTC)
DAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("language", "day", "weekday"),
    [
        ("en-gb", "23 November 2026", "Monday 23 November 2026"),
        ("en", "23 November 2026", "Monday 23 November 2026"),
        ("de", "23. November 2026", "Montag 23. November 2026"),
        ("fr", "23 novembre 2026", "lundi 23 novembre 2026"),
    ],
)
def test_day_is_printed_as_the_language_does(language: str, day: str, weekday: str) -> None:
    with override(language):
        assert dates.format_date(DAY) == day
        assert dates.format_weekday(DAY) == weekday


@pytest.mark.parametrize(
    ("precision", "english", "german"),
    [
        ("minute", "23 November 2026, 09:14 UTC", "23. November 2026, 09:14 UTC"),
        ("day", "23 November 2026", "23. November 2026"),
        ("month", "November 2026", "November 2026"),
        ("year", "2026", "2026"),
    ],
)
def test_time_is_printed_as_far_as_it_is_known(precision: str, english: str, german: str) -> None:
    for language, text in (("en-gb", english), ("de", german)):
        with override(language):
            assert dates.format_datetime(AT, precision) == text


@pytest.mark.parametrize(
    ("value", "english", "german"),
    [
        ("2025", "2025", "2025"),
        ("2025-03", "March 2025", "März 2025"),
        ("2025-03-04", "4 March 2025", "4. März 2025"),
    ],
)
def test_partial_date_says_no_more_than_it_knows(value: str, english: str, german: str) -> None:
    for language, text in (("en-gb", english), ("de", german)):
        with override(language):
            assert dates.format_partial(value) == text


@pytest.mark.parametrize(
    ("today", "precision", "english", "german"),
    [
        (DAY, "minute", "09:14", "09:14"),
        (DAY, "day", "23 Nov", "23. November"),
        (date(2026, 12, 1), "minute", "23 Nov", "23. November"),
        (date(2027, 1, 1), "minute", "2026", "2026"),
    ],
)
def test_short_time_depends_on_today(
    today: date, precision: str, english: str, german: str
) -> None:
    for language, text in (("en-gb", english), ("de", german)):
        with override(language):
            assert dates.format_short(AT, today, precision) == text
