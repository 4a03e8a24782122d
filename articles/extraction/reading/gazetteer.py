"""The names on record, wherever a text prints them: found as one, whatever they look like."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from articles.extraction.reading.family_names import SUFFIXES, is_name_word
from articles.extraction.reading.function_words import FEMALE, MALE, MONTHS, STARTERS
from articles.extraction.reading.lexicon import word_list
from articles.extraction.reading.tokens import Tokens, split_tokens

PERSON, ORGANIZATION = "person", "organization"
_HONORIFICS = MALE | FEMALE | {"Dr", "Mx", "Prof"}
_FORENAMES, _TITLES = word_list("forenames"), word_list("titles")


@dataclass(frozen=True, slots=True)
class GazetteerMatch:
    """A name on record that is printed up to token ``last``. ``kind``: person or organization."""

    last: int
    words: tuple[str, ...]
    kind: str


def find_gazetteer_matches(
    tokens: Tokens, people: Iterable[str], organizations: Iterable[str]
) -> dict[int, GazetteerMatch]:
    """Return the names on record by their first token, none inside another; linear in the text for few lengths."""
    kinds = dict.fromkeys(organizations, ORGANIZATION) | dict.fromkeys(people, PERSON)
    sizes: dict[str, set[int]] = defaultdict(set)
    for name in kinds:
        words = split_tokens(name)
        if words:
            sizes[words[0]].add(len(words))
    if not sizes:
        return {}
    matches: dict[int, GazetteerMatch] = {}
    done = -1
    for at in [at for at, word in enumerate(tokens.words) if word in sizes]:
        if at <= done:
            continue
        for name, last in _candidates(tokens, at, sizes[tokens.words[at]]):
            kind = kinds.get(name)
            if kind and _stands_alone(tokens, at, last, kind):
                matches[at] = GazetteerMatch(last, tuple(name.split()), kind)
                done = last
                break
    return matches


def _candidates(tokens: Tokens, at: int, sizes: set[int]) -> Iterator[tuple[str, int]]:
    """Yield what is printed at token ``at``, the longest first, and its last token."""
    for size in sorted(sizes, reverse=True):
        last = at + size - 1
        if last < len(tokens.words) and tokens.quote[at] == tokens.quote[last]:
            yield tokens.text[tokens.starts[at] : tokens.ends[last]], last


def _stands_alone(tokens: Tokens, first: int, last: int, kind: str) -> bool:
    """Tell whether the words are the whole name: not part of "Ada Okafor Foundation", "Ada Okafor Jr", "Per Lind"."""
    before = tokens.words[first - 1] if _touches(tokens, first) else ""
    if kind == ORGANIZATION and before.rstrip(".") in _HONORIFICS:
        return False
    if before not in _TITLES and before not in STARTERS:
        is_fuller = before in _FORENAMES or (first == last and before and is_name_word(before))
        if is_fuller:
            return False
    after = tokens.words[last + 1] if _touches(tokens, last + 1) else ""
    if not after or after in MONTHS or after in _TITLES:
        return True
    is_acronym = len(after) > 1 and after.isupper() and after not in SUFFIXES
    return is_acronym or not is_name_word(after)


def _touches(tokens: Tokens, at: int) -> bool:
    """Tell whether only one space parts the token from the one before it, both inside or both outside a quote."""
    if not 0 < at < len(tokens.words) or tokens.quote[at - 1] != tokens.quote[at]:
        return False
    return tokens.text[tokens.ends[at - 1] : tokens.starts[at]] == " "
