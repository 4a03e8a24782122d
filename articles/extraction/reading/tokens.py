"""Text -> tokens, as columns: a list a property, the same index in each."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby
from operator import itemgetter

from articles.extraction.reading.function_words import ABBREVIATIONS
from articles.extraction.reading.segments import Segment

_MAX_TOKENS = 300_000  # tokens of one text that are looked at


def _abbreviations() -> str:
    """Return a pattern of all abbreviations, one branch an initial: few branches are tried for a word."""
    branches = []
    for initial, group in groupby(sorted(ABBREVIATIONS), key=itemgetter(0)):
        rests = "|".join(sorted((re.escape(word[1:]) for word in group), key=len, reverse=True))
        branches.append(f"{initial}(?:{rests})")
    return f"(?:{'|'.join(branches)})"


_TOKEN = re.compile(
    r"([a-z]++(?![\w’'‑-])"  # most words, without a look at what follows here
    r"|[A-Z]\.(?:[A-Z]\.)*"  # U.S., J.
    rf"|(?=[A-Z]){_abbreviations()}\.(?!\w)"
    r"|\w+(?:[’'](?!(?:s|d|ll|ve|re|m)\b)\w+|[-‑]\w+)*"
    r"|[’'](?:s|d|ll|ve|re|m)\b"
    r"|[^\w\s])"
)


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of ``text``. ``quote``: number of the segment that a token stands in, marks included, or -1.

    ``spans[n]``: first token of segment ``n`` and the one after its last. ``breaks``: tokens that begin a paragraph.
    """

    text: str
    words: list[str]
    lower: list[str]
    starts: list[int]
    ends: list[int]
    quote: list[int]
    spans: list[tuple[int, int]]
    breaks: list[int]

    def has_gap(self, at: int) -> bool:
        """Tell whether white space precedes the token."""
        return at > 0 and self.ends[at - 1] < self.starts[at]


def split_tokens(text: str) -> list[str]:
    """Return the tokens of a short text, a name."""
    return _TOKEN.findall(text)


def tokenize(text: str, segments: Sequence[Segment]) -> Tokens:
    """Cut ``text`` into words, abbreviations with their point, possessive endings and single punctuation marks."""
    parts = _TOKEN.split(text, maxsplit=_MAX_TOKENS)  # gap, token, gap, token, ... gap
    borders = list(accumulate(map(len, parts)))
    words = parts[1::2]
    starts, ends = borders[0:-1:2], borders[1::2]
    quote, spans = _locate_segments(starts, ends, segments)
    breaks = [at for at, gap in enumerate(parts[0:-1:2]) if "\n" in gap]
    lower = (
        ["WHO" if word == "WHO" else word.lower() for word in words]
        if "WHO" in text
        else [*map(str.lower, words)]
    )
    return Tokens(text, words, lower, starts, ends, quote, spans, breaks)


def _locate_segments(
    starts: list[int], ends: list[int], segments: Sequence[Segment]
) -> tuple[list[int], list[tuple[int, int]]]:
    """Say for each token in which segment it stands, and for each segment which tokens it has."""
    quote = [-1] * len(starts)
    spans = []
    for number, segment in enumerate(segments):
        low = bisect_left(starts, segment.first)
        high = bisect_left(starts, segment.last, low)
        quote[low:high] = [number] * (high - low)
        spans.append((low, high))
    return quote, spans
