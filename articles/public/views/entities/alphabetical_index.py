"""A to Z."""

from dataclasses import dataclass
from itertools import groupby
from string import ascii_uppercase
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from articles.public.http_cache import CacheWindow, conditional_page
from articles.text.characters import printable
from articles.text.fold import fold

SIZE, MAX_START_LENGTH = 500, 200


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of an index: the name as it is sorted, and where it leads."""

    name: str
    url: str


def list_by_letter(
    request: HttpRequest, queryset: "QuerySet[Any]", *, order: str, template: str
) -> HttpResponse:
    """List ``queryset`` by the column ``order``, a page of names at a time from ``?from=`` on: one query."""
    start = printable(request.GET.get("from", ""))[:MAX_START_LENGTH].strip()
    if start:
        queryset = queryset.filter(**{f"{order}__gte": start})
    rows = list(queryset.order_by(order, "pk")[: SIZE + 1])
    entries = [Entry(getattr(row, order) or row.name, row.get_absolute_url()) for row in rows]
    following = entries[SIZE].name if len(entries) > SIZE else ""
    in_order = sorted(entries[:SIZE], key=lambda entry: fold(entry.name))  # databases disagree on Ø
    groups = [(letter, list(names)) for letter, names in groupby(in_order, key=_initial)]
    context = {
        "letters": _letters(groups, is_whole=not start and not following),
        "groups": groups,
        "start": start,
        "next_name": following,
    }
    return conditional_page(request, template, context, window=CacheWindow(), is_dated=False)


def _letters(groups: list[tuple[str, list[Entry]]], *, is_whole: bool) -> list[tuple[str, str]]:
    """Return the letters to jump to with their addresses: within the page where it is the whole index."""
    if is_whole:
        return [(letter, f"#letter-{letter}") for letter, _ in groups if letter in ascii_uppercase]
    return [(letter, f"?from={letter}") for letter in ascii_uppercase]


def _initial(entry: Entry) -> str:
    letter = fold(entry.name)[:1].upper()
    return letter if letter and letter in ascii_uppercase else "#"
