"""The audit by month. A month begins at midnight where the paper is, so its bounds are moments: no row is converted."""

from bisect import bisect
from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.db.models import Case, Count, DateTimeField, Value, When

from articles.filters.base import midnight
from articles.models.edition_quotes import EditionQuoteQuerySet

from .asked import IS_OWN, Asked
from .figures import Month
from .voices import IS_UNNAMED, VOICES, Heard


def read_months(asked: Asked, quotes: EditionQuoteQuerySet, voices: Iterable[Heard]) -> list[Month]:
    """Count ``quotes``, in which ``voices`` are heard, for every month of the period, the oldest first: one query.

    Who is heard first ever in a month is heard first among ``quotes`` in that month, or is not new in any.
    """
    days = asked.months()
    starts = [midnight(day) for day in days]
    whens = [When(published_at__gte=start, then=Value(start)) for start in reversed(starts)]
    rows = (
        quotes.annotate(month=Case(*whens, output_field=DateTimeField()))
        .values("month")
        .annotate(
            quotes=Count("pk"),
            stories=Count("edition", distinct=True),
            voices=VOICES,
            own=Count("pk", filter=IS_OWN),
            unnamed=Count("pk", filter=IS_UNNAMED),
        )
    )
    found: dict[Any, dict[str, Any]] = {row.pop("month"): row for row in rows.order_by("month")}
    places = ((bisect(starts, one.first) - 1, one.first_ever) for one in voices)
    new = Counter(place for place, first_ever in places if first_ever >= starts[place])
    return [
        Month(start=day, first_time=new[place], **found.get(start, {}))
        for place, (day, start) in enumerate(zip(days, starts, strict=True))
    ]
