"""Nouns that report: "Okafor’s claim that …", "her answer: “…”", "in his words"."""

from articles.extraction.reading.function_words import (
    AUXILIARIES,
    POSSESSIVE_ENDINGS,
    POSSESSIVES,
    word_set,
)
from articles.extraction.reading.tokens import Tokens

_SINGULAR = word_set(
    "accusation admission advice allegation announcement answer argument assertion assessment boast"
    " call catchphrase characterization charge claim comment complaint conclusion contention"
    " contention criticism declaration demand description explanation insistence joke line mantra"
    " message motto note observation phrase plea pledge post prediction promise quip refrain remark"
    " reply request response retort slogan statement suggestion threat tweet verdict vow warning"
)
NOUNS = _SINGULAR | {noun + "s" for noun in _SINGULAR} | {"words"}
_LINKS = AUXILIARIES | word_set("that of : , a an the as to")
_REACH = 5  # tokens between a noun and the quote that it reports; behind "that" any number
_BACK = 4  # tokens between whose words they are and the noun
_BARE = {"’", "'"}  # the lawyers’ answer


def owner_of(tokens: Tokens, at: int) -> int | None:
    """Return the last token of the words that say whose claim or answer the noun at token ``at`` is, None if nobody's.

    Only of a noun that leads up to a quote or a clause.
    """
    return _owner(tokens, at) if _leads_on(tokens, at) else None


def _leads_on(tokens: Tokens, at: int) -> bool:
    """Tell whether the noun leads up to a quote: "claim that …", "claim: “…”", "answer was “…”", "words, “…”"."""
    lower, quote = tokens.lower, tokens.quote
    if lower[at + 1 : at + 2] == ["that"] or lower[at + 1 : at + 3] in (
        ["is", "that"],
        ["was", "that"],
    ):
        return True
    for place in range(at + 1, min(at + _REACH + 1, len(lower))):
        if quote[place] >= 0:
            return True
        if lower[place] not in _LINKS:
            return False
    return False


def _owner(tokens: Tokens, at: int) -> int | None:
    """Return the last token of the owner's words: "her", or the name before "’s"."""
    lower, marked = tokens.lower, tokens.words
    for place in range(at - 1, max(-1, at - _BACK - 1), -1):
        if tokens.quote[place] >= 0:
            return None
        if lower[place] in POSSESSIVES:
            return place
        is_plural = marked[place] in _BARE and lower[place - 1].endswith("s")
        if place and (lower[place] in POSSESSIVE_ENDINGS or is_plural):
            return place - 1
        if not lower[place][0].isalnum():
            return None
    return None
