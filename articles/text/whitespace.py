"""Stray spaces and broken lines of a wire mended, with the way back to the letters as they came."""

import re
from collections.abc import Iterable, Iterator

from articles.text.characters import UNPRINTABLE

_CONTROL = UNPRINTABLE.pattern[1:-1].replace("\x7f-\x9f", "\x7f-\x84\x86-\x9f")
_BREAK = "\t\r\n\x0b\x0c\x85\u2028\u2029"
_GAP = re.compile(  # all but a single space between two words
    f"[ {_BREAK}{_CONTROL}]{{2,}}|[{_BREAK}{_CONTROL}]| (?=[.,;:!?]|\\Z)"
)
_SPACE = re.compile(f"[ {_BREAK}]")
_STRAY = re.compile(r"[.,](?![\w.,])")
_STRAY_ANYWHERE = re.compile(r"[.,;:!?](?![\w.,;:!?/)(-])")
_SPACED, _TIGHT = re.compile(r"\w[ \xa0\u202f][;:!?](?!\S)"), re.compile(r"\w[;:!?](?!\S)")

Run = tuple[int, int, int]


def has_french_spacing(text: str) -> bool:
    """Tell whether ``text`` sets a space before ``; : ! ?`` by habit, as French does."""
    spaced = len(_SPACED.findall(text))
    return spaced > ("«" not in text) and spaced > len(_TIGHT.findall(text))


def normalize_whitespace(
    text: str, spans: Iterable[tuple[int, int]], *, keeps_spaces: bool = False
) -> tuple[str, list[Run]]:
    """Return the letters of ``spans`` of ``text`` as one clean line, and where they stood.

    White space is one space, none stands before a comma or full stop, nor before ``; : ! ?`` unless ``keeps_spaces``;
    control characters go. Runs are ``(start in the line, start in text, length)`` in code points; a space that stands
    for something else is in no run.
    """
    spans = list(spans)
    start, stop = spans[0] if len(spans) == 1 else (0, 0)
    if start < stop and text[start] != " " and not _GAP.search(text, start, stop):
        return text[start:stop], [(0, start, stop - start)]
    stray = _STRAY if keeps_spaces else _STRAY_ANYWHERE
    parts: list[str] = []
    runs: list[Run] = []
    length = 0
    for start, stop, is_parted in _segments(text, spans):
        if is_parted and length and not stray.match(text, start):
            parts.append(" ")
            length += 1
        runs.append((length, start, stop - start))
        parts.append(text[start:stop])
        length += stop - start
    return "".join(parts), runs


def _segments(text: str, spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int, bool]]:
    """Yield ``(start, stop, is parted by a space from the one before)`` of what stays."""
    is_parted = False
    for begin, end in spans:
        begin += len(text[begin:end]) - len(text[begin:end].lstrip(" "))
        for gap in _GAP.finditer(text, begin, end):
            if begin < gap.start():
                yield begin, gap.start(), is_parted
                is_parted = False
            is_parted = is_parted or bool(_SPACE.search(gap[0]))
            begin = gap.end()
        if begin < end:
            yield begin, end, is_parted
            is_parted = False
        is_parted = True
