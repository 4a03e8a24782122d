"""Words of a quote that are no longer in the text: what stands in their place now."""

import re
from collections import Counter

from articles.extraction.reading.segments import find_segments
from articles.models.quotes import JOINT

_WORD = re.compile(r"\w+")
_MIN_SHARED = 0.3  # of the lost words a paragraph has to hold to count as their place
_MIN_SIMILARITY = 0.5  # how alike quoted words have to be to be offered as the new wording


class Paragraphs:
    """A plain body by paragraphs, each read once however many quotes are looked for."""

    def __init__(self, body_text: str) -> None:
        texts = [text for text in body_text.split("\n\n") if text.strip()]
        self.bags = [(text, _bag(text)) for text in texts]

    def nearest(self, words: str) -> str:
        """Return the paragraph that holds most of ``words``, empty when none holds enough of them."""
        quote_bag = _bag(words)
        best, paragraph = 0.0, ""
        for text, bag in self.bags:
            shared = (quote_bag & bag).total() / (quote_bag.total() or 1)
            if shared > best:
                best, paragraph = shared, text
        return paragraph if best >= _MIN_SHARED else ""


def suggest_rewording(words: str, passage: str) -> str:
    """Return what is quoted in ``passage`` in the place of ``words``, letter by letter; empty when nothing is like it.

    ``words`` may be parts with `` … `` between them; then what is returned is too. The very same words are not offered:
    the quote would stand there already if they were its own, and not somebody else's.
    """
    segments = [(segment.text, _bag(segment.text)) for segment in find_segments(passage)]
    wordings = []
    for part in words.split(JOINT):
        part_bag = _bag(part)
        scored = [
            (_similarity(part_bag, bag), text) for text, bag in segments if text not in wordings
        ]
        score, text = max(scored, key=lambda pair: pair[0], default=(0.0, ""))
        if score < _MIN_SIMILARITY:
            return ""
        wordings.append(text)
    return "" if wordings == words.split(JOINT) else JOINT.join(wordings)


def _bag(text: str) -> Counter[str]:
    return Counter(_WORD.findall(text.casefold()))


def _similarity(first: Counter[str], second: Counter[str]) -> float:
    """Return 0 to 1: the share of words that two texts have in common."""
    return 2 * (first & second).total() / (first.total() + second.total() or 1)
