"""Whom an editor chose: as a form says it, and as rows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext

from articles.extraction.entity_lookup import Candidate, EntityLookup, Kind, clear_candidate
from articles.models import DeskNameWord, Organization, Person, User
from articles.models.snapshots import resolve_keys
from articles.text.fold import slugify
from articles.text.names.sort_name import sort_name
from articles.text.numbers import parse_number

MAX_NAME_LENGTH, MAX_REASON_LENGTH = 200, 500
NAMED_KINDS = ("named-person", "named-organization")


class DecisionError(Exception):
    """Raised instead of deciding; the message tells the editor what is missing."""


@dataclass(frozen=True, slots=True)
class SpeakerChoice:
    """Who it is: ``person`` or ``organization`` with the key of a row; ``known``, ``new-person`` or
    ``new-organization`` with a ``name``; ``named-person`` or ``named-organization``: whoever bears that ``name``, new
    if nobody does; ``unnamed`` with a public description as ``name`` and a ``reason``.

    ``has_same_name`` says that a new row is wanted although the name is on record.
    """

    kind: str
    pk: int = 0
    name: str = ""
    reason: str = ""
    has_same_name: bool = False

    @classmethod
    def read(cls, value: str, data: Mapping[str, Any]) -> "SpeakerChoice":
        """Read ``value`` (``person:12``, ``named-person=Ada Lund``) with ``name``, ``reason``, ``namesake`` of a form.

        Raises DecisionError for what no form of ours sends.
        """
        if value.startswith(NAMED_KINDS):
            value, _, full_name = value.partition("=")
            data = {"name": full_name}
        kind, _, key = value.partition(":")
        is_row = kind in ("person", "organization") and parse_number(key) > 0
        if not is_row and (
            key or kind not in ("known", "new-person", "new-organization", *NAMED_KINDS, "unnamed")
        ):
            raise DecisionError("Choose who it is.")
        name = " ".join(str(data.get("name", "")).split())
        reason = " ".join(str(data.get("reason", "")).split())
        if len(name) > MAX_NAME_LENGTH or len(reason) > MAX_REASON_LENGTH:
            raise DecisionError(
                f"A name has at most {MAX_NAME_LENGTH} letters, a reason {MAX_REASON_LENGTH}."
            )
        return cls(kind, int(key or 0), name, reason, bool(data.get("namesake")))

    @classmethod
    def of_candidate(cls, candidate: Candidate) -> "SpeakerChoice":
        """Return the choice of a row that was found."""
        return cls(candidate.kind, candidate.pk)


@dataclass(frozen=True, slots=True)
class ResolvedSpeaker:
    """The rows that a choice means; ``created`` lists ``[model, key]`` of those that it created."""

    person: Person | None = None
    organization: Organization | None = None
    unnamed: str = ""
    reason: str = ""
    created: list[list[Any]] = field(default_factory=list)

    @property
    def quote_fields(self) -> dict[str, Any]:
        """Return the fields of ``Quote`` that say who spoke."""
        return {
            "person": self.person,
            "organization": self.organization,
            "unnamed": self.unnamed,
            "unnamed_reason": self.reason,
        }


def resolve_speaker(choice: SpeakerChoice, *, by: User) -> ResolvedSpeaker:
    """Return the rows of ``choice``; a new person or organization is created, as one that ``by`` has checked.

    A row that was merged leads to its survivor. Raises DecisionError when the row is gone, the name is missing, is on
    record already, or is borne by several.
    """
    if choice.kind in ("person", "organization"):
        return _row(choice)
    if not choice.name:
        raise DecisionError(
            "Describe the source as readers will see it."
            if choice.kind == "unnamed"
            else "Write the name."
        )
    if choice.kind == "unnamed":
        return _unnamed(choice)
    if choice.kind == "known":
        return _by_name(choice.name)
    if choice.kind in NAMED_KINDS:
        return _by_full_name(choice)
    return _new(choice)


def _row(choice: SpeakerChoice) -> ResolvedSpeaker:
    model = Person if choice.kind == "person" else Organization
    key = resolve_keys(model, [choice.pk]).get(choice.pk)
    row = model.objects.filter(pk=key).first()
    if row is None:
        raise DecisionError(gettext("That row no longer exists: it was deleted. Choose again."))
    return (
        ResolvedSpeaker(person=row)
        if isinstance(row, Person)
        else ResolvedSpeaker(organization=row)
    )


def _unnamed(choice: SpeakerChoice) -> ResolvedSpeaker:
    if not choice.reason:
        raise DecisionError("Say why the source is not named; only the newsroom reads it.")
    return ResolvedSpeaker(unnamed=choice.name, reason=choice.reason)


def _by_name(name: str) -> ResolvedSpeaker:
    candidates = EntityLookup([name]).candidates(name)
    if not candidates:
        raise DecisionError(
            f"Nobody called {name} is on record. To add them, choose “a new person”."
        )
    if len(candidates) > 1 or candidates[0].score < 1:
        listed = "; ".join(f"{candidate.name} (no. {candidate.pk})" for candidate in candidates[:5])
        raise DecisionError(
            f"{name} may be any of these: {listed}. Write the full name, or choose one of them."
        )
    return _row(SpeakerChoice.of_candidate(candidates[0]))


def _by_full_name(choice: SpeakerChoice) -> ResolvedSpeaker:
    """Return who bears the name in full, a new row when nobody does. Raises DecisionError where several do."""
    kind = choice.kind.removeprefix("named-")
    candidates = EntityLookup([choice.name]).candidates(
        choice.name, "person" if kind == "person" else "organization"
    )
    match = clear_candidate(candidates)
    if match:
        return _row(SpeakerChoice.of_candidate(match))
    return (
        _by_name(choice.name)
        if candidates
        else _new(SpeakerChoice(f"new-{kind}", name=choice.name))
    )


def _new(choice: SpeakerChoice) -> ResolvedSpeaker:
    kind: Kind = "person" if choice.kind == "new-person" else "organization"
    same_name = [
        candidate
        for candidate in EntityLookup([choice.name]).candidates(choice.name, kind)
        if candidate.score * 2 >= 1
    ]
    if same_name and not choice.has_same_name:
        listed = ", ".join(f"{candidate.name} (no. {candidate.pk})" for candidate in same_name[:5])
        raise DecisionError(
            f"On record already: {listed}. Choose that row, or say that this is somebody else of that name."
        )
    fields = {"name": choice.name, "slug": slugify(choice.name, default=kind), "is_confirmed": True}
    if kind == "person":
        person = Person.objects.create(sort_name=sort_name(choice.name), **fields)
        DeskNameWord.objects.index([person])
        return ResolvedSpeaker(person=person, created=[["person", person.pk]])
    organization = Organization.objects.create(**fields)
    DeskNameWord.objects.index([organization])
    return ResolvedSpeaker(organization=organization, created=[["organization", organization.pk]])
