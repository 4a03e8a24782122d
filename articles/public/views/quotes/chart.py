"""How often somebody was quoted, as bars over time: plain numbers that a template draws."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, pgettext

from articles.charts import Column, place_columns
from articles.public.views.pagination import format_quotes
from articles.text.dates import month_number, year_and_month

STEP, HEIGHT = 10, 100  # units of the drawing: from bar to bar, and the highest bar
WIDE = range(160, 641)  # pixels
Month = tuple[int, int]  # year and month
MOST_MONTHS = 24  # a longer time is drawn by year


@dataclass(frozen=True, slots=True)
class Bar:
    """The quotes of a month or a year: where its bar stands and how high, in units of the drawing."""

    label: str
    count: int
    x: int
    y: int
    width: int
    height: int
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars from the oldest to the newest without a gap, one a month or one a year.

    ``width`` is in pixels, ``units`` in those of the drawing.
    """

    bars: tuple[Bar, ...]
    by_month: bool
    width: int

    @property
    def title(self) -> str:
        """What is drawn."""
        return gettext("Quotes by month") if self.by_month else gettext("Quotes by year")

    @property
    def column(self) -> str:
        """What the bars stand for, as heading of a table's column."""
        return gettext("Month") if self.by_month else gettext("Year")

    @property
    def summary(self) -> str:
        """What is drawn, and how high it goes."""
        summary = (
            gettext("Quotes by month, at most %(count)s in %(month)s")
            if self.by_month
            else gettext("Quotes by year, at most %(count)s in %(year)s")
        )
        most = self.most
        return summary % {"count": most.count, "month": most.label, "year": most.label}

    @property
    def units(self) -> int:
        return len(self.bars) * STEP

    @property
    def most(self) -> Bar:
        """The highest bar, the first of those."""
        return max(self.bars, key=lambda bar: bar.count)

    @property
    def description(self) -> str:
        """What the bars show, for who does not see them."""
        values = {
            "quotes": format_quotes(sum(bar.count for bar in self.bars)),
            "first": self.bars[0].label,
            "last": self.bars[-1].label,
            "most": self.most.label,
            "count": self.most.count,
        }
        text = pgettext(
            "quotes as in: 23 quotes; first, last and most are months or years",
            "%(quotes)s from %(first)s to %(last)s, most of them in %(most)s: %(count)s.",
        )
        return text % values


def count_months(times: Iterable[datetime]) -> Counter[Month]:
    """Count ``times`` (aware) by year and month where the paper is."""
    zone = timezone.get_current_timezone()
    days = (at.astimezone(zone) for at in times)
    return Counter((day.year, day.month) for day in days)


def chart_of(months: Counter[Month], chosen: int | None = None) -> Chart | None:
    """Return the chart of quotes counted by month, the year ``chosen`` picked out; None where it would be one bar."""
    if len(months) < 2:
        return None
    by_month = month_number(*max(months)) - month_number(*min(months)) < MOST_MONTHS
    counts: Counter[int] = Counter()
    for month, count in months.items():
        counts[month_number(*month) if by_month else month[0]] += count
    if len(counts) < 2:
        return None
    periods = range(min(counts), max(counts) + 1)
    columns = place_columns([(counts[period],) for period in periods], len(periods) * STEP, HEIGHT)
    bars = (
        _bar(column, period, counts[period], by_month, chosen)
        for column, period in zip(columns, periods, strict=True)
    )
    width = min(max(len(periods) * 28, WIDE[0]), WIDE[-1])
    return Chart(tuple(bars), by_month, width)


def _bar(column: Column, period: int, count: int, by_month: bool, chosen: int | None) -> Bar:
    year, month = year_and_month(period) if by_month else (period, 1)
    label = date_format(date(year, month, 1), "YEAR_MONTH_FORMAT") if by_month else str(year)
    part = column.parts[0]
    return Bar(label, count, column.x, part.y, column.width, part.height, year == chosen)
