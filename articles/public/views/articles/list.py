"""All stories, narrowed by what the address asks for."""

from collections import Counter
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from articles.models.editions import Edition
from articles.public import site_context
from articles.public.filters import MOST_TAGS, EditionFilter
from articles.public.http_cache import conditional_page
from articles.public.views.pagination import (
    Key,
    StoryPage,
    count_in_words,
    end_of,
    format_stories,
    key_of,
    read_page,
)

TEMPLATE = "articles/articles.html"
MOST_SUGGESTED = 10


@require_safe
def articles(request: HttpRequest) -> HttpResponse:
    """Show the newest stories that fit the filters; 400 with the reason for filters that cannot be read."""
    after = key_of(request)
    filters = EditionFilter(request.GET, queryset=Edition.objects.listed(), until=end_of(after))
    if not filters.is_valid():
        return _render_errors(request, filters)
    page = read_page(filters.qs, after)
    context = {
        "filters": filters,
        "sections": site_context.current().sections,
        "page": page,
        "after": after,
        "count": _count_in_words(filters, page, after),
        "suggested": _suggest_tags(filters, page),
        "older": filters.query(("from", str(page.next))) if page.next else "",
        "further_query": _further_query(filters, page, after),
    }
    return conditional_page(request, TEMPLATE, context, window=page.window)


def _count_in_words(filters: EditionFilter, page: StoryPage, after: Key | None) -> str:
    """Say how many stories fit the filters, empty where nothing is filtered or it is not known."""
    if filters.hits and not after:
        return format_stories(filters.hits.count)
    return count_in_words(page, after, filters.qs) if filters.pairs() else ""


def _render_errors(request: HttpRequest, filters: EditionFilter) -> HttpResponse:
    """Say which filters cannot be read or name nothing, beside the form that has them."""
    errors = [error for field in filters.form.errors.values() for error in field]
    context = {"filters": filters, "sections": site_context.current().sections, "errors": errors}
    return render(request, TEMPLATE, context, status=400)


def _suggest_tags(filters: EditionFilter, page: StoryPage) -> list[dict[str, Any]]:
    """Return the tags that most stories of this page share, each with the list narrowed by it. No query."""
    chosen = {tag.slug for tag in filters.form.cleaned_data["tags"]}
    if len(chosen) >= MOST_TAGS:
        return []
    counts = Counter(
        (tag["name"], tag["slug"])
        for tags in page.tags
        for tag in tags
        if tag["kind"] != "section" and tag["slug"] not in chosen
    )
    return [
        {"name": name, "query": filters.query(("tag", slug))}
        for (name, slug), count in counts.most_common(MOST_SUGGESTED)
        if count < len(page.rows) or page.next
    ]


def _further_query(filters: EditionFilter, page: StoryPage, after: Key | None) -> str:
    """Return the query string that looks on behind the newest links, when they are exhausted; empty otherwise."""
    deepest = None if page.next else filters.deepest()
    if deepest is None:
        return ""
    key = Key(*deepest)
    return "" if key == after else filters.query(("from", str(key)))
