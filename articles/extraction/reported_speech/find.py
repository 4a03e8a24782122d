"""Reported speech without marks: the clauses of a text that somebody is reported to have said."""

import sys
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from articles.extraction.attribution.attributor import Attribution, Attributor
from articles.extraction.attribution.cue_span import cue_span
from articles.extraction.attribution.speakers import AttributedSpeaker
from articles.extraction.attribution.subjects import subject_of
from articles.extraction.reading.boilerplate import find_captions
from articles.extraction.reading.cues import Cue
from articles.extraction.reading.document import Phrase, Reading
from articles.extraction.reading.function_words import ADVERBS, word_set
from articles.extraction.reading.sentences import Sentence
from articles.extraction.reported_speech.clauses import (
    CueContext,
    may_report,
    reported_clauses,
    unquoted_subject,
)
from articles.extraction.types import Span

_JOINS = word_set("and but while though although with")
_COMMAS = {",", "—", "–"}
_CLOSERS = {".", "!", "?", "”", '"', "’"}


class Clause(NamedTuple):
    """One clause of reported speech; the two around an attribution have one ``cue``."""

    span: Span
    speaker: AttributedSpeaker
    cue: Span


class _Report(NamedTuple):
    """Tokens ``first`` to ``last`` (inclusive): what ``speaker`` said by ``cue``."""

    first: int
    last: int
    cue: Cue
    speaker: AttributedSpeaker


def find_clauses(attributor: Attributor, attributions: Sequence[Attribution]) -> Iterator[Clause]:
    """Yield reported speech in reading order: clauses without quotes, and those around quoted words.

    What stands below a picture is passed over: it says again what the story says.
    """
    reading = attributor.reading
    quoted: dict[int, dict[int, Attribution]] = defaultdict(dict)  # by sentence, by the cue's start
    for attribution in attributions:
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
        phrase = unquoted_subject(reading, cue, sentence, last) or subject_of(
            reading, cue, sentence
        )
        if phrase is None and attribution is None:
            continue
        context = CueContext(reading, sentence, last, cue, phrase or (cue.at, cue.at))
        speaker = attribution.speaker if attribution else _name(reading, context.phrase)
        new_reports = [
            _Report(*clause, cue, speaker) for clause in reported_clauses(context, attribution)
        ]
        if new_reports:
            reports = _merge_reports(context, reports, new_reports)
        elif reports and attribution:
            reports[-1] = _without_aside(context, reports[-1])
    return reports


def _last_word(reading: Reading, sentence: Sentence) -> int:
    last = sentence.high - 1
    while last > sentence.low and reading.tokens.words[last] in _CLOSERS:
        last -= 1
    return last


def _merge_reports(
    context: CueContext, reports: list[_Report], new_reports: list[_Report]
) -> list[_Report]:
    """Add ``new_reports``: they replace what lies inside them, go on from it, or are themselves a part of it."""
    first = new_reports[0].first
    reports = [report for report in reports if report.first < first]
    if not reports or reports[-1].last < first:
        return reports + new_reports
    end = _before_join(context, reports[-1])
    if end is None:
        return reports
    return [*reports[:-1], reports[-1]._replace(last=end), *new_reports]


def _before_join(context: CueContext, report: _Report) -> int | None:
    """Return where ``report`` ends when the attribution at hand goes on from it: "…, but Lind says …"."""
    words, lower = context.reading.tokens.words, context.reading.tokens.lower
    has_subject = report.last >= context.left > report.cue.at and not _is_apart(context)
    before = (context.left if has_subject else context.cue.at) - 1
    while before > report.first and lower[before] in ADVERBS:
        before -= 1
    if lower[before] in _JOINS:
        before -= 1
        if has_subject and lower[before + 1] == "and" and words[before] not in _COMMAS:
            return None  # "said Lind left and Okafor told them to stay"
    elif not (lower[context.cue.at].endswith("ing") and words[before] == ","):
        return None
    before -= words[before] in _COMMAS
    return before if before > report.first else None


def _is_apart(context: CueContext) -> bool:
    """Tell whether the subject has another verb before the cue: "Okafor was late but said …"."""
    between = context.reading.tokens.lower[context.phrase[1] + 1 : context.cue.at]
    return not _JOINS.isdisjoint(between)


def _without_aside(context: CueContext, report: _Report) -> _Report:
    """Return ``report`` without what another is quoted with: "…, with Lind calling it “late”"."""
    tokens, end = context.reading.tokens, context.left - 3
    is_aside = report.first < end < report.last and tokens.lower[end + 2] == "with"
    return report._replace(last=end) if is_aside and tokens.words[end + 1] == "," else report


def _name(reading: Reading, phrase: Phrase) -> AttributedSpeaker:
    """Return the speaker as printed; pronouns of reported speech are not resolved."""
    run = reading.name_in(phrase)
    if run is None:
        return AttributedSpeaker(reading.span(phrase), None, None)
    person = reading.person_of(run)
    return AttributedSpeaker(
        reading.span(phrase), person.name if person else " ".join(run.words), person
    )
