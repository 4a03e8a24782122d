"""Roles that are not public, as editions may have frozen them: their labels, past ones too."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.db.models import Q

from articles.models import Membership, Organization, OtherName

Labels = Mapping[int, Collection[str]]


def labels_of(people: Iterable[int]) -> Labels:
    """Return the labels of roles that ``people`` (keys) hold or held on record and readers may not be told, by person.

    A role that was deleted counts as it was marked last; so do the words that it had before, and former names of its
    organization. What is a public role of the same person by the same words is left out. Five queries, however many.
    """
    rows = _versions(set(people))
    names = _names_of({row["organization_id"] for row in rows})
    private: dict[int, set[str]] = defaultdict(set)
    public: dict[int, set[str]] = defaultdict(set)
    for row in rows:
        labels_by_person = public if row["is_public_now"] else private
        if row["is_confirmed"]:
            labels_by_person[row["holder"]] |= {
                f"{row['role']}, {name}" for name in names[row["organization_id"]]
            }
    return {person: labels - public[person] for person, labels in private.items()}


def _versions(people: Collection[int]) -> list[dict[str, Any]]:
    """Return each state that roles of ``people`` have had: ``is_public_now`` and ``holder`` as of today, or the end."""
    fields = ("person_id", "organization_id", "role", *Membership.READER_FLAGS)
    current = {
        row["id"]: row for row in Membership.objects.filter(person__in=people).values("id", *fields)
    }
    history: Any = Membership.history
    past = history.filter(Q(id__in=current) | Q(person_id__in=people)).order_by("history_id")
    rows = [*past.values("id", *fields), *current.values()]
    last = {row["id"]: row for row in rows}
    existing = set(
        Membership.objects.filter(pk__in=last.keys() - current.keys()).values_list("pk", flat=True)
    )
    return [
        row
        | {
            "is_public_now": all(last[row["id"]][flag] for flag in Membership.READER_FLAGS),
            "holder": last[row["id"]]["person_id"],
        }
        for row in rows
        if row["id"] not in existing  # somebody else's by now
    ]


def _names_of(organizations: Collection[int]) -> Mapping[int, set[str]]:
    """Return all names that ``organizations`` (keys) have or had."""
    names: dict[int, set[str]] = defaultdict(set)
    history: Any = Organization.history
    for pk, name in (
        *Organization.objects.filter(pk__in=organizations).values_list("pk", "name"),
        *OtherName.objects.filter(organization__in=organizations).values_list(
            "organization_id", "name"
        ),
        *history.filter(id__in=organizations).values_list("id", "name"),
    ):
        names[pk].add(name)
    return names
