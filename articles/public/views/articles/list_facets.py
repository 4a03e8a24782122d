"""The facets of the list of stories; those of the list that nothing narrows are remembered for a while."""

from dataclasses import dataclass
from datetime import datetime
from time import monotonic

from django.conf import settings

from articles.public.filters import EditionFilter
from articles.public.filters.facets import CountedStories, Facets, count_stories, read_facets
from articles.public.site_context import CACHE_SECONDS
from articles.public.views.pagination import COUNT_CAP


@dataclass(frozen=True, slots=True)
class RememberedFacets:
    """Facets of the whole list as they were while ``last_start`` (aware) was the last start of an edition."""

    facets: Facets
    last_start: datetime
    read_at: float


_remembered: RememberedFacets | None = None


def read_list_facets(
    filters: EditionFilter, all_stories: CountedStories | None, last_start: datetime | None
) -> tuple[Facets, int]:
    """Return the facets of the list, and how many stories fit, at most ``COUNT_CAP``.

    Two queries at most: none where ``all_stories`` that fit are known, then one. Those of the whole list are
    remembered until an edition begins (``last_start``, aware), for ``CACHE_SECONDS`` at most: it is asked for most,
    and a name that was changed may show that late.
    """
    global _remembered
    is_whole = not filters.query() and last_start is not None and not settings.DEBUG
    if is_whole and _remembered and _holds(_remembered, last_start):
        return _remembered.facets, COUNT_CAP
    counted = all_stories or count_stories(filters, COUNT_CAP - 1)
    facets = read_facets(filters, counted)
    if is_whole and last_start:
        _remembered = RememberedFacets(facets, last_start, monotonic())
    return facets, counted.count


def _holds(remembered: RememberedFacets, last_start: datetime | None) -> bool:
    is_fresh = monotonic() - remembered.read_at < CACHE_SECONDS
    return is_fresh and remembered.last_start == last_start
