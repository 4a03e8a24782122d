"""The words of the names by which readers find people and organizations: an index that proposes, never the answer.

A row is written when somebody is named in what is published, and when a name changes. Whether a name is one that
readers may find somebody by is asked of the names themselves (``EntityName``).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import connection, models

from articles.text.search import index_words
from articles.text.search.words import MAX_WORD_LENGTH

from .organizations import Organization
from .people import OtherName, Person

Entity = Person | Organization
KINDS: dict[str, Any] = {"person": Person, "organization": Organization}
LAST_LETTER = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class EntityName:
    """A name by which readers find ``entity``: the one it is printed under, or another one (``is_other``).

    One that only redirects (``is_shown`` is False) leads to it and is not printed.
    """

    entity: Entity
    name: str
    is_other: bool = False
    is_shown: bool = True

    @property
    def words(self) -> list[str]:
        """Its words as the index has them."""
        return searched_words(self.name)


class NameWordQuerySet(models.QuerySet["NameWord"]):
    def index(self, entities: Iterable[Entity]) -> None:
        """Write the words of the names of ``entities`` as they are now, in the caller's transaction: few queries."""
        names = list_names(entities)
        current = {
            (str(entity._meta.model_name), entity.pk, word)
            for entity, entity_names in names.items()
            for name in entity_names
            for word in name.words
        }
        for kind in KINDS:
            keys = [entity.pk for entity in names if entity._meta.model_name == kind]
            stored = self.filter(kind=kind, key__in=keys)
            outdated = [
                pk
                for pk, *word in stored.values_list("pk", "kind", "key", "word")
                if tuple(word) not in current
            ]
            self.filter(pk__in=outdated).delete()
        rows = [NameWord(kind=kind, key=key, word=word) for kind, key, word in sorted(current)]
        NameWord.objects.bulk_create(rows, ignore_conflicts=True)

    def of(self, entity: Entity) -> "NameWordQuerySet":
        """The words of ``entity``."""
        return self.filter(kind=entity._meta.model_name, key=entity.pk)

    def index_new(self, kind: str, keys: Iterable[int]) -> None:
        """Write the words of those people or organizations, by their keys, of whom none are indexed yet."""
        if unique_keys := set(keys):
            indexed = self.filter(kind=kind, key__in=unique_keys).values_list("key", flat=True)
            self.index(KINDS[kind].objects.filter(pk__in=unique_keys - set(indexed)))

    def beginning_with(self, prefix: str) -> "NameWordQuerySet":
        """Words that begin with ``prefix``: a range of the index on both databases."""
        if connection.vendor == "postgresql":
            return self.filter(word__startswith=prefix)
        return self.filter(word__gte=prefix, word__lt=prefix + LAST_LETTER)


class NameWord(models.Model):
    """One word, folded, of the names of the person or organization ``key``.

    It is no reference to that row: what a row is part of does not grow by being found. Words of a row that is gone
    lead to nobody.
    """

    word = models.CharField(max_length=MAX_WORD_LENGTH, db_index=True)
    kind = models.CharField(max_length=12)
    key = models.PositiveBigIntegerField()

    objects = NameWordQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "key", "word"], name="name_word_once")
        ]

    def __str__(self) -> str:
        return self.word


def searched_words(name: str) -> list[str]:
    """Return the words of ``name``, folded, as they are looked for; no stems: a name has no endings."""
    return [word.folded for word in index_words(name, settings.LANGUAGE_CODE)]


def list_names(entities: Iterable[Entity]) -> dict[Entity, list[EntityName]]:
    """Return the names by which readers find each of ``entities``, the printed one first: at most two queries."""
    names = {entity: [EntityName(entity, entity.name)] for entity in entities}
    for field, model in (("person", Person), ("organization", Organization)):
        rows = {entity.pk: entity for entity in names if isinstance(entity, model)}
        if not rows:
            continue
        others = OtherName.objects.filter(**{f"{field}__in": rows})
        others = others.exclude(visibility=OtherName.Visibility.HIDDEN).order_by("name", "pk")
        for pk, name, visibility in others.values_list(f"{field}_id", "name", "visibility"):
            is_shown = visibility == OtherName.Visibility.PUBLIC
            names[rows[pk]].append(EntityName(rows[pk], name, is_other=True, is_shown=is_shown))
    for entity, entity_names in names.items():
        if isinstance(entity, Organization) and entity.abbreviation:
            entity_names.append(EntityName(entity, entity.abbreviation, is_other=True))
    return names
