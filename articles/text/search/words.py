"""Text -> the words that a search index holds: folded, and brought to their stems by the language of the paper.

Both databases get the same words, so that both answer alike. Stems: https://snowballstem.org/
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from threading import local
from typing import NamedTuple

import Stemmer

from articles.text.fold import fold

MAX_WORD_LENGTH = 40
APOSTROPHES = "'’‘ʼ＇"
_IDEOGRAPH = (
    "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"  # written without spaces: each is a word
)
_WORD = re.compile(rf"[{_IDEOGRAPH}]|[^\W_{_IDEOGRAPH}](?:[^\W_{_IDEOGRAPH}]|[\u0300-\u036f])*")
_stemmers = local()  # a stemmer serves one thread


class IndexedWord(NamedTuple):
    """One word of a text: ``text[start:end]``, folded, and its stem; offsets count code points."""

    start: int
    end: int
    folded: str
    stem: str


def index_words(text: str, language: str, begin: int = 0) -> Iterator[IndexedWord]:
    """Yield the words of ``text`` from ``begin`` on in reading order; never raises, linear in ``len(text)``.

    ``language`` is a code such as "en" or "pt-br"; without rules for it a word is its own stem. The s after an
    apostrophe is no word: "Callow's" is "callow".
    """
    for match in _WORD.finditer(text, begin):
        start, end = match.span()
        folded, stem = fold_word(match[0], language)
        is_possessive = folded == "s" and start > 0 and text[start - 1] in APOSTROPHES
        if folded and not is_possessive:
            yield IndexedWord(start, end, folded, stem)


@lru_cache(maxsize=100_000)
def fold_word(word: str, language: str) -> tuple[str, str]:
    """Return ``word`` folded, at most ``MAX_WORD_LENGTH`` letters and digits of it, and its stem; empty for none."""
    folded = "".join(filter(str.isalnum, fold(word)))[:MAX_WORD_LENGTH]
    stemmer = _stemmer(language)
    return folded, stemmer.stemWord(folded) if stemmer and folded else folded


def _stemmer(language: str) -> Stemmer.Stemmer | None:
    code = language.partition("-")[0].partition("_")[0].lower()
    stemmers: dict[str, Stemmer.Stemmer | None] = _stemmers.__dict__
    if code not in stemmers:
        try:
            stemmers[code] = Stemmer.Stemmer(code)
        except KeyError:
            stemmers[code] = None
    return stemmers[code]
