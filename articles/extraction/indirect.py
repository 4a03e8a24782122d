"""Reported speech without marks: the clause that a cue reports."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from articles.extraction.attribution import Attribution, Attributor
from articles.extraction.cue_words import cue_span
from articles.extraction.cues import ACCORDING, Cue
from articles.extraction.found import Span
from articles.extraction.reading import Phrase, Reading
from articles.extraction.sentences import Sentence
from articles.extraction.speakers import Speaker
from articles.extraction.subjects import subject_of
from articles.extraction.words import MONTHS, PRONOUNS, words

_SAYING = words(
    "say tell write add state explain argue insist warn acknowledge admit conclude note suggest"
    " announce confirm believe think reveal claim report estimate agree testify allege predict"
)
_NOT_AFTER = words("to the a this of is be was were are")
_CIRCUMSTANCE = words("on also in an interview statement")


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause of reported speech."""

    span: Span
    speaker: Speaker
    cue: Span


def find_clauses(attributor: Attributor, found: Sequence[Attribution]) -> Iterator[Clause]:
    """Yield reported speech: the whole clause around partial quotes, and clauses of sentences without quotes."""
    reading = attributor.reading
    quoted: dict[int, list[Attribution]] = defaultdict(list)
    for attribution in found:
        if attribution.kind != "term":
            first = reading.tokens.spans[attribution.number][0]
            quoted[attributor.antecedents.sentence(first)].append(attribution)
    for at in sorted(attributor.cues.keys() | quoted.keys()):
        sentence = reading.sentences[at]
        last = _last_word(reading, sentence)
        if at in quoted:
            yield from _around(reading, sentence, last, quoted[at], attributor.cues.get(at, ()))
        else:
            clause = _plain(reading, sentence, last, attributor.cues[at])
            if clause:
                yield clause


def _last_word(reading: Reading, sentence: Sentence) -> int:
    last = sentence.high - 1
    while last > sentence.low and reading.tokens.words[last] in '.!?”"':
        last -= 1
    return last


def _around(
    reading: Reading,
    sentence: Sentence,
    last: int,
    found: Sequence[Attribution],
    cues: Sequence[Cue],
) -> Iterator[Clause]:
    """Yield the clause around each partial quote whose cue stands before it."""
    tokens = reading.tokens
    places = {tokens.starts[cue.at]: cue for cue in cues}
    done = {cue.at for cue in _between_parts(reading, found, places)}
    for attribution in found:
        cue = places.get(attribution.cue[0]) if attribution.cue else None
        if not cue or attribution.kind == "direct" or attribution.pattern != "before":
            continue
        if cue.base not in _SAYING or cue.at in done:
            continue
        done.add(cue.at)
        first = _clause_start(reading, cue, last)
        if first <= last:
            end = max(tokens.ends[last], reading.segments[attribution.number].last)
            yield Clause((tokens.starts[first], end), attribution.speaker, cue_span(reading, cue))


def _between_parts(
    reading: Reading, found: Sequence[Attribution], places: Mapping[int, Cue]
) -> Iterator[Cue]:
    """Yield the cues that close a quote: what follows is its next part, no clause: “…,” said Okafor, “but …”"""
    for attribution in found:
        cue = places.get(attribution.cue[0]) if attribution.cue else None
        if not cue or not attribution.pattern.startswith("after"):
            continue
        if reading.tokens.lower[cue.at + 1 : cue.at + 2] != ["that"]:
            yield cue


def _plain(reading: Reading, sentence: Sentence, last: int, cues: Sequence[Cue]) -> Clause | None:
    """Return the first clause of a sentence without quotes that somebody is reported to have said."""
    for cue in cues:
        if cue.base == ACCORDING:
            phrase = subject_of(reading, cue, sentence)
            span = _according(reading, sentence, last, cue, phrase) if phrase else None
        elif cue.base in _SAYING and not _is_no_report(reading, cue, sentence):
            phrase = subject_of(reading, cue, sentence)
            span = _reported(reading, sentence, last, cue, phrase) if phrase else None
        else:
            continue
        if phrase and span:
            return Clause(span, _name(reading, phrase), cue_span(reading, cue))
    return None


def _is_no_report(reading: Reading, cue: Cue, sentence: Sentence) -> bool:
    tokens = reading.tokens
    before = tokens.lower[cue.at - 1] if cue.at > sentence.low else ""
    return before in _NOT_AFTER or tokens.words[cue.at][0].isupper()


def _according(
    reading: Reading, sentence: Sentence, last: int, cue: Cue, phrase: Phrase
) -> Span | None:
    tokens = reading.tokens
    if cue.at > sentence.low + 3:
        before = cue.at - 1
        end = tokens.starts[before] if tokens.words[before] == "," else tokens.ends[before]
        return tokens.starts[sentence.low], end
    first = phrase[1] + 1
    first += first <= last and tokens.words[first] == ","
    return (tokens.starts[first], tokens.ends[last]) if first <= last else None


def _reported(
    reading: Reading, sentence: Sentence, last: int, cue: Cue, phrase: Phrase
) -> Span | None:
    tokens = reading.tokens
    left = min(phrase[0], cue.at)
    if cue.at >= last - 6 and left - sentence.low > 5 and tokens.words[left - 1] == ",":
        return tokens.starts[sentence.low], tokens.starts[left - 1]  # "..., Okafor said."
    first = _clause_start(reading, cue, last)
    if last - cue.at < 3 or first > last:
        return None
    return tokens.starts[first], tokens.ends[last]


def _clause_start(reading: Reading, cue: Cue, last: int) -> int:
    """Return the first token of what is reported: at "that", or after the addressee and the circumstances."""
    tokens = reading.tokens
    for at in range(cue.at + 1, min(last, cue.at + 10) + 1):
        if tokens.quote[at] >= 0:
            break
        if tokens.lower[at] == "that":
            return at
    first = at = cue.at + 1
    if cue.base == "tell":
        while at <= last and at < cue.at + 5 and tokens.lower[at] not in PRONOUNS:
            at += 1
        return first + 1 if at >= cue.at + 5 or at <= first else at
    while at <= last and at < cue.at + 6 and _is_circumstance(reading, at):
        at += 1
    return at


def _is_circumstance(reading: Reading, at: int) -> bool:
    word, lower = reading.tokens.words[at], reading.tokens.lower[at]
    return word in MONTHS or lower in _CIRCUMSTANCE or lower.isdigit()


def _name(reading: Reading, phrase: Phrase) -> Speaker:
    """Return the speaker as printed; pronouns of reported speech are not resolved."""
    run = reading.name_in(phrase)
    if run is None:
        return Speaker(reading.span(phrase), None, None)
    person = reading.person_of(run)
    return Speaker(reading.span(phrase), person.name if person else " ".join(run.words), person)
