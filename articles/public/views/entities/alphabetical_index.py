"""A to Z."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby
from string import ascii_uppercase
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse

from articles import dates
from articles.models.edition_links import LINKS
from articles.models.editions import Edition
from articles.models.page_urls import numbered_addresses
from articles.public.http_cache import CacheWindow, conditional_page
from articles.text.characters import printable
from articles.text.fold import fold

SIZE, MAX_START_LENGTH = 200, 200
STORY_COLUMNS = (
    *("pk", "article_id", "slug", "headline", "language", "published_at", "date_precision"),
)


@dataclass(frozen=True, slots=True)
class LastStory:
    """The newest story about somebody, with its day in words and for machines, as far as it is known."""

    headline: str
    url: str
    day: str
    iso: str
    language: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of an index: the name as it is sorted, where it leads, what somebody is, and the last story."""

    name: str
    url: str
    description: str = ""
    story: LastStory | None = None


def list_by_letter(
    request: HttpRequest,
    queryset: "QuerySet[Any]",
    *,
    order: str,
    template: str,
    describe: Callable[[Any], str],
) -> HttpResponse:
    """List public rows by the column ``order``, a page of names at a time from ``?from=`` on.

    One query, one for the last stories, and those of what ``queryset`` prefetches. ``describe`` says what a row is.
    """
    start = printable(request.GET.get("from", ""))[:MAX_START_LENGTH].strip()
    if start:
        queryset = queryset.filter(**{f"{order}__gte": start})
    rows = list(_with_last_edition(queryset).order_by(order, "pk")[: SIZE + 1])
    following = _sorted_name(rows[SIZE], order) if len(rows) > SIZE else ""
    stories = _read_last_stories(rows[:SIZE])
    entries = [
        Entry(
            _sorted_name(row, order),
            row.get_absolute_url(),
            describe(row),
            stories.get(row.last_edition),
        )
        for row in rows[:SIZE]
    ]
    in_order = sorted(entries, key=lambda entry: fold(entry.name))  # databases disagree on Ø
    groups = [(letter, list(names)) for letter, names in groupby(in_order, key=_initial)]
    context = {
        "letters": _letters(groups, is_whole=not start and not following),
        "groups": groups,
        "start": start,
        "next_name": following,
    }
    return conditional_page(request, template, context, window=CacheWindow(), is_dated=False)


def _sorted_name(row: Any, order: str) -> str:
    name: str = getattr(row, order) or row.name
    return name


def _with_last_edition(queryset: "QuerySet[Any]") -> "QuerySet[Any]":
    """Annotate the newest listed edition that links each row: the first entry of an index range each."""
    name = str(queryset.model._meta.model_name)
    links = LINKS[name].objects.listed().filter(**{name: OuterRef("pk")}).newest()
    return queryset.annotate(last_edition=Subquery(links.values("edition_id")[:1]))


def _read_last_stories(rows: Sequence[Any]) -> dict[int, LastStory]:
    """Read the stories of the editions that ``rows`` are annotated with, by their keys: one query."""
    keys = {row.last_edition for row in rows}
    address = numbered_addresses("article")
    editions = Edition.objects.filter(pk__in=keys).values(*STORY_COLUMNS) if keys else ()
    stories = {}
    for row in editions:
        at, precision = row["published_at"], row["date_precision"]
        precision = "day" if precision == "minute" else precision
        stories[row["pk"]] = LastStory(
            headline=row["headline"],
            url=address(row["article_id"], row["slug"]),
            day=dates.format_datetime(at, precision),
            iso=dates.iso(at, precision),
            language=row["language"],
        )
    return stories


def _letters(groups: list[tuple[str, list[Entry]]], *, is_whole: bool) -> list[tuple[str, str]]:
    """Return the letters to jump to with their addresses: within the page where it is the whole index."""
    if is_whole:
        return [(letter, f"#letter-{letter}") for letter, _ in groups if letter in ascii_uppercase]
    return [(letter, f"?from={letter}") for letter in ascii_uppercase]


def _initial(entry: Entry) -> str:
    letter = fold(entry.name)[:1].upper()
    return letter if letter and letter in ascii_uppercase else "#"
