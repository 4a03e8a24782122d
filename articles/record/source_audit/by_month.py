"""The audit by month. A month begins at midnight where the paper is, so its bounds are moments: no row is converted."""

from bisect import bisect
from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.db.models import Case, Count, DateTimeField, Value, When

from articles.models.edition_quotes import EditionQuoteQuerySet
from articles.public.filters.base import midnight

from .by_speaker import IS_UNNAMED, SOURCE_COUNT, SourceCount
from .query import IS_OWN, AuditQuery
from .rows import Month


def read_months(
    query: AuditQuery, quotes: EditionQuoteQuerySet, sources: Iterable[SourceCount]
) -> list[Month]:
    """Count ``quotes``, in which ``sources`` are heard, for every month of the period, the oldest first: one query.

    Who is heard first ever in a month is heard first among ``quotes`` in that month, or is not new in any.
    """
    days = query.months()
    starts = [midnight(day) for day in days]
    conditions = [When(published_at__gte=start, then=Value(start)) for start in reversed(starts)]
    rows = (
        quotes.annotate(month=Case(*conditions, output_field=DateTimeField()))
        .values("month")
        .annotate(
            quotes=Count("pk"),
            stories=Count("edition", distinct=True),
            sources=SOURCE_COUNT,
            own=Count("pk", filter=IS_OWN),
            unnamed=Count("pk", filter=IS_UNNAMED),
        )
    )
    by_start: dict[Any, dict[str, Any]] = {row.pop("month"): row for row in rows.order_by("month")}
    places = ((bisect(starts, source.first) - 1, source.first_ever) for source in sources)
    new = Counter(place for place, first_ever in places if first_ever >= starts[place])
    return [
        Month(start=day, first_time=new[place], **by_start.get(start, {}))
        for place, (day, start) in enumerate(zip(days, starts, strict=True))
    ]
