"""The years, months and days that an archive is parted into."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from .dates import YEARS, Precision

PeriodPrecision = Literal["day", "month", "year"]


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A year, one of its months, or a day of that month. Raises ValueError where no calendar of ours has it."""

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if self.year not in YEARS or (self.day is not None and self.month is None):
            raise ValueError(f"{self.year} is no year of ours, or the month of the day is missing")
        _ = self.first_day

    def __str__(self) -> str:
        """Return the partial date, as ``2026``, ``2026-11`` or ``2026-11-29``."""
        width = {"year": 4, "month": 7, "day": 10}[self.precision]
        return self.first_day.isoformat()[:width]

    @classmethod
    def starting(cls, first_day: date, precision: PeriodPrecision) -> "Period":
        """Return the day, the month or the year that begins on ``first_day``."""
        month = None if precision == "year" else first_day.month
        return cls(first_day.year, month, first_day.day if precision == "day" else None)

    @property
    def precision(self) -> PeriodPrecision:
        """How much of a date it says."""
        if self.day is not None:
            return "day"
        return "year" if self.month is None else "month"

    @property
    def first_day(self) -> date:
        """The day that it begins on."""
        month = 1 if self.month is None else self.month
        return date(self.year, month, 1 if self.day is None else self.day)

    @property
    def end(self) -> date:
        """The day after its last one."""
        if self.day is not None:
            return self.first_day + timedelta(days=1)
        if self.month is None or self.month == 12:
            return date(self.year + 1, 1, 1)
        return date(self.year, self.month + 1, 1)

    @property
    def parent(self) -> "Period | None":
        """The month of a day, the year of a month, None of a year."""
        if self.day is not None:
            return Period(self.year, self.month)
        return None if self.month is None else Period(self.year)


def periods_of(day: date, precision: Precision) -> list[tuple[PeriodPrecision, date]]:
    """Return precision and first day of each period that a story of ``day`` stands in, as far as its date is known.

    What is known by its month alone stands in that month and its year, in no day. Years need not be ``YEARS``.
    """
    periods: list[tuple[PeriodPrecision, date]] = [
        ("day", day),
        ("month", day.replace(day=1)),
        ("year", day.replace(month=1, day=1)),
    ]
    return periods[{"month": 1, "year": 2}.get(precision, 0) :]
