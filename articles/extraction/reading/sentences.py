"""Tokens -> sentences. A sentence holds its quotes whole, and the words that attribute them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from articles.extraction.reading.cues import BASES
from articles.extraction.reading.function_words import STARTERS
from articles.extraction.reading.segments import Segment
from articles.extraction.reading.tokens import Tokens

MAX_TOKENS = 250  # tokens; what has no full stop for longer is cut, so that no rule can run away
_CUES = BASES.keys() | {"went", "goes"}  # “Why?” he went on.
_ENDERS = {".", "!", "?"}
_QUOTE_OPENS = "“\"‘„«'`("
_STOP_BEFORE_MARK = re.compile(r"[.!?…]['’\")\]]*$")


@dataclass(frozen=True, slots=True)
class Sentence:
    """Tokens ``low`` up to, not including, ``high``; ``paragraph`` counts from 0."""

    low: int
    high: int
    paragraph: int


def split_sentences(tokens: Tokens, segments: Sequence[Segment]) -> list[Sentence]:
    """Return the sentences in reading order; together they hold every token once."""
    breaks = set(tokens.breaks)
    cuts = breaks | {at + 1 for at in _full_stops(tokens)} | set(_quote_ends(tokens, segments))
    sentences: list[Sentence] = []
    low = paragraph = 0
    for cut in [*sorted(cuts), len(tokens.words)]:
        while cut - low > MAX_TOKENS:
            sentences.append(Sentence(low, low + MAX_TOKENS, paragraph))
            low += MAX_TOKENS
        if cut > low:
            sentences.append(Sentence(low, cut, paragraph))
        low = max(low, cut)
        paragraph += cut in breaks
    return sentences


def _full_stops(tokens: Tokens) -> list[int]:
    """Return the tokens outside quotes that end a sentence."""
    words, last = tokens.words, len(tokens.words) - 1
    candidates = [at for at, word in enumerate(words) if word[-1] in ".!?" and at < last]
    return [at for at in candidates if tokens.quote[at] < 0 and _ends(tokens, at)]


def _ends(tokens: Tokens, at: int) -> bool:
    following = tokens.words[at + 1]
    if len(tokens.words[at]) > 1:  # an abbreviation with its point: U.S., Inc.
        return following in STARTERS and tokens.has_gap(at + 1)
    if not tokens.has_gap(at + 1):  # nytimes.com, 3.5, (D-N.Y.); a space may have been lost
        before = tokens.words[at - 1] if at else ""
        return before.islower() and len(before) > 2 and following[0].isupper()
    return following[0] in _QUOTE_OPENS or following[0].isupper() or following[0].isdigit()


def _quote_ends(tokens: Tokens, segments: Sequence[Segment]) -> list[int]:
    """Return the tokens after a quote that begin a new sentence: the quote ended one and no cue follows."""
    ends = []
    for segment, (low, at) in zip(segments, tokens.spans, strict=True):
        if (
            low < at < len(tokens.words)
            and _STOP_BEFORE_MARK.search(segment.text)
            and _begins(tokens, at, segment)
        ):
            ends.append(at)
    return ends


def _begins(tokens: Tokens, at: int, segment: Segment) -> bool:
    following = tokens.words[at]
    if tokens.quote[at] >= 0:
        return True
    if not (following[0].isupper() or following[0].isdigit() or following[0] in _QUOTE_OPENS):
        return False
    is_open = segment.text.rstrip("'’\")]")[-1:] in "!?"
    return not (is_open and any(word in _CUES for word in tokens.lower[at : at + 5]))
