"""Rows that may be one: of the whole table, and of one name that an editor is about to write."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations, product
from typing import Any

from django.db.models import Q

from articles.models import Distinct, Organization, OtherName, Person
from articles.text.names.similarity import (
    NameSimilarity,
    compare_organization_names,
    compare_person_names,
    name_words,
    organization_blocking_keys,
    person_blocking_keys,
)

Row = Person | Organization
MAX_BLOCK_SIZE = 200  # beyond that only the same name counts: a family name that half a country has
MAX_CANDIDATES = 500
MIN_WORD_LENGTH = 3  # letters of a word that is looked for


@dataclass(frozen=True, slots=True)
class DuplicatePair:
    """Two rows by their keys, the smaller first; why they may be one, and how likely (at most 1.0)."""

    low: int
    high: int
    reason: str
    rank: float


@dataclass(frozen=True, slots=True)
class _Named:
    """A row's key with one of its names; an other name ranks a little lower than the row's own."""

    key: int
    name: str
    short: str = ""
    is_other: bool = False


def duplicate_pairs(kind: str) -> list[DuplicatePair]:
    """Return all pairs of people or of organizations that may be one, the likeliest first; three queries.

    Those of whom an editor said that they are not the same are left out. ``kind`` is "person" or "organization".
    """
    model: Any = Person if kind == "person" else Organization
    columns = ("pk", "name") if kind == "person" else ("pk", "name", "abbreviation")
    rows = [_Named(*row) for row in model.objects.values_list(*columns).order_by("pk")]
    others = OtherName.objects.filter(**{f"{kind}__isnull": False}).values_list(
        f"{kind}_id", "name"
    )
    rows += [_Named(key, name, is_other=True) for key, name in others]
    blocks: dict[str, list[_Named]] = defaultdict(list)
    for row in rows:
        for block in _blocks(kind, row):
            blocks[block].append(row)
    best: dict[tuple[int, int], NameSimilarity] = {}
    for members in blocks.values():
        if len(members) <= MAX_BLOCK_SIZE:
            _update_best(best, combinations(members, 2), _comparer(kind))
    distinct = set(Distinct.objects.filter(kind=kind).values_list("low", "high"))
    duplicates = [
        DuplicatePair(*keys, *match) for keys, match in best.items() if keys not in distinct
    ]
    return sorted(duplicates, key=lambda pair: (-pair.rank, pair.low, pair.high))


def duplicates_of(row: Row, *, names: Iterable[str] = ()) -> list[tuple[Row, NameSimilarity]]:
    """Return the rows that may be the same as ``row`` (stored or not; ``names`` are others of it), likeliest first."""
    kind = row._meta.model_name or ""
    model: Any = type(row)
    own_names = [_Named(row.pk or 0, row.name, getattr(row, "abbreviation", ""))]
    own_names += [_Named(row.pk or 0, name, is_other=True) for name in names]
    rows = {
        candidate.pk: candidate
        for candidate in model.objects.filter(_shares_a_word(own_names)).distinct()[:MAX_CANDIDATES]
    }
    rows.pop(row.pk, None)
    candidate_names = [
        _Named(pk, candidate.name, getattr(candidate, "abbreviation", ""))
        for pk, candidate in rows.items()
    ]
    others = OtherName.objects.filter(**{f"{kind}__in": rows}).values_list(f"{kind}_id", "name")
    candidate_names += [_Named(key, name, is_other=True) for key, name in others]
    best: dict[tuple[int, int], NameSimilarity] = {}
    _update_best(best, product(own_names, candidate_names), _comparer(kind))
    distinct = Distinct.objects.filter(Q(low=row.pk or 0) | Q(high=row.pk or 0), kind=kind)
    for low, high in distinct.values_list("low", "high"):
        best.pop((low, high), None)
    ranked = sorted(best.items(), key=lambda item: (-item[1].rank, item[0]))
    return [(rows[low if low in rows else high], match) for (low, high), match in ranked]


def mark_distinct(first: Row, second: Row, *, by: Any) -> Distinct:
    """Remember that two rows of one kind are not the same."""
    low, high = sorted((first.pk, second.pk))
    distinct, _ = Distinct.objects.get_or_create(
        kind=first._meta.model_name, low=low, high=high, defaults={"by": by}
    )
    return distinct


def _shares_a_word(own_names: list[_Named]) -> Q:
    """Say which rows are worth a look: those that share a word with one of the names, or the abbreviation."""
    words = {word for named in own_names for word in [*named.name.split(), *name_words(named.name)]}
    condition = Q(pk__in=[])
    for word in sorted(word for word in words if len(word) >= MIN_WORD_LENGTH)[:8]:
        condition |= Q(name__icontains=word) | Q(other_names__name__icontains=word)
    for named in own_names:
        if named.short:
            condition |= Q(abbreviation__iexact=named.short) | Q(name__iexact=named.short)
    return condition


def _blocks(kind: str, row: _Named) -> set[str]:
    return (
        person_blocking_keys(row.name)
        if kind == "person"
        else organization_blocking_keys(row.name, row.short)
    )


def _comparer(kind: str) -> Callable[[_Named, _Named], NameSimilarity | None]:
    if kind == "person":
        return lambda first, second: compare_person_names(first.name, second.name)
    return lambda first, second: compare_organization_names(
        (first.name, first.short), (second.name, second.short)
    )


def _update_best(
    best: dict[tuple[int, int], NameSimilarity],
    candidates: Iterable[tuple[_Named, _Named]] | Iterator[tuple[_Named, ...]],
    compare: Callable[[_Named, _Named], NameSimilarity | None],
) -> None:
    """Put the best reason for each pair of different rows into ``best``."""
    for first, second in candidates:
        if first.key == second.key or not (match := compare(first, second)):
            continue
        if first.is_other or second.is_other:
            name = first.name if first.is_other else second.name
            match = NameSimilarity(
                f"{match.reason}, by the other name {name}", round(match.rank - 0.05, 2)
            )
        keys = (min(first.key, second.key), max(first.key, second.key))
        if keys not in best or match.rank > best[keys].rank:
            best[keys] = match
