"""The subject that follows its verb: “…,” said Okafor."""

from articles.extraction.attribution.noun_phrases import is_auxiliary, phrase_right
from articles.extraction.reading.cues import Cue
from articles.extraction.reading.document import Phrase, Reading
from articles.extraction.reading.function_words import (
    ADVERBS,
    AUXILIARIES,
    CLAUSES,
    DETERMINERS,
    MONTHS,
    PREPOSITIONS,
    PRONOUNS,
    word_set,
)
from articles.extraction.reading.sentences import Sentence

_NEVER_INVERTED = word_set("tell call describe accuse thank assure remind")
_NO_SUBJECT = PREPOSITIONS | CLAUSES | ADVERBS | AUXILIARIES | PRONOUNS.keys()
_NO_SUBJECT |= word_set(
    "him her me us them it there here nothing something more much today yesterday"
)
_ALONE = word_set("that this those")
_COMMAS = {",", "”", '"', "—"}
_SINGLE = {"'", "’"}


def inverted_subject(reading: Reading, cue: Cue, sentence: Sentence) -> Phrase | None:
    """Return the subject after the verb: “…,” said Okafor."""
    tokens, at, low = reading.tokens, cue.at, sentence.low
    if at + 1 >= sentence.high or cue.base in _NEVER_INVERTED or tokens.lower[at].endswith("ing"):
        return None
    if tokens.quote[at + 1] >= 0:
        return None
    if at == low:
        return _before_colon(reading, at + 1, sentence.high)
    after_quote = tokens.quote[_before_marks(tokens.words, at - 1, low)] >= 0
    lower = tokens.lower[at + 1]
    if lower in PRONOUNS:
        return (at + 1, at + 1) if after_quote and lower != "who" else None
    follows = after_quote or _closes_quote(reading, cue, sentence)
    if not follows or not may_begin_subject(reading, at + 1):
        return None
    phrase = phrase_right(reading, at + 1, sentence.high)
    if phrase and reading.name_in(phrase) is None:
        return _with_apposition(reading, phrase, sentence.high)
    return phrase


def _before_marks(words: list[str], at: int, low: int) -> int:
    """Return ``at``, or the token before the single marks that end there."""
    while at > low and words[at] in _SINGLE:
        at -= 1
    return at


def _before_colon(reading: Reading, at: int, high: int) -> Phrase | None:
    """Return the name between a verb that opens the sentence and a colon: "Added Okafor: “…”"."""
    run = reading.run_of(at)
    if not run or run.first != at or run.last + 1 >= high:
        return None
    return (run.first, run.last) if reading.tokens.words[run.last + 1] == ":" else None


def may_begin_subject(reading: Reading, at: int) -> bool:
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
    quotes = tokens.quote[sentence.low : at]
    is_named = tokens.words[at + 1][0].isupper()
    if not is_named and tokens.lower[at + 1] in DETERMINERS:
        quotes = quotes[:2]  # one that opens the sentence
    elif not is_named:
        return False
    return cue.base == "say" and max(quotes, default=-1) >= 0


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
