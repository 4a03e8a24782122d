"""Dates are read as far as they are printed, and never guessed."""

import re
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text.dates import (
    aware,
    first_day,
    last_day,
    month_number,
    parse_partial,
    parse_printed,
    sort_key,
    year_and_month,
)
from tests.conftest import ROOT


@pytest.mark.parametrize(
    ("value", "parts", "first", "last"),
    [
        ("2025", (2025, None, None), date(2025, 1, 1), date(2025, 12, 31)),
        ("2024-02", (2024, 2, None), date(2024, 2, 1), date(2024, 2, 29)),
        ("2025-12-04", (2025, 12, 4), date(2025, 12, 4), date(2025, 12, 4)),
    ],
)
def test_partial_date_says_no_more_than_it_knows(
    value: str, parts: tuple[int, int | None, int | None], first: date, last: date
) -> None:
    assert parse_partial(value) == parts
    assert (first_day(value), last_day(value)) == (first, last)


@pytest.mark.parametrize(
    "value",
    [
        *(
            "",
            "25",
            "2025-1",
            "2025-13",
            "2025-00",
            "2025-02-30",
            "2025-02-00",
            "0999",
            "3000",
            "2025-01-01T",
        ),
        *("²025", "٢٠٢٥", "2025-", " 2025", "2025\n", "-2025"),
    ],
)
def test_what_is_no_partial_date_is_refused(value: str) -> None:
    with pytest.raises(ValueError, match="."):
        parse_partial(value)


def test_the_unknown_sorts_first_and_a_year_before_its_months() -> None:
    dates = ["2025-02-03", "2025-02", "", "2025", "2024-12-31"]
    assert sorted(dates, key=sort_key) == ["", "2024-12-31", "2025", "2025-02", "2025-02-03"]


BERLIN = timezone(timedelta(hours=1))


@pytest.mark.parametrize(
    ("text", "expected", "precision"),
    [
        ("2026-02-12", datetime(2026, 2, 12), "day"),
        ("1998-01", datetime(1998, 1, 1), "month"),
        ("1998", datetime(1998, 1, 1), "year"),
        ("Feb 12, 2026", datetime(2026, 2, 12), "day"),
        ("feb. 12 2026", datetime(2026, 2, 12), "day"),
        ("12 February 2026", datetime(2026, 2, 12), "day"),
        ("Thursday, 12th Sept. 2026 at 14.30", datetime(2026, 9, 12, 14, 30), "minute"),
        ("June 2026", datetime(2026, 6, 1), "month"),
        ("2026-02-12 13:20", datetime(2026, 2, 12, 13, 20), "minute"),
        ("2026-02-12T13:20:00+01:00", datetime(2026, 2, 12, 13, 20, tzinfo=BERLIN), "minute"),
        ("2026-02-12 13:20 +0100", datetime(2026, 2, 12, 13, 20, tzinfo=BERLIN), "minute"),
        ("20260212T132000Z", datetime(2026, 2, 12, 13, 20, tzinfo=UTC), "minute"),
        ("Thu, 12 Feb 2026 13:20:00 +0100", datetime(2026, 2, 12, 13, 20, tzinfo=BERLIN), "minute"),
        ("12 Feb 2026 13:20:00 GMT", datetime(2026, 2, 12, 13, 20, tzinfo=UTC), "minute"),
    ],
)
def test_printed_dates_are_read_with_their_precision(
    text: str, expected: datetime, precision: str
) -> None:
    assert parse_printed(text) == (expected, precision)


@pytest.mark.parametrize(
    "text",
    ["", "Feb 12", "02/03/2026", "Last Tuesday", "2026-02-30", "Feb 30, 2026", "12:30", "x" * 9999],
)
def test_an_unclear_date_is_not_guessed(text: str) -> None:
    assert parse_printed(text) is None


@given(st.text())
def test_reading_a_date_never_raises(text: str) -> None:
    parse_printed(text)
    parse_printed(f"2026-02-{text}")


def test_a_naive_moment_is_the_clock_of_the_paper() -> None:
    paris = ZoneInfo("Europe/Paris")
    assert aware(datetime(2026, 2, 12), paris) == datetime(2026, 2, 11, 23, tzinfo=UTC)
    assert aware(datetime(2026, 2, 12, tzinfo=UTC), paris) == datetime(2026, 2, 12, tzinfo=UTC)


@pytest.mark.parametrize("year", [1, 999, 3000, 9999])
def test_a_moment_that_databases_cannot_hold_is_refused(year: int) -> None:
    with pytest.raises(ValueError, match="between"):
        aware(datetime(year, 12, 31, 23, 59, tzinfo=timezone(-timedelta(hours=14))), UTC)


def test_no_other_module_bounds_years() -> None:
    """Two doors with two bounds take a date at the first and break on it at the second."""
    bounds = re.compile(r"year\b.*[<>]=?\s*\d{3,4}\b|\d{3,4}\s*[<>]=?.*year\b|YEARS?\w* = range")
    bounding = [
        str(path.relative_to(ROOT))
        for path in sorted(ROOT.glob("articles/**/*.py"))
        if bounds.search(path.read_text("utf-8"))
    ]
    assert bounding == ["articles/text/dates.py"]


def test_months_are_counted_through_the_years() -> None:
    numbers = [month_number(2025, 12), month_number(2026, 1)]
    assert numbers[1] - numbers[0] == 1
    assert [year_and_month(number) for number in numbers] == [(2025, 12), (2026, 1)]
