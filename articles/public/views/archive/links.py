"""Where the archive leads: periods with their counts and addresses, a month as the weeks of a calendar."""

from calendar import Calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext, ngettext

from articles import dates
from articles.models.period_counts import PeriodCount
from articles.text.periods import Period, PeriodPrecision

NAMES = {"day": "archive_day", "month": "archive_month", "year": "archive_year"}
SUNDAY = date(2026, 11, 1)


@dataclass(frozen=True, slots=True)
class PeriodLink:
    """A period in words; ``url`` is empty where it has no stories, ``count`` where that is not said."""

    label: str
    url: str
    count: str = ""


@dataclass(frozen=True, slots=True)
class Weekday:
    """The head of a column of the calendar."""

    name: str
    short: str


@dataclass(frozen=True, slots=True)
class CalendarMonth:
    """The weeks of a month; a day outside it is None."""

    weekdays: list[Weekday]
    weeks: list[list[PeriodLink | None]]


def period_url(period: Period) -> str:
    """Return the address of the archive's page of ``period``, with two digits a month and a day."""
    parts = str(period).split("-")
    return reverse(NAMES[period.precision], args=[int(part) for part in parts])


def describe_period(period: Period) -> str:
    """Return ``Sunday 29 November 2026``, ``November 2026`` or ``2026``."""
    if period.precision == "day":
        return dates.format_weekday(period.first_day)
    return dates.format_partial(str(period))


def format_count(count: int) -> str:
    """Return ``1 story`` or ``1,234 stories``: kept counts are whole."""
    words = ngettext("%(count)s story", "%(count)s stories", count)
    return words % {"count": number_format(count, use_l10n=True, force_grouping=True)}


def trail(period: Period) -> list[PeriodLink]:
    """Return the way down to ``period``: the archive, the year, the month."""
    links = []
    parent = period.parent
    while parent:
        links.append(PeriodLink(dates.format_partial(str(parent)), period_url(parent)))
        parent = parent.parent
    return [PeriodLink(gettext("Archive"), reverse("archive")), *reversed(links)]


def neighbours(period: Period) -> tuple[PeriodLink | None, PeriodLink | None]:
    """Return the nearest periods of the kind before and after ``period`` that have stories: two queries."""
    counts, precision = PeriodCount.objects, period.precision
    before = counts.nearest_before(precision, period.first_day)
    after = counts.nearest_from(precision, period.end)
    return _link(before, precision), _link(after, precision)


def _link(first_day: date | None, precision: PeriodPrecision) -> PeriodLink | None:
    if first_day is None:
        return None
    period = Period.starting(first_day, precision)
    label = dates.format_partial(str(period))
    return PeriodLink(label, period_url(period))


def year_links(totals: dict[date, int]) -> list[PeriodLink]:
    """Return the years that have stories, the newest first."""
    years = (Period.starting(first_day, "year") for first_day in totals)
    return [
        PeriodLink(str(year), period_url(year), format_count(totals[year.first_day]))
        for year in sorted(years, reverse=True)
    ]


def month_links(year: Period, totals: dict[date, int], today: date) -> list[PeriodLink]:
    """Return the months of ``year`` up to that of ``today``; those without stories lead nowhere."""
    months = (Period(year.year, number) for number in range(1, 13))
    return [
        _counted_link(month, date_format(month.first_day, "F"), totals)
        for month in months
        if month.first_day <= today
    ]


def calendar_of(month: Period, totals: dict[date, int]) -> CalendarMonth:
    """Return the weeks of ``month``, beginning with the day that weeks begin with here."""
    first_weekday = dates.first_weekday()
    weeks = Calendar(first_weekday).monthdatescalendar(month.year, month.month or 1)
    return CalendarMonth(
        [_weekday((first_weekday + place) % 7) for place in range(7)],
        [list(_week(month, week, totals)) for week in weeks],
    )


def _weekday(number: int) -> Weekday:
    day = SUNDAY + timedelta(days=number + 1)  # 0 is Monday
    return Weekday(date_format(day, "l"), date_format(day, "D"))


def _week(month: Period, days: list[date], totals: dict[date, int]) -> Iterable[PeriodLink | None]:
    for day in days:
        is_of_month = month.first_day <= day < month.end
        yield (
            _counted_link(Period.starting(day, "day"), str(day.day), totals)
            if is_of_month
            else None
        )


def _counted_link(period: Period, label: str, totals: dict[date, int]) -> PeriodLink:
    count = totals.get(period.first_day, 0)
    return (
        PeriodLink(label, period_url(period), format_count(count))
        if count
        else PeriodLink(label, "")
    )
