"""Reported speech without marks: the clauses of a text that somebody is reported to have said."""

import sys
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from articles.extraction.attribution import Attribution, Attributor
from articles.extraction.cue_words import cue_span
from articles.extraction.cues import Cue
from articles.extraction.found import Span
from articles.extraction.frame import find_captions
from articles.extraction.reading import Phrase, Reading
from articles.extraction.reports import Place, inverted, may_report, reported
from articles.extraction.sentences import Sentence
from articles.extraction.speakers import Speaker
from articles.extraction.subjects import subject_of
from articles.extraction.words import ADVERBS, words

_JOINS = words("and but while though although with")
_COMMAS = {",", "—", "–"}
_CLOSERS = {".", "!", "?", "”", '"', "’"}


class Clause(NamedTuple):
    """One clause of reported speech; the two around an attribution have one ``cue``."""

    span: Span
    speaker: Speaker
    cue: Span


class _Report(NamedTuple):
    """Tokens ``first`` to ``last`` (inclusive): what ``speaker`` said by ``cue``."""

    first: int
    last: int
    cue: Cue
    speaker: Speaker


def find_clauses(attributor: Attributor, found: Sequence[Attribution]) -> Iterator[Clause]:
    """Yield reported speech in reading order: clauses without quotes, and those around quoted words.

    What stands below a picture is passed over: it says again what the story says.
    """
    reading = attributor.reading
    quoted: dict[int, dict[int, Attribution]] = defaultdict(dict)  # by sentence, by the cue's start
    for attribution in found:
        if attribution.kind != "term" and attribution.cue:
            first = reading.tokens.spans[attribution.number][0]
            by_cue = quoted[attributor.antecedents.sentence(first)]
            by_cue.setdefault(attribution.cue[0], attribution)
    captions = find_captions(reading.tokens.text)
    for at in sorted(attributor.cues):
        sentence = reading.sentences[at]
        if _is_caption(captions, reading.tokens.starts[sentence.low]):
            continue
        for report in _reports(reading, sentence, attributor.cues[at], quoted.get(at, {})):
            start, end = reading.span((report.first, report.last))
            number = reading.tokens.quote[report.last]
            end = max(end, reading.segments[number].last if number >= 0 else 0)
            yield Clause((start, end), report.speaker, cue_span(reading, report.cue))


def _is_caption(captions: Sequence[Span], start: int) -> bool:
    number = bisect_right(captions, (start, sys.maxsize)) - 1
    return number >= 0 and start < captions[number][1]


def _reports(
    reading: Reading, sentence: Sentence, cues: Sequence[Cue], quoted: Mapping[int, Attribution]
) -> list[_Report]:
    """Return what the cues of one sentence report, none inside another."""
    starts = reading.tokens.starts
    cues = [c for c in cues if starts[c.at] in quoted or may_report(reading, c, sentence.low)]
    last = _last_word(reading, sentence) if cues else 0
    reports: list[_Report] = []
    for cue in cues:
        attribution = quoted.get(starts[cue.at])
        phrase = inverted(reading, cue, sentence, last) or subject_of(reading, cue, sentence)
        if phrase is None and attribution is None:
            continue
        place = Place(reading, sentence, last, cue, phrase or (cue.at, cue.at))
        speaker = attribution.speaker if attribution else _name(reading, place.phrase)
        parts = [_Report(*part, cue, speaker) for part in reported(place, attribution)]
        if parts:
            reports = _joined(place, reports, parts)
        elif reports and attribution:
            reports[-1] = _without_aside(place, reports[-1])
    return reports


def _last_word(reading: Reading, sentence: Sentence) -> int:
    last = sentence.high - 1
    while last > sentence.low and reading.tokens.words[last] in _CLOSERS:
        last -= 1
    return last


def _joined(place: Place, reports: list[_Report], parts: list[_Report]) -> list[_Report]:
    """Add ``parts``: they replace what lies inside them, go on from it, or are themselves a part of it."""
    first = parts[0].first
    reports = [report for report in reports if report.first < first]
    if not reports or reports[-1].last < first:
        return reports + parts
    end = _before_join(place, reports[-1])
    if end is None:
        return reports
    return [*reports[:-1], reports[-1]._replace(last=end), *parts]


def _before_join(place: Place, report: _Report) -> int | None:
    """Return where ``report`` ends when the attribution at hand goes on from it: "…, but Lind says …"."""
    words, lower = place.reading.tokens.words, place.reading.tokens.lower
    has_subject = report.last >= place.left > report.cue.at and not _is_apart(place)
    before = (place.left if has_subject else place.cue.at) - 1
    while before > report.first and lower[before] in ADVERBS:
        before -= 1
    if lower[before] in _JOINS:
        before -= 1
        if has_subject and lower[before + 1] == "and" and words[before] not in _COMMAS:
            return None  # "said Lind left and Okafor told them to stay"
    elif not (lower[place.cue.at].endswith("ing") and words[before] == ","):
        return None
    before -= words[before] in _COMMAS
    return before if before > report.first else None


def _is_apart(place: Place) -> bool:
    """Tell whether the subject has another verb before the cue: "Okafor was late but said …"."""
    between = place.reading.tokens.lower[place.phrase[1] + 1 : place.cue.at]
    return not _JOINS.isdisjoint(between)


def _without_aside(place: Place, report: _Report) -> _Report:
    """Return ``report`` without what another is quoted with: "…, with Lind calling it “late”"."""
    tokens, end = place.reading.tokens, place.left - 3
    is_aside = report.first < end < report.last and tokens.lower[end + 2] == "with"
    return report._replace(last=end) if is_aside and tokens.words[end + 1] == "," else report


def _name(reading: Reading, phrase: Phrase) -> Speaker:
    """Return the speaker as printed; pronouns of reported speech are not resolved."""
    run = reading.name_in(phrase)
    if run is None:
        return Speaker(reading.span(phrase), None, None)
    person = reading.person_of(run)
    return Speaker(reading.span(phrase), person.name if person else " ".join(run.words), person)
