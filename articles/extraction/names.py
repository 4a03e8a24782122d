"""Tokens -> runs of capitalised words, cut into title and name."""

from dataclasses import dataclass

from articles.extraction.lexicon import cue_verbs, listed
from articles.extraction.tokens import Tokens
from articles.extraction.words import MONTHS, PARTICLES, STARTERS

TITLES = listed("titles")
FORENAMES = listed("forenames")
ORGANIZATION_WORDS = listed("organization_words")
# what only begins a sentence: The, On, and "Added" in "Added Okafor: “…”"
_OPENERS = STARTERS | {
    verb.capitalize() for verb in cue_verbs()[0] if verb.endswith(("ed", "said", "wrote"))
}
_MOST = 15_000  # names that are looked at in one text
_JOINS = {"of", "for", "&"}
_HONORIFICS = frozenset("Mr Mr. Mrs Mrs. Ms Ms. Dr Dr. Judge Justice Miss Sir".split())


@dataclass(frozen=True, slots=True)
class Run:
    """Capitalised words in a row: tokens ``first`` to ``last`` (inclusive); the name proper begins at token ``name``.

    ``words``: the name proper; ``titles``: what stood before it. ``quote``: the segment it stands in, or -1.
    """

    first: int
    name: int
    last: int
    words: tuple[str, ...]
    titles: tuple[str, ...]
    quote: int

    @property
    def is_organization(self) -> bool:
        """Tell whether a word of it names a kind of organization or place."""
        rest = self.words[1:] if self.words[0] in FORENAMES else self.words
        return not ORGANIZATION_WORDS.isdisjoint(rest)


def find_runs(tokens: Tokens) -> list[Run]:
    """Return the runs of capitalised words in reading order. A possessive ending closes a run."""
    words, breaks = tokens.words, set(tokens.breaks)
    found: list[Run] = []
    done = -1
    pairs = enumerate(zip(words, tokens.lower, strict=True))
    for at in [at for at, (word, lower) in pairs if word != lower]:
        if len(found) == _MOST:
            break
        if at <= done or words[at] in MONTHS or not words[at][0].isupper():
            continue
        done = _last(tokens, at, breaks)
        run = _trim(tokens, at, done)
        if run:
            found.append(run)
    return found


def _last(tokens: Tokens, at: int, breaks: set[int]) -> int:
    """Return the last token of the run that begins at ``at``."""
    words, count = tokens.words, len(tokens.words)
    while at + 1 < count and at + 1 not in breaks and tokens.quote[at + 1] == tokens.quote[at]:
        following = words[at + 1]
        if following[0].isupper():
            if tokens.starts[at + 1] - tokens.ends[at] > 1 or _is_date(words[at], following):
                break
            at += 1
        elif _joins(words[at], following) and at + 2 < count and words[at + 2][0].isupper():
            if tokens.quote[at + 2] != tokens.quote[at]:
                break
            at += 2
        else:
            break
    return at


def _is_date(word: str, following: str) -> bool:
    """Tell whether ``following`` is a month or a weekday and no surname: Ms. May, Theresa May."""
    return following in MONTHS and word not in FORENAMES and word not in _HONORIFICS


def _joins(word: str, following: str) -> bool:
    """Tell whether a small word goes on with the name: Maria de Vries, Ministry of Ports."""
    return following in PARTICLES or (following in _JOINS and word in ORGANIZATION_WORDS)


def _trim(tokens: Tokens, first: int, last: int) -> Run | None:
    """Leave out what only begins a sentence, and tell the title from the name."""
    words = tokens.words
    while first <= last and words[first] in _OPENERS:
        first += 1
    if first > last:
        return None
    name = first
    while name < last and words[name].rstrip(".") in TITLES:
        name += 1
    before = words[last - 1] if last > first else ""
    if words[last] in TITLES and before not in _HONORIFICS and before not in FORENAMES:
        return None  # "the Prime Minister": a role, no name
    if last - name >= 2:
        name = _cut(words, name, last)
    proper = tuple(map(_plain, words[name : last + 1]))
    return Run(first, name, last, proper, tuple(words[first:name]), tokens.quote[first])


def _plain(word: str) -> str:
    """Return ``word`` without the point of an abbreviation: "Jr." -> "Jr"; initials keep theirs."""
    return word if word[1:2] == "." else word.rstrip(".")


def _cut(words: list[str], first: int, last: int) -> int:
    """Return where the person begins in "US Defence Secretary Ada Okafor": after a title, or at a forename."""
    for at in range(last - 1, first, -1):
        if words[at - 1].rstrip(".") in TITLES and last - at <= 2:
            return first if not ORGANIZATION_WORDS.isdisjoint(words[at : last + 1]) else at
    if words[first] in FORENAMES or last - first > 6:
        return first
    for at in range(first + 1, last):
        if words[at] in FORENAMES:
            is_person = last - at <= 2 and ORGANIZATION_WORDS.isdisjoint(words[at : last + 1])
            return at if is_person else first
    return first
