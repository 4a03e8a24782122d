"""People and organizations by their names: who is meant stands above the stories."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from articles.models.name_words import Entity, EntityName, NameWord, list_names, searched_words
from articles.models.organizations import Organization
from articles.models.people import Person

MOST_NAMES = 6  # shown
MOST_LOOKED_AT = 50  # of each kind
MOST_OF_A_BEGINNING = 2000  # words of names that begin with the only word
MOST_WORDS = 3  # that are looked for beside the last: a database plans every order of more
MOST_OF_A_NAME = 200  # rows whose names have all of several words


def find_names(text: str, most: int = MOST_NAMES) -> list[EntityName]:
    """Return the ``most`` likeliest names that ``text`` begins, each person and organization once, the likeliest first.

    All words of ``text`` stand in the name; the last may go on. A name of these words alone comes first, a person
    before an organization, a printed name before another one.
    """
    words = searched_words(text)
    if not words:
        return []
    entities: list[Entity] = [
        *_candidates(Person.objects.public(), "person", words),
        *_candidates(Organization.objects.public(), "organization", words),
    ]
    names = [name for names in list_names(entities).values() for name in _fitting(names, words)]
    return sorted(names, key=lambda name: order_of_name(name, words))[:most]


def _candidates(rows: QuerySet[Any], kind: str, words: Sequence[str]) -> Iterable[Any]:
    """Return those of ``rows`` who may have all ``words`` in a name: its longest words are looked for, and the last.

    Of several words the index is asked by itself: in one query a database may ask of every row who may see it first.
    """
    *complete, last = dict.fromkeys(words)
    beginning = NameWord.objects.beginning_with(last).filter(kind=kind)
    if not complete:
        return rows.filter(pk__in=beginning.values("key")[:MOST_OF_A_BEGINNING]).order_by("pk")[
            :MOST_LOOKED_AT
        ]
    first, *others = sorted(complete, key=len, reverse=True)[:MOST_WORDS]
    keys = NameWord.objects.filter(kind=kind, word=first)
    for word in others:
        whole = NameWord.objects.filter(kind=kind, key=OuterRef("key"), word=word)
        keys = keys.filter(Exists(whole))
    keys = keys.filter(Exists(beginning.filter(key=OuterRef("key")))).order_by("key")
    having_all = list(keys.values_list("key", flat=True)[:MOST_OF_A_NAME])
    return rows.filter(pk__in=having_all).order_by("pk")[:MOST_LOOKED_AT] if having_all else []


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
