"""How often somebody was quoted, as bars over time: plain numbers that a template draws."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format

from .listing import in_words

STEP, BAR, HEIGHT = (
    10,
    8,
    100,
)  # units of the drawing: from bar to bar, a bar's width, the highest bar
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
    height: int
    year: int
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars from the oldest to the newest without a gap. ``width`` is in pixels, ``units`` in those of the drawing."""

    bars: tuple[Bar, ...]
    period: str
    width: int

    @property
    def units(self) -> int:
        return len(self.bars) * STEP

    @property
    def most(self) -> Bar:
        """The highest bar, the first of those."""
        return max(self.bars, key=lambda bar: bar.count)

    @property
    def in_words(self) -> str:
        """What the bars show, for who does not see them."""
        most = self.most
        total = in_words(sum(bar.count for bar in self.bars), ("quote", "quotes"))
        first, last = self.bars[0].label, self.bars[-1].label
        return f"{total} from {first} to {last}, most of them in {most.label}: {most.count}."


def count_months(moments: Iterable[datetime]) -> Counter[Month]:
    """Count ``moments`` (aware) by year and month where the paper is."""
    zone = timezone.get_current_timezone()
    days = (at.astimezone(zone) for at in moments)
    return Counter((day.year, day.month) for day in days)


def chart_of(months: Counter[Month], chosen: int | None = None) -> Chart | None:
    """Return the chart of quotes counted by month, the year ``chosen`` picked out; None where it would be one bar."""
    if len(months) < 2:
        return None
    by_month = _number(max(months)) - _number(min(months)) < MOST_MONTHS
    counts: Counter[int] = Counter()
    for month, count in months.items():
        counts[_number(month) if by_month else month[0]] += count
    if len(counts) < 2:
        return None
    periods = range(min(counts), max(counts) + 1)
    highest = max(counts.values())
    bars = (
        _bar(place, period, counts[period], highest, by_month, chosen)
        for place, period in enumerate(periods)
    )
    width = min(max(len(periods) * 28, WIDE[0]), WIDE[-1])
    return Chart(tuple(bars), "month" if by_month else "year", width)


def _number(month: Month) -> int:
    """Return how many months ``month`` is from the year 0."""
    return month[0] * 12 + month[1] - 1


def _bar(
    place: int, period: int, count: int, highest: int, by_month: bool, chosen: int | None
) -> Bar:
    year = period // 12 if by_month else period
    label = str(year)
    if by_month:
        label = date_format(date(year, period % 12 + 1, 1), "YEAR_MONTH_FORMAT")
    height = -(-count * HEIGHT // highest)
    return Bar(label, count, place * STEP, HEIGHT - height, height, year, year == chosen)
