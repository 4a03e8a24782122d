"""Cues: the verb, or "according to", that reports what somebody said."""

from dataclasses import dataclass

from articles.extraction.lexicon import cue_verbs
from articles.extraction.tokens import Tokens
from articles.extraction.words import AUXILIARIES, DETERMINERS, PREPOSITIONS, PRONOUNS, words

BASES, _STRENGTH = cue_verbs()
STRONG, WEAK = _STRENGTH["strong"], _STRENGTH["weak"]
ACCORDING, GO_ON = "according", "go on"
_GOES, _AFTER_GOES_ON = {"went", "goes"}, ([","], ["."], [":"])  # “…,” she went on.
_WORDS = BASES.keys() | _GOES | {ACCORDING}
_MOST = 6_000  # cues that are looked at in one text
_NOUNS = WEAK | words(
    "call claim demand attack answer reply post state remark promise pledge vow tweet boast joke note report blast"
    " challenge praise protest stress urge rule"
)
_BEFORE_NOUN = (DETERMINERS | PREPOSITIONS) - {"to"}
_BEFORE_NOUN |= words("’s 's united secretary islamic red swing")
_BEFORE_ADJECTIVE = DETERMINERS - words("that all many some several both few most one two each")
_BEFORE_ADJECTIVE |= {"’s", "'s"}


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue at token ``at``; ``base`` is the verb's base form, ``according`` or ``go on``."""

    at: int
    base: str


def find_cues(tokens: Tokens) -> list[Cue]:
    """Return the cues outside quotes in reading order."""
    lower, quote = tokens.lower, tokens.quote
    found = []
    for at in [at for at, word in enumerate(lower) if word in _WORDS][:_MOST]:
        if quote[at] >= 0:
            continue
        if lower[at] in _GOES:
            if lower[at + 1 : at + 2] == ["on"] and lower[at + 2 : at + 3] in _AFTER_GOES_ON:
                found.append(Cue(at, GO_ON))
        elif lower[at] == ACCORDING:
            if lower[at + 1 : at + 2] == ["to"]:
                found.append(Cue(at, ACCORDING))
        elif not _is_noun(tokens, at):
            found.append(Cue(at, BASES[lower[at]]))
    return found


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
    return (
        base in _NOUNS and word in (base, base + "s", base[:-1] + "ies") and before in _BEFORE_NOUN
    )


def _begins_sentence(tokens: Tokens, at: int) -> bool:
    return (
        at == 0
        or tokens.words[at - 1] in '.!?”"'
        or "\n" in tokens.text[tokens.ends[at - 1] : tokens.starts[at]]
    )
