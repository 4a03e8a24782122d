"""The words of the names by which readers find people and organizations: an index that proposes, never the answer.

A row is written when somebody is named in what is published, and when a name changes. Whether a name is one that
readers may find somebody by is asked of the names themselves (``EntityName``).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Self

from django.conf import settings
from django.db import connection, models

from articles.text.search import index_words
from articles.text.search.words import MAX_WORD_LENGTH

from .organizations import Organization
from .people import OtherName, Person

Entity = Person | Organization
KINDS: dict[str, Any] = {"person": Person, "organization": Organization}
LAST_LETTER = "\U0010ffff"
MOST_OF_A_WORD = 3000  # rows of one word that are looked at


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


class NameWordsQuerySet(models.QuerySet[Any]):
    """Words of one index. ``model`` says which names are in it (``list_searched_names``)."""

    def index(self, rows: Iterable[models.Model]) -> None:
        """Write the words of the names of ``rows`` as they are now, in the caller's transaction: few queries."""
        names = self.model.list_searched_names(rows)
        current = self._current_words(names)
        for kind in sorted({str(row._meta.model_name) for row in names}):
            keys = [row.pk for row in names if row._meta.model_name == kind]
            stored = self.filter(kind=kind, key__in=keys)
            outdated = [
                pk
                for pk, *word in stored.values_list("pk", "kind", "key", "word")
                if tuple(word) not in current
            ]
            self.filter(pk__in=outdated).delete()
        words = [self.model(kind=kind, key=key, word=word) for kind, key, word in sorted(current)]
        self.model.objects.bulk_create(words, ignore_conflicts=True)

    def find_differing(self, rows: Iterable[models.Model]) -> set[int]:
        """Return the keys of those of ``rows``, of one kind, whose words here are not those of their names."""
        names = self.model.list_searched_names(rows)
        kinds = {str(row._meta.model_name) for row in names}
        keys = [row.pk for row in names]
        stored = self.filter(kind__in=kinds, key__in=keys).values_list("kind", "key", "word")
        return {key for _, key, _ in self._current_words(names) ^ set(stored)}

    def of(self, row: models.Model) -> Self:
        """The words of ``row``."""
        return self.filter(kind=row._meta.model_name, key=row.pk)

    def beginning_with(self, prefix: str) -> Self:
        """Words that begin with ``prefix``: a range of the index on both databases."""
        if connection.vendor == "postgresql":
            return self.filter(word__startswith=prefix)
        return self.filter(word__gte=prefix, word__lt=prefix + LAST_LETTER)

    def _current_words(self, names: Mapping[Any, Iterable[str]]) -> set[tuple[str, int, str]]:
        return {
            (str(row._meta.model_name), row.pk, word)
            for row, row_names in names.items()
            for name in row_names
            for word in searched_words(name)
        }


class NameWordQuerySet(NameWordsQuerySet):
    def index_new(self, kind: str, keys: Iterable[int]) -> None:
        """Write the words of those people or organizations, by their keys, of whom none are indexed yet."""
        if unique_keys := set(keys):
            indexed = self.filter(kind=kind, key__in=unique_keys).values_list("key", flat=True)
            self.index(KINDS[kind].objects.filter(pk__in=unique_keys - set(indexed)))

    def sharing(self, words: Iterable[str], most: int) -> list[tuple[str, int]]:
        """Return kind and key of at most ``most`` rows whose names have any of ``words``, those of most words first.

        One statement. Of a word that more than ``MOST_OF_A_WORD`` rows have only so many are looked at.
        """
        words = list(dict.fromkeys(words))
        if not words:
            return []
        one_word = "SELECT * FROM (SELECT kind, key FROM articles_nameword WHERE word = %s LIMIT %s) AS rows"
        sql = (
            f"SELECT kind, key FROM ({' UNION ALL '.join([one_word] * len(words))}) AS words"  # noqa: S608
            " GROUP BY kind, key ORDER BY COUNT(*) DESC, kind DESC, key LIMIT %s"
        )
        values = [value for word in words for value in (word, MOST_OF_A_WORD)]
        with connection.cursor() as cursor:
            cursor.execute(sql, [*values, most])
            return [(kind, key) for kind, key in cursor.fetchall()]


class NameWordColumns(models.Model):
    """One word, folded, of the names of the row ``key`` of ``kind``, a model's name.

    It is no reference to that row: what a row is part of does not grow by being found. Words of a row that is gone
    lead to nobody.
    """

    word = models.CharField(max_length=MAX_WORD_LENGTH, db_index=True)
    kind = models.CharField(max_length=12)
    key = models.PositiveBigIntegerField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.word

    @classmethod
    def list_searched_names(cls, rows: Iterable[Any]) -> dict[Any, list[str]]:
        """Return the names that each of ``rows`` is found by: few queries."""
        raise NotImplementedError


class NameWord(NameWordColumns):
    """A word of the names by which readers find a person or an organization."""

    objects = NameWordQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "key", "word"], name="name_word_once")
        ]

    @classmethod
    def list_searched_names(cls, rows: Iterable[Entity]) -> dict[Any, list[str]]:
        """Return the names of people and organizations that readers may find them by."""
        names = list_names(rows)
        return {row: [name.name for name in row_names] for row, row_names in names.items()}


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
