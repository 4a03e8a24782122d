"""Whom a text names beside quoted words: a quote does not go along to where somebody else speaks."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from articles.extraction.extract import extract
from articles.extraction.types import ExtractedQuote as FoundQuote
from articles.models import Quote

from .text_quote import Anchor

_WORD = re.compile(r"\w+")
_INDEFINITE = frozenset({"a", "an", "another", "one", "some"})


class _Speaker(NamedTuple):
    """Who speaks as a text has it: the name, empty for none, and the words that stand for it there."""

    name: str
    mention: str


class Speakers:
    """Whom one text has speak where; it is read once, and only when that is asked."""

    def __init__(self, text: str, known_people: Sequence[str] = ()) -> None:
        self.text, self.known_people = text, known_people
        self._quotes: list[FoundQuote] | None = None

    def at(self, start: int, end: int) -> _Speaker:
        """Return whom the sentence names as the speaker of ``text[start:end]``; nobody for a speaker carried over."""
        if self._quotes is None:
            quotes = extract(self.text, known_people=self.known_people).quotes
            self._quotes = [quote for quote in quotes if not quote.pattern.startswith("floating")]
        for quote in self._quotes:
            if quote.start < end and start < quote.end and quote.kind != "indirect":
                mention = quote.mention.text if quote.mention else ""
                return _Speaker(quote.speaker or "", mention)
        return _Speaker("", "")


def is_of_another(
    quote: Quote,
    was: Sequence[Anchor],
    now: Sequence[Anchor],
    *,
    before: Speakers | None,
    after: Speakers,
) -> bool:
    """Tell whether the text names somebody else than the speaker of ``quote`` beside its words, and did not before.

    ``before`` is of the text in which they stood, None where that is not known: then what was kept of their
    surroundings counts.
    """
    names = _names(quote)
    for old, new in zip(was, now, strict=True):
        speaker = after.at(*new.span)
        if (
            _is_another(speaker, names)
            and _speaker_before(old, before, after.known_people) != speaker
        ):
            return True
    return False


def _speaker_before(old: Anchor, before: Speakers | None, known_people: Sequence[str]) -> _Speaker:
    if before and old.stands_in(before.text):
        return before.at(*old.span)
    text, start = old.prefix + old.text + old.suffix, len(old.prefix)
    return Speakers(text, known_people).at(start, start + len(old.text))


def _is_another(speaker: _Speaker, names: frozenset[str]) -> bool:
    """Tell whether ``speaker`` is printed by a name with a word that is none of ``names``, or is anybody: "a man"."""
    mention, name = _words(speaker.mention), _words(speaker.name)
    if not _INDEFINITE.isdisjoint(speaker.mention.casefold().split()[:1]):
        return not mention <= names
    return bool(mention & name) and not name <= names


def _names(quote: Quote) -> frozenset[str]:
    """Return the words of all names of the speaker of ``quote``, and of those that stood for it when it was kept."""
    row = quote.person or quote.organization
    texts = [quote.unnamed, quote.mention]
    if row:
        columns = ("name", "given_name", "family_name", "abbreviation")
        texts += [getattr(row, name, "") for name in columns]
        texts += [other.name for other in row.other_names.all()]
    return _words(" ".join(texts))


def _words(text: str) -> frozenset[str]:
    return frozenset(word.casefold() for word in _WORD.findall(text))
