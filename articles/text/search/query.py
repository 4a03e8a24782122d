"""What somebody wrote into the search -> what is looked for: words, "phrases", and -what is not to be there."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from .words import index_words

MAX_QUERY_WORDS = 8  # each is a walk through the index
MIN_PREFIX_LENGTH = 2
_QUOTES = '"“”„«»'
_PART = re.compile(
    rf"(?P<minus>(?<!\S)[-−–])?(?:[{_QUOTES}](?P<phrase>[^{_QUOTES}]*)[{_QUOTES}]|(?P<word>[^\s{_QUOTES}]+))"
)


@dataclass(frozen=True, slots=True)
class SearchTerm:
    """Words that stand one after the other, by their stems; of one word that may go on, ``prefix`` is its beginning.

    ``words`` are the same words, folded; terms of the same stems are equal whatever their words.
    """

    stems: tuple[str, ...]
    prefix: str = ""
    words: tuple[str, ...] = field(default=(), compare=False)

    @property
    def is_phrase(self) -> bool:
        """Whether it is of several words."""
        return len(self.stems) > 1


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """All of ``terms`` and none of ``excluded``. ``omitted`` are the words that were too many to look for."""

    terms: tuple[SearchTerm, ...]
    excluded: tuple[SearchTerm, ...] = ()
    omitted: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Whether there is anything to look for: what is not to be there alone is no search."""
        return bool(self.terms)


def parse_query(text: str, language: str) -> SearchQuery:
    """Return what ``text`` asks for; never raises. The last word may go on, unless it stands in quotation marks.

    What holds together without a space is one phrase: "d'Aumerle", "e-mail". Of more than ``MAX_QUERY_WORDS`` words
    the last are omitted.
    """
    terms: list[SearchTerm] = []
    excluded: list[SearchTerm] = []
    omitted: list[str] = []
    count = 0
    for part in _parts(text):
        words = list(index_words(part.text, language))
        if not words:
            continue
        if count + len(words) > MAX_QUERY_WORDS:
            omitted.append(part.text)
            continue
        count += len(words)
        may_go_on = part.is_last_word and len(words) == 1 and not part.is_unwanted
        prefix = words[0].folded if may_go_on else ""
        term = SearchTerm(
            tuple(word.stem for word in words),
            prefix if len(prefix) >= MIN_PREFIX_LENGTH else "",
            tuple(word.folded for word in words),
        )
        (excluded if part.is_unwanted else terms).append(term)
    return SearchQuery(_unique(terms), _unique(excluded), tuple(omitted))


@dataclass(frozen=True, slots=True)
class _Part:
    text: str
    is_unwanted: bool
    is_last_word: bool


def _parts(text: str) -> Iterator[_Part]:
    matches = list(_PART.finditer(text))
    for number, match in enumerate(matches, start=1):
        is_word = match["phrase"] is None
        words = match["word"] if is_word else match["phrase"]
        yield _Part(words, bool(match["minus"]), is_word and number == len(matches))


def _unique(terms: Sequence[SearchTerm]) -> tuple[SearchTerm, ...]:
    return tuple(dict.fromkeys(terms))
