"""Cue -> the noun phrase that says who spoke."""

from articles.extraction.cues import ACCORDING, STRONG, Cue
from articles.extraction.people import SURE
from articles.extraction.phrases import is_auxiliary, main_subject, phrase_left, phrase_right
from articles.extraction.reading import Phrase, Reading
from articles.extraction.sentences import Sentence
from articles.extraction.words import (
    ADVERBS,
    AUXILIARIES,
    CLAUSES,
    DETERMINERS,
    MONTHS,
    PASSIVE,
    PREPOSITIONS,
    PRONOUNS,
    words,
)

_NEVER_INVERTED = words("tell call describe accuse thank assure remind")
_NO_SUBJECT = PREPOSITIONS | CLAUSES | ADVERBS | AUXILIARIES | PRONOUNS.keys()
_NO_SUBJECT |= words("him her me us them it there here nothing something more much today yesterday")
_ALONE = words("that this those")
_DEPENDENT = {"to", "who", "which", "that", "of", "as"} | PASSIVE
_COMMAS = {",", "”", '"', "—"}
_CLOSERS = {",", ")", "—", "–"}


def subject_of(reading: Reading, cue: Cue, sentence: Sentence) -> Phrase | None:
    """Return the tokens of the phrase that ``cue`` has as its subject, first and last inclusive."""
    if cue.base == ACCORDING:
        return phrase_right(reading, cue.at + 2, sentence.high)
    agent = _agent(reading, cue, sentence)
    if agent:
        return agent
    inverted = _inverted(reading, cue, sentence)
    if inverted:
        return inverted
    tokens, low = reading.tokens, sentence.low
    at = cue.at - 1
    while at >= low and tokens.quote[at] < 0 and _is_passed_over(reading, at):
        at -= 1
    if at < low or tokens.quote[at] >= 0:
        return None
    if tokens.lower[cue.at].endswith("ing") and PASSIVE.isdisjoint(tokens.lower[at + 1 : cue.at]):
        return (
            _beside(reading, at, low)
            or _of_cue_before(reading, cue, sentence)
            or main_subject(reading, cue.at, low)
        )
    if tokens.lower[at] == "on" and tokens.lower[at - 1] in ("went", "goes", "going"):
        at -= 2  # "Okafor went on to say"
    return _left_of(reading, at, low) if at >= low else None


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


def _agent(reading: Reading, cue: Cue, sentence: Sentence) -> Phrase | None:
    """Return who did it in the passive: "was described as “…” by the mayor"."""
    tokens, at = reading.tokens, cue.at
    before = tokens.lower[at - 1] if tokens.lower[at - 1] not in ADVERBS else tokens.lower[at - 2]
    if before not in PASSIVE or not tokens.lower[at].endswith(("ed", "en", "told", "dubbed")):
        return None
    for place in range(at + 1, sentence.high - 1):
        if tokens.lower[place] != "by" or tokens.quote[place] >= 0:
            continue
        if _may_begin(reading, place + 1):
            return phrase_right(reading, place + 1, sentence.high)
    return None


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
    if lower in ("and", "but", "then"):
        return main_subject(reading, at, low)
    if word == ")":
        opened = next((k for k in range(at - 1, low - 1, -1) if tokens.words[k] == "("), low)
        return phrase_left(reading, opened - 1, low) if opened > low else None
    if word in _CLOSERS:
        return _before_apposition(reading, at, low)
    return phrase_left(reading, at, low)


def _before_apposition(reading: Reading, at: int, low: int) -> Phrase | None:
    """Return who is explained by the words that end at the comma or dash ``at``: "Okafor, the mayor, said"."""
    tokens, mark = reading.tokens, reading.tokens.words[at]
    inner = phrase_left(reading, at - 1, low)
    if inner and _is_name_after_role(reading, inner, low):
        return inner
    best: Phrase | None = None
    is_named = False
    for place in range(at - 1, low - 1, -1):
        if tokens.quote[place] >= 0:
            break
        if tokens.words[place] != mark:
            continue
        phrase = phrase_left(reading, _before_bracket(reading, place - 1, low), low)
        if not phrase or not tokens.words[phrase[1]][0].isalnum():
            continue
        run = reading.name_in(phrase)
        person = reading.person_of(run) if run else None
        if person and person.score >= SURE:
            return phrase
        if best is None or (run and not is_named):
            best, is_named = phrase, run is not None
    return best or main_subject(reading, at, low)


def _is_name_after_role(reading: Reading, phrase: Phrase, low: int) -> bool:
    """Tell whether ``phrase`` is the name in "The mayor, Ada Okafor, said" or "Her heir, the poet Ada Okafor, said"."""
    run = reading.name_in(phrase)
    before = phrase[0] - 2
    if not run or len(run.words) < 2 or not reading.person_of(run):
        return False
    if before < low or reading.tokens.words[before + 1] != ",":
        return False
    role = phrase_left(reading, before, low)
    if role is None:
        return False
    is_definite = reading.tokens.lower[role[0]] in DETERMINERS
    if run.first == phrase[0]:
        return is_definite or reading.tokens.words[before][0].islower()
    return is_definite and reading.name_in(role) is None


def _before_bracket(reading: Reading, at: int, low: int) -> int:
    words = reading.tokens.words
    if at <= low or words[at] != ")":
        return at
    while at > low and words[at] != "(":
        at -= 1
    return at - 1


def _inverted(reading: Reading, cue: Cue, sentence: Sentence) -> Phrase | None:
    """Return the subject after the verb: “…,” said Okafor."""
    tokens, at, low = reading.tokens, cue.at, sentence.low
    if at + 1 >= sentence.high or cue.base in _NEVER_INVERTED or tokens.lower[at].endswith("ing"):
        return None
    if tokens.quote[at + 1] >= 0:
        return None
    if at == low:
        return _before_colon(reading, at + 1, sentence.high)
    after_quote = tokens.quote[at - 1] >= 0
    lower = tokens.lower[at + 1]
    if lower in PRONOUNS:
        return (at + 1, at + 1) if after_quote and lower != "who" else None
    follows = after_quote or _closes_quote(reading, cue, sentence)
    if not follows or not _may_begin(reading, at + 1):
        return None
    phrase = phrase_right(reading, at + 1, sentence.high)
    if phrase and reading.name_in(phrase) is None:
        return _with_apposition(reading, phrase, sentence.high)
    return phrase


def _before_colon(reading: Reading, at: int, high: int) -> Phrase | None:
    """Return the name between a verb that opens the sentence and a colon: "Added Okafor: “…”"."""
    run = reading.run_of(at)
    if not run or run.first != at or run.last + 1 >= high:
        return None
    return (run.first, run.last) if reading.tokens.words[run.last + 1] == ":" else None


def _may_begin(reading: Reading, at: int) -> bool:
    word, lower = reading.tokens.words[at], reading.tokens.lower[at]
    if word in MONTHS or lower in _ALONE:
        return False
    if word[0].isupper() or lower in DETERMINERS or reading.run_at[at] >= 0:
        return True
    return word[0].isalnum() and lower not in _NO_SUBJECT


def _closes_quote(reading: Reading, cue: Cue, sentence: Sentence) -> bool:
    """Tell whether only a comma stands between a quote and the cue, or "said" follows one further on."""
    tokens, at = reading.tokens, cue.at
    if tokens.words[at - 1] not in _COMMAS or at - 2 < sentence.low:
        return False
    if tokens.quote[at - 2] >= 0:
        return True
    is_heavy = tokens.words[at + 1][0].isupper() or tokens.lower[at + 1] in DETERMINERS
    return cue.base == "say" and is_heavy and any(q >= 0 for q in tokens.quote[sentence.low : at])


def _with_apposition(reading: Reading, phrase: Phrase, high: int) -> Phrase:
    """Prefer the name that follows a role: "said the mayor of Northtown, Ada Okafor"."""
    tokens = reading.tokens
    for at in range(phrase[1] + 1, min(phrase[1] + 6, high)):
        run = reading.run_of(at)
        if not run or run.first != at:
            continue
        between = tokens.lower[phrase[1] + 1 : at]
        is_close = between[:1] in ([","], ["and"], ["&"]) and not any(
            is_auxiliary(reading, k) or tokens.lower[k] in PREPOSITIONS
            for k in range(phrase[1] + 1, at)
        )
        if is_close and run.last < high and len(run.words) >= 2 and reading.person_of(run):
            return run.first, run.last
        break
    return phrase
