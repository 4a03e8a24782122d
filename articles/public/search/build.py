"""The index of words made anew, in steps that each commit: stopped, it goes on with what is missing."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from articles import clock
from articles.models.editions import Edition, EditionQuerySet
from articles.models.search import EditionSearch
from articles.models.search_columns import SearchQuerySet

STEP = 500


@dataclass(frozen=True, slots=True)
class IndexStep:
    """One step: how many editions were ``read``, how many of them ``indexed``, how many rows ``removed``."""

    read: int
    indexed: int
    removed: int = 0


def count_editions() -> int:
    """Return how many editions have words that readers find now or later."""
    return lasting_editions().count()


def build_index(*, every: bool = False) -> Iterator[IndexStep]:
    """Index what readers have or will have and is not indexed; with ``every`` all of it anew. Yields each step."""
    ended = EditionSearch.objects.ended()
    while keys := list(ended.values_list("key", flat=True)[:STEP]):
        with transaction.atomic():
            removed = EditionSearch.objects.filter(key__in=keys).unindex()
        yield IndexStep(0, 0, removed)
    yield from index_in_steps(EditionSearch.objects.all(), lasting_editions(), every=every)


def index_in_steps(
    rows: SearchQuerySet, owners: QuerySet[Any], *, every: bool = False
) -> Iterator[IndexStep]:
    """Write into ``rows`` those of ``owners`` that have none; with ``every`` all of them anew. Yields after each step.

    Each step is one transaction that holds its owners locked, so that none is saved or published over meanwhile.
    """
    if every:
        rows.rebuild_words()
    last = 0
    while True:
        with transaction.atomic():
            step = owners.filter(pk__gt=last).order_by("pk")
            locked = list(step.select_for_update(of=("self",))[:STEP])
            if not locked:
                return
            last = locked[-1].pk
            indexed = rows.index_missing(locked, every=every)
        yield IndexStep(len(locked), indexed)


def lasting_editions() -> EditionQuerySet:
    """Return the editions that readers have or will have, but for withdrawals."""
    return Edition.objects.filter(ends_at__gt=clock.now()).exclude(kind=Edition.Kind.WITHDRAWAL)
