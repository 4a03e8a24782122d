"""Two plain texts -> what changed, word by word, for readers and editors."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

Op = Literal["equal", "insert", "delete"]

PAIRS = 100_000  # equal words (or paragraphs) of old and new that may be compared with each other, in one passage
ALL_PAIRS = (
    1_000_000  # and in the whole; beyond it a passage is shown as gone and its successor as new
)
_ALIKE = (
    0.3  # share of words that two paragraphs have in common when one is the other's new wording
)
_WORD = re.compile(r"\w+|\s+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that stayed, came or went."""

    op: Op
    text: str


@dataclass(frozen=True, slots=True)
class Passage:
    """One paragraph in pieces; or, without pieces, ``skipped`` unchanged paragraphs that are not shown."""

    pieces: tuple[Piece, ...] = ()
    skipped: int = 0

    @property
    def is_changed(self) -> bool:
        """Tell whether anything came or went."""
        return any(piece.op != "equal" for piece in self.pieces)


def diff(old: str, new: str, *, context: int | None = 1) -> list[Passage]:
    """Return the paragraphs of both texts in reading order, with what stayed, came and went.

    Shows ``context`` unchanged paragraphs around each change, all with None; nothing when nothing changed. With None
    the equal and deleted pieces are the old text and the equal and inserted ones the new, paragraphs joined by a blank
    line. Time is bounded: texts that are too long or too different are compared by paragraph only.
    """
    passages = [Passage(pieces) for pieces in _passages(old.split("\n\n"), new.split("\n\n"))]
    return passages if context is None else list(_collapsed(passages, context))


def _passages(old: list[str], new: list[str]) -> Iterator[tuple[Piece, ...]]:
    budget = [ALL_PAIRS]
    for is_equal, before, after in _aligned(old, new, budget):
        if is_equal:
            yield from ((Piece("equal", text),) for text in before)
            continue
        for was, now in _paired(before, after):
            if was is None or now is None:
                yield (Piece("insert", now or "") if was is None else Piece("delete", was),)
            else:
                yield tuple(_words(was, now, budget))


def _aligned(
    old: Sequence[str], new: Sequence[str], budget: list[int]
) -> Iterator[tuple[bool, Sequence[str], Sequence[str]]]:
    """Yield ``(is equal, part of old, part of new)``, in order; whole parts once ``budget`` is spent."""
    head = _shared(old, new)
    tail = _shared(old[head:][::-1], new[head:][::-1])
    a, b = old[head : len(old) - tail], new[head : len(new) - tail]
    if head:
        yield True, old[:head], new[:head]
    counts, others = Counter(a), Counter(b)
    pairs = sum(count * others[word] for word, count in counts.items() if not word.isspace())
    if pairs > min(PAIRS, budget[0]) or (pairs and len(a) + len(b) > 20_000):
        yield False, a, b
    elif a or b:
        budget[0] -= pairs
        matcher = SequenceMatcher(str.isspace, a, b, autojunk=False)
        for op, i1, i2, j1, j2 in matcher.get_opcodes():
            yield op == "equal", a[i1:i2], b[j1:j2]
    if tail:
        yield True, old[len(old) - tail :], new[len(new) - tail :]


def _shared(a: Sequence[str], b: Sequence[str]) -> int:
    """Return how many items both begin with."""
    at = 0
    while at < min(len(a), len(b)) and a[at] == b[at]:
        at += 1
    return at


def _paired(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str | None, str | None]]:
    """Yield old paragraphs with their new wording, in order; what has no other half stands alone."""
    bags = [set(_WORD.findall(text)) for text in new] if len(old) * len(new) <= 2_000 else []
    done = 0
    for text in old:
        words = set(_WORD.findall(text)) if bags else set()
        alike = (_alike(words, bag) for bag in bags[done:])
        best, place = max(((score, -at) for at, score in enumerate(alike)), default=(0.0, 0))
        if best < _ALIKE:
            yield text, None
            continue
        for added in new[done : done - place]:
            yield None, added
        yield text, new[done - place]
        done += 1 - place
    for added in new[done:]:
        yield None, added


def _alike(a: set[str], b: set[str]) -> float:
    return 2 * len(a & b) / (len(a) + len(b) or 1)


def _words(old: str, new: str, budget: list[int]) -> Iterator[Piece]:
    """Yield the pieces of one reworded paragraph; a space or comma between two changes goes with them."""
    gone = came = ""
    parts = list(_aligned(_WORD.findall(old), _WORD.findall(new), budget))
    for at, (is_equal, before, after) in enumerate(parts):
        was, now = "".join(before), "".join(after)
        is_inner = 0 < at < len(parts) - 1 and not re.search(r"\w", was)
        if not is_equal or is_inner:
            gone, came = gone + was, came + now
            continue
        yield from _change(gone, came)
        gone = came = ""
        yield Piece("equal", was)
    yield from _change(gone, came)


def _change(gone: str, came: str) -> Iterator[Piece]:
    if gone:
        yield Piece("delete", gone)
    if came:
        yield Piece("insert", came)


def _collapsed(passages: list[Passage], context: int) -> Iterator[Passage]:
    near: set[int] = set()
    for at, passage in enumerate(passages):
        if passage.is_changed:
            near.update(range(at - context, at + context + 1))
    skipped = 0
    for at, passage in enumerate(passages if near else ()):
        if at not in near:
            skipped += 1
            continue
        if skipped:
            yield Passage(skipped=skipped)
            skipped = 0
        yield passage
    if skipped:
        yield Passage(skipped=skipped)
