"""Days and times as the paper prints them, where the paper is."""

from datetime import date, datetime
from functools import lru_cache

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language


def day(value: date) -> str:
    """Return ``23 November 2026``; in other languages than English what is usual there."""
    is_english = settings.LANGUAGE_CODE.partition("-")[0] == "en"
    return date_format(value, "j F Y" if is_english else "DATE_FORMAT")


def moment(at: datetime, precision: str = "minute") -> str:
    """Return ``at`` (aware) as far as it is known: ``23 November 2026, 09:14 GMT``, ``November 2026``, ``2026``."""
    return _moment(timezone.localtime(at), precision, get_language())


@lru_cache(maxsize=512)
def _moment(local: datetime, precision: str, language: str | None) -> str:
    if precision == "year":
        return str(local.year)
    if precision == "month":
        return date_format(local, "YEAR_MONTH_FORMAT")
    if precision == "day":
        return day(local)
    return f"{day(local)}, {date_format(local, 'H:i')} {local.tzname()}"


def iso(at: datetime, precision: str = "minute") -> str:
    """Return the same for machines: ``2026-11-23T09:14+00:00``, ``2026-11``, ``2026``."""
    whole = timezone.localtime(at).isoformat(timespec="minutes")
    return {"year": whole[:4], "month": whole[:7], "day": whole[:10]}.get(precision, whole)
