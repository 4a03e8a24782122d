"""People and organizations by their names: who is meant stands above the stories."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from articles.models.bulk import is_one_of
from articles.models.name_words import Entity, EntityName, NameWord, list_names, searched_words
from articles.models.organizations import Organization
from articles.models.people import Person

MOST_NAMES = 6  # shown
MOST_LOOKED_AT = 50  # of each kind
MOST_PROPOSED = 4000  # words of names in the index that may be meant
MOST_WORDS = 3  # that are looked for beside the last: a database plans every order of more


def find_names(text: str, most: int = MOST_NAMES) -> list[EntityName]:
    """Return the ``most`` likeliest names that ``text`` begins, each person and organization once, the likeliest first.

    All words of ``text`` stand in the name; the last may go on. A name of these words alone comes first, a person
    before an organization, a printed name before another one.
    """
    words = searched_words(text)
    if not words:
        return []
    keys = _find_keys(words)
    entities: list[Entity] = [
        *_read(Person.objects.public(), keys["person"]),
        *_read(Organization.objects.public(), keys["organization"]),
    ]
    names = [name for names in list_names(entities).values() for name in _fitting(names, words)]
    return sorted(names, key=lambda name: order_of_name(name, words))[:most]


def _find_keys(words: Sequence[str]) -> dict[str, list[int]]:
    """Return by kind the keys of who may have all ``words`` in a name: its longest words are looked for, and the last.

    The index is asked by itself: hardly any word is a name's, and in one query a database may ask first who is public.
    """
    *complete, last = dict.fromkeys(words)
    beginning = NameWord.objects.beginning_with(last)
    if complete:
        first, *others = sorted(complete, key=len, reverse=True)[:MOST_WORDS]
        matches = NameWord.objects.filter(word=first)
        same = {"kind": OuterRef("kind"), "key": OuterRef("key")}
        for word in others:
            matches = matches.filter(Exists(NameWord.objects.filter(word=word, **same)))
        matches = matches.filter(Exists(beginning.filter(**same)))
    else:
        matches = beginning
    keys: dict[str, list[int]] = {"person": [], "organization": []}
    for kind, key in matches.order_by().values_list("kind", "key")[:MOST_PROPOSED]:
        keys[kind].append(key)
    return keys


def _read(rows: QuerySet[Any], keys: Sequence[int]) -> Iterable[Any]:
    """Return those of ``rows`` that have one of ``keys``, the first of them."""
    if not keys:
        return []
    return rows.filter(is_one_of(rows.model, "id", keys)).order_by("pk")[:MOST_LOOKED_AT]


def _fitting(names: Iterable[EntityName], words: Sequence[str]) -> list[EntityName]:
    """Return the first of the ``names`` of one row in which all ``words`` stand: the index may be older than them."""
    return [name for name in names if _fits(name.words, words)][:1]


def _fits(name: Sequence[str], words: Sequence[str]) -> bool:
    *complete, last = words
    return all(word in name for word in complete) and any(word.startswith(last) for word in name)


def order_of_name(name: EntityName, words: Sequence[str]) -> tuple[bool, bool, bool, bool, str]:
    """Return what sorts names by how likely ``words`` mean them: the whole name, the printed one, a person first."""
    return (
        sorted(name.words) != sorted(words),
        name.is_other,
        not set(words) <= set(name.words),
        isinstance(name.entity, Organization),
        name.name,
    )
