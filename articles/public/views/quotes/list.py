"""Who said what: all quotes, narrowed by what the address asks for."""

from collections import Counter
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from articles.models.edition_quotes import EditionQuote
from articles.public.filters import QuoteFilter
from articles.public.http_cache import conditional_page
from articles.public.views.pagination import Key, count_in_words, end_of, format_quotes, key_of

from .items import QuotePage, read_quotes

TEMPLATE = "articles/quotes.html"
MOST_SUGGESTED = 10


@require_safe
def quotes(request: HttpRequest) -> HttpResponse:
    """Show the newest quotes that fit the filters; 400 with the reason for filters that cannot be read."""
    after = key_of(request)
    listed = EditionQuote.objects.listed()
    # A page that looks on behind the stories that were looked at begins before all of its instant.
    until = after.published_at if after and not after.pk else end_of(after)
    filters = QuoteFilter(request.GET, queryset=listed, until=until)
    if not filters.is_valid():
        error_context = {"filters": filters, "errors": filters.reasons()}
        return render(request, TEMPLATE, error_context, status=400)
    page = read_quotes(filters.qs, after)
    context = {
        "filters": filters,
        "page": page,
        "after": after,
        "count": _count_in_words(filters, page, after),
        "suggested": _suggest_speakers(filters, page),
        "older": filters.query(("from", str(page.next))) if page.next else "",
        "further_query": _further_query(filters, page),
    }
    return conditional_page(request, TEMPLATE, context, window=page.window, is_dated=False)


def _count_in_words(filters: QuoteFilter, page: QuotePage, after: Key | None) -> str:
    """Say how many quotes fit the filters, empty where nothing is filtered or it is not known."""
    if not filters.pairs() or (filters.hits and filters.hits.looked_back_to):
        return ""
    return count_in_words(page, after, filters.qs, format_quotes)


def _further_query(filters: QuoteFilter, page: QuotePage) -> str:
    """Return the query string that looks for the words further back, empty where all has been looked at."""
    looked_back_to = filters.hits.looked_back_to if filters.hits else None
    if page.next or not looked_back_to:
        return ""
    return filters.query(("from", str(Key(looked_back_to, 0))))


def _suggest_speakers(filters: QuoteFilter, page: QuotePage) -> list[dict[str, Any]]:
    """Return who speaks most often on this page, each with the list narrowed to them. No query."""
    values = filters.form.cleaned_data
    if values["person"] or values["organization"]:
        return []
    counts = Counter(
        (row[f"{kind}__name"], kind, row[f"{kind}_id"])
        for row in page.rows
        for kind in ("person", "organization")
        if row[f"{kind}_id"]
    )
    most = counts.most_common(MOST_SUGGESTED) if len(counts) > 1 else []
    return [{"name": name, "query": filters.query((kind, str(pk)))} for (name, kind, pk), _ in most]
