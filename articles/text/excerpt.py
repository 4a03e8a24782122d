"""Words of a text with what stands around them, or as much of a text as there is room for."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

_END = re.compile(
    r"(?<!\bMr)(?<!\bMs)(?<!\bDr)(?<!\bSt)(?<!\bNo)(?<!\bMrs)(?<!\b[A-Z])"
    r"[.!?…][”’\"')\]]*(?=\s+[^\W\d_]|\s+[“‘\"']|\s*$)"
)


def shorten(text: str, limit: int = 80) -> str:
    """Return ``text`` on one line of at most ``limit`` code points, cut after a whole word and marked."""
    line = " ".join(text.split())
    if len(line) <= limit:
        return line
    beginning = line[: limit - 2]
    return f"{beginning.rpartition(' ')[0] or beginning} …"


@dataclass(frozen=True, slots=True)
class Run:
    """A run of a passage; ``is_highlighted`` says that it is one of the words asked for."""

    text: str
    is_highlighted: bool


def sentences_around(text: str, parts: Iterable[tuple[int, int]], reach: int = 240) -> list[Run]:
    """Return the sentences in which ``parts`` (start, end; in order) stand, with the words asked for told apart.

    The passage never leaves the paragraphs of ``parts``, and goes at most ``reach`` letters beyond them. Joined, the
    runs are a piece of ``text``.
    """
    parts = [(start, end) for start, end in parts if 0 <= start < end <= len(text)]
    if not parts:
        return []
    at, end = _begin(text, parts[0][0], reach), _end(text, parts[-1][1], reach)
    runs = []
    for start, stop in parts:
        runs += [Run(text[at:start], False), Run(text[start:stop], True)]
        at = stop
    return [run for run in (*runs, Run(text[at:end], False)) if run.text]


def _begin(text: str, start: int, reach: int) -> int:
    """Return where the sentence that holds ``start`` begins."""
    floor = max(text.rfind("\n", 0, start) + 1, start - reach)
    ends = [match.end() for match in _END.finditer(text, floor, start)]
    begin = ends[-1] if ends else floor
    return begin + len(text[begin:start]) - len(text[begin:start].lstrip())


def _end(text: str, end: int, reach: int) -> int:
    """Return where the sentence that holds the letter before ``end`` ends."""
    line = text.find("\n", end)
    ceiling = min(line if line >= 0 else len(text), end + reach)
    match = _END.search(text, max(end - 1, 0), ceiling)
    if not match:
        return ceiling
    after = _attribution_end(text, match.end(), ceiling)
    return after or match.end()


def _attribution_end(text: str, at: int, ceiling: int) -> int:
    """Return the end of what goes on in small letters after a quoted question: ``“Why?” he asked.``; 0 for none."""
    rest = text[at:ceiling].lstrip()
    if not rest[:1].islower():
        return 0
    match = _END.search(text, at, ceiling)
    return match.end() if match else ceiling
