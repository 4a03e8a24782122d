"""What an editor needs to see to decide: the finds of one article in text order, with the rows that they may mean."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from articles.extraction.known import Candidate, Known, clear
from articles.extraction.suggest import candidates_of
from articles.models import Article, Mention, Organization, Person, Quote, Suggestion
from articles.text.around import Run, around
from articles.text.html import plain_text

from .accept import day_of


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to "who is it?": ``value`` as ``Choice.read`` takes it, ``label`` with role and organization."""

    value: str
    label: str
    is_chosen: bool = False


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
        return any(one.is_chosen and ":" in one.value for one in self.options)


@dataclass(frozen=True, slots=True)
class Review:
    """All of one article: ``said`` and ``named`` in text order, ``folded`` are finds that hardly ever are quotes.

    ``detached`` are quotes on record whose words have gone from the text. ``said`` holds quotes by hand too.
    """

    body_text: str
    said: list[Item]
    named: list[Item]
    folded: list[Item]
    detached: list[Item]

    @property
    def waiting(self) -> int:
        """How many finds wait, those that are folded left out."""
        return sum(item.is_open for item in (*self.said, *self.named))


def review(article: Article) -> Review:
    """Return what is to be decided about ``article``; the number of queries does not depend on how much it is."""
    body_text = plain_text(article.body_html)
    known = Known([body_text])
    suggestions = list(article.suggestions.select_related("decided_by"))
    quotes = {
        quote.pk: quote
        for quote in article.quotes.select_related("person", "organization").prefetch_related(
            "parts"
        )
    }
    mentions = {m.name: m for m in article.mentions.select_related("person", "organization")}
    found = [(one, _candidates(one, known, mentions)) for one in suggestions]
    labels = Labels(article, (candidate for _, several in found for candidate in several))
    items = [
        _item(one, quotes.get(one.quote_id or 0), several, body_text, labels, known)
        for one, several in found
    ]
    by_hand = quotes.keys() - {one.quote_id for one in suggestions}
    items += [_on_record(quotes[pk], body_text) for pk in by_hand]
    items.sort(key=lambda item: item.start)
    detached = [item for item in items if item.quote and item.quote.state == Quote.State.DETACHED]
    shown = [item for item in items if item not in detached]
    said = [item for item in shown if item.quote or item.suggestion.kind == Suggestion.Kind.QUOTE]
    return Review(
        body_text=body_text,
        said=[item for item in said if item.quote or not item.suggestion.is_folded],
        named=[item for item in shown if item not in said],
        folded=[item for item in said if not item.quote and item.suggestion.is_folded],
        detached=detached,
    )


class Labels:
    """Enough of each candidate to tell two of one name apart: its role on the story's day. Two queries for all."""

    def __init__(self, article: Article, candidates: Iterable[Candidate]) -> None:
        self.day = day_of(article)
        keys: dict[str, set[int]] = {"person": set(), "organization": set()}
        for one in candidates:
            keys[one.kind].add(one.pk)
        people = Person.objects.filter(pk__in=keys["person"])
        self.people = people.prefetch_related("memberships__organization").in_bulk()
        self.bodies = Organization.objects.in_bulk(keys["organization"])

    def of(self, candidate: Candidate) -> str:
        """Return the label of ``candidate``: "Ada Lund — harbour master, Port of Sund"."""
        person = self.people.get(candidate.pk) if candidate.kind == "person" else None
        if person:
            return f"{person.name} — {self.role_of(candidate) or f'no role known, no. {person.pk}'}"
        body = self.bodies.get(candidate.pk)
        return f"{body.name} — {body.get_kind_display()}" if body else candidate.name

    def role_of(self, candidate: Candidate) -> str:
        """Return the role that a person held on the story's day, else the one begun last, empty for none."""
        person = self.people[candidate.pk]
        held = person.role_on(self.day) or next(iter(person.memberships.all()), None)
        return str(held or "")


def _candidates(
    suggestion: Suggestion, known: Known, mentions: dict[str, Mention]
) -> list[Candidate]:
    """Return whom the find may mean by now: who bears the name in this very story first of all."""
    found = candidates_of(suggestion.found, known)
    named = mentions.get(_name(suggestion.found))
    row = named and (named.person or named.organization)
    if row is None:
        return found
    kind = "person" if named.person else "organization"
    return [
        Candidate(kind, row.pk, row.name, 1.0),
        *(
            Candidate(c.kind, c.pk, c.name, c.score / 2)
            for c in found
            if (c.kind, c.pk) != (kind, row.pk)
        ),
    ]


def _name(found: dict[str, Any]) -> str:
    """Return the name in a find, or how it calls somebody whom it does not name."""
    unnamed = found["mention"] if found.get("speaker_type") == "unnamed" else ""
    return found.get("speaker") or found.get("name") or unnamed


def _item(
    suggestion: Suggestion,
    quote: Quote | None,
    candidates: list[Candidate],
    body_text: str,
    labels: Labels,
    known: Known,
) -> Item:
    found = suggestion.found
    name = _name(found)
    is_open = suggestion.state == Suggestion.State.OPEN
    spans = found.get("parts") or found["spans"][:1]
    return Item(
        suggestion=suggestion,
        quote=quote,
        start=suggestion.start,
        sentence=around(body_text, [(start, end) for start, end in spans]),
        name=quote.speaker if quote else name,
        role=quote.role if quote else found["role"],
        options=_options(suggestion, name, candidates, labels) if is_open else [],
        seats=_seats(found["role"], known) if is_open else [],
    )


def _options(
    suggestion: Suggestion, name: str, candidates: list[Candidate], labels: Labels
) -> list[Option]:
    """Return the answers to choose from: rows on record, a new one, somebody else, somebody not named."""
    sure = clear(candidates)
    options = [Option(f"{c.kind}:{c.pk}", labels.of(c), c == sure) for c in candidates]
    is_quote = suggestion.kind == Suggestion.Kind.QUOTE
    kind = suggestion.found.get("speaker_type") or suggestion.found.get("type")
    new = (("new-person", "New person"), ("new-organization", "New organization"))
    for value, label in reversed(new) if kind == "organization" else new:
        is_chosen = bool(name) and not candidates and value == f"new-{kind}"
        options.append(Option(value, f"{label}: {name}" if name else label, is_chosen))
    options.append(Option("known", "Somebody on record, by name"))
    if is_quote:
        options.append(Option("unnamed", "Somebody not named", kind == "unnamed"))
    return options


def _seats(role: str, known: Known) -> list[Option]:
    """Return the organizations on record that a printed role names: "NATO secretary-general"."""
    names = (
        [name for name in known.occurring_in("organization", role) if name in role] if role else []
    )
    found = {one.pk: one.name for name in names for one in known.candidates(name, "organization")}
    return [Option(str(pk), name) for pk, name in found.items()]


def _on_record(quote: Quote, body_text: str) -> Item:
    parts = quote.parts.all()
    return Item(
        suggestion=None,
        quote=quote,
        start=parts[0].start if parts else 0,
        sentence=around(body_text, [(part.start, part.end) for part in parts]),
        name=quote.speaker,
        role=quote.role,
    )
