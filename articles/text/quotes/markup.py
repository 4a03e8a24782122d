"""Quotes put into a sanitised body as elements, and their words as lists print them."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import NamedTuple

from articles.text.html.plain import TextMap, text_map

_COMMA_AT_END = re.compile(r",(?= … |$)")
Part = tuple[int, int]


class Mark(NamedTuple):
    """A quote to be marked in a body: its public id, who said it as readers see it, its page, its places."""

    key: str
    attribution: str
    url: str
    parts: Sequence[Part]


def with_quotes(html: str, marks: Iterable[Mark]) -> str:
    """Return ``html`` (as ``sanitise`` returns it) with a ``q`` element around each part of ``marks``.

    Parts are (start, end) in code points of its plain text, which stays as it was. A part that crosses tags becomes
    several elements; of two that overlap the later one is left out. The first element of a quote has its id.
    """
    marks = list(marks)
    if not marks:
        return html
    body = text_map(html)
    out: list[str] = []
    at = 0
    opened: set[str] = set()
    for mark, start, end in _without_overlaps(marks):
        for begin, until in _ranges(body, start, end):
            out += [html[at:begin], _tag(mark, mark.key not in opened), html[begin:until], "</q>"]
            opened.add(mark.key)
            at = until
    return "".join([*out, html[at:]])


def _without_overlaps(marks: Iterable[Mark]) -> Iterator[tuple[Mark, int, int]]:
    """Yield all parts in the order of the text, those left out that begin within the one before."""
    places = ((mark, start, end) for mark in marks for start, end in mark.parts)
    last = 0
    for mark, start, end in sorted(places, key=lambda place: place[1:]):
        if last <= start < end:
            yield mark, start, end
            last = end


def _ranges(body: TextMap, start: int, end: int) -> Iterator[Part]:
    """Yield the ranges of the HTML that hold the text; looks at the pieces there only, so that all parts are linear."""
    first = bisect_right(body.pieces, start, key=lambda piece: piece.end)
    last = bisect_left(body.pieces, end, key=lambda piece: piece.start)
    return TextMap(body.text, body.pieces[first:last]).ranges(start, end)


def _tag(mark: Mark, is_first: bool) -> str:
    id_ = f' id="quote-{escape(mark.key)}"' if is_first else ""
    return f'<q class="said"{id_} cite="{escape(mark.url)}" data-who="{escape(mark.attribution)}">'


def add_quotation_marks(text: str, kind: str) -> str:
    """Return the words of a quote as lists print them: in marks, without the comma before one.

    ``kind`` "indirect" are the reporter's words: no marks, and nothing of them is left out.
    """
    return text if kind == "indirect" else f"“{_COMMA_AT_END.sub('', text)}”"
