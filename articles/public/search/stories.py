"""Stories by their words. Whatever the word, a bounded part of the index is read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from articles import clock
from articles.models.search import EditionSearch
from articles.models.search_columns import owner_number, published_second
from articles.text.search import SearchQuery, SearchTerm
from articles.text.search.index import IndexQuery, NamedTerms, label
from articles.text.search.ranking import score

COUNT_CAP = 1001  # a count stops here
RANKED = 200  # newest hits that are put in order by how well they fit
Link = dict[str, Any]  # as an edition stores a ``composed.Link``


@dataclass(frozen=True, slots=True)
class FoundStories:
    """Editions by their primary keys, in order, at most ``RANKED``. ``count`` is of all hits, at most ``COUNT_CAP``.

    ``keys`` are all that are counted, in the same order, each after its key in the index.
    ``deepest`` are the time and the key of the last story that was looked at for a phrase; None if all were.
    """

    editions: Sequence[int]
    count: int
    keys: Sequence[tuple[int, int]] = ()
    deepest: tuple[datetime, int] | None = None

    @property
    def hits(self) -> list[tuple[int, datetime]]:
        """All that are counted, in their order: the edition, and the second (aware) of its publication."""
        return [(edition, published_second(key)) for key, edition in self.keys]


def find_stories(
    query: IndexQuery,
    *,
    at: datetime | None = None,
    since: int | None = None,
    before: int | None = None,
    oldest_first: bool = False,
) -> FoundStories:
    """Return the newest ``RANKED`` hits of ``query`` that are listed at ``at`` (aware, default now), or the oldest.

    ``since`` (inclusive) and ``before`` (exclusive) are keys of the index (``key_at``).
    """
    if not query.query:
        return FoundStories([], 0)
    matches = EditionSearch.objects.first_matches(
        query, since=since, before=before, oldest_first=oldest_first
    )
    rows = EditionSearch.objects.among(matches.keys).listed(at or clock.now())
    keys = sorted(rows.values_list("key", "edition_id"), reverse=not oldest_first)[:COUNT_CAP]
    last = matches.last_candidate
    return FoundStories(
        editions=[edition for _, edition in keys[:RANKED]],
        count=len(keys),
        keys=keys,
        deepest=(published_second(last), owner_number(last)) if last else None,
    )


def rank(
    query: SearchQuery, editions: Sequence[int], names: Sequence[NamedTerms] = ()
) -> list[int]:
    """Return ``editions`` (newest first) by how well they fit, the newest first among equals: one query.

    What is filed under somebody whom terms of the query name (``names``) fits as if it printed them.
    """
    rows = EditionSearch.objects.among(editions, "edition_id")
    columns = ["edition_id", "headline", "details"]
    columns += ["edition__people", "edition__organizations"] if names else []
    scores = {}
    for edition, headline, details, *links in rows.values_list(*columns):
        filed = _filed_terms(names, *links) if names else set()
        scores[edition] = score(query, headline, details, filed)
    listed = [edition for edition in editions if edition in scores]
    return sorted(listed, key=scores.__getitem__, reverse=True)


def _filed_terms(
    names: Sequence[NamedTerms], people: Sequence[Link], organizations: Sequence[Link]
) -> set[SearchTerm]:
    """Return the terms that name somebody among these links of a story."""
    labels = {label("p", link["id"]) for link in people}
    labels |= {label("o", link["id"]) for link in organizations}
    return {term for name in names if labels & set(name.labels) for term in name.terms}
