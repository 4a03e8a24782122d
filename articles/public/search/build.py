"""The index of words made anew, in steps that each commit: stopped, it goes on with what is missing."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction

from articles import clock
from articles.models.editions import Edition, EditionQuerySet
from articles.models.search import EditionSearch

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
    """Index what readers have or will have and is not indexed; with ``every`` all of it anew. Yields after each step.

    Each step is one transaction that holds its editions locked, so that none is published over meanwhile.
    """
    ended = EditionSearch.objects.ended()
    while keys := list(ended.values_list("key", flat=True)[:STEP]):
        with transaction.atomic():
            removed = EditionSearch.objects.filter(key__in=keys).unindex()
        yield IndexStep(0, 0, removed)
    last = 0
    while True:
        with transaction.atomic():
            editions = list(
                lasting_editions().filter(pk__gt=last).order_by("pk").select_for_update()[:STEP]
            )
            if not editions:
                return
            indexed = EditionSearch.objects.filter(edition__in=editions)
            if every:
                indexed.unindex()
            indexed_keys = set(indexed.values_list("edition_id", flat=True))
            missing = [edition for edition in editions if edition.pk not in indexed_keys]
            last = editions[-1].pk
            step = IndexStep(len(editions), EditionSearch.objects.index(missing))
        yield step


def lasting_editions() -> EditionQuerySet:
    """Return the editions that readers have or will have, but for withdrawals."""
    return Edition.objects.filter(ends_at__gt=clock.now()).exclude(kind=Edition.Kind.WITHDRAWAL)
