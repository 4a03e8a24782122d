"""The row of a person or an organization who was a source: why it stays, or how it goes for good."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import ProtectedError, Q
from django.utils.translation import gettext, ngettext

from articles.models import (
    DeskNameWord,
    Distinct,
    Membership,
    Merge,
    NameWord,
    OtherName,
    Quote,
    TrashEntry,
    User,
)
from articles.record.quotes.unnamed_source import (
    LINKS,
    SourceRow,
    merged_keys,
    source_rows,
    states_of,
)
from articles.record.speaker_choice import DecisionError
from articles.record.trash.references import find_references, linked_stories

from .names import REMOVED


@dataclass(frozen=True, slots=True)
class RowPlace:
    """A row that bears the name: ``token`` chooses it in a form; ``reasons`` are sentences, why it stays."""

    kind: str
    key: int
    name: str
    reasons: tuple[str, ...]

    @property
    def token(self) -> str:
        return f"{self.kind}-{self.key}"


def names_of(kind: str, keys: Collection[int]) -> set[str]:
    """Return all names that the rows ``keys`` go by or went by, hidden ones too."""
    model: Any = LINKS[kind][1]
    owners = {f"{kind}__in": keys}
    return {
        *model._base_manager.filter(pk__in=keys).values_list("name", flat=True),
        *model.history.filter(id__in=keys).values_list("name", flat=True),
        *OtherName.all_objects.filter(**owners).values_list("name", flat=True),
        *Merge.objects.filter(kind=kind, gone__in=keys).values_list("name", flat=True),
    } - {""}


def subjects_of(quote: Quote, names: Iterable[str]) -> list[SourceRow]:
    """Return who the source of ``quote`` is or was on record as, and who goes by one of ``names``; trash included."""
    condition = Q(pk=None)
    for name in names:
        condition |= Q(name__iexact=name) | Q(other_names__name__iexact=name)
    groups = {(row.kind, row.keys) for row in source_rows(quote, states_of(quote))}
    for kind, (_, model) in LINKS.items():
        named: Any = model._base_manager.filter(condition)
        groups |= {(kind, frozenset(merged_keys(kind, row.pk))) for row in named.distinct()}
    return [
        SourceRow(kind, keys, frozenset(names_of(kind, keys)))
        for kind, keys in sorted(groups, key=lambda group: (group[0], sorted(group[1])))
    ]


def places_of(rows: Iterable[SourceRow]) -> list[RowPlace]:
    """Return the rows that exist of ``rows``, each with what keeps it."""
    places = {}
    for source in rows:
        model: Any = LINKS[source.kind][1]
        for row in model._base_manager.filter(pk__in=source.keys):
            reasons = tuple(_reasons(row))
            places[source.kind, row.pk] = RowPlace(source.kind, row.pk, str(row), reasons)
    return [places[key] for key in sorted(places)]


def _reasons(row: Any) -> Iterator[str]:
    yield from find_references(row).blockers
    if count := len(linked_stories(row)):
        sentence = ngettext(
            "%(count)s other story is filed under it.",
            "%(count)s other stories are filed under it.",
            count,
        )
        yield sentence % {"count": count}


def delete_row(place: RowPlace, *, by: User) -> None:
    """Delete the row for good, with its history and what a merge or the log noted of it. Raises DecisionError.

    The trash would keep the name, so this is no way to it. ``by`` has to be somebody who may delete such rows.
    """
    if place.reasons:
        raise DecisionError(" ".join([gettext("The row of the name stays."), *place.reasons]))
    if not by.has_perm(f"articles.delete_{place.kind}"):
        raise DecisionError(gettext("Your role may not delete people and organizations."))
    model: Any = LINKS[place.kind][1]
    keys = merged_keys(place.kind, place.key)
    roles = _role_histories(place.kind, keys)
    try:
        model._base_manager.get(pk=place.key).delete()
    except ProtectedError as error:
        sentence = gettext("The row of the name is used elsewhere, so it stays.")
        raise DecisionError(sentence) from error
    for words in (NameWord.objects, DeskNameWord.objects):
        words.filter(kind=place.kind, key__in=keys).delete()
    roles.delete()
    model.history.filter(id__in=keys).delete()
    Merge.objects.filter(Q(gone__in=keys) | Q(survivor__in=keys), kind=place.kind).delete()
    Distinct.objects.filter(Q(low__in=keys) | Q(high__in=keys), kind=place.kind).delete()
    TrashEntry.objects.filter(kind=place.kind, row__in=keys).update(name=REMOVED, reason="")
    _log_of(model, list(keys)).update(object_repr=REMOVED, change_message="")


def _role_histories(kind: str, keys: Iterable[int]) -> Any:
    history: Any = Membership.history
    return history.filter(**{f"{kind}_id__in": list(keys)})


def _log_of(model: Any, keys: Sequence[int]) -> Any:
    kind = ContentType.objects.get_for_model(model)
    return LogEntry.objects.filter(content_type=kind, object_id__in=[str(key) for key in keys])
