"""The stories that fit what was asked for, in a stretch of the list and in either direction: a bounded read each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.conf import settings

from articles.models.editions import Edition, EditionQuerySet
from articles.models.search import keys_between
from articles.models.visibility import published_between
from articles.public.search import FoundStories, find_stories
from articles.text.search import parse_query
from articles.text.search.index import IndexQuery, label

from .link_walk import LinkWalk, Target, plan_walk

LETTERS = {"tag": "t", "person": "p", "organization": "o"}  # of the labels in the index of words


@dataclass(frozen=True)
class Selection:
    """Stories published in ``[since, until)`` (aware, None for no bound) that fit, newest or oldest first.

    ``words`` are looked for if there are any; every one of ``targets`` is linked, none of ``without``.
    """

    words: str
    targets: Sequence[Target]
    without: Sequence[Target]
    since: datetime | None = None
    until: datetime | None = None
    oldest_first: bool = False

    @cached_property
    def editions(self) -> EditionQuerySet:
        """The stories in their order, to be cut: those of words are the first hits of the index."""
        editions = Edition.objects.listed()
        if hits := self.hits:
            editions = editions.filter(pk__in=hits.editions)
            return editions.oldest() if self.oldest_first else editions.newest()
        editions = editions.linked_to(
            *self.walk.targets,
            since=self.since,
            until=self.until,
            without=self.without,
            oldest_first=self.oldest_first,
        )
        return self.within(editions)

    @cached_property
    def hits(self) -> FoundStories | None:
        """The first hits of the words that are looked for, and how many there are in all; None without words."""
        if not self.words:
            return None
        return find_stories(
            self.index_query,
            oldest_first=self.oldest_first,
            **keys_between(self.since, self.until),
        )

    @property
    def index_query(self) -> IndexQuery:
        """What is looked for, as the index of words has it."""
        query = parse_query(self.words, settings.LANGUAGE_CODE)
        return IndexQuery(query, _labels(self.targets), _labels(self.without))

    @cached_property
    def walk(self) -> LinkWalk:
        """The rows that a story must link, in the order in which their links are looked at."""
        return plan_walk(
            self.targets,
            self.within,
            is_narrowed=bool(self.without),
            oldest_first=self.oldest_first,
        )

    def deepest(self) -> tuple[datetime, int] | None:
        """Return the key of the last story that was looked at, None if the list has been seen to its end."""
        return hits.deepest if (hits := self.hits) else self.walk.deepest

    def within(self, rows: Any) -> Any:
        """Return those of ``rows`` (anything with ``published_at``) that the time asked for holds."""
        return published_between(rows, self.since, self.until)


def _labels(rows: Sequence[Target]) -> tuple[str, ...]:
    return tuple(label(LETTERS[str(row._meta.model_name)], row.pk) for row in rows)
