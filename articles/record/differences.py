"""Two records of one story compared: what readers have, and what the newsroom knows."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain

from articles.composed import Link, Quoted
from articles.models.quotes import JOINT
from articles.publishing.said import Record

from . import facts
from .facts import Fact, Names, Sense, What

Who = tuple[str, int]
_ORDER = {sense: place for place, sense in enumerate(Sense)}


@dataclass(frozen=True, slots=True)
class Story:
    """What a comparison has to know of a story beside its two records.

    ``then_text`` is the plain body that readers have; ``same_text`` says that the newsroom has the same.
    ``on_record`` are the keys of all quotes that the story has, standing in its text or not; ``held`` the roles of
    its people at the time, by their keys.
    """

    then_text: str
    same_text: bool
    on_record: Collection[str]
    held: Mapping[int, Collection[str]]


def facts_between(then: Record, now: Record, story: Story, names: Names) -> list[Fact]:
    """Return what ``now`` says otherwise than ``then``, which readers have: what is wrong first, each fact once.

    Of the same text the list is empty only for equal records. Otherwise only that is compared in which the text has
    no part: not the places of words, not what an edit brought or took.
    """
    this = _Comparison(then, now, story, names)
    found: dict[str, Fact] = {}
    for fact in chain(this.quotes(), this.links()):
        found.setdefault(fact.sentence, fact)
    if not found and story.same_text and then != now:
        return [facts.another_order()]
    return sorted(found.values(), key=lambda fact: _ORDER[fact.sense])


@dataclass(frozen=True, slots=True)
class _Comparison:
    """``told`` are those whom a fact about a quote brings into the story or takes out of it."""

    then: Record
    now: Record
    story: Story
    names: Names
    told: set[Who] = field(default_factory=set)

    def quotes(self) -> Iterator[Fact]:
        then = {quote.key: quote for quote in self.then.quotes}
        now = {quote.key: quote for quote in self.now.quotes}
        for key, quote in then.items():
            if key in now:
                yield from self._quote(quote, now[key])
            elif self.story.same_text or key not in self.story.on_record:
                self.told.update(_who(quote))
                yield facts.extra_quote(quote)
        for key, quote in now.items():
            if key not in then and (self.story.same_text or self._stood_there(quote)):
                self.told.update(_who(quote))
                yield facts.missing_quote(quote)

    def links(self) -> Iterator[Fact]:
        """Yield what differs in who is in the story; to be asked after ``quotes``, which tell of some already."""
        for kind, then, now in (
            ("person", self.then.people, self.now.people),
            ("organization", self.then.organizations, self.now.organizations),
        ):
            before, after = ({link.id: link for link in links} for links in (then, now))
            for pk, link in before.items():
                if pk in after:
                    yield from self._row(kind, link, after[pk])
            if self.story.same_text:
                yield from self._come_and_gone(kind, before, after)

    def _stood_there(self, quote: Quoted) -> bool:
        return all(part in self.story.then_text for part in quote.text.split(JOINT))

    def _quote(self, then: Quoted, now: Quoted) -> Iterator[Fact]:
        if then.text != now.text:
            yield facts.other_words(then, now)
        elif self.story.same_text and then.parts != now.parts:
            yield facts.other_place(now)
        if _speaker(then) != _speaker(now):
            self.told.update(_who(then) | _who(now))
            yield facts.other_speaker(then, now)
        else:
            yield from self._same_speaker(then, now)
        yield from facts.detail_facts(then, now)

    def _same_speaker(self, then: Quoted, now: Quoted) -> Iterator[Fact]:
        held = self.story.held.get(now.person.id, ()) if now.person else ()
        roles = list(
            facts.role_facts(now.speaker, then.role, now.role, self.names, held=held, key=now.key)
        )
        yield from roles
        for kind in ("person", "organization"):
            before, after = getattr(then, kind), getattr(now, kind)
            if before and after:
                yield from self._row(kind, before, after)
        before, after = then.said_for, now.said_for
        if before and after and before.id == after.id:
            yield from self._row("organization", before, after)
        elif before or after:
            self.told.update(_who(then) | _who(now))
            if not roles:  # the role names its organization
                yield facts.other_organization(then, now)

    def _row(self, kind: str, then: Link, now: Link) -> Iterator[Fact]:
        yield from facts.name_facts(kind, then, now, self.names)
        held = self.story.held.get(now.id, ()) if kind == "person" else ()
        yield from facts.role_facts(now.name, then.role, now.role, self.names, held=held)

    def _come_and_gone(
        self, kind: str, before: dict[int, Link], after: dict[int, Link]
    ) -> Iterator[Fact]:
        for pk, link in before.items():
            if pk not in after and (kind, pk) not in self.told:
                wrong = f"The story was filed under {link.name}."
                yield Fact(What.EXTRA, Sense.WRONG, wrong, f"It is not about {link.name}.")
        for pk, link in after.items():
            if pk not in before and (kind, pk) not in self.told:
                wrong = f"The story is not filed under {link.name}."
                yield Fact(What.MISSING, Sense.BEHIND, wrong, f"It names {link.name}.")


def _speaker(quote: Quoted) -> tuple[str, int | str]:
    """Return who spoke, whatever they are called."""
    if quote.person:
        return "person", quote.person.id
    if quote.organization:
        return "organization", quote.organization.id
    return "unnamed", quote.unnamed


def _who(quote: Quoted) -> set[Who]:
    """Return which rows ``quote`` brings into its story."""
    links = {
        "person": [quote.person],
        "organization": [quote.organization, quote.said_for],
    }
    return {(kind, link.id) for kind, several in links.items() for link in several if link}
