"""Cues: the verb, or "according to", that reports what somebody said."""

from itertools import compress, count, islice
from typing import NamedTuple

from articles.extraction.reading.function_words import (
    ADVERBS,
    AUXILIARIES,
    DETERMINERS,
    DOCUMENTS,
    POSSESSIVES,
    PREPOSITIONS,
    PRONOUNS,
    word_set,
)
from articles.extraction.reading.lexicon import cue_verbs
from articles.extraction.reading.reporting_nouns import NOUNS, owner_of
from articles.extraction.reading.tokens import Tokens

BASES, _STRENGTH = cue_verbs()
STRONG, WEAK = _STRENGTH["strong"], _STRENGTH["weak"]
ACCORDING, GO_ON, NOUN, PHRASAL = "according", "go on", "noun", "phrasal"
_SECOND = {  # verbs that report with their second word only: “…,” as Okafor put it
    **dict.fromkeys(("put", "puts"), "it"),
    **dict.fromkeys(("point", "points", "pointed", "pointing"), "out"),
    **dict.fromkeys(("fired", "fires", "shot", "shoots", "hit", "hits"), "back"),
}
_GOES, _AFTER_GOES_ON = {"went", "goes"}, ([","], ["."], [":"])  # “…,” she went on.
_WORDS = BASES.keys() | _GOES | {ACCORDING} | _SECOND.keys() | NOUNS
_MAX_CUES = 6_000  # cues that are looked at in one text
_NOUNS = WEAK | word_set(
    "call claim demand attack answer reply post state remark promise pledge vow tweet boast joke note report blast"
    " challenge praise protest stress urge rule chant cry shout reason quote cheer"
)
_BEFORE_NOUN = (DETERMINERS | PREPOSITIONS) - {"to"}
_BEFORE_NOUN |= word_set("’s 's united secretary islamic red swing")
_BEFORE_ADJECTIVE = DETERMINERS - word_set("that all many some several both few most one two each")
_BEFORE_ADJECTIVE |= {"’s", "'s"} | word_set("from of with for in on among between")
_AFTER_NOUN = AUXILIARIES - word_set("to having") | word_set(
    "of about against from among between by on over"
)
_PLURALS = word_set("people men women children police media officials and or who which that")
_BEFORE_VERB = PRONOUNS.keys() | AUXILIARIES | ADVERBS | _PLURALS
_ADJECTIVE = ("al", "ic", "ive", "ous", "ful", "less", "able", "ible", "ish", "ing", "ed")


class Cue(NamedTuple):
    """A cue at token ``at``; ``base`` is the verb's base form, ``according``, ``go on``, ``phrasal`` or ``noun``.

    ``owner``: of a noun the last token of the words that say whose claim or answer it is.
    """

    at: int
    base: str
    owner: int = -1


def find_cues(tokens: Tokens) -> list[Cue]:
    """Return the cues outside quotes in reading order."""
    lower, quote = tokens.lower, tokens.quote
    cues = []
    for at in islice(compress(count(), map(_WORDS.__contains__, lower)), _MAX_CUES):
        if quote[at] >= 0:
            continue
        base = _base(tokens, at)
        if base:
            cues.append(Cue(at, base))
        elif lower[at] in NOUNS and (owner := owner_of(tokens, at)) is not None:
            cues.append(Cue(at, NOUN, owner))
    return cues


def _base(tokens: Tokens, at: int) -> str:
    """Return the base of the verb at token ``at``, "" when nothing is reported by it here."""
    word, following = tokens.lower[at], tokens.lower[at + 1 : at + 2]
    if word in BASES:
        return "" if _is_noun(tokens, at) else BASES[word]
    if word in _GOES:
        goes_on = following == ["on"] and tokens.lower[at + 2 : at + 3] in _AFTER_GOES_ON
        return GO_ON if goes_on else ""
    if word == ACCORDING:
        return ACCORDING if following == ["to"] else ""
    return PHRASAL if following == [_SECOND.get(word)] else ""


def _is_noun(tokens: Tokens, at: int) -> bool:
    """Tell whether the word is a noun here ("the report") or part of a name ("Cook Report")."""
    word, base = tokens.lower[at], BASES[tokens.lower[at]]
    before = tokens.lower[at - 1] if at else ""
    if tokens.words[at][0].isupper() and not _begins_sentence(tokens, at):
        return True
    if word == "state":
        return before not in PRONOUNS and before not in AUXILIARIES
    if word.endswith("ed") and before in _BEFORE_ADJECTIVE:
        return True  # the proposed law
    if word.endswith("ing") and before in POSSESSIVES:
        return True  # his warning
    if before in DOCUMENTS and "by" in tokens.lower[at + 1 : at + 4]:
        return True  # a memo posted online by Okafor
    if base not in _NOUNS or word not in (base, base + "s", base[:-1] + "ies"):
        return False
    return before in _BEFORE_NOUN or _is_plain_noun(tokens, at, before, base)


def _is_plain_noun(tokens: Tokens, at: int, before: str, base: str) -> bool:
    """Tell whether the neighbours of a word like "attack" or "claims" make it a noun: "terror attack", "claims of"."""
    lower, after = tokens.lower[at], tokens.lower[at + 1] if at + 1 < len(tokens.lower) else ""
    if before in PRONOUNS or _leads_on(tokens, at):
        return False
    if lower == "states":
        return after != "that" and before not in DOCUMENTS
    if after in _AFTER_NOUN:
        return True
    if not before[:1].isalnum() or before in _BEFORE_VERB or before.endswith("ly"):
        return False
    if lower == base:
        return not (before.endswith("s") or tokens.lower[at - 2] == "and")
    is_small = tokens.words[at - 1][0].islower()
    return before.isdigit() or (is_small and (before.endswith(_ADJECTIVE) or "-" in before))


def _leads_on(tokens: Tokens, at: int) -> bool:
    """Tell whether a quote follows, behind a comma or a verb's ending: "the letter states, “…”", "he claims “…”"."""
    after = tokens.quote[at + 1 : at + 3]
    if tokens.words[at + 1 : at + 2] == [","]:
        return max(after, default=-1) >= 0
    return max(after[:1], default=-1) >= 0 and tokens.lower[at].endswith("s")


def _begins_sentence(tokens: Tokens, at: int) -> bool:
    return (
        at == 0
        or tokens.words[at - 1] in '.!?”"'
        or "\n" in tokens.text[tokens.ends[at - 1] : tokens.starts[at]]
    )
