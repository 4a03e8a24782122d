"""Noun phrase -> speaker."""

from dataclasses import dataclass, replace

from articles.extraction.attribution.noun_phrases import phrase_left, phrase_right
from articles.extraction.coreference.pronouns import Antecedents
from articles.extraction.reading.document import Phrase, Reading
from articles.extraction.reading.function_words import (
    DOCUMENTS,
    POSSESSIVE_ENDINGS,
    POSSESSIVES,
    PRONOUNS,
    word_set,
)
from articles.extraction.reading.name_runs import NameRun
from articles.extraction.reading.people import MentionedPerson
from articles.extraction.types import Span

_LEADS_TO_AUTHOR = {"by", "from"}
_SEEN = word_set(
    "obtained seen reviewed acquired received viewed quoted cited provided leaked shared"
)
_FAR = 6  # tokens between a document and who wrote it: a statement posted on Monday by


@dataclass(frozen=True, slots=True)
class AttributedSpeaker:
    """Who spoke: ``span`` of the words that say so, the name behind them, the person behind the name."""

    span: Span | None
    name: str | None
    person: MentionedPerson | None
    is_pronoun: bool = False


NOBODY = AttributedSpeaker(None, None, None)


def speaker_of(reading: Reading, phrase: Phrase, antecedents: Antecedents) -> AttributedSpeaker:
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
    if len(lower) == 1 and (lower[0] in PRONOUNS or lower[0] in POSSESSIVES):
        sex = PRONOUNS.get(lower[0]) or POSSESSIVES[lower[0]]
        person = antecedents.find(sex, first)
        name = person.name if person else antecedents.organizations.find(lower, first)
        return AttributedSpeaker(span, name, person, is_pronoun=True)
    run = reading.name_in((first, last))
    if run is None and not DOCUMENTS.isdisjoint(lower):
        author = _author(reading, (first, last), antecedents)
        if author:
            return author
    if run is None or reading.person_of(run) is None:
        holder = antecedents.holder(lower, first)
        if holder:
            return AttributedSpeaker(span, holder.name, holder)
    if run is None:
        return AttributedSpeaker(span, antecedents.organizations.find(lower, first), None)
    return AttributedSpeaker(span, *_name_and_person(reading, run))


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


def _author(reading: Reading, phrase: Phrase, antecedents: Antecedents) -> AttributedSpeaker | None:
    """Return who is behind a document: "a statement by Ada Okafor", "her letter". The words for both are its span."""
    first, last = phrase
    lower = reading.tokens.lower
    if lower[first] in POSSESSIVES:
        person = antecedents.find(POSSESSIVES[lower[first]], first)
        return AttributedSpeaker(reading.span(phrase), person.name, person) if person else None
    high = reading.sentence_of(first).high
    document = max(at for at in range(first, last + 1) if lower[at] in DOCUMENTS)
    for at in range(first + 1, document):
        run = reading.run_of(at - 1)
        if lower[at] in POSSESSIVE_ENDINGS and run and run.quote < 0:
            return AttributedSpeaker(reading.span(phrase), *_name_and_person(reading, run))
    for at in range(document + 1, min(document + _FAR, high - 1)):
        if not lower[at][0].isalnum() or reading.tokens.quote[at] >= 0 or lower[at] in _SEEN:
            return None
        if lower[at] in _LEADS_TO_AUTHOR and (author := phrase_right(reading, at + 1, high)):
            return AttributedSpeaker(
                reading.span((first, author[1])), *_office_and_person(reading, author)
            )
    return None


def _office_and_person(
    reading: Reading, phrase: Phrase
) -> tuple[str | None, MentionedPerson | None]:
    """Return the name that ends ``phrase`` from its first capital on: "Prime Minister's Office", and its person."""
    run = reading.run_of(phrase[1])
    if run is None:
        return None, None
    person = reading.person_of(run)
    if person:
        return person.name, person
    words = reading.tokens.words
    first = next(at for at in range(phrase[0], phrase[1] + 1) if words[at][0].isupper())
    start, end = reading.span((first, phrase[1]))
    return " ".join(reading.tokens.text[start:end].split()), None


def _name_and_person(reading: Reading, run: NameRun) -> tuple[str, MentionedPerson | None]:
    person = reading.person_of(run)
    return person.name if person else " ".join(run.words), person
