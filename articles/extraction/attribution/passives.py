"""The passive: who spoke stands behind "by", or is not told."""

from articles.extraction.attribution.inversion import may_begin_subject
from articles.extraction.attribution.noun_phrases import phrase_right
from articles.extraction.reading.cues import Cue
from articles.extraction.reading.document import Phrase, Reading
from articles.extraction.reading.function_words import ADVERBS, PASSIVE
from articles.extraction.reading.people import ROLE_NOUNS
from articles.extraction.reading.sentences import Sentence

_NAMING = {"label", "call", "dub", "brand", "term"}


def is_passive(reading: Reading, cue: Cue) -> bool:
    """Tell whether somebody else spoke: "Okafor was asked", "what is called", not "Okafor has said"."""
    lower, at = reading.tokens.lower, cue.at
    before = lower[at - 1] if lower[at - 1] not in ADVERBS else lower[at - 2]
    if cue.base == "quote":
        return False  # "Okafor was quoted as saying"
    if cue.base in _NAMING and _is_thing_named(reading, at):
        return True
    return before in PASSIVE and lower[at].endswith(("ed", "en", "told", "dubbed"))


def _is_thing_named(reading: Reading, at: int) -> bool:
    """Tell whether the verb at token ``at`` says what something is called: "in a box labelled “…”"."""
    lower, quote = reading.tokens.lower, reading.tokens.quote
    is_next = max(quote[at + 1 : at + 2], default=-1) >= 0
    if not (lower[at].endswith("ed") and is_next) or lower[at - 1] in ROLE_NOUNS:
        return False
    return lower[at - 2] in ("a", "an") or lower[at - 3] in ("a", "an")


def agent_of(reading: Reading, cue: Cue, sentence: Sentence) -> Phrase | None:
    """Return who did it in the passive: "was described as “…” by the mayor"."""
    tokens = reading.tokens
    for place in range(cue.at + 1, sentence.high - 1):
        if tokens.lower[place] != "by" or tokens.quote[place] >= 0:
            continue
        if may_begin_subject(reading, place + 1):
            return phrase_right(reading, place + 1, sentence.high)
    return None
