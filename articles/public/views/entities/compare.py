"""Two people side by side: what each said, on one subject, in the order of time."""

from collections import Counter
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from articles.models.edition_links import EditionTag
from articles.models.edition_quotes import EditionQuote, EditionQuoteQuerySet
from articles.models.people import Person
from articles.public.filters import CompareFilter
from articles.public.http_cache import CacheWindow, conditional_page
from articles.public.views.pagination import Key, key_of
from articles.public.views.quotes.items import QuoteItem, QuotePage, Row, read_quotes

TEMPLATE = "articles/compare.html"
STORIES, QUOTES, MOST_NAMES, MOST_TAGS = 200, 500, 40, 30


@dataclass(frozen=True, slots=True)
class Year:
    """What each of two people said in a year, newest first; a column is empty for who said nothing."""

    year: int
    columns: list[tuple[Person, list[QuoteItem]]]


@dataclass(frozen=True, slots=True)
class SideBySide:
    """A page of two columns that go equally far back; ``next`` is where the page after it begins."""

    people: list[Person]
    columns: list[QuotePage]
    next: Key | None
    window: CacheWindow

    def years(self) -> list[Year]:
        """Return both columns by the year in which their stories came out."""
        columns_by_year = [dict(column.by_year()) for column in self.columns]
        years = sorted({year for column in columns_by_year for year in column}, reverse=True)
        return [
            Year(
                year,
                [(p, c.get(year, [])) for p, c in zip(self.people, columns_by_year, strict=True)],
            )
            for year in years
        ]


@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """Show what two people said, narrowed by tags; with fewer than two the form to choose them. 400 with the reason."""
    after = key_of(request)
    listed = EditionQuote.objects.listed()
    filters = CompareFilter(request.GET, queryset=listed)
    if not filters.is_valid():
        error_context = {"filters": filters, "errors": filters.reasons()}
        return render(request, TEMPLATE, error_context, status=400)
    pair = filters.people if len(filters.people) == 2 else []
    side = read_side_by_side(filters.qs, pair, after)
    context: dict[str, Any] = {
        "filters": filters,
        "people": pair,
        "comparison": side,
        "after": after,
        "names": _names(filters),
        "labels": _labels(filters),
        "all_subjects_query": urlencode([("person", person.pk) for person in pair]),
        "tags": _tags(filters),
        "older": filters.query(("from", str(side.next))) if side.next else "",
    }
    return conditional_page(request, TEMPLATE, context, window=side.window, is_dated=False)


def read_side_by_side(
    quotes: EditionQuoteQuerySet, people: list[Person], after: Key | None
) -> SideBySide:
    """Read the page of what each of ``people`` said that begins after ``after``: one query each.

    Both columns end at the same time, so that nobody seems silent where only the other's quotes were read on.
    """
    pages = [read_quotes(quotes.filter(person=person), after) for person in people]
    ends = [(page.next.published_at, page.next.pk) for page in pages if page.next]
    last = max(ends, default=None)
    columns = [
        QuotePage([row for row in page.rows if not last or _key(row) >= last], None, page.window)
        for page in pages
    ]
    window = next((page.window for page in pages if page.rows), CacheWindow())
    return SideBySide(people, columns, Key(*last) if last else None, window)


def _labels(filters: CompareFilter) -> list[dict[str, Any]]:
    """Return what stands above each of the two lists of names, and who is chosen in it."""
    chosen = [person.pk for person in filters.people] + [None, None]
    labels = (gettext("First person"), gettext("Second person"))
    return [{"text": label, "chosen": pk} for label, pk in zip(labels, chosen, strict=False)]


def _key(row: Row) -> tuple[Any, int]:
    return row["published_at"], row["pk"]


def _names(filters: CompareFilter) -> list[tuple[int, str]]:
    """Return who can be chosen, by name: those most quoted on the tags of late, and whom the address names."""
    quotes = EditionQuote.objects.listed().filter(person__isnull=False)
    if filters.tags:
        links = EditionTag.objects.listed().filter(tag=filters.tags[0]).newest()
        quotes = quotes.filter(edition__in=links.values("edition_id")[:STORIES])
    rows = quotes.newest().values_list("person_id", "person__name")[:QUOTES]
    names = dict(row for row, _ in Counter(rows).most_common(MOST_NAMES))
    names |= {person.pk: person.name for person in filters.people}
    return sorted(names.items(), key=lambda row: (row[1].casefold(), row[0]))


def _tags(filters: CompareFilter) -> list[tuple[str, str]]:
    """Return the subjects that can be chosen, by name: those on which all the people chosen spoke of late."""
    tags = {tag.slug: tag.name for tag in filters.tags}
    person_ids = {person.pk for person in filters.people}
    if person_ids:
        quotes = EditionQuote.objects.listed().filter(person__in=person_ids).newest()
        links = EditionTag.objects.filter(edition__in=quotes.values("edition_id")[:QUOTES])
        columns = ("tag__slug", "tag__name", "edition__quote_links__person_id")
        speakers: dict[tuple[str, str], set[int]] = {}
        for slug, name, person in links.order_by().values_list(*columns).distinct():
            speakers.setdefault((slug, name), set()).add(person)
        tags |= dict(
            [tag for tag, speaker_ids in speakers.items() if person_ids <= speaker_ids][:MOST_TAGS]
        )
    return sorted(tags.items(), key=lambda tag: tag[1].casefold())
