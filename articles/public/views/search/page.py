"""The one search: names first, then what they said, then stories."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from articles.public.http_cache import CacheWindow, conditional_page
from articles.public.search import RANKED
from articles.public.search.hints import HARDLY_ANY, suggest_text
from articles.public.search.query_names import NamesInQuery, find_names_in
from articles.public.search.tags import find_tags
from articles.public.views.page_addresses import PageAddresses
from articles.public.views.pagination import Key, format_stories, key_of
from articles.text.characters import printable
from articles.text.search import SearchQuery
from articles.text.search.index import IndexQuery
from articles.text.search_words import describe_left_out
from articles.translation.messages import translate

from .form import NEWEST, RELEVANCE, SORTS, SearchForm, page_number
from .name_cards import read_cards
from .offers import Offer, read_offers
from .results import ResultPage, read_best, read_newest
from .statements import read_statements

TEMPLATE = "articles/search.html"
MOST_CARDS = 3  # of a name that is a part of the search


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Show who and what fits the words; 400 with the reason for what cannot be read, 404 for a page that cannot be."""
    form = SearchForm(request.GET)
    if not form.is_valid():
        error_context = {"text": printable(request.GET.get("q", "")), "errors": form.reasons()}
        return render(request, TEMPLATE, error_context, status=400)
    query, is_newest_first = form.query, form.is_newest_first
    after = key_of(request) if is_newest_first else None
    number = 1 if is_newest_first else page_number(request.GET.get("page", ""))
    context: dict[str, Any] = {
        "addresses": PageAddresses(reverse("search"), None, None),
        "text": form.text,
        "has_words": bool(query),
        "ignored_words": translate(describe_left_out(query.omitted)),
        "is_newest_first": is_newest_first,
    }
    if not query:
        return _answer(request, context | _offers())
    names = find_names_in(query)
    index_query = IndexQuery(query, names=names.aliases(query))
    page = read_newest(index_query, after) if is_newest_first else read_best(index_query, number)
    context |= _stories(form, page, number, after)
    if number == 1 and not after:
        context |= _names(form.text, query, names) | {"tags": _tags(query)}
        if not context["cards"] and page.count <= HARDLY_ANY:
            context |= _hint(suggest_text(form.text, query, page.count))
        if not context["cards"] and not page.stories:
            context |= _offers()
    return _answer(request, context)


def _answer(request: HttpRequest, context: Mapping[str, Any]) -> HttpResponse:
    offered = context.get("offers")
    window = context["page"].window if "page" in context else CacheWindow()
    if offered and offered.stories.rows:
        window = offered.stories.window
    return conditional_page(
        request, TEMPLATE, context, complete=_render_offers, window=window, is_dated=False
    )


def _render_offers(**values: Any) -> dict[str, Any]:
    """Return the cards of the stories that are offered."""
    offers = values.get("offers")
    return {"newest_cards": offers.stories.cards() if offers else []}


def _offers() -> dict[str, Any]:
    return {"offers": read_offers()}


def _stories(form: SearchForm, page: ResultPage, number: int, after: Key | None) -> dict[str, Any]:
    """Return the page of stories with its count in words, its orders, and the addresses of those beside it."""
    order = [("q", form.text), *([("sort", NEWEST)] if form.is_newest_first else [])]
    following = ("from", str(page.next)) if page.next else ("page", str(number + 1))
    is_first = number == 1 and not after
    return {
        "page": page,
        "count": format_stories(page.count) if is_first else "",
        "is_first": is_first,
        "is_capped": not form.is_newest_first and page.count > RANKED,
        "ranked": RANKED,
        "orders": _orders(form),
        "first_query": "" if is_first else urlencode(order),
        "addresses": PageAddresses(
            reverse("search"),
            urlencode([*order, ("page", number - 1)]) if number > 1 else None,
            urlencode([*order, following]) if page.has_more else None,
        ),
        "further_query": urlencode(
            [("q", form.text), ("sort", NEWEST), ("from", str(page.looked_to))]
        ),
        "newest_query": urlencode([("q", form.text), ("sort", NEWEST)]),
    }


def _orders(form: SearchForm) -> list[tuple[str, str, bool]]:
    """Return the orders of stories: name, query string, whether it is the one that is shown."""
    best, newest = [("q", form.text)], [("q", form.text), ("sort", NEWEST)]
    is_newest = form.is_newest_first
    return [
        (str(SORTS[RELEVANCE]), urlencode(best), not is_newest),
        (str(SORTS[NEWEST]), urlencode(newest), is_newest),
    ]


def _tags(query: SearchQuery) -> list[Offer]:
    return [Offer(tag.name, tag.get_absolute_url()) for tag in find_tags(query)]


def _hint(text: str) -> dict[str, str]:
    """Return what may have been meant, and the query string that looks for it."""
    return {"hint": text, "hint_query": urlencode([("q", text)])}


def _names(text: str, query: SearchQuery, names: NamesInQuery) -> dict[str, Any]:
    """Return the cards of who is named, and what they said about the rest of the search."""
    if names.whole:
        return {"cards": read_cards(names.whole), "statements": None}
    if not names.parts:
        return {"cards": [], "statements": None}
    part = names.parts[0]
    rest = tuple(term for term in query.terms if term not in part.terms)
    statements = read_statements(part.names, SearchQuery(rest, query.excluded), text)
    cards = read_cards((part.names if statements else part.whole_names)[:MOST_CARDS])
    return {"cards": cards, "statements": statements}
