"""Days and times as the paper prints them, where the paper is."""

from datetime import date, datetime
from functools import lru_cache

from django.utils import timezone
from django.utils.formats import date_format, get_format
from django.utils.translation import get_language, pgettext

from articles import clock
from articles.text.dates import parse_partial


def format_date(value: date) -> str:
    """Return ``23 November 2026``; in other languages than English what is usual there."""
    return date_format(value, "j F Y" if _is_english() else "DATE_FORMAT")


def format_weekday(value: date) -> str:
    """Return ``Monday 23 November 2026``."""
    pattern = pgettext("the day of the week and the date", "%(weekday)s %(date)s")
    return pattern % {"weekday": date_format(value, "l"), "date": format_date(value)}


def first_weekday() -> int:
    """Return the day that weeks begin with, 0 for Monday: by ISO 8601 in English, else what is usual there."""
    return 0 if _is_english() else (int(get_format("FIRST_DAY_OF_WEEK")) - 1) % 7


def format_short(local: datetime, now: date, precision: str = "minute") -> str:
    """Return ``local`` (where the paper is) for a list of the day ``now``: today its hour, else its day or year."""
    if local.date() == now and precision == "minute":
        return _format_time(local)
    if local.year != now.year:
        return str(local.year)
    return date_format(local, "j M" if _is_english() else "MONTH_DAY_FORMAT")


def format_partial(value: str) -> str:
    """Return the partial date ``value`` in words: "4 December 2025", "December 2025", "2025". Raises ValueError."""
    year, month, day = parse_partial(value)
    if day and month:
        return format_date(date(year, month, day))
    return date_format(date(year, month, 1), "YEAR_MONTH_FORMAT") if month else str(year)


def _format_time(local: datetime) -> str:
    return date_format(local, "H:i" if _is_english() else "TIME_FORMAT")


def _is_english() -> bool:
    return (get_language() or "en").partition("-")[0] == "en"


def format_datetime(at: datetime, precision: str = "minute") -> str:
    """Return ``at`` (aware) as far as it is known: ``23 November 2026, 09:14 GMT``, ``November 2026``, ``2026``."""
    return _format_datetime(timezone.localtime(at), precision, get_language())


def format_compact(at: datetime) -> str:
    """Return ``at`` (aware) for who works today: ``09:14 GMT``, with the date on any other day."""
    local = timezone.localtime(at)
    is_today = local.date() == timezone.localdate(clock.now())
    return f"{_format_time(local)} {local.tzname()}" if is_today else format_datetime(at)


@lru_cache(maxsize=512)
def _format_datetime(local: datetime, precision: str, language: str | None) -> str:
    if precision == "year":
        return str(local.year)
    if precision == "month":
        return date_format(local, "YEAR_MONTH_FORMAT")
    if precision == "day":
        return format_date(local)
    pattern = pgettext("the date, the time and its zone", "%(date)s, %(time)s %(zone)s")
    time = _format_time(local)
    return pattern % {"date": format_date(local), "time": time, "zone": local.tzname()}


def iso(at: datetime, precision: str = "minute") -> str:
    """Return the same for machines: ``2026-11-23T09:14+00:00``, ``2026-11``, ``2026``."""
    whole = timezone.localtime(at).isoformat(timespec="minutes")
    return {"year": whole[:4], "month": whole[:7], "day": whole[:10]}.get(precision, whole)
