"""Subjects that are roles: "The mayor was angry.", "A witness waited." A pronoun after them may mean them."""

from collections.abc import Iterator
from dataclasses import dataclass

from articles.extraction.reading.document import Reading
from articles.extraction.reading.function_words import word_set
from articles.extraction.reading.people import ROLE_NOUNS

_DETERMINERS = word_set("the a an one another this that")
_CONNECTIVES = word_set("but and then meanwhile later still")
_LONGEST = 5  # tokens of a role: "the former deputy harbour master"


@dataclass(frozen=True, slots=True)
class RoleMention:
    """Tokens ``first`` to ``last`` (inclusive) name nobody but say what somebody is."""

    first: int
    last: int


def find_role_mentions(reading: Reading) -> Iterator[RoleMention]:
    """Yield the roles that begin a sentence outside quotes and are followed by no name."""
    tokens = reading.tokens
    for sentence in reading.sentences:
        first = sentence.low
        if tokens.lower[first] in _CONNECTIVES and first + 1 < sentence.high:
            first += 1
        if tokens.lower[first] not in _DETERMINERS:
            continue
        last = _role_end(reading, first, sentence.high)
        if last is not None and not _is_named(reading, last, sentence.high):
            yield RoleMention(first, last)


def _role_end(reading: Reading, first: int, high: int) -> int | None:
    """Return the token of the role's noun: the last one in a row of words without a name."""
    tokens, last = reading.tokens, None
    for at in range(first + 1, min(first + _LONGEST + 1, high)):
        if not tokens.words[at][0].isalpha() or reading.run_at[at] >= 0 or at in reading.cues:
            break
        if tokens.quote[at] >= 0:
            return None
        if tokens.lower[at] in ROLE_NOUNS:
            last = at
        elif last is not None:
            break
    return last


def _is_named(reading: Reading, last: int, high: int) -> bool:
    """Tell whether a name goes with the role: "The mayor Ada Okafor", "The mayor of Northtown, Ada Okafor"."""
    for at in range(last + 1, min(last + 2 * _LONGEST, high)):
        run = reading.run_of(at)
        if run and reading.person_of(run):
            return at == last + 1 or reading.tokens.words[at - 1] == ","
        if at in reading.cues:
            return False
    return False
