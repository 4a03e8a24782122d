"""Counts -> the places and lengths of a drawing, in whole units: plain numbers that a template puts into SVG."""

from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple


class ColumnPart(NamedTuple):
    """A part of a column: its upper edge, counted from the top of the drawing, and its height."""

    y: int
    height: int


class Column(NamedTuple):
    """A column of ``parts``, the lowest first; it stands in the middle of its share of the width."""

    x: int
    width: int
    middle: int
    parts: tuple[ColumnPart, ...]


def scale(count: int, most: int, length: int) -> int:
    """Return how long ``count`` is drawn where ``most`` is ``length`` long; whatever was counted at all is seen."""
    return -(-count * length // most) if count else 0


def place_columns(
    counts: Sequence[tuple[int, ...]], width: int, height: int, top: int = 0
) -> list[Column]:
    """Return ``counts`` (the parts of each column, the lowest first) from left to right, as high as ``height``.

    All stand on one base, ``height`` below ``top``. A quarter of each one's share of ``width`` stays empty.
    """
    most = max(map(sum, counts), default=0)
    columns = []
    for place, parts in enumerate(counts):
        left, right = place * width // len(counts), (place + 1) * width // len(counts)
        gap = max(1, (right - left) // 4)
        lengths = [scale(total, most, height) for total in accumulate(parts)]
        starts = [0, *lengths]
        drawn = tuple(
            ColumnPart(top + height - end, end - start)
            for start, end in zip(starts, lengths, strict=False)
        )
        columns.append(
            Column(left + gap // 2, max(1, right - left - gap), (left + right) // 2, drawn)
        )
    return columns
