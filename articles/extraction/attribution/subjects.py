"""Cue -> the noun phrase that says who spoke."""

from articles.extraction.attribution.appositions import before_apposition
from articles.extraction.attribution.inversion import inverted_subject, may_begin_subject
from articles.extraction.attribution.noun_phrases import (
    is_auxiliary,
    is_nominal,
    main_subject,
    phrase_left,
    phrase_right,
)
from articles.extraction.attribution.passives import agent_of, is_passive
from articles.extraction.reading.cues import ACCORDING, NOUN, STRONG, Cue
from articles.extraction.reading.document import Phrase, Reading
from articles.extraction.reading.function_words import (
    ADVERBS,
    CLAUSES,
    DETERMINERS,
    DOCUMENTS,
    PASSIVE,
    POSSESSIVES,
    PREPOSITIONS,
    PRONOUNS,
    word_set,
)
from articles.extraction.reading.sentences import Sentence

_LEADING = PREPOSITIONS | CLAUSES  # "After saying it was “late,” Okafor left"
_WENT = {"went", "goes", "going"}
_SUBJECTS = {"he", "she", "they"}
_SUBORDINATING = {"after", "when", "before", "because", "since", "while", "until"}
_DEPENDENT = {"to", "who", "which", "that", "of", "as"} | PASSIVE
_ON = {"in", "on", "at", "during", "via", "through"}
_OCCASIONS = DOCUMENTS | word_set(
    "interview response speech conference briefing hearing address debate call"
)
_CIRCUMSTANCE = 8  # tokens between "who" and its verb
_CLOSERS = {",", ")", "—", "–", "-"}


def subject_of(reading: Reading, cue: Cue, sentence: Sentence) -> Phrase | None:
    """Return the tokens of the phrase that ``cue`` has as its subject, first and last inclusive."""
    if cue.at not in reading.subjects:
        reading.subjects[cue.at] = _subject(reading, cue, sentence)
    return reading.subjects[cue.at]


def _subject(reading: Reading, cue: Cue, sentence: Sentence) -> Phrase | None:
    if cue.base == ACCORDING:
        return phrase_right(reading, cue.at + 2, sentence.high)
    if cue.base == NOUN:
        return _owner(reading, cue, sentence)
    if is_passive(reading, cue):
        return agent_of(reading, cue, sentence)
    return inverted_subject(reading, cue, sentence) or _before(reading, cue, sentence)


def _before(reading: Reading, cue: Cue, sentence: Sentence) -> Phrase | None:
    """Return the subject left of the verb, over its adverbs and auxiliaries."""
    tokens, low = reading.tokens, sentence.low
    at = cue.at - 1
    while at >= low and tokens.quote[at] < 0 and _is_passed_over(reading, at):
        at -= 1
    if at < low or (at == low and tokens.lower[at] in _LEADING):
        return _behind_participle(reading, cue, sentence)
    is_participle = tokens.lower[cue.at].endswith("ing")
    if tokens.quote[at] >= 0:
        return main_subject(reading, cue.at, low) if is_participle else None
    if is_participle and PASSIVE.isdisjoint(tokens.lower[at + 1 : cue.at]):
        return _of_participle(reading, cue, sentence, at)
    if tokens.lower[cue.at - 1] == "to" and tokens.words[at][0].isalnum():
        return _of_infinitive(reading, cue, sentence, at)
    return _left_of(reading, at, low)


def _of_participle(reading: Reading, cue: Cue, sentence: Sentence, at: int) -> Phrase | None:
    return (
        _beside(reading, at, sentence.low)
        or _of_cue_before(reading, cue, sentence)
        or main_subject(reading, cue.at, sentence.low)
    )


def _of_infinitive(reading: Reading, cue: Cue, sentence: Sentence, at: int) -> Phrase | None:
    """Return the subject of "to say" behind token ``at``: the clause's, if no name or pronoun stands there."""
    if reading.tokens.lower[at] == "on" and reading.tokens.lower[at - 1] in _WENT:
        at -= 2  # "Okafor went on to say"
    if at < sentence.low:
        return None
    subject = None
    if not _is_somebody(reading, at):
        subject = _of_cue_before(reading, cue, sentence) or main_subject(
            reading, cue.at, sentence.low
        )
    return subject or _left_of(reading, at, sentence.low)


def _is_somebody(reading: Reading, at: int) -> bool:
    """Tell whether a name or a pronoun ends at the token, as in "Okafor has to say"."""
    run = reading.run_of(at)
    is_person = run is not None and run.last == at and reading.person_of(run) is not None
    return is_person or reading.tokens.lower[at] in PRONOUNS


def _behind_participle(reading: Reading, cue: Cue, sentence: Sentence) -> Phrase | None:
    """Return the subject that a participle at the head of the sentence waits for: "Calling it “late,” Okafor left"."""
    tokens = reading.tokens
    if not tokens.lower[cue.at].endswith("ing"):
        return None
    for place in range(cue.at + 2, sentence.high):
        is_after_quote = tokens.quote[place] < 0 <= tokens.quote[place - 1]
        if not (is_after_quote or tokens.words[place - 1] == ",") or tokens.quote[place] >= 0:
            continue
        if _may_begin_clause(reading, place):
            phrase = main_subject(reading, sentence.high, place)
            if phrase and is_nominal(reading, phrase):
                return phrase
    return None


def _may_begin_clause(reading: Reading, at: int) -> bool:
    return reading.tokens.lower[at] in PRONOUNS or may_begin_subject(reading, at)


def _of_cue_before(reading: Reading, cue: Cue, sentence: Sentence) -> Phrase | None:
    """Return the subject of the cue that a participle goes on from: "Okafor said, adding …"."""
    tokens = reading.tokens
    for at in range(cue.at - 1, sentence.low, -1):
        earlier = reading.cues.get(at)
        if earlier is None or earlier.base not in STRONG or tokens.lower[at].endswith("ing"):
            continue
        if tokens.lower[at - 1] not in _DEPENDENT:
            return subject_of(reading, earlier, sentence)
    return None


def _owner(reading: Reading, cue: Cue, sentence: Sentence) -> Phrase | None:
    """Return whose claim or answer it is: "her", "the mayor" in "the mayor’s answer"."""
    if reading.tokens.lower[cue.owner] in POSSESSIVES:
        return cue.owner, cue.owner
    run = reading.run_of(cue.owner)
    if run and run.last == cue.owner:
        return run.first, run.last
    return phrase_left(reading, cue.owner, sentence.low)


def _beside(reading: Reading, at: int, low: int) -> Phrase | None:
    """Return the phrase that ends at token ``at``, right before a participle: "with a spokesman describing …"."""
    run = reading.run_of(at)
    if run and run.last == at and run.quote < 0 and reading.person_of(run):
        return run.first, run.last
    first = at
    while first > low and at - first < 8 and reading.tokens.words[first][0].isalnum():
        first -= 1
        if reading.tokens.lower[first] == "with":
            return first + 1, at
    return None


def _is_passed_over(reading: Reading, at: int) -> bool:
    lower = reading.tokens.lower[at]
    if lower in ADVERBS or is_auxiliary(reading, at):
        return True
    return lower.endswith("ly") and reading.tokens.words[at][0].islower()


def _left_of(reading: Reading, at: int, low: int) -> Phrase | None:
    """Return the subject whose last word, or whose apposition's end, is token ``at``."""
    tokens = reading.tokens
    word, lower = tokens.words[at], tokens.lower[at]
    if lower in ("who", "which"):
        return at, at
    relative = _relative_before(reading, at, low)
    if relative is not None:
        return relative, relative
    if lower in ("and", "but", "then"):
        return _of_clause(reading, at, low) or main_subject(reading, at, low)
    if word == ")":
        opened = next((k for k in range(at - 1, low - 1, -1) if tokens.words[k] == "("), low)
        return phrase_left(reading, opened - 1, low) if opened > low else None
    if word in _CLOSERS:
        return before_apposition(reading, at, low)
    return _before_occasion(reading, at, low) or phrase_left(reading, at, low)


def _of_clause(reading: Reading, at: int, low: int) -> Phrase | None:
    """Return the pronoun of the clause that "and" at token ``at`` goes on: "left after she won and called it …"."""
    tokens = reading.tokens
    for place in range(at - 1, low, -1):
        if (
            not tokens.words[place][0].isalnum()
            or tokens.quote[place] >= 0
            or place in reading.cues
        ):
            return None
        if tokens.lower[place] in _SUBJECTS and tokens.lower[place - 1] in _SUBORDINATING:
            return place, place
    return None


def _before_occasion(reading: Reading, at: int, low: int) -> Phrase | None:
    """Return the subject when the words before the verb say on what occasion: "and in a later interview said"."""
    lower = reading.tokens.lower
    if lower[at] not in _OCCASIONS:
        return None
    for place in range(at - 1, max(low, at - _CIRCUMSTANCE), -1):
        if not lower[place][0].isalnum() or reading.tokens.quote[place] >= 0:
            return None
        if lower[place] in DETERMINERS and lower[place - 1] in _ON:
            return main_subject(reading, place - 1, low)
    return None


def _relative_before(reading: Reading, at: int, low: int) -> int | None:
    """Return "who" when only a circumstance parts it from the verb after token ``at``: "who in the past said"."""
    lower = reading.tokens.lower
    for place in range(at, max(low, at - _CIRCUMSTANCE), -1):
        if (
            not lower[place][0].isalnum()
            or place in reading.cues
            or reading.tokens.quote[place] >= 0
        ):
            return None
        if lower[place] == "who":
            first = place + 1
            while first < at and (is_auxiliary(reading, first) or lower[first] in ADVERBS):
                first += 1
            return place if lower[first] in PREPOSITIONS else None
    return None
