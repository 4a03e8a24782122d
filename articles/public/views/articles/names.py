"""Filters chosen by name: completed while somebody types, or from a page of names."""

from typing import Any

from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBadRequest,
    HttpResponseRedirect,
    JsonResponse,
)
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_safe

from articles.models.editions import Edition
from articles.models.tags import Tag
from articles.public.filters import EditionFilter
from articles.public.filters.fields import LONGEST_QUERY
from articles.public.http_cache import (
    MAX_AGE,
    CacheWindow,
    conditional_page,
    conditional_response,
    take_window,
)
from articles.public.search.completion import Completion, complete_names
from articles.text.characters import printable

MOST_ON_PAGE = 50  # of people and organizations, and of tags
STARTS = ("last_start", "next_start")
KINDS = {
    "person": gettext_lazy("person"),
    "organization": gettext_lazy("organization"),
    **dict(Tag.Kind.choices),
}


@require_safe
def names(request: HttpRequest) -> HttpResponse:
    """Answer ``?q=`` with the people, organizations and tags whose names it begins, as JSON; 400 when it is too long.

    ``{"names": [{"filter", "value", "name", "kind"}]}``: a filter of the list of stories and its value in an address.
    """
    text = printable(request.GET.get("q", "")).strip()
    if len(text) > LONGEST_QUERY:
        return HttpResponseBadRequest(
            gettext("That is too long for a name."), content_type="text/plain"
        )
    starts = Edition.objects.listed().newest().with_starts().values(*STARTS)
    return conditional_response(
        request,
        _write_names,
        {"names": [_as_json(row) for row in complete_names(text)]},
        window=take_window(list(starts[:1])),
        is_dated=False,
    )


def _write_names(names: list[dict[str, str]]) -> HttpResponse:
    return JsonResponse({"names": names})


def _as_json(row: Completion) -> dict[str, str]:
    return {
        "filter": row.filter,
        "value": row.value,
        "name": row.name,
        "kind": describe_completion(row),
    }


def describe_completion(row: Completion) -> str:
    """Say what ``row`` is, and by what other name it was found: ``person, also Mia Brandt``."""
    kind = str(KINDS[row.kind])
    if not row.other_name:
        return kind
    return gettext("%(kind)s, also %(name)s") % {"kind": kind, "name": row.other_name}


def choose_name(request: HttpRequest, filters: EditionFilter) -> HttpResponse:
    """Lead to the list narrowed by what has the name that was typed, or list what has it where that is not one."""
    text: str = filters.form.cleaned_data["name"]
    rows = complete_names(text, MOST_ON_PAGE)
    choices: list[dict[str, Any]] = [
        {"name": row.name, "kind": describe_completion(row), "query": _query_with(filters, row)}
        for row in rows
    ]
    url = reverse("articles")
    if len(choices) == 1:
        response = HttpResponseRedirect(f"{url}?{choices[0]['query']}")
        response.headers["Cache-Control"] = f"public, max-age={MAX_AGE}"
        return response
    context = {"name": text, "choices": choices, "filters": filters, "back_query": filters.query()}
    return conditional_page(
        request, "articles/names.html", context, window=CacheWindow(), is_dated=False
    )


def _query_with(filters: EditionFilter, row: Completion) -> str:
    """Return the query string of the list narrowed by ``row``: a section takes the place of the one that is on."""
    sections = [(name, value) for name, value, _ in filters.pairs() if name == "section"]
    is_section = row.filter == "section"
    same = [(row.filter, row.value)]
    return filters.query_without([*(sections if is_section else []), *same], same)
