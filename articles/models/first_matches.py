"""The first rows of an index of words that match a query, in the order of their keys, by a bounded read.

What is read first is the same on both databases; how, each has its own walk.
"""

from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

from articles.text.search.index import IndexQuery

MOST_CANDIDATES = 3000  # rows with all words of a phrase that are looked at for it


class FirstMatches(NamedTuple):
    """Keys of rows in walking order. ``last_candidate`` is the key up to which a phrase was looked for, None: all."""

    keys: list[int]
    last_candidate: int | None = None


class KeyWalk(Protocol):
    """A way through the rows between two keys, the newest first or the oldest."""

    def first_keys(self, query: IndexQuery, most: int) -> list[int]:
        """Return the first ``most`` keys of rows that match ``query``, which has no phrase."""
        ...

    def choose(self, query: IndexQuery, keys: list[int]) -> list[int]:
        """Return those of ``keys``, which are in walking order, whose rows match ``query``."""
        ...


@dataclass(frozen=True, slots=True)
class SqliteWalk:
    """Walks through SQLite's table of words of ``rows``, which is in the order of the keys."""

    rows: Any
    since: int | None
    before: int | None
    oldest_first: bool

    def first_keys(self, query: IndexQuery, most: int) -> list[int]:
        """See ``KeyWalk``."""
        return self._read(query, most, self.since, self.before)

    def choose(self, query: IndexQuery, keys: list[int]) -> list[int]:
        """See ``KeyWalk``."""
        return self._read(query, len(keys), min(keys), max(keys) + 1)

    def _read(
        self, query: IndexQuery, most: int, since: int | None, before: int | None
    ) -> list[int]:
        keys: list[int] = self.rows.match_words_table(
            query, most, since, before, oldest_first=self.oldest_first
        )
        return keys


def first_matches(walk: KeyWalk, query: IndexQuery, most: int) -> FirstMatches:
    """Return the first ``most`` rows that match ``query``.

    The last word goes on where as a whole word it has fewer. A phrase is looked for in the first
    ``MOST_CANDIDATES`` rows that have its words.
    """
    matches = _match(walk, query.whole_words(), most)
    if query.has_prefix and len(matches.keys) < most and not matches.last_candidate:
        return _match(walk, query, most)
    return matches


def _match(walk: KeyWalk, query: IndexQuery, most: int) -> FirstMatches:
    if not query.has_phrase:
        return FirstMatches(walk.first_keys(query, most))
    candidates = walk.first_keys(query.single_words(), MOST_CANDIDATES)
    keys = walk.choose(query, candidates)[:most] if candidates else []
    is_cut = len(candidates) == MOST_CANDIDATES and len(keys) < most
    return FirstMatches(keys, candidates[-1] if is_cut else None)
