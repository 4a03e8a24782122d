"""What a list can be narrowed by: sections, tags, people, organizations and years, with how many stories each has.

Counted are the newest stories that fit, so many that it costs the same in a paper of a million stories.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy

from articles.models.link_counts import LinkCount, count_links
from articles.text.dates import YEARS

from .editions import EditionFilter
from .fields import MOST_ENTITIES, MOST_TAGS

MOST_COUNTED = 1000
MOST_VALUES = 8  # of each facet
HEADINGS = {
    "section": gettext_lazy("Section"),
    "tag": gettext_lazy("Subjects"),
    "person": gettext_lazy("People"),
    "organization": gettext_lazy("Organizations"),
    "year": gettext_lazy("Year"),
}
MOST_CHOSEN = {"section": 1, "tag": MOST_TAGS, "person": MOST_ENTITIES}
MOST_CHOSEN["organization"] = MOST_ENTITIES
UNWANTED = {"section": "without", "tag": "without", "person": "without_person"}
UNWANTED["organization"] = "without_organization"


@dataclass(frozen=True, slots=True)
class CountedStories:
    """The newest stories that fit: the edition of each and when (aware) it was published.

    ``count`` is of all that fit, at most one more than is counted at all. ``is_complete``: these are all there are.
    """

    stories: Sequence[tuple[int, datetime]]
    count: int
    is_complete: bool


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value by which the list can be narrowed, or is (``is_on``). ``count`` is 0 where all stories have it.

    ``query`` is the query string of the list with it, or without it when it is on; ``without_query`` that of the list
    without the stories that have it, empty where that cannot be asked for.
    """

    name: str
    count: int
    query: str
    without_query: str = ""
    is_on: bool = False


@dataclass(frozen=True, slots=True)
class Facet:
    """The values of one kind, those that are on first. ``earlier`` leads to years that are not counted, or is empty."""

    name: str
    heading: Any
    values: list[FacetValue]
    earlier: str = ""
    earlier_year: int = 0


@dataclass(frozen=True, slots=True)
class Facets:
    """All facets that have a value. ``counted`` stories were looked at: all that fit if ``is_complete``."""

    facets: list[Facet]
    counted: int
    is_complete: bool


def count_stories(filters: EditionFilter, most: int = MOST_COUNTED) -> CountedStories:
    """Return the newest stories that fit ``filters``, ``most`` at most: one query, of words none but their search."""
    selection = filters.select() if filters.is_oldest_first else filters.selection
    if hits := selection.hits:
        is_complete = hits.count <= most and hits.deepest is None
        return CountedStories(hits.hits[:most], hits.count, is_complete)
    rows = list(selection.editions.values_list("pk", "published_at")[: most + 1])
    is_complete = len(rows) <= most and selection.deepest() is None
    return CountedStories(rows[:most], len(rows), is_complete)


def read_facets(filters: EditionFilter, counted: CountedStories) -> Facets:
    """Return what the ``counted`` stories, which fit ``filters``, can be narrowed by: one query."""
    editions = [edition for edition, _ in counted.stories]
    counts = count_links(editions, MOST_VALUES + max(MOST_CHOSEN.values())) if editions else []
    facets = [
        _link_facet(filters, kind, [row for row in counts if row.kind == kind], counted)
        for kind in MOST_CHOSEN
    ]
    facets.append(_year_facet(filters, counted))
    return Facets([facet for facet in facets if facet.values], len(editions), counted.is_complete)


def _link_facet(
    filters: EditionFilter, kind: str, rows: Iterable[LinkCount], counted: CountedStories
) -> Facet:
    """Return the facet of ``kind``: what is on, and what narrows further while more may be chosen."""
    pairs = filters.pairs()
    chosen = [(value, words) for name, value, words in pairs if name == kind]
    unwanted = sum(name == UNWANTED[kind] for name, _, _ in pairs)
    values = [
        FacetValue(words, 0, filters.query_without([(kind, value)]), is_on=True)
        for value, words in chosen
    ]
    taken = {value for value, _ in chosen}
    for row in rows:
        value = row.slug if kind in ("section", "tag") else str(row.key)
        narrows = row.count < len(counted.stories) or not counted.is_complete
        if value in taken or not narrows or len(chosen) >= MOST_CHOSEN[kind]:
            continue
        may_be_left_out = unwanted < MOST_CHOSEN["tag" if kind == "section" else kind]
        without = filters.query((UNWANTED[kind], value)) if may_be_left_out else ""
        values.append(FacetValue(row.name, row.count, filters.query((kind, value)), without))
    return Facet(kind, HEADINGS[kind], values[: len(chosen) + MOST_VALUES])


def _year_facet(filters: EditionFilter, counted: CountedStories) -> Facet:
    """Return the facet of years, as days from the first of January on; one year alone is none but where it is on."""
    days = [(name, value) for name, value, _ in filters.pairs() if name in ("after", "before")]
    heading = HEADINGS["year"]
    if (year := _whole_year(filters)) is not None:
        on = FacetValue(f"{year:04}", 0, filters.query_without(days), is_on=True)
        return Facet("year", heading, [on])
    years = Counter(timezone.localtime(at).year for _, at in counted.stories)
    newest_years = sorted(years.items(), reverse=True)[:MOST_VALUES]
    earlier_year = (
        _earlier_year(filters, counted, len(years), newest_years[-1][0]) if newest_years else 0
    )
    if len(years) < 2 and not earlier_year:
        return Facet("year", heading, [])
    values = [
        FacetValue(f"{year:04}", count, filters.query_without(days, _days_of(year)))
        for year, count in newest_years
    ]
    if not earlier_year:
        return Facet("year", heading, values)
    last_days = [pair for pair in days if pair[0] == "before"]
    earlier = filters.query_without(last_days, _days_of(earlier_year - 1)[1:])
    return Facet("year", heading, values, earlier, earlier_year)


def _earlier_year(
    filters: EditionFilter, counted: CountedStories, year_count: int, earliest: int
) -> int:
    """Return ``earliest``, the first year that is newest_years, if there may be stories of years before it, else 0."""
    if counted.is_complete and year_count <= MOST_VALUES:
        return 0
    after = filters.form.cleaned_data["after"]
    first = after.year if after else YEARS[0]
    return earliest if earliest > first else 0


def _whole_year(filters: EditionFilter) -> int | None:
    """Return the year of which all days are asked for and no other, None for any other days."""
    values = filters.form.cleaned_data
    after, before = values["after"], values["before"]
    if not (after and before) or after.year != before.year:
        return None
    is_whole = (after, before) == (date(after.year, 1, 1), date(after.year, 12, 31))
    return after.year if is_whole else None


def _days_of(year: int) -> list[tuple[str, str]]:
    return [("after", f"{year:04}-01-01"), ("before", f"{year:04}-12-31")]
