"""Who said what: all quotes, narrowed by what the address asks for."""

from collections import Counter
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from articles.conditional import answer
from articles.filters import QuoteFilter
from articles.models.edition_quotes import EditionQuote

from .listing import count_in_words, end_of, key_of
from .sayings import NOUNS, QuotePage, read_quotes

TEMPLATE = "articles/quotes.html"
MOST_SUGGESTED = 10


@require_safe
def quotes(request: HttpRequest) -> HttpResponse:
    """Show the newest quotes that fit the filters; 400 with the reason for filters that cannot be read."""
    after = key_of(request)
    found = EditionQuote.objects.listed()
    filters = QuoteFilter(request.GET, queryset=found, until=end_of(after))
    if not filters.is_valid():
        refused = {"filters": filters, "errors": filters.reasons()}
        return render(request, TEMPLATE, refused, status=400)
    page = read_quotes(filters.qs, after)
    context = {
        "filters": filters,
        "page": page,
        "after": after,
        "count": count_in_words(page, after, filters.qs, NOUNS) if filters.pairs() else "",
        "suggested": _speakers(filters, page),
        "older": filters.query(("from", str(page.next))) if page.next else "",
    }
    shown = [request.get_full_path(), *page.made_of(), context["count"]]
    shown += [chip.label for chip in filters.chips()]
    return answer(
        request,
        lambda: render(request, TEMPLATE, context),
        made_of=shown,
        clock=page.clock,
        is_dated=False,
    )


def _speakers(filters: QuoteFilter, page: QuotePage) -> list[dict[str, Any]]:
    """Return who speaks most often on this page, each with the list narrowed to them. No query."""
    values = filters.form.cleaned_data
    if values["person"] or values["organization"]:
        return []
    found = Counter(
        (row[f"{kind}__name"], kind, row[f"{kind}_id"])
        for row in page.rows
        for kind in ("person", "organization")
        if row[f"{kind}_id"]
    )
    most = found.most_common(MOST_SUGGESTED) if len(found) > 1 else []
    return [{"name": name, "query": filters.query((kind, str(pk)))} for (name, kind, pk), _ in most]
