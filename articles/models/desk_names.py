"""The words of all names of people, organizations, tags and authors, public or not: for the desk alone.

A table of its own beside ``NameWord``, so that no reader's page can meet a name that readers may not know. Rows are
written where names are: by the forms of the desk, by imports, decisions and merges.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet

from .authors import Author
from .name_words import NameWordColumns, NameWordsQuerySet
from .organizations import Organization
from .people import OtherName, Person
from .tags import FormerTagName, Tag

DESK_KINDS: dict[str, Any] = {
    "tag": Tag,
    "person": Person,
    "organization": Organization,
    "author": Author,
}


class DeskNameWordQuerySet(NameWordsQuerySet):
    def find(self, rows: QuerySet[Any], words: Sequence[str]) -> QuerySet[Any]:
        """Narrow ``rows`` of one kind to those that have names with words that begin with each of ``words``, folded."""
        kind = rows.model._meta.model_name
        for word in dict.fromkeys(words):
            matches = self.beginning_with(word).filter(kind=kind, key=OuterRef("pk"))
            rows = rows.filter(Exists(matches))
        return rows

    def rows_with(self, words: Sequence[str], last_begins: bool) -> QuerySet[Any]:
        """Return ``(kind, key)`` of the rows whose names have all ``words``, folded; the last may go on."""
        *complete, last = words
        matches = self.beginning_with(last) if last_begins else self.filter(word=last)
        for word in complete:
            same = self.model.objects.filter(word=word, kind=OuterRef("kind"), key=OuterRef("key"))
            matches = matches.filter(Exists(same))
        return matches.order_by("kind", "key").values_list("kind", "key").distinct()

    def forget(self, kind: str, keys: Iterable[int]) -> None:
        """Delete the words of rows that are gone."""
        self.filter(kind=kind, key__in=list(keys)).delete()


class DeskNameWord(NameWordColumns):
    """A word of any name of a person, an organization, a tag or an author."""

    objects = DeskNameWordQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "key", "word"], name="desk_name_word_once")
        ]

    @classmethod
    def list_searched_names(cls, rows: Iterable[Any]) -> dict[Any, list[str]]:
        """Return all names of ``rows``: those of the row, others and former ones; at most three queries."""
        names = {row: [row.name] for row in rows}
        keys = defaultdict[type[Any], dict[int, Any]](dict)
        for row in names:
            keys[type(row)][row.pk] = row
            if isinstance(row, Organization):
                names[row].append(row.abbreviation)
        for model, others, owner in (
            (Person, OtherName, "person"),
            (Organization, OtherName, "organization"),
            (Tag, FormerTagName, "tag"),
        ):
            if by_key := keys.get(model):
                other_names = others.all_objects.filter(Q(**{f"{owner}__in": list(by_key)}))
                for pk, name in other_names.values_list(f"{owner}_id", "name"):
                    names[by_key[pk]].append(name)
        return names
