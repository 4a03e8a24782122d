"""A plain text -> its paragraphs, as places in that text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from articles.text.characters import printable

Span = tuple[int, int]

_LINE = re.compile(r"([^\r\n]*)(?:\r\n?|\n|\Z)")
_INDENT = re.compile(r"[ \t]{2}|\t")
_QUOTED, _ITEM = re.compile(r"\s*>[ \t]?"), re.compile(r"\s*[-*•][ \t]+")
_LONG = 120  # letters; a wire breaks its lines long before, a text with one paragraph a line goes far beyond


@dataclass(slots=True)
class Paragraph:
    """The lines of one paragraph as ``(start, end)`` in the text; ``kind`` is "p", "h2", "li" or "blockquote"."""

    kind: str
    spans: list[Span]


def split_paragraphs(text: str, start: int = 0, *, has_marks: bool = False) -> list[Paragraph]:
    """Return the paragraphs of ``text`` from ``start`` on: parted by blank lines, by an indent, or one a long line.

    With ``has_marks`` a line that begins with ``>`` is quoted, one that begins with ``- `` an item of a list.
    """
    paragraphs: list[Paragraph] = []
    for lines in _groups(text, start):
        if has_marks and any(
            _QUOTED.match(text, *line) or _ITEM.match(text, *line) for line in lines
        ):
            paragraphs += _marked(text, lines)
        elif len(lines) > 1 and any(end - begin > _LONG for begin, end in lines):
            paragraphs += [Paragraph("p", [line]) for line in lines]
        else:
            paragraphs += _indented(text, lines)
    return paragraphs


def _groups(text: str, start: int) -> Iterator[list[Span]]:
    """Yield the lines between blank lines."""
    lines: list[Span] = []
    for line in _LINE.finditer(text, start):
        if printable(line[1]).strip():
            lines.append(line.span(1))
        elif lines:
            yield lines
            lines = []
    if lines:
        yield lines


def _indented(text: str, lines: list[Span]) -> Iterator[Paragraph]:
    indents = [bool(_INDENT.match(text, *line)) for line in lines]
    paragraph = Paragraph("p", [])
    for line, is_indented in zip(lines, indents, strict=True):
        if paragraph.spans and is_indented and not all(indents):
            yield paragraph
            paragraph = Paragraph("p", [])
        paragraph.spans.append(line)
    yield paragraph


def _marked(text: str, lines: list[Span]) -> Iterator[Paragraph]:
    """Yield quoted lines as one paragraph (a bare ``>`` parts two), and items; other lines go on with what is open."""
    paragraph: Paragraph | None = None
    for begin, end in lines:
        quoted, item = _QUOTED.match(text, begin, end), _ITEM.match(text, begin, end)
        kind = "blockquote" if quoted else "li" if item else ""
        begins = item or (quoted and (paragraph is None or paragraph.kind != "blockquote"))
        if paragraph and (begins or (quoted and quoted.end() == end)):
            yield paragraph
            paragraph = None
        mark = quoted or item
        begin = mark.end() if mark else begin
        if begin < end:
            paragraph = paragraph or Paragraph(kind or "p", [])
            paragraph.spans.append((begin, end))
    if paragraph:
        yield paragraph
