"""Whom an editor chose: as a form says it, and as rows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from articles.extraction.known import Candidate, Known, clear
from articles.models import Organization, Person, User
from articles.text.fold import slugify
from articles.text.names import sort_name

LONGEST_NAME, LONGEST_REASON = 200, 500
NAMED = ("named-person", "named-organization")


class Undecided(Exception):
    """Raised instead of deciding; the message tells the editor what is missing."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Who it is: ``person`` or ``organization`` with the key of a row; ``known``, ``new-person`` or
    ``new-organization`` with a ``name``; ``named-person`` or ``named-organization``: whoever bears that ``name``, new
    if nobody does; ``unnamed`` with a public description as ``name`` and a ``reason``.

    ``is_namesake`` says that a new row is wanted although the name is on record.
    """

    kind: str
    pk: int = 0
    name: str = ""
    reason: str = ""
    is_namesake: bool = False

    @classmethod
    def read(cls, who: str, data: Mapping[str, Any]) -> "Choice":
        """Read ``who`` (``person:12``, ``named-person=Ada Lund``) with ``name``, ``reason``, ``namesake`` of a form.

        Raises Undecided for what no form of ours sends.
        """
        if who.startswith(NAMED):
            who, _, called = who.partition("=")
            data = {"name": called}
        kind, _, key = who.partition(":")
        is_row = kind in ("person", "organization") and key.isdecimal() and len(key) < 18
        if not is_row and (
            key or kind not in ("known", "new-person", "new-organization", *NAMED, "unnamed")
        ):
            raise Undecided("Choose who it is.")
        name = " ".join(str(data.get("name", "")).split())
        reason = " ".join(str(data.get("reason", "")).split())
        if len(name) > LONGEST_NAME or len(reason) > LONGEST_REASON:
            raise Undecided(
                f"A name has at most {LONGEST_NAME} letters, a reason {LONGEST_REASON}."
            )
        return cls(kind, int(key or 0), name, reason, bool(data.get("namesake")))

    @classmethod
    def of(cls, candidate: Candidate) -> "Choice":
        """Return the choice of a row that was found."""
        return cls(candidate.kind, candidate.pk)


@dataclass(frozen=True, slots=True)
class Who:
    """The rows that a choice means; ``made`` lists ``[model, key]`` of those that it created."""

    person: Person | None = None
    organization: Organization | None = None
    unnamed: str = ""
    reason: str = ""
    made: list[list[Any]] = field(default_factory=list)

    @property
    def speaker(self) -> dict[str, Any]:
        """Return the fields of ``Quote`` that say who spoke."""
        return {
            "person": self.person,
            "organization": self.organization,
            "unnamed": self.unnamed,
            "unnamed_reason": self.reason,
        }


def resolve(choice: Choice, *, by: User) -> Who:
    """Return the rows of ``choice``; a new person or organization is created, as one that ``by`` has checked.

    Raises Undecided when the row is gone, the name is missing, is on record already, or is borne by several.
    """
    if choice.kind in ("person", "organization"):
        return _row(choice)
    if not choice.name:
        raise Undecided(
            "Describe the source as readers will see it."
            if choice.kind == "unnamed"
            else "Write the name."
        )
    if choice.kind == "unnamed":
        return _unnamed(choice)
    if choice.kind == "known":
        return _by_name(choice.name)
    if choice.kind in NAMED:
        return _named(choice)
    return _new(choice)


def _row(choice: Choice) -> Who:
    model = Person if choice.kind == "person" else Organization
    row = model.objects.filter(pk=choice.pk).first()
    if row is None:
        raise Undecided("That row is gone: somebody deleted or merged it. Choose again.")
    return Who(person=row) if isinstance(row, Person) else Who(organization=row)


def _unnamed(choice: Choice) -> Who:
    if not choice.reason:
        raise Undecided("Say why the source is not named; only the newsroom reads it.")
    return Who(unnamed=choice.name, reason=choice.reason)


def _by_name(name: str) -> Who:
    found = Known([name]).candidates(name)
    if not found:
        raise Undecided(f"Nobody called {name} is on record. To add them, choose “a new person”.")
    if len(found) > 1 or found[0].score < 1:
        listed = "; ".join(f"{one.name} (no. {one.pk})" for one in found[:5])
        raise Undecided(
            f"{name} may be any of these: {listed}. Write the full name, or choose one of them."
        )
    return _row(Choice.of(found[0]))


def _named(choice: Choice) -> Who:
    """Return who bears the name in full, a new row when nobody does. Raises Undecided where several do."""
    kind = choice.kind.removeprefix("named-")
    found = Known([choice.name]).candidates(
        choice.name, "person" if kind == "person" else "organization"
    )
    sure = clear(found)
    if sure:
        return _row(Choice.of(sure))
    return _by_name(choice.name) if found else _new(Choice(f"new-{kind}", name=choice.name))


def _new(choice: Choice) -> Who:
    kind = "person" if choice.kind == "new-person" else "organization"
    same = [one for one in Known([choice.name]).candidates(choice.name, kind) if one.score * 2 >= 1]
    if same and not choice.is_namesake:
        listed = ", ".join(f"{one.name} (no. {one.pk})" for one in same[:5])
        raise Undecided(
            f"On record already: {listed}. Choose that row, or say that this is somebody else of that name."
        )
    fields = {"name": choice.name, "slug": slugify(choice.name, default=kind), "is_confirmed": True}
    if kind == "person":
        person = Person.objects.create(sort_name=sort_name(choice.name), **fields)
        return Who(person=person, made=[["person", person.pk]])
    body = Organization.objects.create(**fields)
    return Who(organization=body, made=[["organization", body.pk]])
