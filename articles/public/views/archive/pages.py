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
from articles.models.visibility import published_between
from articles.public.filters.base import midnight
from articles.public.http_cache import CacheWindow, conditional_page, permanent_redirect
from articles.public.views.page_addresses import PageAddresses, addresses_of
from articles.public.views.pagination import Key, StoryPage, end_of, key_of, read_page, start_of
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

IS_YEAR_ALONE = Q(date_precision="year")
IS_DAY_KNOWN = Q(date_precision__in=("minute", "day"))
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
    is_undated = total > sum(months.values())
    page = _read_stories(period, after, IS_YEAR_ALONE) if is_undated or after else None
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
    page = _read_stories(period, after, ~IS_YEAR_ALONE)
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
    page = _read_stories(period, after, IS_DAY_KNOWN)
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


def _read_stories(period: Period, after: Key | None, is_known: Q) -> StoryPage:
    """Read the page that begins after ``after`` of the listed stories of ``period`` of which so much ``is_known``.

    A range of the index, newest first; on a further page another one for the way back.
    """
    begin, end = midnight(period.first_day), midnight(period.end)
    since, until = max(begin, start_of(after) or begin), min(end, end_of(after) or end)
    listed: EditionQuerySet = Edition.objects.listed()
    editions = published_between(listed, begin, until).filter(is_known).newest()
    opposite = published_between(listed, since, end).filter(is_known).oldest()
    return read_page(editions, after, opposite=opposite)


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
        "addresses": addresses_of(page, after, url) if page else PageAddresses(url, None, None),
    }
    window = page.window if isinstance(page, StoryPage) else CacheWindow()
    return conditional_page(request, template, context, window=window, is_dated=False)
