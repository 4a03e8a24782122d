"""The archive: years, the months of one, the days of one, the stories of a day; where the paper is.

Counts are kept (``PeriodCount``): no page counts stories, however many the paper has.
"""

from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles import clock
from articles.models.editions import Edition, EditionQuerySet
from articles.models.period_counts import PeriodCount
from articles.models.visibility import filter_first
from articles.public.filters.base import midnight
from articles.public.http_cache import CacheWindow, conditional_page, permanent_redirect
from articles.public.views.pagination import Key, StoryPage, end_of, key_of, read_page
from articles.text.dates import YEARS
from articles.text.periods import Period

from .links import (
    calendar_of,
    describe_period,
    format_count,
    month_links,
    neighbours,
    period_url,
    trail,
    year_links,
)

FIRST, LAST = Period(YEARS[0]), Period(YEARS[-1])


@require_safe
def archive(request: HttpRequest) -> HttpResponse:
    """List the years that have stories."""
    totals = PeriodCount.objects.totals("year", FIRST.first_day, LAST.end)
    context = {"years": year_links(totals)}
    return conditional_page(
        request, "articles/archive.html", context, window=CacheWindow(), is_dated=False
    )


@require_safe
def archive_year(request: HttpRequest, year: int) -> HttpResponse:
    """List the months of a year, and the stories of which no more than the year is known."""
    period = _period(year)
    counts, after = PeriodCount.objects, key_of(request)
    months = counts.totals("month", period.first_day, period.end)
    total = counts.totals("year", period.first_day, period.end).get(period.first_day, 0)
    editions = _listed_in(period, after).filter(date_precision="year")
    page = read_page(editions, after) if total > sum(months.values()) or after else None
    today = timezone.localdate(clock.now())
    further = {"months": month_links(period, months, today), "page": page}
    return _period_page(request, period, "articles/archive_year.html", total, **further)


@require_safe
def archive_month(request: HttpRequest, year: int, month: int) -> HttpResponse:
    """Show the days of a month, and its stories; of some no more than the month is known."""
    period = _period(year, month)
    days = PeriodCount.objects.totals("day", period.first_day, period.end)
    months = PeriodCount.objects.totals("month", period.first_day, period.end)
    total = months.get(period.first_day, 0)
    after = key_of(request)
    editions = _listed_in(period, after).exclude(date_precision="year")
    page = read_page(editions, after)
    undated = total - sum(days.values())
    further = {
        "calendar": calendar_of(period, days),
        "undated": format_count(undated) if undated > 0 else "",
        "page": page,
    }
    return _period_page(request, period, "articles/archive_month.html", total, **further)


@require_safe
def archive_day(request: HttpRequest, year: int, month: int, day: int) -> HttpResponse:
    """List the stories of a day."""
    period = _period(year, month, day)
    days = PeriodCount.objects.totals("day", period.first_day, period.end)
    total = days.get(period.first_day, 0)
    after = key_of(request)
    editions = _listed_in(period, after).filter(date_precision__in=("minute", "day"))
    page = read_page(editions, after)
    return _period_page(request, period, "articles/archive_day.html", total, page=page)


def _period(*numbers: int) -> Period:
    """Return the period that an address names. Raises Http404 for what no calendar has, and for the future."""
    try:
        period = Period(*numbers)
    except ValueError as error:
        raise Http404("There is no such day.") from error
    if period.first_day > timezone.localdate(clock.now()):
        raise Http404("That is still to come.")
    return period


def _listed_in(period: Period, after: Key | None) -> EditionQuerySet:
    """Return the listed stories of ``period`` that can stand after ``after``, newest first: a range of the index."""
    begin, end = midnight(period.first_day), midnight(period.end)
    until = min(end, end_of(after) or end)
    editions: EditionQuerySet = filter_first(
        Edition.objects.listed(), Q(published_at__lt=until), Q(published_at__gte=begin)
    )
    return editions.newest()


def _period_page(
    request: HttpRequest, period: Period, template: str, total: int, **further: Any
) -> HttpResponse:
    """Answer with the page of ``period``, at its one address; ``further`` is what it shows beside its neighbours."""
    url = period_url(period)
    if request.path != url:
        return permanent_redirect(url)
    after, page = key_of(request), further["page"]
    earlier, later = neighbours(period)
    context = further | {
        "heading": describe_period(period),
        "partial": str(period),
        "trail": trail(period),
        "count": format_count(total) if total else "",
        "after": after,
        "earlier": earlier,
        "later": later,
        "url": f"{url}?from={after}" if after else url,
    }
    window = page.window if isinstance(page, StoryPage) else CacheWindow()
    return conditional_page(request, template, context, window=window, is_dated=False)
