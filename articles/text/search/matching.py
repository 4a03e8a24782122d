"""Whether words are those that are looked for, and where."""

from collections.abc import Sequence

from .locate import can_hold
from .query import SearchQuery, SearchTerm
from .words import IndexedWord, index_words


def fits(query: SearchQuery, text: str, language: str) -> bool:
    """Tell whether ``text`` has all that ``query`` wants and nothing that it excludes."""
    if not can_hold(query, text):
        return False
    words = list(index_words(text, language))
    has_all = all(_has_term(term, words) for term in query.terms)
    return has_all and not any(_has_term(term, words) for term in query.excluded)


def find_matches(query: SearchQuery, words: Sequence[IndexedWord]) -> set[int]:
    """Return the places in ``words`` of those that ``query`` wants, phrases as a whole."""
    return {
        place for end in range(1, len(words) + 1) for place in matches_ending_at(query, words, end)
    }


def matches_ending_at(
    query: SearchQuery, words: Sequence[IndexedWord], end: int
) -> tuple[int, ...]:
    """Return the places of the words before ``end`` that are one of the terms of ``query``, none for most."""
    places: tuple[int, ...] = ()
    for term in query.terms:
        start = end - len(term.stems)
        if start >= 0 and _is_match(term, words[start:end]):
            places += tuple(range(start, end))
    return places


def _has_term(term: SearchTerm, words: Sequence[IndexedWord]) -> bool:
    length = len(term.stems)
    starts = range(len(words) - length + 1)
    return any(_is_match(term, words[start : start + length]) for start in starts)


def _is_match(term: SearchTerm, words: Sequence[IndexedWord]) -> bool:
    if all(word.stem == stem for word, stem in zip(words, term.stems, strict=True)):
        return True
    return bool(term.prefix) and words[0].folded.startswith(term.prefix)
