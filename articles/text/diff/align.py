"""Two sequences -> the parts that are alike, in order, and which of the others belong together. Time is bounded."""

import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TypeVar

Item = TypeVar("Item", bound=Hashable)

PAIRS = 100_000  # equal words (or paragraphs) of old and new that may be compared with each other, in one passage
ALL_PAIRS = (
    1_000_000  # and in the whole; beyond it a passage is shown as gone and its successor as new
)
MAX_ITEMS = 20_000  # of old and new together, in one passage
_MIN_SIMILARITY = 0.3  # share of words that a paragraph and its new wording have in common
_WORD = re.compile(r"\w+|\s+|[^\w\s]")


@dataclass(slots=True)
class Budget:
    """How many pairs may still be compared, over all passages of one difference."""

    pairs: int = ALL_PAIRS


def split_words(text: str) -> list[str]:
    """Return the words, spaces and signs of ``text``; together they are the text."""
    return _WORD.findall(text)


def align(
    old: Sequence[Item], new: Sequence[Item], budget: Budget, is_blank: Callable[[Item], bool]
) -> Iterator[tuple[bool, Sequence[Item], Sequence[Item]]]:
    """Yield ``(is equal, part of old, part of new)``, in order; whole parts once ``budget`` is spent.

    Items that are blank are never what two parts are matched by.
    """
    head = _common_prefix(old, new)
    tail = _common_prefix(old[head:][::-1], new[head:][::-1])
    old_middle, new_middle = old[head : len(old) - tail], new[head : len(new) - tail]
    if head:
        yield True, old[:head], new[:head]
    counts, others = Counter(old_middle), Counter(new_middle)
    pairs = sum(count * others[item] for item, count in counts.items() if not is_blank(item))
    if pairs > min(PAIRS, budget.pairs) or (
        pairs and len(old_middle) + len(new_middle) > MAX_ITEMS
    ):
        yield False, old_middle, new_middle
    elif old_middle or new_middle:
        budget.pairs -= pairs
        matcher = SequenceMatcher(is_blank, old_middle, new_middle, autojunk=False)
        for op, i1, i2, j1, j2 in matcher.get_opcodes():
            yield op == "equal", old_middle[i1:i2], new_middle[j1:j2]
    if tail:
        yield True, old[len(old) - tail :], new[len(new) - tail :]


def _common_prefix(first: Sequence[Item], second: Sequence[Item]) -> int:
    """Return how many items both begin with."""
    count = 0
    while count < min(len(first), len(second)) and first[count] == second[count]:
        count += 1
    return count


def pair_rewordings(
    old: Sequence[Item], new: Sequence[Item], text_of: Callable[[Item], str]
) -> Iterator[tuple[Item | None, Item | None]]:
    """Yield old paragraphs with their new wording, in order; what has no other half stands alone."""
    bags = [set(split_words(text_of(item))) for item in new] if len(old) * len(new) <= 2_000 else []
    done = 0
    for item in old:
        words = set(split_words(text_of(item))) if bags else set()
        scores = (_similarity(words, bag) for bag in bags[done:])
        best, offset = max(((score, -at) for at, score in enumerate(scores)), default=(0.0, 0))
        if best < _MIN_SIMILARITY:
            yield item, None
            continue
        for added in new[done : done - offset]:
            yield None, added
        yield item, new[done - offset]
        done += 1 - offset
    for added in new[done:]:
        yield None, added


def _similarity(first: set[str], second: set[str]) -> float:
    return 2 * len(first & second) / (len(first) + len(second) or 1)
