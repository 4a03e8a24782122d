"""Words that came loose from their text: what stands in their place now."""

import re
from collections import Counter

from articles.extraction.segments import find_segments
from articles.models.quotes import JOINT

_WORD = re.compile(r"\w+")
_SHARED = 0.3  # of the lost words a paragraph has to hold to count as their place
_ALIKE = 0.5  # how alike quoted words have to be to be offered as the new wording


class Paragraphs:
    """A plain body by paragraphs, each read once however many quotes are looked for."""

    def __init__(self, body_text: str) -> None:
        texts = [text for text in body_text.split("\n\n") if text.strip()]
        self.bags = [(text, _bag(text)) for text in texts]

    def nearest(self, words: str) -> str:
        """Return the paragraph that holds most of ``words``, empty when none holds enough of them."""
        lost = _bag(words)
        best, found = 0.0, ""
        for text, bag in self.bags:
            shared = (lost & bag).total() / (lost.total() or 1)
            if shared > best:
                best, found = shared, text
        return found if best >= _SHARED else ""


def likely_words(words: str, passage: str) -> str:
    """Return what is quoted in ``passage`` in the place of ``words``, letter by letter; empty when nothing is like it.

    ``words`` may be parts with `` … `` between them; then what is returned is too.
    """
    segments = [(segment.text, _bag(segment.text)) for segment in find_segments(passage)]
    found = []
    for part in words.split(JOINT):
        lost = _bag(part)
        scored = [(_likeness(lost, bag), text) for text, bag in segments if text not in found]
        score, text = max(scored, key=lambda one: one[0], default=(0.0, ""))
        if score < _ALIKE:
            return ""
        found.append(text)
    return JOINT.join(found)


def _bag(text: str) -> Counter[str]:
    return Counter(_WORD.findall(text.casefold()))


def _likeness(one: Counter[str], other: Counter[str]) -> float:
    """Return 0 to 1: the share of words that two texts have in common."""
    return 2 * (one & other).total() / (one.total() + other.total() or 1)
