"""All stories, narrowed by what the address asks for."""

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from articles.models.editions import Edition
from articles.public import site_context
from articles.public.filters import RELEVANCE, EditionFilter, Selection
from articles.public.filters.facets import CountedStories
from articles.public.http_cache import conditional_page
from articles.public.views.page_addresses import addresses_of
from articles.public.views.pagination import (
    Key,
    StoryPage,
    end_of,
    format_stories,
    key_of,
    read_page,
    start_of,
)

from .list_facets import read_list_facets
from .names import choose_name
from .ranked import is_cut, read_ranked

TEMPLATE = "articles/articles.html"


@require_safe
def articles(request: HttpRequest) -> HttpResponse:
    """Show the stories that fit the filters; 400 with the reason for filters that cannot be read.

    A name that was typed leads to the list narrowed by who or what has it, or to the choice between several.
    """
    after = key_of(request)
    filters = EditionFilter(request.GET, queryset=Edition.objects.listed())
    if not filters.is_valid():
        return _render_errors(request, filters)
    if filters.form.cleaned_data["name"]:
        return choose_name(request, filters)
    page, deepest = _read_list(filters, after)
    all_stories = _all_stories(filters, page, after, deepest)
    facets, count = read_list_facets(filters, all_stories, page.window.last_start)
    context: dict[str, Any] = {
        "filters": filters,
        "sections": site_context.current().sections,
        "page": page,
        "after": after,
        "addresses": addresses_of(page, after, reverse("articles"), filters.query),
        "count": format_stories(count) if filters.pairs() and not after else "",
        "facets": facets,
        "further_query": _further_query(filters, page, after, deepest),
        "is_cut": is_cut(filters) and not page.next,
        "feed_query": filters.unsorted_query(),
        **_feed_addresses(filters.unsorted_query()),
    }
    return conditional_page(request, TEMPLATE, context, window=page.window)


def _render_errors(request: HttpRequest, filters: EditionFilter) -> HttpResponse:
    """Say which filters cannot be read or name nothing, beside the form that has them."""
    sections = site_context.current().sections
    context = {"filters": filters, "sections": sections, "errors": filters.reasons()}
    return render(request, TEMPLATE, context, status=400)


def _read_list(filters: EditionFilter, after: Key | None) -> tuple[StoryPage, Key | None]:
    """Read the page that begins after ``after``, and the key of the last story that was looked at for it.

    The key is None when the list has been seen to its end. One query, and on a further page one for the way back;
    with several filters those that plan the walk.
    """
    if filters.sorting == RELEVANCE:
        return read_ranked(filters, after), None
    oldest_first = filters.is_oldest_first
    if after is None:
        selection = filters.selection
        return read_page(selection.editions, oldest_first=oldest_first), _deepest(selection)
    newer = {"since": start_of(after)}
    older = {"until": end_of(after)}
    onwards, back = (newer, older) if oldest_first else (older, newer)
    selection = filters.select(**onwards, oldest_first=oldest_first)
    opposite = filters.select(**back, oldest_first=not oldest_first)
    page = read_page(
        selection.editions, after, opposite=opposite.editions, oldest_first=oldest_first
    )
    if page.previous is None and (key := _deepest(opposite)):
        page = replace(page, previous=key)
    return page, _deepest(selection)


def _deepest(selection: Selection) -> Key | None:
    key = selection.deepest()
    return Key(*key) if key else None


def _all_stories(
    filters: EditionFilter, page: StoryPage, after: Key | None, deepest: Key | None
) -> CountedStories | None:
    """Return the stories of ``page`` where they are all that fit: then nothing need be read to count them."""
    if after or page.next or deepest or filters.hits:
        return None
    stories = [(key.pk, key.published_at) for key in page.keys]
    return CountedStories(stories, len(stories), is_complete=True)


def _further_query(
    filters: EditionFilter, page: StoryPage, after: Key | None, deepest: Key | None
) -> str:
    """Return the query string that looks on behind the last stories looked at, when none is left; empty otherwise."""
    if page.next or deepest is None or deepest == after:
        return ""
    return filters.query(("from", str(deepest)))


def _feed_addresses(query: str) -> dict[str, str]:
    """Return where the feed of the stories of ``query`` is, in either syntax."""
    name = "articles_feed" if query else "feed"
    addresses = {"atom_url": reverse(name), "rss_url": reverse(f"{name}_rss")}
    return {key: f"{url}?{query}" if query else url for key, url in addresses.items()}
