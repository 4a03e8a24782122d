"""Two names that may be of one person, or of one organization: why, and how likely. It goes by letters alone."""

import re
from typing import NamedTuple

from .fold import fold

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_SMALL = {"of", "the", "and", "for", "de", "la", "le", "du", "der", "die", "das", "und", "et"}
_FORMS = {  # what the law or the register adds
    *("ltd", "limited", "inc", "incorporated", "corp", "corporation", "co", "company", "plc"),
    *("llc", "llp", "lp", "gmbh", "ag", "sa", "sas", "sarl", "bv", "nv", "spa", "srl", "oy", "ab"),
}
_SHORTEST_START = 3  # letters of a given name by which a longer one may be cut
_SHORTEST_INITIALS = 3


class Likeness(NamedTuple):
    """Why two names may mean one row, in words, and how likely: 1.0 for the same letters."""

    reason: str
    rank: float


def words_of(name: str) -> list[str]:
    """Return the folded words of ``name``: "Ó Cuilleanáin, J." gives o, cuilleanain, j."""
    return _WORD.findall(fold(name).replace(".", " "))


def blocks_of_person(name: str) -> set[str]:
    """Return the keys of which two names share one when they can be alike: the family name, and the whole."""
    words = words_of(name)
    return {words[-1], " ".join(words)} if words else set()


def alike_people(one: str, other: str) -> Likeness | None:
    """Tell why ``one`` and ``other`` may name one person; None where nothing says so."""
    mine, theirs = words_of(one), words_of(other)
    if not mine or not theirs:
        return None
    if mine == theirs:
        return Likeness("the same name", 1.0 if fold(one) == fold(other) else 0.95)
    if mine[-1] != theirs[-1] or min(len(mine), len(theirs)) < 2:
        return None
    short, long = sorted((mine[:-1], theirs[:-1]), key=len)
    if set(short) < set(long):
        return Likeness("the same but for a middle name", 0.85)
    first, second = sorted((mine[0], theirs[0]), key=len)
    if len(first) == 1 and second.startswith(first):
        return Likeness("the initial fits", 0.75)
    if len(first) >= _SHORTEST_START and second.startswith(first):
        return Likeness("one given name begins as the other", 0.65)
    return None


def blocks_of_organization(name: str, abbreviation: str = "") -> set[str]:
    """Return the keys of which two organizations share one when they can be alike."""
    bare = _bare(name)
    keys = {" ".join(sorted(bare)), fold(abbreviation), "".join(words_of(name)), _initials(name)}
    return keys - {""}


def alike_organizations(one: tuple[str, str], other: tuple[str, str]) -> Likeness | None:
    """Tell why two ``(name, abbreviation)`` may be one organization; None where nothing says so."""
    (name, short), (their_name, their_short) = one, other
    if fold(name) == fold(their_name):
        return Likeness("the same name", 1.0)
    mine, theirs = _bare(name), _bare(their_name)
    if mine and mine == theirs:
        return Likeness("the same but for its legal form or a small word", 0.9)
    if mine and sorted(mine) == sorted(theirs):
        return Likeness("the same words in another order", 0.85)
    if short and fold(short) == fold(their_short):
        return Likeness("the same abbreviation", 0.7)
    names = (
        {"".join(words_of(name)), fold(short)},
        {"".join(words_of(their_name)), fold(their_short)},
    )
    if _initials(name) in names[1] - {""} or _initials(their_name) in names[0] - {""}:
        return Likeness("one is the initials of the other", 0.7)
    return None


def _bare(name: str) -> list[str]:
    return [word for word in words_of(name) if word not in _SMALL | _FORMS]


def _initials(name: str) -> str:
    """Return the initials of a name of three words or more, empty for a shorter one."""
    words = _bare(name)
    return "".join(word[0] for word in words) if len(words) >= _SHORTEST_INITIALS else ""
