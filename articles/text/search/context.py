"""The words that were looked for, as they stand in a text: where to begin reading, and which to mark."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .locate import find_candidate
from .matching import find_matches, matches_ending_at
from .query import MAX_QUERY_WORDS, SearchQuery
from .words import IndexedWord, index_words

SPACE = re.compile(r"\s")
WORDS_BEFORE = 8
WORDS_SHOWN = 36
LETTERS_BEFORE = 120  # about as many as ``WORDS_BEFORE`` words have
MAX_LETTERS = 20_000  # of one text that are looked through for the words


@dataclass(frozen=True, slots=True)
class Extract:
    """A stretch of a text in pieces: ``(words, is_match)``; ``is_begun`` and ``goes_on``: it is cut there."""

    pieces: tuple[tuple[str, bool], ...]
    is_begun: bool = False
    goes_on: bool = False

    @property
    def has_match(self) -> bool:
        """Whether any of the words stand in it."""
        return any(is_match for _, is_match in self.pieces)


def extract_context(
    query: SearchQuery, text: str, language: str, length: int = WORDS_SHOWN
) -> Extract:
    """Return the stretch of ``text`` with the first of the words that ``query`` wants, else its beginning.

    About ``length`` words, one space between lines. Reads no further than that stretch, and no more than the first
    ``MAX_LETTERS`` letters of ``text``.
    """
    text, is_cut = text[:MAX_LETTERS], len(text) > MAX_LETTERS
    begin = _begin_reading(query, text)
    words, matches = _read_words(query, text, begin, language, length)
    if begin and not matches:  # it was another word
        begin = None
        words, matches = _read_words(query, text, begin, language, length)
    if not words:
        return Extract(())
    first = max(0, min(matches, default=0) - WORDS_BEFORE)
    last = min(len(words), first + length) - 1
    is_begun = first > 0 or bool(begin)
    start = words[first].start if is_begun else 0
    end = words[last].end if last + 1 < len(words) else len(text)
    spans = [words[place] for place in sorted(matches) if first <= place <= last]
    pieces = tuple(_pieces(text, start, end, spans))
    return Extract(pieces, is_begun, is_cut or end < len(text))


def mark_words(query: SearchQuery, text: str, language: str) -> tuple[tuple[str, bool], ...]:
    """Return all of a short ``text`` in pieces: ``(words, is_match)``, one space between lines."""
    words = list(index_words(text, language))
    matches = find_matches(query, words)
    return tuple(_pieces(text, 0, len(text), [words[place] for place in sorted(matches)]))


def _begin_reading(query: SearchQuery, text: str) -> int | None:
    """Return where to begin for the words before the first match to be read as well; None without a match."""
    candidate = find_candidate(query, text)
    if candidate is None or candidate < LETTERS_BEFORE:
        return None if candidate is None else 0
    space = SPACE.search(text, candidate - LETTERS_BEFORE, candidate)
    return space.end() if space else candidate


def _read_words(
    query: SearchQuery, text: str, begin: int | None, language: str, length: int
) -> tuple[list[IndexedWord], set[int]]:
    """Return the words of ``text`` from ``begin`` up to one behind the stretch that is shown, and the matches' places.

    Without ``begin`` there is no match: the words at the beginning.
    """
    words: list[IndexedWord] = []
    matches: set[int] = set()
    last_stems = {term.stems[-1] for term in query.terms}
    prefixes = tuple(term.prefix for term in query.terms if term.prefix)
    most = length + 1 if begin is None else 0
    for word in index_words(text, language, begin or 0):
        words.append(word)
        if word.stem in last_stems or word.folded.startswith(prefixes):
            matches.update(matches_ending_at(query, words, len(words)))
            if matches and not most:
                most = max(0, min(matches) - WORDS_BEFORE) + length + MAX_QUERY_WORDS
        if most and len(words) > most:
            break
    return words, matches


def _pieces(
    text: str, start: int, end: int, spans: Sequence[IndexedWord]
) -> list[tuple[str, bool]]:
    pieces: list[tuple[str, bool]] = []
    place = start
    for word in spans:
        pieces.append((_one_line(text[place : word.start]), False))
        pieces.append((text[word.start : word.end], True))
        place = word.end
    pieces.append((_one_line(text[place:end]), False))
    return [piece for piece in pieces if piece[0]]


def _one_line(text: str) -> str:
    """Return ``text`` with one space for each run of white space, those at its ends too."""
    inner = " ".join(text.split())
    if not inner:
        return " " if text else ""
    return f"{' ' if text[0].isspace() else ''}{inner}{' ' if text[-1].isspace() else ''}"
