"""Noun phrase -> speaker."""

from dataclasses import dataclass, replace

from articles.extraction.found import Span
from articles.extraction.names import Run
from articles.extraction.people import Person
from articles.extraction.phrases import phrase_left
from articles.extraction.pronouns import Antecedents
from articles.extraction.reading import Phrase, Reading
from articles.extraction.words import DOCUMENTS, POSSESSIVES, PRONOUNS

_LEADS_TO_AUTHOR = {"by", "from", "of", "the", "for"}


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who spoke: ``span`` of the words that say so, the name behind them, the person behind the name."""

    span: Span | None
    name: str | None
    person: Person | None
    is_pronoun: bool = False


NOBODY = Speaker(None, None, None)


def speaker_of(reading: Reading, phrase: Phrase, antecedents: Antecedents) -> Speaker:
    """Return whom ``phrase`` means."""
    first, last = phrase
    while first < last and not reading.tokens.words[first][0].isalnum():
        first += 1
    lower = reading.tokens.lower[first : last + 1]
    span = reading.span((first, last))
    if lower in (["who"], ["which"]):
        antecedent = _antecedent(reading, first)
        before = speaker_of(reading, antecedent, antecedents) if antecedent else NOBODY
        return replace(before, span=span)
    if len(lower) == 1 and lower[0] in PRONOUNS:
        person = antecedents.find(PRONOUNS[lower[0]], first)
        return Speaker(span, person.name if person else None, person, is_pronoun=True)
    run = reading.name_in((first, last))
    if run is None and not DOCUMENTS.isdisjoint(lower):
        author = _author(reading, (first, last), antecedents)
        if author:
            return Speaker(span, author[0], author[1])
    if run is None or reading.person_of(run) is None:
        holder = antecedents.holder(lower, first)
        if holder:
            return Speaker(span, holder.name, holder)
    return Speaker(span, *_named(reading, run)) if run else Speaker(span, None, None)


def _antecedent(reading: Reading, relative: int) -> Phrase | None:
    """Return the phrase that "who" at token ``relative`` goes back to."""
    tokens = reading.tokens
    low = reading.sentence_of(relative).low
    at = relative - 1
    if at > low and tokens.words[at] == ",":
        at -= 1
    if at < low:
        return None
    run = reading.run_of(at)
    if run and run.last == at and run.quote < 0:
        return run.first, run.last
    return phrase_left(reading, at, low)


def _author(
    reading: Reading, phrase: Phrase, antecedents: Antecedents
) -> tuple[str, Person | None] | None:
    """Return who is behind a document: "a statement by Ada Okafor", "her letter"."""
    first, last = phrase
    lower = reading.tokens.lower
    if lower[first] in POSSESSIVES:
        person = antecedents.find(POSSESSIVES[lower[first]], first)
        return (person.name, person) if person else None
    for at in range(first, min(last + 5, len(lower))):
        run = reading.run_of(at)
        if run and run.first == at and run.quote < 0 and at and lower[at - 1] in _LEADS_TO_AUTHOR:
            return _named(reading, run)
    return None


def _named(reading: Reading, run: Run) -> tuple[str, Person | None]:
    person = reading.person_of(run)
    return person.name if person else " ".join(run.words), person
