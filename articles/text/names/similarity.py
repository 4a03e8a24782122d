"""Two names that may be of one person, or of one organization: why, and how likely. It goes by letters alone."""

import re
from typing import NamedTuple

from articles.text.fold import fold

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_SMALL = {"of", "the", "and", "for", "de", "la", "le", "du", "der", "die", "das", "und", "et"}
_FORMS = {  # what the law or the register adds
    *("ltd", "limited", "inc", "incorporated", "corp", "corporation", "co", "company", "plc"),
    *("llc", "llp", "lp", "gmbh", "ag", "sa", "sas", "sarl", "bv", "nv", "spa", "srl", "oy", "ab"),
}
_SHORTEST_START = 3  # letters of a given name by which a longer one may be cut
_SHORTEST_INITIALS = 3


class NameSimilarity(NamedTuple):
    """Why two names may mean one row, in words, and how likely: 1.0 for the same letters."""

    reason: str
    rank: float


def name_words(name: str) -> list[str]:
    """Return the folded words of ``name``: "Ó Cuilleanáin, J." gives o, cuilleanain, j."""
    return _WORD.findall(fold(name).replace(".", " "))


def person_blocking_keys(name: str) -> set[str]:
    """Return the keys of which two names share one when they can be alike: the family name, and the whole."""
    words = name_words(name)
    return {words[-1], " ".join(words)} if words else set()


def compare_person_names(name: str, other_name: str) -> NameSimilarity | None:
    """Tell why ``name`` and ``other_name`` may name one person; None where nothing says so."""
    words, other_words = name_words(name), name_words(other_name)
    if not words or not other_words:
        return None
    if words == other_words:
        return NameSimilarity("the same name", 1.0 if fold(name) == fold(other_name) else 0.95)
    if words[-1] != other_words[-1] or min(len(words), len(other_words)) < 2:
        return None
    short, long = sorted((words[:-1], other_words[:-1]), key=len)
    if set(short) < set(long):
        return NameSimilarity("the same but for a middle name", 0.85)
    first, second = sorted((words[0], other_words[0]), key=len)
    if len(first) == 1 and second.startswith(first):
        return NameSimilarity("the initial fits", 0.75)
    if len(first) >= _SHORTEST_START and second.startswith(first):
        return NameSimilarity("one given name begins as the other", 0.65)
    return None


def organization_blocking_keys(name: str, abbreviation: str = "") -> set[str]:
    """Return the keys of which two organizations share one when they can be alike."""
    bare = _bare(name)
    keys = {" ".join(sorted(bare)), fold(abbreviation), "".join(name_words(name)), _initials(name)}
    return keys - {""}


def compare_organization_names(
    organization: tuple[str, str], other_organization: tuple[str, str]
) -> NameSimilarity | None:
    """Tell why two ``(name, abbreviation)`` may be one organization; None where nothing says so."""
    (name, short), (other_name, other_short) = organization, other_organization
    if fold(name) == fold(other_name):
        return NameSimilarity("the same name", 1.0)
    words, other_words = _bare(name), _bare(other_name)
    if words and words == other_words:
        return NameSimilarity("the same but for its legal form or a small word", 0.9)
    if words and sorted(words) == sorted(other_words):
        return NameSimilarity("the same words in another order", 0.85)
    if short and fold(short) == fold(other_short):
        return NameSimilarity("the same abbreviation", 0.7)
    names = (
        {"".join(name_words(name)), fold(short)},
        {"".join(name_words(other_name)), fold(other_short)},
    )
    if _initials(name) in names[1] - {""} or _initials(other_name) in names[0] - {""}:
        return NameSimilarity("one is the initials of the other", 0.7)
    return None


def _bare(name: str) -> list[str]:
    return [word for word in name_words(name) if word not in _SMALL | _FORMS]


def _initials(name: str) -> str:
    """Return the initials of a name of three words or more, empty for a shorter one."""
    words = _bare(name)
    return "".join(word[0] for word in words) if len(words) >= _SHORTEST_INITIALS else ""
