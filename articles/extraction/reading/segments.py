"""Quotation marks -> segments."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate, chain, islice
from typing import NamedTuple

_DOUBLE = re.compile(r"[“”\"„«»‟]|''|``")
_SINGLE = re.compile(r"(?<!\w)[‘‚'](?=\S)(?!\d0s\b)|(?<=\S)[’'](?!\w)")
_MAX_MARKS = 20_000  # marks that are looked at in one text
_OPENING, _STRAIGHT = "“„«``", "\"''‟"
_STOPS = ".,:;!?"
_MAY_PRECEDE_OPENING = "([{—–-‘/…“„«"  # what may touch an opening mark from the left


@dataclass(frozen=True, slots=True)
class Segment:
    """One run between marks: ``start`` and ``end`` without marks and edge spaces, ``first`` and ``last`` with them.

    ``is_closed`` is False when no closing mark was printed; the segment then ends with its paragraph.
    """

    start: int
    end: int
    text: str
    first: int
    last: int
    is_closed: bool


class _Mark(NamedTuple):
    start: int
    end: int
    opens: bool
    closes: bool
    is_straight: bool


class _Run(NamedTuple):
    """What stands between two marks, marks included; ``closing`` is 0 when none was printed."""

    first: int
    last: int
    opening: int  # width of the mark
    closing: int


def find_segments(text: str) -> Iterator[Segment]:
    """Yield the quoted runs of ``text`` in reading order, marks excluded: ``text[s.start:s.end] == s.text``.

    ``text`` is plain text; offsets count code points. Handles curly, straight, guillemet, low and ``''`` marks,
    nesting, an unclosed mark (ends with its paragraph), re-opened multi-paragraph quotes (one segment a paragraph),
    and single marks where every double one stands inside single ones. Never raises; linear in ``len(text)``;
    marks after the 20,000th are passed over.
    """
    double_quotes = _pair_double_quotes(text)
    first = next(double_quotes, None)
    runs = chain((first,), double_quotes) if first else iter(())
    if _may_be_british(text, first):
        double_runs = list(runs)
        runs = iter(_outer_singles(text, double_runs) or double_runs)
    for run in runs:
        start, end = run.first + run.opening, run.last - run.closing
        words = text[start:end]
        start += len(words) - len(words.lstrip())
        words = words.strip()
        if words:
            yield Segment(start, start + len(words), words, run.first, run.last, run.closing > 0)


def _border(text: str, start: int) -> int:
    """Return where the paragraph that ``start`` stands in ends."""
    end = text.find("\n", start)
    return end if end >= 0 else len(text)


def _may_be_british(text: str, first: _Run | None) -> bool:
    """Tell whether the first double mark, if any, stands inside single ones; the others are looked at later."""
    if first is None:
        return "‘" in text or "'" in text
    start = text.rfind("\n", 0, first.first) + 1
    paragraph = text[start : _border(text, first.first)]
    return any(run.first <= first.first - start < run.last for run in _pair_singles(paragraph))


def _double_marks(text: str) -> Iterator[list[_Mark]]:
    """Yield the marks of each paragraph that has any."""
    marks: list[_Mark] = []
    border = -1
    for match in islice(_DOUBLE.finditer(text), _MAX_MARKS):
        start, end = match.span()
        if start > border:
            if marks:
                yield marks
            marks = []
            border = _border(text, start)
        marks.append(_classify_mark(text, start, end, match[0]))
    if marks:
        yield marks


def _classify_mark(text: str, start: int, end: int, mark: str) -> _Mark:
    """Tell from its shape and neighbours whether a mark opens, closes, or may do either."""
    before, after = text[start - 1 : start] or "\n", text[end : end + 1] or "\n"
    touches_left = not before.isspace() and before not in _MAY_PRECEDE_OPENING
    touches_right = not after.isspace()
    if mark in _STRAIGHT:
        is_late = before in _STOPS and after.isalnum()  # the space before it was lost
        opens = (touches_right and (not touches_left or is_late)) or before == "\n"
        return _Mark(start, end, opens, not opens or touches_left, True)
    if mark in _OPENING:
        is_wrong = not before.isspace() and (not touches_right or after in ",.")
        return _Mark(start, end, True, is_wrong, False)
    is_wrong = before.isspace() and after.isalnum() or mark == "”" and before == "\n"
    return _Mark(start, end, is_wrong, True, False)


def _pair_double_quotes(text: str) -> Iterator[_Run]:
    """Yield the outer runs between double marks, paragraph by paragraph."""
    for marks in _double_marks(text):
        balance = [int(m.closes) - int(m.opens and not m.closes) for m in reversed(marks)]
        remaining = list(accumulate(balance))[::-1]  # closing minus opening marks from here on
        current: _Mark | None = None
        depth = 0
        for at, mark in enumerate(marks):
            if current is None:
                current = mark if mark.opens else None
            elif mark.closes or (mark.is_straight and current.is_straight):
                if depth and not mark.is_straight:
                    depth -= 1
                    continue
                opening, closing = current.end - current.start, mark.end - mark.start
                yield _Run(current.start, mark.end, opening, closing)
                current = None
            elif mark.is_straight or remaining[at] > 0 or mark.start == current.end:
                depth += not mark.is_straight  # nested
            else:  # the one before was never closed
                yield _Run(current.start, mark.start, current.end - current.start, 0)
                current, depth = mark, 0
        if current:
            border = _border(text, current.end)
            yield _Run(current.start, border, current.end - current.start, 0)


def _outer_singles(text: str, double_quotes: list[_Run]) -> list[_Run]:
    """Return the runs between single marks, the outer ones of British style; none when a double mark is outside."""
    singles = list(_pair_singles(text))
    at = 0
    for double in double_quotes:
        while at < len(singles) and singles[at].last < double.last:
            at += 1
        if at == len(singles) or singles[at].first > double.first:
            return []
    return singles


def _pair_singles(text: str) -> Iterator[_Run]:
    """Yield the runs between single marks. The plural's apostrophe closes one only if no other mark does."""
    opened = doubtful = -1
    border = len(text)
    for match in islice(_SINGLE.finditer(text), _MAX_MARKS):
        at = match.start()
        if opened >= 0 and at > border:
            if doubtful > 0:
                yield _Run(opened, doubtful + 1, 1, 1)
            opened = doubtful = -1
        opens = _opens_single(text, at)
        if opened < 0:
            opened, border = (at, _border(text, at)) if opens else (-1, border)
        elif not opens and _is_plural(text, at):
            doubtful = doubtful if doubtful > 0 else at
        elif not opens:
            yield _Run(opened, at + 1, 1, 1)
            opened = doubtful = -1
    if opened >= 0 and doubtful > 0:
        yield _Run(opened, doubtful + 1, 1, 1)


def _opens_single(text: str, at: int) -> bool:
    before, after = text[at - 1 : at] or " ", text[at + 1 : at + 2]
    touches_left = not before.isspace() and before not in _MAY_PRECEDE_OPENING
    return text[at] in "‘‚" or (text[at] == "'" and bool(after.strip()) and not touches_left)


def _is_plural(text: str, at: int) -> bool:
    """Tell whether the mark may be an apostrophe: the workers’ rights."""
    return text[at - 1] == "s" and text[at + 1 : at + 2] == " " and text[at + 2 : at + 3].islower()
