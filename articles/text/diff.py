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
_MIN_SIMILARITY = (
    0.3  # share of words that two paragraphs have in common when one is the other's new wording
)
_WORD = re.compile(r"\w+|\s+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class DiffPiece:
    """Words that stayed, came or went."""

    op: Op
    text: str


@dataclass(frozen=True, slots=True)
class Passage:
    """One paragraph in pieces; or, without pieces, ``skipped`` unchanged paragraphs that are not shown."""

    pieces: tuple[DiffPiece, ...] = ()
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


def _passages(old: list[str], new: list[str]) -> Iterator[tuple[DiffPiece, ...]]:
    budget = [ALL_PAIRS]
    for is_equal, before, after in _aligned(old, new, budget):
        if is_equal:
            yield from ((DiffPiece("equal", text),) for text in before)
            continue
        for old_text, new_text in _paired(before, after):
            if old_text is None or new_text is None:
                yield (
                    DiffPiece("insert", new_text or "")
                    if old_text is None
                    else DiffPiece("delete", old_text),
                )
            else:
                yield tuple(_diff_words(old_text, new_text, budget))


def _aligned(
    old: Sequence[str], new: Sequence[str], budget: list[int]
) -> Iterator[tuple[bool, Sequence[str], Sequence[str]]]:
    """Yield ``(is equal, part of old, part of new)``, in order; whole parts once ``budget`` is spent."""
    head = _common_prefix(old, new)
    tail = _common_prefix(old[head:][::-1], new[head:][::-1])
    old_middle, new_middle = old[head : len(old) - tail], new[head : len(new) - tail]
    if head:
        yield True, old[:head], new[:head]
    counts, others = Counter(old_middle), Counter(new_middle)
    pairs = sum(count * others[word] for word, count in counts.items() if not word.isspace())
    if pairs > min(PAIRS, budget[0]) or (pairs and len(old_middle) + len(new_middle) > 20_000):
        yield False, old_middle, new_middle
    elif old_middle or new_middle:
        budget[0] -= pairs
        matcher = SequenceMatcher(str.isspace, old_middle, new_middle, autojunk=False)
        for op, i1, i2, j1, j2 in matcher.get_opcodes():
            yield op == "equal", old_middle[i1:i2], new_middle[j1:j2]
    if tail:
        yield True, old[len(old) - tail :], new[len(new) - tail :]


def _common_prefix(first: Sequence[str], second: Sequence[str]) -> int:
    """Return how many items both begin with."""
    count = 0
    while count < min(len(first), len(second)) and first[count] == second[count]:
        count += 1
    return count


def _paired(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str | None, str | None]]:
    """Yield old paragraphs with their new wording, in order; what has no other half stands alone."""
    bags = [set(_WORD.findall(text)) for text in new] if len(old) * len(new) <= 2_000 else []
    done = 0
    for text in old:
        words = set(_WORD.findall(text)) if bags else set()
        scores = (_similarity(words, bag) for bag in bags[done:])
        best, offset = max(((score, -at) for at, score in enumerate(scores)), default=(0.0, 0))
        if best < _MIN_SIMILARITY:
            yield text, None
            continue
        for added in new[done : done - offset]:
            yield None, added
        yield text, new[done - offset]
        done += 1 - offset
    for added in new[done:]:
        yield None, added


def _similarity(first: set[str], second: set[str]) -> float:
    return 2 * len(first & second) / (len(first) + len(second) or 1)


def _diff_words(old: str, new: str, budget: list[int]) -> Iterator[DiffPiece]:
    """Yield the pieces of one reworded paragraph; a space or comma between two changes goes with them."""
    deleted = inserted = ""
    parts = list(_aligned(_WORD.findall(old), _WORD.findall(new), budget))
    for at, (is_equal, before, after) in enumerate(parts):
        old_text, new_text = "".join(before), "".join(after)
        is_inner = 0 < at < len(parts) - 1 and not re.search(r"\w", old_text)
        if not is_equal or is_inner:
            deleted, inserted = deleted + old_text, inserted + new_text
            continue
        yield from _change(deleted, inserted)
        deleted = inserted = ""
        yield DiffPiece("equal", old_text)
    yield from _change(deleted, inserted)


def _change(deleted: str, inserted: str) -> Iterator[DiffPiece]:
    if deleted:
        yield DiffPiece("delete", deleted)
    if inserted:
        yield DiffPiece("insert", inserted)


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
