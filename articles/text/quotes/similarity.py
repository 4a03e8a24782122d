"""The same thing said in other words: near, and not equal."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

from articles.text.fold import fold

FEWEST_WORDS = 6  # shorter things two people say alike by chance
NEAR = 0.8
MOST_WORDS = 400  # of one statement that are compared
_MOST_COMPARED = 20  # of the others that are compared word by word
_NO_WORD = re.compile(r"[^\w]+")


@dataclass(frozen=True, slots=True)
class StatementWords:
    """A statement's words, folded, in order; ``bag`` has each with its number of times so far, so that sets compare."""

    words: tuple[str, ...]
    bag: frozenset[str]

    @classmethod
    def of(cls, text: str) -> "StatementWords":
        """Read ``text``: case, accents, marks and spaces do not count, nor what comes after 400 words."""
        words = tuple(_NO_WORD.sub(" ", fold(text)).split()[:MOST_WORDS])
        times: Counter[str] = Counter()
        bag = []
        for word in words:
            times[word] += 1
            bag.append(f"{word} {times[word]}")
        return cls(words, frozenset(bag))


def find_nearest(statement: StatementWords, others: Iterable[StatementWords]) -> int:
    """Return the place in ``others`` of what is most like ``statement`` and not equal to it, -1 for nothing near.

    Near is a share of 0.8 of the words in the same order, 0 to 1 as ``difflib`` has it, of at least six words each. Of
    several that are alike the first one counts. Those that share most words are compared in order, at most 20.
    """
    if len(statement.words) < FEWEST_WORDS:
        return -1
    bounds = [
        (_bound(statement, other), -at, other)
        for at, other in enumerate(others)
        if len(other.words) >= FEWEST_WORDS and other.words != statement.words
    ]
    likely = sorted((b for b in bounds if b[0] >= NEAR), key=lambda b: b[:2], reverse=True)
    best, nearest_index = NEAR, -1
    for bound, at, other in likely[:_MOST_COMPARED]:
        if bound < best:
            break
        ratio = SequenceMatcher(None, statement.words, other.words, autojunk=False).ratio()
        if ratio > best or (ratio >= best and nearest_index < 0):
            best, nearest_index = ratio, -at
    return nearest_index


def _bound(first: StatementWords, second: StatementWords) -> float:
    """Return what the likeness cannot exceed: as if all shared words stood in the same order."""
    total = len(first.words) + len(second.words)
    if 2 * min(len(first.words), len(second.words)) < NEAR * total:
        return 0.0
    return 2 * len(first.bag & second.bag) / total
