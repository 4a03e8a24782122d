"""Two versions of a text: where what stands in a sentence that nobody changed stands now."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

MAX_PAIRS = 250_000  # sentences of the old text times those of the new one that are compared with each other

_TITLES = "Mr Ms Dr St Sr Jr No Mrs Gen Sen Rep Gov Rev Hon Sgt Col Inc Ltd Prof Corp".split()
_END = re.compile(
    "".join(rf"(?<!\b{title})" for title in _TITLES)
    + r"(?<!\b[A-Z])[.!?…](?![”’\"'»)\]])(?=\s)|\n|[.!?…][”’\"'»)\]]+(?=\s+[“‘\"'«])"
)


def sentences(text: str) -> list[tuple[int, int]]:
    """Return where the sentences of ``text`` begin and end, without the space between.

    What follows a quoted sentence belongs to it: it may say who spoke. Errs on the side of long sentences.
    """
    ends = [match.end() for match in _END.finditer(text)]
    spans = zip([0, *ends], [*ends, len(text)], strict=True)
    stripped = ((end - len(text[start:end].lstrip()), end) for start, end in spans)
    return [
        (start, start + len(text[start:end].rstrip())) for start, end in stripped if start < end
    ]


class Alignment:
    """The unchanged sentences of ``before`` with their places in ``now``: those in their order, then the moved ones."""

    def __init__(self, before: str, after: str) -> None:
        old, new = sentences(before), sentences(after)
        old_words = [before[start:end] for start, end in old]
        new_words = [after[start:end] for start, end in new]
        self.before, self.now = before, after
        self._starts = [start for start, _ in old]
        self._shifts: dict[int, int] = {}
        self._moved: dict[int, int] = {}
        pairs = list(_ordered_pairs(old_words, new_words))
        for i, j in pairs:
            self._shifts[i] = new[j][0] - old[i][0]
        for i, j in _moved_pairs(old_words, new_words, pairs):
            self._moved[i] = new[j][0] - old[i][0]

    def place(self, start: int, end: int, *, has_moved: bool = False) -> int | None:
        """Return where the text at ``start`` to ``end`` begins now, None unless it lies in unchanged sentences.

        With ``has_moved`` they may stand in another order now.
        """
        first, last = self._at(start), self._at(end - 1)
        shifts = self._shifts | self._moved if has_moved else self._shifts
        at = start + shifts[first] if first in shifts else None
        if at is None or any(shifts.get(n) != shifts[first] for n in range(first, last + 1)):
            return None
        return at if self.now.startswith(self.before[start:end], at) else None

    def near(self, start: int) -> int:
        """Return about where what stood at ``start`` would stand now."""
        at = self._at(start)
        return start + next((self._shifts[n] for n in range(at, -1, -1) if n in self._shifts), 0)

    def _at(self, start: int) -> int:
        return bisect_right(self._starts, start) - 1


def _moved_pairs(
    old: Sequence[str], new: Sequence[str], pairs: Sequence[tuple[int, int]]
) -> Iterator[tuple[int, int]]:
    """Yield the places of equal items in both that are in none of ``pairs``, each once."""
    matched = {i for i, _ in pairs}, {j for _, j in pairs}
    free = defaultdict(list)
    for j in range(len(new) - 1, -1, -1):
        if j not in matched[1]:
            free[new[j]].append(j)
    for i, text in enumerate(old):
        if i not in matched[0] and free[text]:
            yield i, free[text].pop()


def _ordered_pairs(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield the places of equal items in both, in order. Time is bounded: too many are matched from both ends only."""
    head = _shared(old, new)
    tail = _shared(old[head:][::-1], new[head:][::-1])
    yield from ((at, at) for at in range(head))
    a, b = old[head : len(old) - tail], new[head : len(new) - tail]
    if a and b and len(a) * len(b) <= MAX_PAIRS:
        for i, j, size in SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks():
            yield from ((head + i + at, head + j + at) for at in range(size))
    yield from ((len(old) - at, len(new) - at) for at in range(tail, 0, -1))


def _shared(old: Sequence[str], new: Sequence[str]) -> int:
    """Return how many items both begin with."""
    pairs = enumerate(zip(old, new, strict=False))
    return next((at for at, (item, other) in pairs if item != other), min(len(old), len(new)))
