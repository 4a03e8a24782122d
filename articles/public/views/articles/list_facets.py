"""The facets of the list of stories; those of the list that nothing narrows are remembered for a while."""

from dataclasses import dataclass
from datetime import datetime

from articles.public import site_context
from articles.public.filters import EditionFilter
from articles.public.filters.facets import CountedStories, Facets, count_stories, read_facets
from articles.public.views.pagination import COUNT_CAP


@dataclass(frozen=True, slots=True)
class RememberedFacets:
    """Facets of the whole list as they were while ``last_start`` (aware) was the last start of an edition.

    They last no longer than what surrounds a page in this process.
    """

    facets: Facets
    last_start: datetime
    surroundings: site_context.SiteContext


_remembered: RememberedFacets | None = None


def read_list_facets(
    filters: EditionFilter, all_stories: CountedStories | None, last_start: datetime | None
) -> tuple[Facets, int]:
    """Return the facets of the list, and how many stories fit, at most ``COUNT_CAP``.

    Two queries at most: one where ``all_stories`` that fit are known. Those of the whole list are remembered until an
    edition begins (``last_start``, aware), a minute at most: it is asked for most, and a changed name shows that late.
    """
    global _remembered
    surroundings = site_context.current()
    is_whole = not filters.query()
    if (
        is_whole
        and _remembered
        and _remembered.last_start == last_start
        and _remembered.surroundings is surroundings
    ):
        return _remembered.facets, COUNT_CAP
    counted = all_stories or count_stories(filters, COUNT_CAP - 1)
    facets = read_facets(filters, counted)
    if is_whole and last_start:
        _remembered = RememberedFacets(facets, last_start, surroundings)
    return facets, counted.count
