"""Who said what: all quotes, narrowed by what the address asks for."""

from collections import Counter
from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from articles.models.edition_quotes import EditionQuote
from articles.public.filters import QuoteFilter, SelectedQuotes
from articles.public.http_cache import conditional_page
from articles.public.views.page_addresses import addresses_of
from articles.public.views.pagination import (
    Key,
    count_in_words,
    end_of,
    format_quotes,
    key_of,
    start_of,
)

from .items import QuotePage, read_quotes

TEMPLATE = "articles/quotes.html"
MOST_SUGGESTED = 10


@require_safe
def quotes(request: HttpRequest) -> HttpResponse:
    """Show the newest quotes that fit the filters; 400 with the reason for filters that cannot be read."""
    after = key_of(request)
    listed = EditionQuote.objects.listed()
    filters = QuoteFilter(request.GET, queryset=listed)
    if not filters.is_valid():
        error_context = {"filters": filters, "errors": filters.reasons()}
        return render(request, TEMPLATE, error_context, status=400)
    selection = filters.select(until=end_of(after)) if after else filters.selection
    page = _read_page(filters, selection, after)
    context = {
        "filters": filters,
        "page": page,
        "after": after,
        "count": _count_in_words(filters, page, selection, after),
        "suggested": _suggest_speakers(filters, page),
        "addresses": addresses_of(page, after, reverse("quotes"), filters.query),
        "further_query": _further_query(filters, page, selection),
    }
    return conditional_page(request, TEMPLATE, context, window=page.window, is_dated=False)


def _read_page(filters: QuoteFilter, selection: SelectedQuotes, after: Key | None) -> QuotePage:
    """Read the page of ``selection`` that begins after ``after``, and what the page before it begins after.

    Of words, that is where those were looked for that stand before this page, and no more are.
    """
    if after is None:
        return read_quotes(selection.quotes)
    opposite = filters.select(since=start_of(after), oldest_first=True)
    page = read_quotes(selection.quotes, after, opposite=opposite.quotes)
    if page.previous is None and opposite.looked_to:
        page = replace(page, previous=Key(opposite.looked_to, 0))
    return page


def _count_in_words(
    filters: QuoteFilter, page: QuotePage, selection: SelectedQuotes, after: Key | None
) -> str:
    """Say how many quotes fit the filters, empty where nothing is filtered or it is not known."""
    if not filters.pairs() or selection.looked_to:
        return ""
    return count_in_words(page, after, selection.quotes, format_quotes)


def _further_query(filters: QuoteFilter, page: QuotePage, selection: SelectedQuotes) -> str:
    """Return the query string that looks for the words further back, empty where all has been looked at."""
    if page.next or not selection.looked_to:
        return ""
    return filters.query(("from", str(Key(selection.looked_to, 0))))


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
