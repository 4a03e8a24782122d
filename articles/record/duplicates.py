"""Rows that may be one: of the whole table, and of one name that an editor is about to write."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations, product
from typing import Any

from django.db.models import Q

from articles.models import Distinct, Organization, OtherName, Person
from articles.text.alike import (
    Likeness,
    alike_organizations,
    alike_people,
    blocks_of_organization,
    blocks_of_person,
    words_of,
)

Row = Person | Organization
MOST_IN_A_BLOCK = (
    200  # beyond that only the same name counts: a family name that half a country has
)
MOST_LOOKED_AT = 500
SHORTEST = 3  # letters of a word that is looked for


@dataclass(frozen=True, slots=True)
class Pair:
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


def pairs(kind: str) -> list[Pair]:
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
    found: dict[tuple[int, int], Likeness] = {}
    for block in blocks.values():
        if len(block) <= MOST_IN_A_BLOCK:
            _keep_best(found, combinations(block, 2), _likeness(kind))
    apart = set(Distinct.objects.filter(kind=kind).values_list("low", "high"))
    kept = [Pair(*keys, *why) for keys, why in found.items() if keys not in apart]
    return sorted(kept, key=lambda pair: (-pair.rank, pair.low, pair.high))


def duplicates_of(row: Row, *, names: Iterable[str] = ()) -> list[tuple[Row, Likeness]]:
    """Return the rows that may be the same as ``row`` (stored or not; ``names`` are others of it), likeliest first."""
    kind = row._meta.model_name or ""
    model: Any = type(row)
    mine = [_Named(row.pk or 0, row.name, getattr(row, "abbreviation", ""))]
    mine += [_Named(row.pk or 0, name, is_other=True) for name in names]
    known = {one.pk: one for one in model.objects.filter(_near(mine)).distinct()[:MOST_LOOKED_AT]}
    known.pop(row.pk, None)
    theirs = [_Named(pk, one.name, getattr(one, "abbreviation", "")) for pk, one in known.items()]
    others = OtherName.objects.filter(**{f"{kind}__in": known}).values_list(f"{kind}_id", "name")
    theirs += [_Named(key, name, is_other=True) for key, name in others]
    found: dict[tuple[int, int], Likeness] = {}
    _keep_best(found, product(mine, theirs), _likeness(kind))
    apart = Distinct.objects.filter(Q(low=row.pk or 0) | Q(high=row.pk or 0), kind=kind)
    for low, high in apart.values_list("low", "high"):
        found.pop((low, high), None)
    best = sorted(found.items(), key=lambda item: (-item[1].rank, item[0]))
    return [(known[low if low in known else high], why) for (low, high), why in best]


def tell_apart(one: Row, other: Row, *, by: Any) -> Distinct:
    """Remember that two rows of one kind are not the same."""
    low, high = sorted((one.pk, other.pk))
    made, _ = Distinct.objects.get_or_create(
        kind=one._meta.model_name, low=low, high=high, defaults={"by": by}
    )
    return made


def _near(mine: list[_Named]) -> Q:
    """Say which rows are worth a look: those that share a word with one of the names, or the abbreviation."""
    words = {word for one in mine for word in [*one.name.split(), *words_of(one.name)]}
    near = Q(pk__in=[])
    for word in sorted(word for word in words if len(word) >= SHORTEST)[:8]:
        near |= Q(name__icontains=word) | Q(other_names__name__icontains=word)
    for one in mine:
        if one.short:
            near |= Q(abbreviation__iexact=one.short) | Q(name__iexact=one.short)
    return near


def _blocks(kind: str, row: _Named) -> set[str]:
    return (
        blocks_of_person(row.name)
        if kind == "person"
        else blocks_of_organization(row.name, row.short)
    )


def _likeness(kind: str) -> Callable[[_Named, _Named], Likeness | None]:
    if kind == "person":
        return lambda one, other: alike_people(one.name, other.name)
    return lambda one, other: alike_organizations((one.name, one.short), (other.name, other.short))


def _keep_best(
    found: dict[tuple[int, int], Likeness],
    candidates: Iterable[tuple[_Named, _Named]] | Iterator[tuple[_Named, ...]],
    likeness: Callable[[_Named, _Named], Likeness | None],
) -> None:
    """Put the best reason for each pair of different rows into ``found``."""
    for one, other in candidates:
        if one.key == other.key or not (why := likeness(one, other)):
            continue
        if one.is_other or other.is_other:
            name = one.name if one.is_other else other.name
            why = Likeness(f"{why.reason}, by the other name {name}", round(why.rank - 0.05, 2))
        keys = (min(one.key, other.key), max(one.key, other.key))
        if keys not in found or why.rank > found[keys].rank:
            found[keys] = why
