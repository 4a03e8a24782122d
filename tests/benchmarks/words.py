"""Invented words, each its own stem, so that a word may stand for another in the index without more ado."""

import itertools
import random
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from articles.text.search import fold_word

LANGUAGE = "en"
SYLLABLES = tuple(
    "bak dom fut gorm hab kelp lub mop nok pab rim sot tuk vob wim zab dak fom gub hok".split()
)


@cache
def invent(count: int, first: str = "") -> tuple[str, ...]:
    """Return ``count`` different words that begin with ``first``, the same at each call, the short ones first."""
    return tuple(itertools.islice(_spell(first), count))


def _spell(first: str) -> Iterator[str]:
    for length in itertools.count(2):
        for syllables in itertools.product(SYLLABLES, repeat=length):
            word = first + "".join(syllables)
            if fold_word(word, LANGUAGE)[1] == word:
                yield word


def pick(words: Sequence[Any], number: int, salt: int) -> Any:
    """Return the one of ``words`` that story ``number`` has: each as often as the others, in no order."""
    mixed = (number + 1) * 2654435761 * (2 * salt + 1) % 2**32 ^ (number * 40503 + salt)
    return words[(mixed >> 7) % len(words)]


def write_prose(chance: random.Random, words: Sequence[str], count: int) -> str:
    """Return sentences of ``count`` words; the first of ``words`` come often, the last seldom, as in any language."""
    weights = _weights(len(words))
    chosen = chance.choices(words, cum_weights=weights, k=count)
    sentences = [chosen[start : start + 12] for start in range(0, count, 12)]
    return " ".join(" ".join(sentence).capitalize() + "." for sentence in sentences)


@cache
def _weights(count: int) -> list[float]:
    return list(itertools.accumulate(1 / (place + 3) for place in range(count)))
