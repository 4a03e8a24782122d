"""A to Z."""

from dataclasses import dataclass
from itertools import groupby
from string import ascii_uppercase
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from articles.conditional import Clock, answer
from articles.text.chars import printable
from articles.text.fold import fold

SIZE, LONGEST = 200, 200


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of an index: the name as it is sorted, and where it leads."""

    name: str
    url: str


def index(
    request: HttpRequest, found: "QuerySet[Any]", *, order: str, template: str
) -> HttpResponse:
    """List ``found`` by the column ``order``, a page of names at a time from ``?from=`` on: one query."""
    start = printable(request.GET.get("from", ""))[:LONGEST].strip()
    if start:
        found = found.filter(**{f"{order}__gte": start})
    rows = list(found.order_by(order, "pk")[: SIZE + 1])
    entries = [Entry(getattr(row, order) or row.name, row.get_absolute_url()) for row in rows]
    following = entries[SIZE].name if len(entries) > SIZE else ""
    context = {
        "letters": ascii_uppercase,
        "groups": [
            (letter, list(names)) for letter, names in groupby(entries[:SIZE], key=_initial)
        ],
        "start": start,
        "following": following,
    }
    return answer(
        request,
        lambda: render(request, template, context),
        made_of=[start, entries],
        clock=Clock(),
        is_dated=False,
    )


def _initial(entry: Entry) -> str:
    letter = fold(entry.name)[:1].upper()
    return letter if letter in ascii_uppercase else "#"
