"""The charts of the source audit: plain numbers that a template draws, in units of a drawing 360 wide."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.formats import date_format
from django.utils.translation import gettext

from articles.charts import ColumnPart, place_columns, scale
from articles.record.source_audit import Month
from articles.text.excerpt import shorten

WIDTH = 360
MAX_BARS, MAX_LABEL_LENGTH = 10, 42
ROW_HEIGHT = 34  # from bar to bar
TOP, COLUMN_HEIGHT, FOOT = (
    40,
    140,
    22,
)  # of columns: room for the key, the highest column, room for labels
MAX_NUMBERED_COLUMNS = 13  # columns that bear their numbers
LABEL_WIDTH = 28  # that a label below a column needs


class ChartBar(NamedTuple):
    """A bar that runs to the right, with its label above it on the left and its number on the right."""

    label: str
    number: str
    y: int
    width: int


@dataclass(frozen=True, slots=True)
class BarChart:
    """Bars below each other, all from zero."""

    key: str
    title: str
    text: str
    bars: list[ChartBar]

    @property
    def height(self) -> int:
        return len(self.bars) * ROW_HEIGHT


class ChartColumn(NamedTuple):
    """A column of two parts, the ``lower`` one from zero; ``label`` and ``number`` are empty where no room is."""

    x: int
    width: int
    middle: int
    lower: ColumnPart
    upper: ColumnPart
    label: str
    number: str

    @property
    def number_y(self) -> int:
        return self.upper.y - 4


@dataclass(frozen=True, slots=True)
class ColumnChart:
    """Months from left to right; ``names`` are those of the lower and the upper parts."""

    key: str
    title: str
    text: str
    names: tuple[str, str]
    columns: list[ChartColumn]
    highest: str

    @property
    def base(self) -> int:
        return TOP + COLUMN_HEIGHT

    @property
    def label_y(self) -> int:
        return TOP + COLUMN_HEIGHT + FOOT - 6

    @property
    def height(self) -> int:
        return TOP + COLUMN_HEIGHT + FOOT


def bar_chart(key: str, title: str, counts: Iterable[tuple[str, int]]) -> BarChart | None:
    """Return the first counts as bars, None where there are none."""
    rows = [(label, number) for label, number in counts if number][:MAX_BARS]
    if not rows:
        return None
    most = max(number for _, number in rows)
    bars = [
        ChartBar(
            shorten(label, MAX_LABEL_LENGTH),
            f"{number:,}",
            place * ROW_HEIGHT,
            scale(number, most, WIDTH),
        )
        for place, (label, number) in enumerate(rows)
    ]
    summary = "; ".join(f"{label} {number:,}" for label, number in rows)
    return BarChart(key, title, f"{summary}.", bars)


def column_chart(
    key: str,
    title: str,
    names: tuple[str, str],
    months: Sequence[Month],
    counts: Sequence[tuple[int, int]],
) -> ColumnChart | None:
    """Return ``counts`` (lower and upper part, a pair a month) as columns, None where all are zero."""
    most = max((sum(pair) for pair in counts), default=0)
    if not most:
        return None
    places = place_columns(counts, WIDTH, COLUMN_HEIGHT, TOP)
    columns = [
        ChartColumn(
            x=column.x,
            width=column.width,
            middle=column.middle,
            lower=column.parts[0],
            upper=column.parts[1],
            label=_label(month, place, len(months)),
            number=f"{sum(counts[place]):,}" if _has_number(counts[place], len(months)) else "",
        )
        for place, (month, column) in enumerate(zip(months, places, strict=True))
    ]
    summary = "; ".join(
        gettext("%(month)s %(lower)s and %(upper)s")
        % {"month": date_format(month.start, "N Y"), "lower": lower, "upper": upper}
        for month, (lower, upper) in zip(months, counts, strict=True)
        if lower or upper
    )
    text = gettext("%(lower)s and %(upper)s, month by month: %(summary)s.") % {
        "lower": names[0],
        "upper": names[1],
        "summary": summary,
    }
    return ColumnChart(key, title, text, names, columns, f"{most:,}")


def _has_number(pair: tuple[int, int], months: int) -> bool:
    """Tell whether there is room for a column's number, and anything to say."""
    return months <= MAX_NUMBERED_COLUMNS and sum(pair) > 0


def _label(month: Month, place: int, months: int) -> str:
    """Return what stands below a column: its month, or its year where there are too many months."""
    if months * LABEL_WIDTH <= WIDTH + LABEL_WIDTH:
        return date_format(month.start, "M")
    years_between = -(-months * LABEL_WIDTH // (WIDTH * 12))  # years from label to label
    is_labelled = month.start.month == 1 and month.start.year % years_between == 0
    return str(month.start.year) if is_labelled else ""
