"""Where in a long text the words that are looked for can stand first: a quick look, before all its words are read."""

import re
from collections import defaultdict
from collections.abc import Sequence
from functools import cache, lru_cache
from os.path import commonprefix

from articles.text.fold import fold

from .query import SearchQuery, SearchTerm

LETTERS = range(0xC0, 0x2000)  # in which letters with marks have a place of their own
LAST_LETTER = "\u052f"  # of Latin, Greek and Cyrillic, which the quick look can read
MARKS = "[\u0300-\u036f]*"


def find_candidate(query: SearchQuery, text: str) -> int | None:
    """Return where the first word begins that may be one of those that ``query`` wants; None if there is none.

    It may be another word all the same: ``0`` where a quick look cannot tell. Misses forms of a word that begin in
    another way than its stem does ("dying" of "die").
    """
    roots = tuple(map(_root, query.terms))
    if not _can_read(roots, text):
        return 0
    match = _pattern(roots).search(text)
    return match.start() if match else None


def can_hold(query: SearchQuery, text: str) -> bool:
    """Tell whether ``text`` may have a word of each of the terms of ``query``: surely not where it says no."""
    roots = tuple(map(_root, query.terms))
    return not _can_read(roots, text) or all(_pattern((root,)).search(text) for root in roots)


def _can_read(roots: Sequence[str], text: str) -> bool:
    """Tell whether a quick look for ``roots`` in ``text`` tells anything."""
    if not all(roots) or any(letter > LAST_LETTER for letter in "".join(roots)):
        return False
    return text.isascii() or not _letters()[1].search(text)


def _root(term: SearchTerm) -> str:
    """Return the letters with which all forms of the first word of ``term`` begin."""
    stem = term.stems[0]
    root = stem[:-1] if len(stem) > 2 else stem
    words = [root, *term.words[:1], *([term.prefix] if term.prefix else [])]
    return commonprefix(words)


@lru_cache(maxsize=1000)
def _pattern(roots: tuple[str, ...]) -> re.Pattern[str]:
    variants = _letters()[0]
    words = ("".join(f"[{letter}{variants[letter]}]{MARKS}" for letter in root) for root in roots)
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(words)})", re.IGNORECASE)


@cache
def _letters() -> tuple[dict[str, str], re.Pattern[str]]:
    """Return the letters that fold to each letter, and what finds one that folds to several."""
    variants: dict[str, str] = defaultdict(str)
    ligatures = ""
    for letter in map(chr, LETTERS):
        folded = fold(letter)
        if len(folded) == 1 and folded != letter:
            variants[folded] += letter
        elif len(folded) > 1:
            ligatures += letter
    return variants, re.compile(f"[{ligatures}\u2100-\u214f\ufb00-\uffff]")
