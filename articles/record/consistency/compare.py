"""Two records of one story compared: what readers have, and what the newsroom knows."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain

from articles.composed import Link, QuoteSnapshot
from articles.models.quotes import JOINT
from articles.publishing.compose_quotes import StoryRecord

from . import discrepancies
from .discrepancies import AcceptedNames, Fact, FactKind, Sense

RowKey = tuple[str, int]
_ORDER = {sense: place for place, sense in enumerate(Sense)}


@dataclass(frozen=True, slots=True)
class StoryContext:
    """What a comparison has to know of a story beside its two records.

    ``published_text`` is the plain body that readers have; ``same_text`` says that the newsroom has the same.
    ``on_record`` are the keys of all quotes that the story has, standing in its text or not; ``roles_held`` the
    roles of its people at the time, ``private`` roles of theirs that readers may not be reported, by their keys.
    """

    published_text: str
    same_text: bool
    on_record: Collection[str]
    roles_held: Mapping[int, Collection[str]]
    private: Mapping[int, Collection[str]] = field(default_factory=dict)


def compare_records(
    published: StoryRecord, current: StoryRecord, story: StoryContext, names: AcceptedNames
) -> list[Fact]:
    """Return what ``current`` says other than ``published``, which readers have: what is wrong first, each fact once.

    Of the same text the list is empty only for equal records. Otherwise only that is compared in which the text has
    no part: not the places of words, not what an edit brought or took.
    """
    comparison = _Comparison(published, current, story, names)
    facts: dict[str, Fact] = {}
    for fact in chain(comparison.quotes(), comparison.links()):
        facts.setdefault(fact.sentence, fact)
    if not facts and story.same_text and published != current:
        return [discrepancies.another_order()]
    return sorted(facts.values(), key=lambda fact: _ORDER[fact.sense])


@dataclass(frozen=True, slots=True)
class _Comparison:
    """``reported`` are those whom a fact about a quote brings into the story or takes out of it."""

    published: StoryRecord
    current: StoryRecord
    story: StoryContext
    names: AcceptedNames
    reported: set[RowKey] = field(default_factory=set)

    def quotes(self) -> Iterator[Fact]:
        published = {quote.key: quote for quote in self.published.quotes}
        current = {quote.key: quote for quote in self.current.quotes}
        for key, quote in published.items():
            if key in current:
                yield from self._quote(quote, current[key])
            elif self.story.same_text or key not in self.story.on_record:
                self.reported.update(_row_keys(quote))
                yield discrepancies.extra_quote(quote)
        for key, quote in current.items():
            if key not in published and (self.story.same_text or self._was_printed(quote)):
                self.reported.update(_row_keys(quote))
                yield discrepancies.missing_quote(quote)

    def links(self) -> Iterator[Fact]:
        """Yield what differs in who is in the story; to be asked after ``quotes``, which tell of some already."""
        for kind, published, current in (
            ("person", self.published.people, self.current.people),
            ("organization", self.published.organizations, self.current.organizations),
        ):
            before, after = ({link.id: link for link in links} for links in (published, current))
            for pk, link in before.items():
                if pk in after:
                    yield from self._link_facts(kind, link, after[pk])
            if self.story.same_text:
                yield from self._added_and_removed(kind, before, after)

    def _was_printed(self, quote: QuoteSnapshot) -> bool:
        return all(part in self.story.published_text for part in quote.text.split(JOINT))

    def _quote(self, published: QuoteSnapshot, current: QuoteSnapshot) -> Iterator[Fact]:
        if published.text != current.text:
            yield discrepancies.other_words(published, current)
        elif self.story.same_text and published.parts != current.parts:
            yield discrepancies.other_place(current)
        if _speaker_key(published) != _speaker_key(current):
            self.reported.update(_row_keys(published) | _row_keys(current))
            yield discrepancies.other_speaker(published, current)
        else:
            yield from self._same_speaker(published, current)
        yield from discrepancies.detail_facts(published, current)

    def _same_speaker(self, published: QuoteSnapshot, current: QuoteSnapshot) -> Iterator[Fact]:
        person_id = current.person.id if current.person else 0
        roles_held, private = (
            self.story.roles_held.get(person_id, ()),
            self.story.private.get(person_id, ()),
        )
        if current.unnamed:
            private = {published.role}
        roles = list(
            discrepancies.role_facts(
                current.speaker,
                published.role,
                current.role,
                self.names,
                roles_held=roles_held,
                private=private,
                key=current.key,
            )
        )
        yield from roles
        for kind in ("person", "organization"):
            before, after = getattr(published, kind), getattr(current, kind)
            if before and after:
                yield from self._link_facts(kind, before, after)
        before, after = published.said_for, current.said_for
        if before and after and before.id == after.id:
            yield from self._link_facts("organization", before, after)
        elif before or after:
            self.reported.update(_row_keys(published) | _row_keys(current))
            if not roles:  # the role names its organization
                yield discrepancies.other_organization(published, current)

    def _link_facts(self, kind: str, published: Link, current: Link) -> Iterator[Fact]:
        yield from discrepancies.name_facts(kind, published, current, self.names)
        person_id = current.id if kind == "person" else 0
        roles_held, private = (
            self.story.roles_held.get(person_id, ()),
            self.story.private.get(person_id, ()),
        )
        yield from discrepancies.role_facts(
            current.name,
            published.role,
            current.role,
            self.names,
            roles_held=roles_held,
            private=private,
        )

    def _added_and_removed(
        self, kind: str, before: dict[int, Link], after: dict[int, Link]
    ) -> Iterator[Fact]:
        for pk, link in before.items():
            if pk not in after and (kind, pk) not in self.reported:
                wrong = f"The story was filed under {link.name}."
                yield Fact(FactKind.EXTRA, Sense.WRONG, wrong, f"It is not about {link.name}.")
        for pk, link in after.items():
            if pk not in before and (kind, pk) not in self.reported:
                wrong = f"The story is not filed under {link.name}."
                yield Fact(FactKind.MISSING, Sense.OUTDATED, wrong, f"It names {link.name}.")


def _speaker_key(quote: QuoteSnapshot) -> tuple[str, int | str]:
    """Return who spoke, whatever they are called."""
    if quote.person:
        return "person", quote.person.id
    if quote.organization:
        return "organization", quote.organization.id
    return "unnamed", quote.unnamed


def _row_keys(quote: QuoteSnapshot) -> set[RowKey]:
    """Return which rows ``quote`` brings into its story."""
    links = {
        "person": [quote.person],
        "organization": [quote.organization, quote.said_for],
    }
    return {(kind, link.id) for kind, several in links.items() for link in several if link}
