"""Years, months and days, and in which of them a story stands."""

from datetime import date

import pytest

from articles.text.periods import Period, periods_of


@pytest.mark.parametrize(
    ("numbers", "words", "precision", "end"),
    [
        ((2026,), "2026", "year", date(2027, 1, 1)),
        ((2026, 11), "2026-11", "month", date(2026, 12, 1)),
        ((2026, 12), "2026-12", "month", date(2027, 1, 1)),
        ((2024, 2, 29), "2024-02-29", "day", date(2024, 3, 1)),
        ((2026, 12, 31), "2026-12-31", "day", date(2027, 1, 1)),
    ],
)
def test_a_period_knows_its_words_and_its_end(numbers, words, precision, end):
    period = Period(*numbers)
    assert (str(period), period.precision, period.end) == (words, precision, end)
    assert Period.starting(period.first_day, precision) == period


@pytest.mark.parametrize(
    "numbers",
    [(999,), (3000,), (2026, 0), (2026, 13), (2026, 2, 29), (2026, 1, 0), (2026, None, 1)],
)
def test_what_no_calendar_has_is_refused(numbers):
    with pytest.raises(ValueError, match=r"."):
        Period(*numbers)


def test_a_day_stands_in_its_month_and_that_in_its_year():
    assert Period(2026, 11, 29).parent == Period(2026, 11)
    assert Period(2026, 11).parent == Period(2026)
    assert Period(2026).parent is None


@pytest.mark.parametrize(
    ("precision", "expected"),
    [
        ("minute", ["day", "month", "year"]),
        ("day", ["day", "month", "year"]),
        ("month", ["month", "year"]),
        ("year", ["year"]),
    ],
)
def test_a_story_stands_in_the_periods_that_are_known(precision, expected):
    periods = periods_of(date(2012, 3, 5), precision)
    assert [name for name, _ in periods] == expected
    assert periods[-1] == ("year", date(2012, 1, 1))
