"""What readers were told and what the record says, in sentences that a correction can print."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from articles.composed import Link, QuoteSnapshot
from articles.text.excerpt import shorten
from articles.text.fold import fold

MAX_CITED_LENGTH = 160
DETAILS = {
    "said_on": "the day",
    "said_how": "the occasion",
    "said_where": "the place",
    "kind": "the kind of quote",
    "source_url": "the source",
    "locator": "the place in the source",
    "is_translated": "whether it is translated",
}


class FactKind(StrEnum):
    """What a fact is about."""

    NAME = "name"
    ROLE = "role"
    SPEAKER = "speaker"
    WORDS = "words"
    ORGANIZATION = "organization"
    EXTRA = "extra"
    MISSING = "missing"
    DETAIL = "detail"


class Sense(StrEnum):
    """What follows from a fact.

    ``WRONG``: readers were told something that is not so; a correction owns up to it. ``PRIVATE``: they were told what
    they must not be told; no correction repeats it, it goes with the next publication. ``OUTDATED``: readers lack
    something; the next publication brings it, nothing was wrong. ``RENAMED``: the name as printed was right.
    """

    WRONG = "wrong"
    PRIVATE = "private"
    OUTDATED = "behind"
    RENAMED = "renamed"


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that readers have otherwise than the record: ``wrong`` is theirs, ``right`` the record's; sentences.

    ``key`` is the public id of the quote that it is about, empty for none. ``printed_name`` is a wrong name as readers
    have it, to be looked for in the text.
    """

    kind: FactKind
    sense: Sense
    wrong: str
    right: str
    key: str = ""
    printed_name: str = ""

    @property
    def sentence(self) -> str:
        return f"{self.wrong} {self.right}"


@dataclass(frozen=True, slots=True)
class AcceptedNames:
    """Names that are right to have been printed though the row is called otherwise now.

    ``by_row`` has them by ``("person" or "organization", key)``, ``by_organization`` by an organization's name of now.
    """

    by_row: Mapping[tuple[str, int], Collection[str]] = field(default_factory=dict)
    by_organization: Mapping[str, Collection[str]] = field(default_factory=dict)

    def is_accepted(self, kind: str, link: Link) -> bool:
        """Tell whether the name in ``link`` was right when it was printed."""
        return link.name in self.by_row.get((kind, link.id), ())

    def is_same_role(self, published: str, current: str) -> bool:
        """Tell whether a role reads otherwise only because its organization has another name: ``mayor, Sund``."""
        return any(
            published == f"{current.removesuffix(name)}{other}"
            for name, others in self.by_organization.items()
            if current.endswith(f", {name}")
            for other in others
        )


def name_facts(kind: str, published: Link, current: Link, names: AcceptedNames) -> Iterator[Fact]:
    """Yield what differs in name, kind and address of one person or organization."""
    if published.name != current.name:
        if names.is_accepted(kind, published):
            wrong, right = f"The story says “{published.name}”.", f"The name is {current.name} now."
            yield Fact(FactKind.NAME, Sense.RENAMED, wrong, right)
        else:
            wrong = f"The story gave the name of {current.name} as “{published.name}”."
            yield Fact(
                FactKind.NAME,
                Sense.WRONG,
                wrong,
                f"The name is {current.name}.",
                printed_name=published.name,
            )
    elif published.slug != current.slug:
        wrong = f"The story leads to a former address of {current.name}."
        yield Fact(FactKind.DETAIL, Sense.OUTDATED, wrong, "The record has the new one.")
    if published.kind != current.kind:
        wrong = f"The story has {current.name} as “{published.kind}”."
        yield Fact(FactKind.DETAIL, Sense.OUTDATED, wrong, f"The record says “{current.kind}”.")


def role_facts(
    name: str,
    published: str,
    current: str,
    names: AcceptedNames,
    *,
    roles_held: Collection[str] = (),
    private: Collection[str] = (),
    key: str = "",
) -> Iterator[Fact]:
    """Yield whether the role of ``name`` reads otherwise; ``roles_held`` are all on record for the day of then.

    A second role that came on record since does not make the one that was printed wrong. ``private`` are roles that
    readers may not be told.
    """
    if published == current:
        return
    if published in private:
        wrong = f"The story gives a role of {name} that is not public: “{published}”."
        right = f"Readers may be told: “{current}”." if current else "Readers may be told of none."
        yield Fact(FactKind.ROLE, Sense.PRIVATE, wrong, right, key)
        return
    wrong, right = (
        f"The story gave the role of {name} as “{published}”.",
        f"It was “{current}” at the time.",
    )
    sense = Sense.WRONG
    if not published:
        sense, wrong = Sense.OUTDATED, f"The story gives no role of {name}."
    elif not current:
        right = "We have no record of this role at the time."
    elif published in roles_held:
        sense, right = Sense.OUTDATED, f"For that day the record puts “{current}” first."
    elif names.is_same_role(published, current):
        sense, right = Sense.RENAMED, f"It reads “{current}” now."
    elif fold(published) == fold(current):
        sense, right = Sense.OUTDATED, f"The record writes it “{current}”."
    yield Fact(FactKind.ROLE, sense, wrong, right, key)


def extra_quote(quote: QuoteSnapshot) -> Fact:
    """A quote that readers have and the record has not."""
    wrong = _with_full_stop(f"The story quoted {quote.speaker} as saying {cite(quote)}")
    right = "We no longer have these words on record as theirs."
    return Fact(FactKind.EXTRA, Sense.WRONG, wrong, right, quote.key)


def missing_quote(quote: QuoteSnapshot) -> Fact:
    """A quote that the record has and readers have not."""
    wrong = f"The story does not mark {cite(quote)} as a quote."
    return Fact(FactKind.MISSING, Sense.OUTDATED, wrong, f"{quote.speaker} said it.", quote.key)


def other_words(published: QuoteSnapshot, current: QuoteSnapshot) -> Fact:
    """A quote whose words are others."""
    wrong = _with_full_stop(f"The story quoted {published.speaker} as saying {cite(published)}")
    right = _with_full_stop(f"The words are {cite(current)}")
    return Fact(FactKind.WORDS, Sense.WRONG, wrong, right, current.key)


def other_place(quote: QuoteSnapshot) -> Fact:
    """A quote whose words are marked elsewhere in the same text."""
    wrong = f"The story marks {cite(quote)} at another place of its text."
    return Fact(FactKind.DETAIL, Sense.OUTDATED, wrong, "The record has the right one.", quote.key)


def other_speaker(published: QuoteSnapshot, current: QuoteSnapshot) -> Fact:
    """A quote that somebody else said, or somebody who is not named any more: then no sentence says who it was."""
    if current.unnamed and not published.unnamed:
        wrong = f"The story says whose words these are: {cite(current)}."
        return Fact(
            FactKind.SPEAKER, Sense.PRIVATE, wrong, f"They are of {current.speaker}.", current.key
        )
    wrong = f"The story attributed the words {cite(current)} to {published.speaker}."
    return Fact(
        FactKind.SPEAKER, Sense.WRONG, wrong, f"They are of {current.speaker}.", current.key
    )


def other_organization(published: QuoteSnapshot, current: QuoteSnapshot) -> Fact:
    """A quote said in the name of another organization, of one more, of one less."""
    wrong = f"The story did not say for whom {current.speaker} spoke."
    right = f"It was for {current.said_for.name}." if current.said_for else ""
    if not published.said_for:
        return Fact(FactKind.ORGANIZATION, Sense.OUTDATED, wrong, right, current.key)
    wrong = f"The story said that {current.speaker} spoke for {published.said_for.name}."
    right = right or "We have no record of that."
    return Fact(FactKind.ORGANIZATION, Sense.WRONG, wrong, right, current.key)


def detail_facts(published: QuoteSnapshot, current: QuoteSnapshot) -> Iterator[Fact]:
    """Yield what differs in when, how, where and from what source the words are known."""
    for name, label in DETAILS.items():
        before, after = getattr(published, name), getattr(current, name)
        if before == after:
            continue
        was_stated = before and name in ("said_on", "said_how", "said_where")
        was, is_now = (f"“{value}”" if value else "nothing" for value in (before, after))
        wrong = f"Of the words {cite(current)} the story gave as {label}: {was}."
        sense = Sense.WRONG if was_stated else Sense.OUTDATED
        yield Fact(FactKind.DETAIL, sense, wrong, f"The record says: {is_now}.", current.key)


def another_order() -> Fact:
    """The same names, sorted otherwise."""
    wrong = "The story lists its people or organizations in another order."
    return Fact(FactKind.DETAIL, Sense.OUTDATED, wrong, "The record has sorted them anew.")


def cite(quote: QuoteSnapshot) -> str:
    """Return the words of ``quote`` in marks, a long one shortened."""
    return f"“{shorten(quote.text, MAX_CITED_LENGTH)}”"


def _with_full_stop(sentence: str) -> str:
    """End ``sentence`` with a full stop unless the words cited at its end bring one."""
    return sentence if sentence.endswith((".”", "?”", "!”", "…”")) else f"{sentence}."
