"""One find with all that an editor needs to decide it: the sentence around it, and the rows that it may mean."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from articles.extraction.known import Candidate, Known, clear
from articles.extraction.suggest import candidates_of
from articles.models import Mention, Organization, Person, Quote, Suggestion
from articles.text.around import Run, around

NO_ROLE = "no role known"
NEW = {"person": "New person", "organization": "New organization"}


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to "who is it?": ``value`` as ``Choice.read`` takes it, ``label`` with role and organization."""

    value: str
    label: str
    is_chosen: bool = False

    @property
    def is_row(self) -> bool:
        """Whether it is a row on record."""
        return self.value.startswith(("person:", "organization:"))


@dataclass(frozen=True, slots=True)
class Item:
    """One find or one quote on record, with the sentence around it; ``name`` is the speaker's or the name found."""

    suggestion: Suggestion | None
    quote: Quote | None
    start: int
    sentence: list[Run]
    name: str
    role: str = ""
    options: list[Option] = field(default_factory=list)
    seats: list[Option] = field(default_factory=list)

    @property
    def is_open(self) -> bool:
        """Whether it waits for a decision."""
        return self.suggestion is not None and self.suggestion.state == Suggestion.State.OPEN

    @property
    def is_clear(self) -> bool:
        """Whether one answer is chosen beforehand and names a row on record."""
        return any(one.is_chosen and one.is_row for one in self.options)


class Reader:
    """Reads finds against the rows of now: who is on record, and who is named in their very stories already.

    The number of queries does not depend on how many finds or stories there are. ``texts`` hold the names that
    matter; ``mentions`` are those of the finds' stories, with their rows.
    """

    def __init__(
        self, finds: Iterable[Suggestion], mentions: Iterable[Mention], texts: Iterable[str]
    ) -> None:
        self.known = Known(texts)
        self.named = {(one.article_id, one.name): one for one in mentions}
        self.candidates = {one.pk: self._candidates(one) for one in finds if _is_open(one)}
        self.labels = Labels(one for several in self.candidates.values() for one in several)

    def item(
        self, suggestion: Suggestion, body_text: str, day: date, quote: Quote | None = None
    ) -> Item:
        """Return the find with the sentence around it in ``body_text``; roles are those held on ``day``."""
        found, is_open = suggestion.found, _is_open(suggestion)
        name = name_of(found)
        spans = found.get("parts") or found["spans"][:1]
        return Item(
            suggestion=suggestion,
            quote=quote,
            start=suggestion.start,
            sentence=around(body_text, [(start, end) for start, end in spans]),
            name=quote.speaker if quote else name,
            role=quote.role if quote else found["role"],
            options=self._options(suggestion, name, day) if is_open else [],
            seats=self._seats(found["role"]) if is_open else [],
        )

    def _candidates(self, suggestion: Suggestion) -> list[Candidate]:
        """Return whom the find may mean by now: who bears the name in this very story first of all."""
        found = candidates_of(suggestion.found, self.known)
        named = self.named.get((suggestion.article_id, name_of(suggestion.found)))
        row = named and (named.person or named.organization)
        if row is None:
            return found
        kind = "person" if named.person else "organization"
        others = (one for one in found if (one.kind, one.pk) != (kind, row.pk))
        return [
            Candidate(kind, row.pk, row.name, 1.0),
            *(Candidate(one.kind, one.pk, one.name, one.score / 2) for one in others),
        ]

    def _options(self, suggestion: Suggestion, name: str, day: date) -> list[Option]:
        """Return the answers to choose from: rows on record, a new one, somebody else, somebody not named."""
        candidates = self.candidates[suggestion.pk]
        sure = clear(candidates)
        options = [
            Option(f"{one.kind}:{one.pk}", self.labels.of(one, day), one == sure)
            for one in candidates
        ]
        kind = suggestion.found.get("speaker_type") or suggestion.found.get("type")
        for new, label in sorted(NEW.items(), key=lambda one: one[0] != kind):
            is_chosen = bool(name) and not candidates and new == kind
            options.append(Option(f"new-{new}", f"{label}: {name}" if name else label, is_chosen))
        options.append(Option("known", "Somebody on record, by name"))
        if suggestion.kind == Suggestion.Kind.QUOTE:
            options.append(Option("unnamed", "Somebody not named", kind == "unnamed"))
        return options

    def _seats(self, role: str) -> list[Option]:
        """Return the organizations on record that a printed role names: "NATO secretary-general"."""
        if not role:
            return []
        names = [name for name in self.known.occurring_in("organization", role) if name in role]
        found = {
            one.pk: one.name
            for name in names
            for one in self.known.candidates(name, "organization")
        }
        return [Option(str(pk), name) for pk, name in found.items()]


class Labels:
    """Enough of each candidate to tell two of one name apart: its role on a day. Three queries for all."""

    def __init__(self, candidates: Iterable[Candidate]) -> None:
        keys: dict[str, set[int]] = {"person": set(), "organization": set()}
        for one in candidates:
            keys[one.kind].add(one.pk)
        people = Person.objects.filter(pk__in=keys["person"])
        self.people = people.prefetch_related("memberships__organization").in_bulk()
        self.bodies = Organization.objects.in_bulk(keys["organization"])

    def of(self, candidate: Candidate, day: date) -> str:
        """Return the label of ``candidate`` on ``day``: "Ada Lund — harbour master, Port of Sund"."""
        person = self.people.get(candidate.pk) if candidate.kind == "person" else None
        if person:
            return f"{person.name} — {_role_of(person, day) or f'{NO_ROLE}, no. {person.pk}'}"
        body = self.bodies.get(candidate.pk)
        return f"{body.name} — {body.get_kind_display()}" if body else candidate.name


def on_record(quote: Quote, body_text: str) -> Item:
    """Return a quote that was put on record by hand."""
    parts = quote.parts.all()
    return Item(
        suggestion=None,
        quote=quote,
        start=parts[0].start if parts else 0,
        sentence=around(body_text, [(part.start, part.end) for part in parts]),
        name=quote.speaker,
        role=quote.role,
    )


def name_of(found: Mapping[str, Any]) -> str:
    """Return the name in a find, or how it calls somebody whom it does not name."""
    unnamed = found["mention"] if found.get("speaker_type") == "unnamed" else ""
    return found.get("speaker") or found.get("name") or unnamed


def _is_open(suggestion: Suggestion) -> bool:
    return suggestion.state == Suggestion.State.OPEN


def _role_of(person: Person, day: date) -> str:
    """Return the role that ``person`` held on ``day``, else the one begun last, empty for none."""
    held = person.role_on(day) or next(iter(person.memberships.all()), None)
    return str(held or "")
