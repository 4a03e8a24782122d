"""What readers were told and what the record says, in sentences that a correction can print."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from articles.composed import Link, Quoted
from articles.publishing.checks import shortened
from articles.text.fold import fold

LONGEST_WORDS = 160
DETAILS = {
    "said_on": "the day",
    "said_how": "the occasion",
    "said_where": "the place",
    "kind": "the kind of quote",
    "source_url": "the source",
    "locator": "the place in the source",
    "is_translated": "whether it is translated",
}


class What(StrEnum):
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

    ``WRONG``: readers were told something that is not so; a correction owns up to it. ``BEHIND``: readers lack
    something; the next publication brings it, nothing was wrong. ``RENAMED``: the name as printed was right.
    """

    WRONG = "wrong"
    BEHIND = "behind"
    RENAMED = "renamed"


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that readers have otherwise than the record: ``wrong`` is theirs, ``right`` the record's; sentences.

    ``key`` is the public id of the quote that it is about, empty for none. ``printed`` is a wrong name as readers
    have it, to be looked for in the text.
    """

    what: What
    sense: Sense
    wrong: str
    right: str
    key: str = ""
    printed: str = ""

    @property
    def sentence(self) -> str:
        return f"{self.wrong} {self.right}"


@dataclass(frozen=True, slots=True)
class Names:
    """Names that are right to have been printed though the row is called otherwise now.

    ``of`` has them by ``("person" or "organization", key)``, ``bodies`` those of organizations by the name of now.
    """

    of: Mapping[tuple[str, int], Collection[str]] = field(default_factory=dict)
    bodies: Mapping[str, Collection[str]] = field(default_factory=dict)

    def were_right(self, kind: str, link: Link) -> bool:
        """Tell whether the name in ``link`` was right when it was printed."""
        return link.name in self.of.get((kind, link.id), ())

    def is_same_role(self, then: str, now: str) -> bool:
        """Tell whether a role reads otherwise only because its organization has another name: ``mayor, Sund``."""
        return any(
            then == f"{now.removesuffix(name)}{other}"
            for name, others in self.bodies.items()
            if now.endswith(f", {name}")
            for other in others
        )


def name_facts(kind: str, then: Link, now: Link, names: Names) -> Iterator[Fact]:
    """Yield what differs in name, kind and address of one person or organization."""
    if then.name != now.name:
        if names.were_right(kind, then):
            wrong, right = f"The story says “{then.name}”.", f"The name is {now.name} now."
            yield Fact(What.NAME, Sense.RENAMED, wrong, right)
        else:
            wrong = f"The story gave the name of {now.name} as “{then.name}”."
            yield Fact(What.NAME, Sense.WRONG, wrong, f"The name is {now.name}.", printed=then.name)
    elif then.slug != now.slug:
        wrong = f"The story leads to a former address of {now.name}."
        yield Fact(What.DETAIL, Sense.BEHIND, wrong, "The record has the new one.")
    if then.kind != now.kind:
        wrong = f"The story has {now.name} as “{then.kind}”."
        yield Fact(What.DETAIL, Sense.BEHIND, wrong, f"The record says “{now.kind}”.")


def role_facts(
    name: str, then: str, now: str, names: Names, *, held: Collection[str] = (), key: str = ""
) -> Iterator[Fact]:
    """Yield whether the role of ``name`` reads otherwise; ``held`` are all that are on record for the day of then.

    A second role that came on record since does not make the one that was printed wrong.
    """
    if then == now:
        return
    wrong, right = (
        f"The story gave the role of {name} as “{then}”.",
        f"It was “{now}” at the time.",
    )
    sense = Sense.WRONG
    if not then:
        sense, wrong = Sense.BEHIND, f"The story gives no role of {name}."
    elif not now:
        right = "We have no record of this role at the time."
    elif then in held:
        sense, right = Sense.BEHIND, f"For that day the record puts “{now}” first."
    elif names.is_same_role(then, now):
        sense, right = Sense.RENAMED, f"It reads “{now}” now."
    elif fold(then) == fold(now):
        sense, right = Sense.BEHIND, f"The record writes it “{now}”."
    yield Fact(What.ROLE, sense, wrong, right, key)


def extra_quote(quote: Quoted) -> Fact:
    """A quote that readers have and the record has not."""
    wrong = _stopped(f"The story quoted {quote.speaker} as saying {cited(quote)}")
    right = "We no longer have these words on record as theirs."
    return Fact(What.EXTRA, Sense.WRONG, wrong, right, quote.key)


def missing_quote(quote: Quoted) -> Fact:
    """A quote that the record has and readers have not."""
    wrong = f"The story does not mark {cited(quote)} as a quote."
    return Fact(What.MISSING, Sense.BEHIND, wrong, f"{quote.speaker} said it.", quote.key)


def other_words(then: Quoted, now: Quoted) -> Fact:
    """A quote whose words are others."""
    wrong = _stopped(f"The story quoted {then.speaker} as saying {cited(then)}")
    right = _stopped(f"The words are {cited(now)}")
    return Fact(What.WORDS, Sense.WRONG, wrong, right, now.key)


def other_place(quote: Quoted) -> Fact:
    """A quote whose words are marked elsewhere in the same text."""
    wrong = f"The story marks {cited(quote)} at another place of its text."
    return Fact(What.DETAIL, Sense.BEHIND, wrong, "The record has the right one.", quote.key)


def other_speaker(then: Quoted, now: Quoted) -> Fact:
    """A quote that somebody else said."""
    wrong = f"The story attributed the words {cited(now)} to {then.speaker}."
    return Fact(What.SPEAKER, Sense.WRONG, wrong, f"They are of {now.speaker}.", now.key)


def other_organization(then: Quoted, now: Quoted) -> Fact:
    """A quote said in the name of another organization, of one more, of one less."""
    wrong = f"The story did not say for whom {now.speaker} spoke."
    right = f"It was for {now.said_for.name}." if now.said_for else ""
    if not then.said_for:
        return Fact(What.ORGANIZATION, Sense.BEHIND, wrong, right, now.key)
    wrong = f"The story said that {now.speaker} spoke for {then.said_for.name}."
    right = right or "We have no record of that."
    return Fact(What.ORGANIZATION, Sense.WRONG, wrong, right, now.key)


def detail_facts(then: Quoted, now: Quoted) -> Iterator[Fact]:
    """Yield what differs in when, how, where and from what source the words are known."""
    for name, label in DETAILS.items():
        before, after = getattr(then, name), getattr(now, name)
        if before == after:
            continue
        is_told = before and name in ("said_on", "said_how", "said_where")
        was, is_now = (f"“{value}”" if value else "nothing" for value in (before, after))
        wrong = f"Of the words {cited(now)} the story gave as {label}: {was}."
        sense = Sense.WRONG if is_told else Sense.BEHIND
        yield Fact(What.DETAIL, sense, wrong, f"The record says: {is_now}.", now.key)


def another_order() -> Fact:
    """The same names, sorted otherwise."""
    wrong = "The story lists its people or organizations in another order."
    return Fact(What.DETAIL, Sense.BEHIND, wrong, "The record has sorted them anew.")


def cited(quote: Quoted) -> str:
    """Return the words of ``quote`` in marks, a long one shortened."""
    return f"“{shortened(quote.text, LONGEST_WORDS)}”"


def _stopped(sentence: str) -> str:
    """End ``sentence`` with a full stop unless the words cited at its end bring one."""
    return sentence if sentence.endswith((".”", "?”", "!”", "…”")) else f"{sentence}."
