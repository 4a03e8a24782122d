"""A sanitised body -> its plain text, and the way back from each letter to its place in the HTML."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

_TAG = re.compile(r"<(?:/?(?P<name>[a-z0-9]+)[^<>]*>|/?)")
_PIECE = re.compile(r"&(?:amp|lt|gt);|[^&]+|&")
_GAPS = dict.fromkeys(("p", "h2", "h3", "ul", "ol", "blockquote"), "\n\n") | {
    "li": "\n",
    "br": "\n",
}


class MapPiece(NamedTuple):
    """``text[start:end]`` stands at ``html[at:until]``, letter by letter or as one character reference."""

    start: int
    end: int
    at: int
    until: int


@dataclass(frozen=True, slots=True)
class TextMap:
    """The plain ``text`` of an HTML and where its letters stand there; offsets count code points."""

    text: str
    pieces: tuple[MapPiece, ...]

    def ranges(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Yield the ranges of the HTML that hold ``text[start:end]``, in order, free of tags.

        An element can be put around each. Neighbours are joined; gaps between blocks and line breaks belong to none.
        """
        begin = until = -1
        first = bisect_right(self.pieces, start, key=lambda piece: piece.end)
        for piece in islice(self.pieces, first, None):
            if piece.start >= end:
                break
            is_letter = piece.end - piece.start == 1
            at = piece.at if is_letter else piece.at + max(0, start - piece.start)
            if at != until and begin >= 0:
                yield begin, until
            begin = begin if at == until else at
            until = piece.until if is_letter else piece.until - max(0, piece.end - end)
        if begin >= 0:
            yield begin, until


def text_map(html: str) -> TextMap:
    """Return the plain text of ``html`` (as ``sanitise`` returns it) with its map; linear, never raises."""
    parts: list[str] = []
    pieces: list[MapPiece] = []
    length = 0
    for gap, start, end in _texts(html):
        parts.append(gap)
        length += len(gap)
        for match in _PIECE.finditer(html, start, end):
            text = _resolved(match[0])
            pieces.append(MapPiece(length, length + len(text), *match.span()))
            parts.append(text)
            length += len(text)
    return TextMap("".join(parts), tuple(pieces))


@lru_cache(maxsize=4)  # what checks a story, composes it and prints it asks for one text in a row
def plain_text(html: str) -> str:
    """Return the text of ``html`` (as ``sanitise`` returns it).

    Blocks are parted by a blank line, list items and line breaks by a newline; offsets into it count code points.
    """
    return "".join(gap + _resolved(html[start:end]) for gap, start, end in _texts(html))


def _texts(html: str) -> Iterator[tuple[str, int, int]]:
    """Yield the texts between two tags as ``(what parts it from the one before, start, end)``."""
    gap, at, is_first = "", 0, True
    for tag in (*_TAG.finditer(html), None):
        end = tag.start() if tag else len(html)
        if html[at:end].strip("\n"):  # else it is the line break between two blocks
            yield "" if is_first else gap, at, end
            gap, is_first = "", False
        if tag:
            gap = max(gap, _GAPS.get(tag["name"], ""), key=len)
            at = tag.end()


def _resolved(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
