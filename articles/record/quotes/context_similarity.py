"""What stands around words in a text, and how like it is to what stood around them before an edit."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from articles.extraction.reading.function_words import PRONOUNS, STARTERS
from articles.extraction.reading.lexicon import cue_verbs
from articles.text.quotes.similarity import FEWEST_WORDS

from .alignment import sentences

FLOOR = 0.4  # how like the surroundings have to be to count as the same
REACH = 240  # letters looked at on either side
HALF_WEIGHT_DISTANCE = 6  # words away from the quote at which a word weighs half
LIGHT_WEIGHT = 0.25  # what a word weighs that stands around anybody's words: said, the, she
MIN_HEAVY_LENGTH = 4  # letters: a shorter word in small letters is such a one

_WORD = re.compile(r"\w+")
_LIGHT_WORDS = {word.casefold() for word in (*STARTERS, *PRONOUNS)} | cue_verbs()[0].keys()


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The words around a place in a text with their weights, the nearer the heavier, whichever side they stand on.

    ``own`` are those of its paragraph, ``wide`` those beyond it too, ``heavy`` those of ``own`` that tell something,
    ``nearest`` those of them in its sentence. The quoted words themselves are none of them; ``length`` is their number.
    """

    own: Mapping[str, float]
    wide: Mapping[str, float]
    heavy: frozenset[str]
    nearest: frozenset[str]
    length: int

    @classmethod
    def of(cls, text: str, start: int, end: int, reach: int = REACH) -> "Surroundings":
        """Read what stands within ``reach`` letters of ``text[start:end]``; a word that this may cut does not count."""
        before, after = text[max(0, start - reach) : start], text[end : end + reach]
        if start >= reach:
            before = re.sub(r"^\w+", "", before)
        if end + reach <= len(text):
            after = re.sub(r"\w+$", "", after)
        words = [word.casefold() for word in _WORD.findall(text[start:end])]
        own = before.rpartition("\n")[2], after.partition("\n")[0]
        return cls(
            _weighed(own, words),
            _weighed((before, after), words),
            _heavy(own, words),
            _heavy(_of_sentence(*own), words),
            len(words),
        )


def context_similarity(before: Surroundings, after: Surroundings) -> float:
    """Return 0 to 1: how much of what stood around the words does so now.

    The order of near words does not count, so that "said Frost" may move from one side to the other. 0 where both
    sentences tell something, and not one thing alike. Nor does what stands beyond the paragraph help where both
    paragraphs tell something else: another's words often take the place of those that went. 1 where nothing stands
    around the words in one of the texts, and for words that are a paragraph of their own in both, of a length that two
    people do not say alike by chance.
    """
    is_alone = not before.own and not after.own
    if not before.wide or not after.wide or (is_alone and before.length >= FEWEST_WORDS):
        return 1.0
    if before.nearest and after.nearest and before.nearest.isdisjoint(after.nearest):
        return 0.0
    shared = 2 * len(before.heavy & after.heavy) / (len(before.heavy) + len(after.heavy) or 1)
    paragraph_overlap = max(shared, _overlap(before.own, after.own))
    is_foreign = before.heavy and after.heavy and not shared
    return (
        paragraph_overlap
        if is_foreign
        else max(paragraph_overlap, _overlap(before.wide, after.wide))
    )


def _overlap(before: Mapping[str, float], after: Mapping[str, float]) -> float:
    """Return the weight that both share as a part of all."""
    pairs = [(before.get(word, 0.0), after.get(word, 0.0)) for word in before.keys() | after.keys()]
    return sum(map(min, pairs)) / (sum(map(max, pairs)) or 1)


def _weighed(sides: tuple[str, str], left_out: Collection[str]) -> dict[str, float]:
    """Return the words of both sides of a place, each by the nearest of its kind."""
    weights: dict[str, float] = {}
    for words in (_words(sides[0])[::-1], _words(sides[1])):
        for distance, (word, is_light) in enumerate(words):
            weight = (LIGHT_WEIGHT if is_light else 1.0) / (1 + distance / HALF_WEIGHT_DISTANCE)
            if word not in left_out:
                weights[word] = max(weight, weights.get(word, 0.0))
    return weights


def _heavy(sides: tuple[str, str], left_out: Collection[str]) -> frozenset[str]:
    heavy_words = {word for side in sides for word, is_light in _words(side) if not is_light}
    return frozenset(heavy_words.difference(left_out))


def _of_sentence(before: str, after: str) -> tuple[str, str]:
    """Return what of both sides of a place in a paragraph is of its sentence."""
    quoted = f"{before}x{after}"
    start, end = next(s for s in sentences(quoted) if s[0] <= len(before) < s[1])
    return quoted[start : len(before)], quoted[len(before) + 1 : end]


def _words(text: str) -> list[tuple[str, bool]]:
    """Return the words of ``text`` without case, each with whether it tells little."""
    pairs = [(word.casefold(), word) for word in _WORD.findall(text)]
    return [
        (plain, plain in _LIGHT_WORDS or (plain == word and len(word) < MIN_HEAVY_LENGTH))
        for plain, word in pairs
    ]
