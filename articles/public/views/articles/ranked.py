"""The list of what a search found, the best match first: the newest hits alone are ranked, and paged by their place."""

from articles.models.editions import Edition
from articles.public.filters import RELEVANCE, EditionFilter
from articles.public.search import RANKED, rank
from articles.public.views.pagination import SIZE, Key, StoryPage, read_page


def read_ranked(filters: EditionFilter, after: Key | None) -> StoryPage:
    """Read the page that begins after the story of ``after``: three queries at most with the search.

    A story that is ranked no more leads to an empty page.
    """
    hits = filters.selection.hits
    ranked = rank(filters.selection.index_query.query, hits.editions) if hits else []
    start = _place_after(ranked, after)
    following = ranked[start : start + SIZE]
    before = start - SIZE - 1  # the last story of the page before the page before
    editions = [*following, *ranked[max(before, 0) : before + 1]]
    page = read_page(Edition.objects.listed().filter(pk__in=editions).newest(), size=len(editions))
    order = {pk: place for place, pk in enumerate(following)}
    rows = sorted((row for row in page.rows if row[0] in order), key=lambda row: order[row[0]])
    keys = {key.pk: key for key in page.keys}
    is_last = start + SIZE >= len(ranked)
    return StoryPage(
        rows=rows,
        next=None if is_last else keys.get(following[-1]),
        window=page.window,
        keys=[keys[row[0]] for row in rows],
        previous=keys.get(ranked[before]) if before >= 0 else None,
    )


def _place_after(ranked: list[int], after: Key | None) -> int:
    if after is None:
        return 0
    return ranked.index(after.pk) + 1 if after.pk in ranked else len(ranked)


def is_cut(filters: EditionFilter) -> bool:
    """Tell whether more stories were found than are ranked."""
    hits = filters.hits
    return filters.sorting == RELEVANCE and hits is not None and hits.count > RANKED
