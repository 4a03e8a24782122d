"""The words of a cue as printed: the verb, and the particle that makes it report."""

from articles.extraction.reading.cues import ACCORDING, GO_ON, PHRASAL, Cue
from articles.extraction.reading.document import Reading
from articles.extraction.reading.function_words import ADVERBS, MONTHS
from articles.extraction.types import Span

_PARTICLES = {"call": "for", "refer": "to"}
_MAX_GAP = 5  # tokens between a verb and its particle: called on Feb 12 for


def cue_span(reading: Reading, cue: Cue, *, is_whole: bool = False) -> Span:
    """Return the place of ``cue``; with ``is_whole`` up to its particle: "declaring that", "called on Monday for"."""
    last = cue.at + (cue.base in (ACCORDING, GO_ON, PHRASAL))
    if is_whole:
        last = _particle(reading, cue) or last
    return reading.tokens.starts[cue.at], reading.tokens.ends[last]


def _particle(reading: Reading, cue: Cue) -> int | None:
    lower = reading.tokens.lower
    particle = _PARTICLES.get(cue.base)
    if lower[cue.at + 1 : cue.at + 2] == ["that"]:
        return cue.at + 1
    for at in range(cue.at + 1, min(cue.at + 1 + _MAX_GAP, len(lower))):
        if lower[at] == particle:
            return at
        is_date = lower[at] == "on" or lower[at].isdigit() or reading.tokens.words[at] in MONTHS
        if not (is_date or lower[at] in ADVERBS) or reading.tokens.quote[at] >= 0:
            return None
    return None
