"""A quote that is signed: “…” — Ada Okafor, mayor of Northtown."""

from bisect import bisect_right

from articles.extraction.attribution.quote_context import QuoteContext
from articles.extraction.reading.document import Phrase, Reading

_DASHES = {"—", "–", "―", "-", "~"}
_ENDS = {",", "(", "."}
_LONGEST = 14  # tokens of a signature: a name and what its bearer is


def signature_of(reading: Reading, context: QuoteContext) -> Phrase | None:
    """Return the name behind the dash that ends the paragraph of a quote, on its line or alone on the next."""
    words = reading.tokens.words
    at = context.last + 1
    if not (context.opens and context.is_closed):
        return None
    while at < len(words) and words[at] in _DASHES:
        at += 1
    if at == context.last + 1 or at >= len(words):
        return None
    run = reading.run_of(at)
    if not run or run.first != at or len(run.words) < 2:
        return None
    end = _paragraph_end(reading, run.last)
    is_name = run.last + 1 == end or words[run.last + 1] in _ENDS
    return (run.first, run.last) if is_name and end - at <= _LONGEST else None


def _paragraph_end(reading: Reading, at: int) -> int:
    """Return the token that begins the paragraph after token ``at``, or how many tokens there are."""
    breaks = reading.tokens.breaks
    index = bisect_right(breaks, at)
    return breaks[index] if index < len(breaks) else len(reading.tokens.words)
