"""Family names as printed: particles (van der), prefixes (al-, Ní) and double names (Bonham Carter) belong to them."""

import re
from collections.abc import Sequence

from articles.extraction.reading.function_words import PARTICLES

SUFFIXES = {"Jr", "Jr.", "Sr", "Sr.", "II", "III", "IV"}
_PREFIX = re.compile(
    r"(?:al|el|as|ash|at|ad|ar|an|az|ul|ur|ud|il|bin|ibn|ben)[-‑]|(?:d|l|dell|dall|degl)[’']", re.I
)
_LONGEST = max(map(len, PARTICLES))
_PREFIXES = {"Ní", "Nic", "Ó", "Uí"}  # they begin a family name and nothing else
_CAPITALS = {"Mac", "Mc", "O", "St", "St.", "Ua", "Abu"}  # so do these, after a given name


def is_name_word(word: str) -> bool:
    """Tell whether ``word`` is written like part of a name: Okafor, al-Tamrani, d’Aumerle."""
    return word[0].isupper() or (not word.islower() and _without_prefix(word)[0].isupper())


def _without_prefix(word: str) -> str:
    """Return ``word`` without a prefix that a mark ties to it: "al-Tamrani" -> "Tamrani"."""
    if word.isalpha():
        return word
    match = _PREFIX.match(word)
    return word[match.end() :] or word if match else word


def family_name(words: Sequence[str]) -> Sequence[str]:
    """Return the family name that ends ``words``, with what belongs to it: "van der Hoeck", "Ní Dhálaigh"."""
    last = len(words) - 1
    if last > 0 and words[last] in SUFFIXES:
        last -= 1
    first = last
    while first > 0 and _leads(words, first - 1):
        first -= 1
    return words[first : last + 1]


def _leads(words: Sequence[str], at: int) -> bool:
    word = words[at]
    if word in PARTICLES or word in _PREFIXES:
        return True
    return at > 0 and (word in _CAPITALS or word.lower() in PARTICLES)


def is_family_name(words: Sequence[str]) -> bool:
    """Tell whether ``words`` hold no given name."""
    if len(words) == 1 or words[0] in PARTICLES or words[0] in _PREFIXES:
        return True
    return len(family_name(words)) == len(words)


def name_key(words: Sequence[str]) -> str:
    """Return ``words`` in one spelling: at the head of a sentence a particle has a capital. Suffixes are left out."""
    if len(words) == 1:
        return words[0]
    return " ".join([_spell(word) for word in words if word not in SUFFIXES])


def _spell(word: str) -> str:
    if len(word) <= _LONGEST:
        small = word.lower()
        return small if small in PARTICLES else word
    bare = _without_prefix(word)
    return word if bare is word else word[: -len(bare)].lower() + bare


def is_double_family_name(words: Sequence[str]) -> bool:
    """Tell whether what follows the first word may be a double family name: "Ada Bonham Carter"."""
    return len(words) - len(family_name(words)) >= 2 and "." not in words[1]


def name_forms(words: Sequence[str]) -> set[str]:
    """Return by what the bearer of a full name may be called later: the family name whole, and its last word."""
    name = family_name(words)
    last = name[-1]
    forms = {name_key(name), last}
    bare = _without_prefix(last)
    if bare is not last:
        forms |= {bare, last[0].upper() + last[1:], last[0].lower() + last[1:]}
    if is_double_family_name(words):
        forms.add(name_key(words[1:]))
    return forms
