"""One suggestion with all that an editor needs to decide it: the sentence around it, and the rows that it may mean."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from articles.extraction.entity_lookup import Candidate, EntityLookup, Kind, clear_candidate
from articles.extraction.suggest import find_candidates
from articles.models import Mention, Organization, Person, Quote, Suggestion
from articles.text.excerpt import Run, sentences_around

NO_ROLE = "no role known"
NEW = {"person": "New person", "organization": "New organization"}


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to "who is it?": ``value`` as ``SpeakerChoice.read`` takes it, ``label`` says the role too."""

    value: str
    label: str
    is_chosen: bool = False

    @property
    def is_row(self) -> bool:
        """Whether it is a row on record."""
        return self.value.startswith(("person:", "organization:"))


@dataclass(frozen=True, slots=True)
class ReviewItem:
    """One suggestion or one quote on record, with the sentence around it; ``name`` as it was found."""

    suggestion: Suggestion | None
    quote: Quote | None
    start: int
    sentence: list[Run]
    name: str
    role: str = ""
    options: list[Option] = field(default_factory=list)
    role_organizations: list[Option] = field(default_factory=list)

    @property
    def is_open(self) -> bool:
        """Whether it waits for a decision."""
        return self.suggestion is not None and self.suggestion.state == Suggestion.State.OPEN

    @property
    def quote_on_record(self) -> Quote:
        """The quote that it is. Raises AttributeError for a find that is none, or none yet."""
        if self.quote is None:
            raise AttributeError("No quote is on record.")
        return self.quote

    @property
    def is_folded(self) -> bool:
        """Whether it is a find of a kind that hardly ever is a quote."""
        return self.suggestion is not None and self.suggestion.is_folded

    @property
    def is_clear(self) -> bool:
        """Whether one answer is chosen beforehand and names a row on record."""
        return any(option.is_chosen and option.is_row for option in self.options)


class SuggestionReader:
    """Reads suggestions against the rows of now: who is on record, and who is named in their very stories already.

    The number of queries does not depend on how many suggestions or stories there are. ``texts`` hold the names that
    matter; ``mentions`` are those of the suggestions' stories, with their rows.
    """

    def __init__(
        self, suggestions: Iterable[Suggestion], mentions: Iterable[Mention], texts: Iterable[str]
    ) -> None:
        self.lookup = EntityLookup(texts)
        self.mentions = {(row.article_id, row.name): row for row in mentions}
        self.candidates = {row.pk: self._candidates(row) for row in suggestions if _is_open(row)}
        self.labels = CandidateLabels(
            row for several in self.candidates.values() for row in several
        )

    def item(
        self, suggestion: Suggestion, body_text: str, day: date, quote: Quote | None = None
    ) -> ReviewItem:
        """Return the suggestion with the sentence around it in ``body_text``; roles are those held on ``day``."""
        data, is_open = suggestion.found, _is_open(suggestion)
        name = suggested_name(data)
        spans = data.get("parts") or data["spans"][:1]
        return ReviewItem(
            suggestion=suggestion,
            quote=quote,
            start=suggestion.start,
            sentence=sentences_around(body_text, [(start, end) for start, end in spans]),
            name=quote.speaker if quote else name,
            role=quote.role if quote else data["role"],
            options=self._options(suggestion, name, day) if is_open else [],
            role_organizations=self._role_organizations(data["role"]) if is_open else [],
        )

    def _candidates(self, suggestion: Suggestion) -> list[Candidate]:
        """Return whom the suggestion may mean by now: who bears the name in this very story first of all."""
        candidates = find_candidates(suggestion.found, self.lookup)
        mention = self.mentions.get((suggestion.article_id, suggested_name(suggestion.found)))
        row = mention and (mention.person or mention.organization)
        if mention is None or row is None:
            return candidates
        kind: Kind = "person" if mention.person else "organization"
        others = (
            candidate
            for candidate in candidates
            if (candidate.kind, candidate.pk) != (kind, row.pk)
        )
        return [
            Candidate(kind, row.pk, row.name, 1.0),
            *(
                Candidate(candidate.kind, candidate.pk, candidate.name, candidate.score / 2)
                for candidate in others
            ),
        ]

    def _options(self, suggestion: Suggestion, name: str, day: date) -> list[Option]:
        """Return the answers to choose from: rows on record, a new one, somebody else, somebody not named."""
        candidates = self.candidates[suggestion.pk]
        clear = clear_candidate(candidates)
        options = [
            Option(
                f"{candidate.kind}:{candidate.pk}",
                self.labels.label_on(candidate, day),
                candidate == clear,
            )
            for candidate in candidates
        ]
        kind = suggestion.found.get("speaker_type") or suggestion.found.get("type")
        for new, label in sorted(NEW.items(), key=lambda candidate: candidate[0] != kind):
            is_chosen = bool(name) and not candidates and new == kind
            options.append(Option(f"new-{new}", f"{label}: {name}" if name else label, is_chosen))
        options.append(Option("known", "Somebody on record, by name"))
        if suggestion.kind == Suggestion.Kind.QUOTE:
            options.append(Option("unnamed", "Somebody not named", kind == "unnamed"))
        return options

    def _role_organizations(self, role: str) -> list[Option]:
        """Return the organizations on record that a printed role names: "NATO secretary-general"."""
        if not role:
            return []
        names = [name for name in self.lookup.occurring_in("organization", role) if name in role]
        names_by_key = {
            candidate.pk: candidate.name
            for name in names
            for candidate in self.lookup.candidates(name, "organization")
        }
        return [Option(str(pk), name) for pk, name in names_by_key.items()]


class CandidateLabels:
    """Enough of each candidate to tell two of one name apart: its role on a day. Three queries for all."""

    def __init__(self, candidates: Iterable[Candidate]) -> None:
        keys: dict[str, set[int]] = {"person": set(), "organization": set()}
        for candidate in candidates:
            keys[candidate.kind].add(candidate.pk)
        people = Person.objects.filter(pk__in=keys["person"])
        self.people = people.prefetch_related("memberships__organization").in_bulk()
        self.organizations = Organization.objects.in_bulk(keys["organization"])

    def label_on(self, candidate: Candidate, day: date) -> str:
        """Return the label of ``candidate`` on ``day``: "Ada Lund — harbour master, Port of Sund"."""
        person = self.people.get(candidate.pk) if candidate.kind == "person" else None
        if person:
            return f"{person.name} — {_role_of(person, day) or f'{NO_ROLE}, no. {person.pk}'}"
        organization = self.organizations.get(candidate.pk)
        return (
            f"{organization.name} — {organization.get_kind_display()}"
            if organization
            else candidate.name
        )


def item_of_quote(quote: Quote, body_text: str) -> ReviewItem:
    """Return a quote that was put on record by hand."""
    parts = quote.parts.all()
    return ReviewItem(
        suggestion=None,
        quote=quote,
        start=parts[0].start if parts else 0,
        sentence=sentences_around(body_text, [(part.start, part.end) for part in parts]),
        name=quote.speaker,
        role=quote.role,
    )


def suggested_name(data: Mapping[str, Any]) -> str:
    """Return the name in a suggestion, or how it calls somebody whom it does not name."""
    unnamed = data["mention"] if data.get("speaker_type") == "unnamed" else ""
    return data.get("speaker") or data.get("name") or unnamed


def _is_open(suggestion: Suggestion) -> bool:
    return suggestion.state == Suggestion.State.OPEN


def _role_of(person: Person, day: date) -> str:
    """Return the role that ``person`` held on ``day``, else the one begun last, empty for none."""
    membership = person.confirmed_role_on(day) or next(iter(person.memberships.all()), None)
    return str(membership or "")
