"""Quotation marks that have lost their other half."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from articles.extraction.reading.segments import Segment

_CLOSING = re.compile(r"[”»“«„]|(?<![\d′])\"|''")  # 6" is an inch, 5'11" a height
_REACH = 60
_MAX_MARKS = 1_000  # closing marks that are told of: a text with more is no text


@dataclass(frozen=True, slots=True)
class UnpairedMark:
    """A mark at ``start`` (code points) without its other half, and the words it stands before or behind.

    ``opens`` says that words were opened and not closed; else a mark closes what nothing has opened.
    """

    start: int
    words: str
    opens: bool


def find_unpaired_marks(text: str, segments: Sequence[Segment]) -> list[UnpairedMark]:
    """Return the marks of ``text`` without their other half, in order; ``segments`` are those of ``find_segments``.

    An open quote that goes on with an opening mark at the head of the next paragraph is how long quotes are set. Single
    marks may be apostrophes and are not looked at. Linear; never raises.
    """
    opened = (
        UnpairedMark(segment.first, _short(segment.text), opens=True)
        for at, segment in enumerate(segments)
        if not segment.is_closed and not _goes_on(text, segment, segments[at + 1 : at + 2])
    )
    closing = islice(_closing(text, segments), _MAX_MARKS)
    return sorted([*opened, *closing], key=lambda mark: mark.start)


def _goes_on(text: str, segment: Segment, following: Sequence[Segment]) -> bool:
    """Tell whether the quote is opened again where the next paragraph begins."""
    return any(text[segment.last : after.first].strip() == "" for after in following)


def _closing(text: str, segments: Sequence[Segment]) -> Iterator[UnpairedMark]:
    at = 0
    for match in _CLOSING.finditer(text):
        while at < len(segments) and segments[at].last <= match.start():
            at += 1
        if at < len(segments) and segments[at].first <= match.start():
            continue
        before = text[max(0, match.start() - 2 * _REACH) : match.start()]
        yield UnpairedMark(
            match.start(), _short(before.rpartition("\n")[2], tail=True), opens=False
        )


def _short(words: str, *, tail: bool = False) -> str:
    """Return at most a line of ``words``, whole ones: their beginning, or their end."""
    line = " ".join(words.split())
    if len(line) <= _REACH - 1:
        return line
    if tail:
        return "…" + line[-_REACH:].partition(" ")[2]
    return line[:_REACH].rpartition(" ")[0] + "…"
