"""Stories by their words. Whatever the word, a bounded part of the index is read: the capped count first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from articles import clock
from articles.models.search import EditionSearch
from articles.text.search import SearchQuery
from articles.text.search.index import IndexQuery
from articles.text.search.ranking import score

COUNT_CAP = 1001  # a count stops here
RANKED = 200  # newest hits that are put in order by how well they fit


@dataclass(frozen=True, slots=True)
class FoundStories:
    """Editions by their primary keys, in order. ``count`` is of all hits, at most ``COUNT_CAP``: then more."""

    editions: Sequence[int]
    count: int


def find_stories(
    query: IndexQuery,
    *,
    at: datetime | None = None,
    since: int | None = None,
    before: int | None = None,
) -> FoundStories:
    """Return the newest ``RANKED`` hits of ``query`` that are listed at ``at`` (aware, default now).

    ``since`` (inclusive) and ``before`` (exclusive) are keys of the index (``key_at``). At most two queries: a word of
    few hits is answered by all of them, put in order here; only one of many is walked newest first, which ends soon.
    """
    if not query.query:
        return FoundStories([], 0)
    rows = EditionSearch.objects.matching(query, since=since, before=before)
    rows = rows.listed(at or clock.now())
    hits = list(rows.values_list("key", "edition_id")[:COUNT_CAP])
    if len(hits) == COUNT_CAP:
        newest = list(rows.newest().values_list("key", "edition_id")[:RANKED])
    else:
        newest = sorted(hits, reverse=True)[:RANKED]
    return FoundStories([edition for _, edition in newest], len(hits))


def rank(query: SearchQuery, editions: Sequence[int]) -> list[int]:
    """Return ``editions`` (newest first) by how well they fit, the newest first among equals: one query."""
    rows = EditionSearch.objects.filter(edition__in=editions)
    words = {
        edition: (headline, details)
        for edition, headline, details in rows.values_list("edition_id", "headline", "details")
    }
    listed = [edition for edition in editions if edition in words]
    return sorted(listed, key=lambda edition: score(query, *words[edition]), reverse=True)
