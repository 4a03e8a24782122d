"""The words that were looked for, as they stand in a text: where to begin reading, and which to mark."""

from collections.abc import Sequence
from dataclasses import dataclass

from .query import SearchQuery, SearchTerm
from .words import IndexedWord, index_words

WORDS_BEFORE = 8
WORDS_SHOWN = 36
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


def extract_context(query: SearchQuery, text: str, language: str) -> Extract:
    """Return the stretch of ``text`` with the first of the words that ``query`` wants, else its beginning.

    About ``WORDS_SHOWN`` words, one space between lines. Linear in the first ``MAX_LETTERS`` letters of ``text``.
    """
    words = list(index_words(text[:MAX_LETTERS], language))
    if not words:
        return Extract(())
    matches = find_matches(query, words)
    first = max(0, min(matches, default=0) - WORDS_BEFORE)
    last = min(len(words), first + WORDS_SHOWN) - 1
    start = words[first].start if first else 0
    end = words[last].end if last + 1 < len(words) else len(text[:MAX_LETTERS])
    spans = [words[place] for place in sorted(matches) if first <= place <= last]
    return Extract(tuple(_pieces(text, start, end, spans)), first > 0, end < len(text))


def find_matches(query: SearchQuery, words: Sequence[IndexedWord]) -> set[int]:
    """Return the places in ``words`` of those that ``query`` wants, phrases as a whole."""
    places: set[int] = set()
    for term in query.terms:
        length = len(term.stems)
        for start in range(len(words) - length + 1):
            if _is_match(term, words[start : start + length]):
                places.update(range(start, start + length))
    return places


def _is_match(term: SearchTerm, words: Sequence[IndexedWord]) -> bool:
    if all(word.stem == stem for word, stem in zip(words, term.stems, strict=True)):
        return True
    return bool(term.prefix) and words[0].folded.startswith(term.prefix)


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
