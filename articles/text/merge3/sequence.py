"""Three sequences of texts (blocks of a body, sentences of a paragraph, lines of a note) -> one.

After Khanna, Kunal and Pierce, A Formal Investigation of Diff3 (2007): what both sides left alone parts the sequence
into regions. Beyond it: an item that one side reworded is known as the same item, so that a change beside it is none
of the same place.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from .choices import MergeChoice

MergeItem = Callable[[str, str, str], str | None]  # base, mine, theirs -> merged; None for a choice
MAX_PAIRS = 1_000_000  # equal items of both that may be compared; beyond it the whole is one region
MAX_REWORDED = 2_000  # pairs of items in one gap that are looked at for a rewording
MIN_SIMILARITY = 0.3  # share of words in common by which one text is another's new wording
_WORD = re.compile(r"\w+")
_TAG_NAME = re.compile(r"</?\w+")  # what two paragraphs have in common whatever they say


@dataclass(frozen=True, slots=True)
class Region:
    """What ``mine`` and ``theirs`` made of ``base``, with the place of each of its items in them, None where gone."""

    base: Sequence[str]
    mine: Sequence[str]
    theirs: Sequence[str]
    in_mine: Sequence[int | None]
    in_theirs: Sequence[int | None]


def merge_sequence(
    base: Sequence[str],
    mine: Sequence[str],
    theirs: Sequence[str],
    *,
    merge_item: MergeItem,
    choose_all: bool = False,
) -> list[str | MergeChoice]:
    """Return the items of both sides in one order; the sides of a choice are tuples of items.

    ``merge_item`` merges an item that both sides have reworded. Nothing is dropped that a side has added; what one
    side took out and the other left alone goes. With ``choose_all`` each change of ``theirs`` is a choice, of one that
    merges the merged item beside mine.
    """
    merged: list[str | MergeChoice] = []
    for region in _regions(base, mine, theirs):
        merged += _merge_region(region, merge_item, choose_all)
    return merged


def _regions(base: Sequence[str], mine: Sequence[str], theirs: Sequence[str]) -> Iterator[Region]:
    """Part the sequences before and after each item that both sides left alone."""
    in_mine, in_theirs = _align(base, mine), _align(base, theirs)
    start = mine_start = theirs_start = 0
    for at in range(len(base) + 1):
        mine_end = in_mine[at] if at < len(base) else len(mine)
        theirs_end = in_theirs[at] if at < len(base) else len(theirs)
        if mine_end is None or theirs_end is None:
            continue
        is_end = at == len(base)
        if not is_end and not base[at] == mine[mine_end] == theirs[theirs_end]:
            continue
        yield Region(
            base[start:at],
            mine[mine_start:mine_end],
            theirs[theirs_start:theirs_end],
            [None if place is None else place - mine_start for place in in_mine[start:at]],
            [None if place is None else place - theirs_start for place in in_theirs[start:at]],
        )
        if not is_end:
            yield Region([base[at]], [base[at]], [base[at]], [0], [0])
        start, mine_start, theirs_start = at + 1, mine_end + 1, theirs_end + 1


def _merge_region(
    region: Region, merge_item: MergeItem, choose_all: bool
) -> list[str | MergeChoice]:
    base, mine, theirs = region.base, region.mine, region.theirs
    if theirs in (base, mine):
        return list(mine)
    if mine == base and not choose_all:
        return list(theirs)
    mine_added = _additions(len(mine), region.in_mine)
    theirs_added = _additions(len(theirs), region.in_theirs)
    if not _is_in_order(region, mine_added, theirs_added):
        return [MergeChoice(tuple(base), tuple(mine), tuple(theirs))]
    merged: list[str | MergeChoice] = []
    for at in range(len(base) + 1):
        ours = [mine[place] for place in mine_added[at]]
        added = [theirs[place] for place in theirs_added[at]]
        merged += _merge_added(ours, added, choose_all)
        if at < len(base):
            my_place, their_place = region.in_mine[at], region.in_theirs[at]
            my_item = None if my_place is None else mine[my_place]
            their_item = None if their_place is None else theirs[their_place]
            merged += _merge_one(base[at], my_item, their_item, merge_item, choose_all)
    return merged


def _additions(length: int, places: Sequence[int | None]) -> list[list[int]]:
    """Return what a side added before each item of the base and after the last, by its place in that side."""
    added: list[list[int]] = []
    start = 0
    for place in (*places, length):
        added.append([] if place is None else list(range(start, place)))
        start = start if place is None else place + 1
    return added


def _is_in_order(
    region: Region, mine_added: Sequence[Sequence[int]], theirs_added: Sequence[Sequence[int]]
) -> bool:
    """Tell whether it is plain where each addition belongs: none stands beside an item that a side took out."""
    places = enumerate(zip(region.in_mine, region.in_theirs, strict=True))
    removed = [at for at, pair in places if None in pair]
    beside = {gap for at in removed for gap in (at, at + 1)}
    return not any(mine_added[gap] or theirs_added[gap] for gap in beside)


def _merge_added(mine: list[str], theirs: list[str], choose_all: bool) -> list[str | MergeChoice]:
    if mine == theirs or not theirs:
        return list(mine)
    if not mine and not choose_all:
        return list(theirs)
    return [MergeChoice((), tuple(mine), tuple(theirs))]


def _merge_one(
    base: str, mine: str | None, theirs: str | None, merge_item: MergeItem, choose_all: bool
) -> list[str | MergeChoice]:
    """Merge what became of one item; None: the side took it out."""
    if theirs in (base, mine):
        return [] if mine is None else [mine]
    if mine == base and not choose_all:
        return [] if theirs is None else [theirs]
    if mine not in (None, base) and theirs is not None:
        merged = merge_item(base, mine, theirs)
        if merged == mine or (merged is not None and not choose_all):
            return [merged]
        theirs = theirs if merged is None else merged
    sides = (() if side is None else (side,) for side in (mine, theirs))
    return [MergeChoice((base,), *sides)]


def _align(base: Sequence[str], side: Sequence[str]) -> list[int | None]:
    """Return for each item of ``base`` its place in ``side``, as it was or reworded, in order; None where gone."""
    places: list[int | None] = [None] * len(base)
    counts, others = Counter(base), Counter(side)
    if sum(count * others[text] for text, count in counts.items()) > MAX_PAIRS:
        return places
    matcher = SequenceMatcher(None, base, side, autojunk=False)
    for op, start, end, side_start, side_end in matcher.get_opcodes():
        if op == "equal":
            places[start:end] = range(side_start, side_end)
        elif op == "replace":
            pairs = _reworded(base[start:end], side[side_start:side_end])
            for at, other in pairs:
                places[start + at] = side_start + other
    return places


def _reworded(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Return which of ``new`` are the new wording of which of ``old``, in order: the likeliest pairs in sum."""
    if len(old) * len(new) > MAX_REWORDED:
        return []
    bags = [_count_words(text) for text in new]
    best: list[tuple[float, list[tuple[int, int]]]] = [(0.0, [])] * (len(new) + 1)
    for at, text in enumerate(old):
        words = _count_words(text)
        row: list[tuple[float, list[tuple[int, int]]]] = [(0.0, [])]
        for other, bag in enumerate(bags):
            options = [best[other + 1], row[other]]
            if (score := _similarity(words, bag)) >= MIN_SIMILARITY:
                before, pairs = best[other]
                options.append((before + score, [*pairs, (at, other)]))
            row.append(max(options, key=lambda option: option[0]))
        best = row
    return best[-1][1]


def _count_words(text: str) -> Counter[str]:
    return Counter(_WORD.findall(_TAG_NAME.sub("", text)))


def _similarity(first: Counter[str], second: Counter[str]) -> float:
    total = first.total() + second.total()
    return 2 * (first & second).total() / total if total else 0.0
