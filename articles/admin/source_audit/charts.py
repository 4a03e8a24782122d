"""The charts of the source audit: plain numbers that a template draws, in units of a drawing 360 wide."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.formats import date_format

from articles.record.source_audit import Month

WIDTH = 360
MAX_BARS, MAX_LABEL_LENGTH = 10, 42
ROW_HEIGHT, BAR_HEIGHT = 34, 10  # from bar to bar, and a bar's height
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
    middle: int
    width: int
    lower_y: int
    lower: int
    upper_y: int
    upper: int
    label: str
    number: str

    @property
    def number_y(self) -> int:
        return self.upper_y - 4


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
            _short(label), f"{number:,}", place * ROW_HEIGHT, max(1, round(number * WIDTH / most))
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
    columns = [
        _column(place, month, pair, most, len(months))
        for place, (month, pair) in enumerate(zip(months, counts, strict=True))
    ]
    summary = "; ".join(
        f"{date_format(month.start, 'N Y')} {lower} and {upper}"
        for month, (lower, upper) in zip(months, counts, strict=True)
        if lower or upper
    )
    text = f"{names[0]} and {names[1]}, month by month: {summary}."
    return ColumnChart(key, title, text, names, columns, f"{most:,}")


def _column(place: int, month: Month, pair: tuple[int, int], most: int, months: int) -> ChartColumn:
    left, right = place * WIDTH // months, (place + 1) * WIDTH // months
    gap = max(1, (right - left) // 4)
    lower, whole = (round(number * COLUMN_HEIGHT / most) for number in (pair[0], sum(pair)))
    has_number = months <= MAX_NUMBERED_COLUMNS and sum(pair) > 0
    return ChartColumn(
        x=left + gap // 2,
        middle=(left + right) // 2,
        width=max(1, right - left - gap),
        lower_y=TOP + COLUMN_HEIGHT - lower,
        lower=lower,
        upper_y=TOP + COLUMN_HEIGHT - whole,
        upper=whole - lower,
        label=_label(month, place, months),
        number=f"{sum(pair):,}" if has_number else "",
    )


def _label(month: Month, place: int, months: int) -> str:
    """Return what stands below a column: its month, or its year where there are too many months."""
    if months * LABEL_WIDTH <= WIDTH + LABEL_WIDTH:
        return date_format(month.start, "M")
    years_between = -(-months * LABEL_WIDTH // (WIDTH * 12))  # years from label to label
    is_labelled = month.start.month == 1 and month.start.year % years_between == 0
    return str(month.start.year) if is_labelled else ""


def _short(label: str) -> str:
    return label if len(label) <= MAX_LABEL_LENGTH else f"{label[: MAX_LABEL_LENGTH - 1].rstrip()}…"
