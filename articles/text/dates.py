"""Dates as far as they are known, and as wires print them."""

import re
from calendar import monthrange
from datetime import UTC, date, datetime, tzinfo
from email.utils import parsedate_to_datetime
from typing import Literal

from .messages import Message

Precision = Literal["minute", "day", "month", "year"]

# The years of every date that a person or a file may give, at every door. Four digits, since dates sort as text; before
# the year 1 and after 9999 a zone's offset would lead, and the open end of an edition is 9999.
YEARS = range(1000, 3000)
YEAR_OUTSIDE = Message(
    "The year must be between %(first)s and %(last)s.", {"first": YEARS[0], "last": YEARS[-1]}
)

MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_NUMBERS = {name[:3].lower(): number for number, name in enumerate(MONTHS, 1)}
_MONTH = rf"(?P<month>{'|'.join(f'{name}|{name[:3]}' for name in MONTHS)}|Sept)\.?"
_DAY, _YEAR = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?", r"(?P<year>\d{4})"
_CLOCK = r"(?:,?\s+(?:at\s+)?(?P<hour>\d{1,2})[:.](?P<minute>\d\d))?"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_ENGLISH = tuple(
    re.compile(_WEEKDAY + pattern, re.IGNORECASE)
    for pattern in (
        rf"{_MONTH}\s+{_DAY},?\s+{_YEAR}{_CLOCK}",
        rf"{_DAY}\s+{_MONTH},?\s+{_YEAR}{_CLOCK}",
        rf"{_MONTH},?\s+{_YEAR}",
    )
)
_PARTIAL = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", re.ASCII)


def month_number(year: int, month: int) -> int:
    """Return how many months the ``month`` (1 to 12) of ``year`` is from January of the year 0."""
    return year * 12 + month - 1


def year_and_month(number: int) -> tuple[int, int]:
    """Return year and month (1 to 12) of what ``month_number`` counted."""
    return number // 12, number % 12 + 1


def parse_partial(value: str) -> tuple[int, int | None, int | None]:
    """Return year, month and day of ``YYYY[-MM[-DD]]``, None for what is not said. Raises ValueError."""
    match = _PARTIAL.fullmatch(value)
    if not match:
        raise ValueError(f"{value!r} is not a date as 2025, 2025-12 or 2025-12-04")
    year, month, day = (int(part) if part else None for part in match.groups())
    if year is None or year not in YEARS:
        raise ValueError(f"the year of {value!r} is not between {YEARS[0]} and {YEARS[-1]}")
    date(year, 1 if month is None else month, 1 if day is None else day)
    return year, month, day


def first_day(value: str) -> date:
    """Return the earliest day that the partial date ``value`` can mean. Raises ValueError."""
    year, month, day = parse_partial(value)
    return date(year, month or 1, day or 1)


def last_day(value: str) -> date:
    """Return the latest day that the partial date ``value`` can mean. Raises ValueError."""
    year, month, day = parse_partial(value)
    return date(year, month or 12, day or monthrange(year, month or 12)[1])


def sort_key(value: str) -> tuple[int, int, int]:
    """Return what partial dates sort by: the unknown (empty) first, a year before its months. Raises ValueError."""
    if not value:
        return 0, 0, 0
    year, month, day = parse_partial(value)
    return year, month or 0, day or 0


def aware(value: datetime, zone: tzinfo) -> datetime:
    """Return ``value`` in UTC; a naive one is the clock of ``zone``. Raises ValueError out of range."""
    if value.year not in YEARS:
        raise ValueError(f"the year {value.year} is not between {YEARS[0]} and {YEARS[-1]}")
    return (value if value.tzinfo else value.replace(tzinfo=zone)).astimezone(UTC)


def parse_printed(text: str) -> tuple[datetime, Precision] | None:
    """Return the moment that ``text`` prints and how much of it was said; None when it is not clear.

    Knows ISO 8601, RFC 2822 and English dates as "Feb 12, 2026" and "12 February 2026 14:30". The moment is naive
    unless an offset is printed. Never guesses: "02/03/2026" and "Feb 12" are None.
    """
    text = " ".join(text.split())[:80]
    for parse in (_parse_iso, _parse_english, _parse_rfc2822):
        try:
            if parsed := parse(text):
                return parsed
        except (ValueError, OverflowError, TypeError):
            continue
    return None


def _parse_iso(text: str) -> tuple[datetime, Precision] | None:
    if _PARTIAL.fullmatch(text):
        _, month, day = parse_partial(text)
        precision: Precision = "day" if day else "month" if month else "year"
        return datetime.combine(first_day(text), datetime.min.time()), precision
    if not re.match(r"\d{4}-?\d\d-?\d\d[T ]\d\d", text):
        return None
    parsed = datetime.fromisoformat(re.sub(r" (?=[+-]\d\d:?\d\d$|Z$)", "", text))
    return parsed, "minute"


def _parse_english(text: str) -> tuple[datetime, Precision] | None:
    match = next(filter(None, (pattern.fullmatch(text) for pattern in _ENGLISH)), None)
    if not match:
        return None
    parts = match.groupdict()
    year, month = int(parts["year"]), _NUMBERS[parts["month"][:3].lower()]
    day, hour = int(parts.get("day") or 1), int(parts.get("hour") or 0)
    parsed = datetime(year, month, day, hour, int(parts.get("minute") or 0))
    if parts.get("hour"):
        return parsed, "minute"
    return parsed, "day" if parts.get("day") else "month"


def _parse_rfc2822(text: str) -> tuple[datetime, Precision] | None:
    if not re.search(r"\d{4} \d\d?:\d\d", text):
        return None
    return parsedate_to_datetime(text), "minute"
