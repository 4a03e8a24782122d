"""Runs -> people: which runs name a person, and which of them the same one."""

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from articles.extraction.cues import BASES, STRONG
from articles.extraction.lexicon import listed
from articles.extraction.names import FORENAMES, ORGANIZATION_WORDS, TITLES, Run
from articles.extraction.tokens import Tokens

SURE, LIKELY, POSSIBLE = 2.0, 1.5, 1.0
_NOT_PEOPLE = listed("not_people") | listed("acronyms")
_PLACES = listed("places")
ROLE_NOUNS = listed("role_nouns") | {title.lower() for title in TITLES} - {
    "former",
    "acting",
    "prime",
    "first",
}
_BRAND = re.compile(r"^(?!Mc|Mac|De|Di|La|Le|Fitz|Van)\w*[a-z][A-Z]")
_INITIALS = re.compile(r"[A-Z]\.(?:[A-Z]\.?)+")
_BEARERS = 8  # people of one family name that are told apart
_SUFFIXES = {"Jr", "Jr.", "Sr", "Sr.", "II", "III", "IV"}
_NO_SINGLE = _NOT_PEOPLE | _PLACES | ORGANIZATION_WORDS | {"MPs", "MP", "I", "God"}
_INVERTING = {"said", "says", "wrote", "added", "writes"}
_APPOSITION = {"a", "an", "the", "who", "whose"}


@dataclass(frozen=True, slots=True, eq=False)  # one object a person: compared and hashed as such
class Person:
    """Somebody the text names. ``score``: how sure it is that this is a person (``SURE`` or more: listed as one)."""

    name: str
    words: tuple[str, ...]
    score: float
    places: tuple[int, ...]  # tokens

    @property
    def surname(self) -> str:
        """Return the family name, suffixes left out."""
        return (
            self.words[-2]
            if len(self.words) > 1 and self.words[-1] in _SUFFIXES
            else self.words[-1]
        )


class People:
    """The people of one text, by name, by family name and by run."""

    def __init__(self, tokens: Tokens, runs: Sequence[Run], known: Iterable[str]) -> None:
        self.all = _full_names(tokens, runs, {tuple(name.split()) for name in known})
        self._by_surname: dict[str, list[Person]] = defaultdict(list)
        self._by_forename: dict[str, list[Person]] = defaultdict(list)
        for person in self.all.values():
            self._by_surname[person.surname].append(person)
            self._by_forename[person.words[0]].append(person)
        for person in _single_names(tokens, runs, self._by_surname):
            self.all[person.words] = person
            self._by_surname[person.surname].append(person)
        self.of_run = [self.find(run.words, run.first) for run in runs]

    def find(self, words: tuple[str, ...], at: int) -> Person | None:
        """Return the person that ``words`` mean at token ``at``: of one family name the one named last before it."""
        if words in self.all:
            return self.all[words]
        surname = words[-2] if len(words) > 1 and words[-1] in _SUFFIXES else words[-1]
        bearers = self._by_surname.get(surname, [])[:_BEARERS]
        if len(words) == 1:
            if bearers:
                return max(bearers, key=lambda person: _latest(person, at))
            by_forename = self._by_forename.get(surname, [])
            return by_forename[0] if len(by_forename) == 1 else None
        return next((p for p in bearers if p.words[0] == words[0] or words[0] in TITLES), None)


def _latest(person: Person, at: int) -> int:
    """Return the last place of ``person`` up to token ``at``, or -1."""
    index = bisect_right(person.places, at)
    return person.places[index - 1] if index else -1


def _full_names(
    tokens: Tokens, runs: Sequence[Run], known: set[tuple[str, ...]]
) -> dict[tuple[str, ...], Person]:
    scores: dict[tuple[str, ...], float] = defaultdict(float)
    places: dict[tuple[str, ...], list[int]] = defaultdict(list)
    by_surname: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    for run in runs:
        words = run.words
        if words in known:
            scores[words] += 3
        elif 2 <= len(words) <= 4 and _may_be_person(tokens, run):
            scores[words] += 2 if _is_like_person(tokens, run) else 0.5
        else:
            continue
        places[words].append(run.first)
        by_surname[words[-1]].add(words)
    alone = {run.words[0] for run in runs if len(run.words) == 1 and run.quote < 0}
    for surname in alone - _NO_SINGLE:  # later called by the family name
        for words in by_surname.get(surname, ()):
            scores[words] += 1
    return {
        words: Person(" ".join(words), words, score, tuple(places[words]))
        for words, score in scores.items()
        if score >= POSSIBLE
    }


def _may_be_person(tokens: Tokens, run: Run) -> bool:
    first = run.words[0]
    if "/" in (tokens.words[run.first - 1 : run.first] + tokens.words[run.last + 1 : run.last + 2]):
        return False  # a photographer and an agency
    if any(character.isdigit() for word in run.words for character in word):
        return False
    if run.is_organization or (len(first) > 2 and first.isupper() and "." not in first):
        return False
    return bool(run.titles) or (first not in _PLACES and first not in _NOT_PEOPLE)


def _is_like_person(tokens: Tokens, run: Run) -> bool:
    if run.words[0] in FORENAMES or run.titles or _INITIALS.fullmatch(run.words[0]):
        return True
    before = tokens.lower[run.first - 1] if run.first else ""
    after = tokens.lower[run.last + 1 : run.last + 3] or [""]
    if before in ROLE_NOUNS or (before == "," and tokens.lower[run.first - 2] in ROLE_NOUNS):
        return True
    if after[0] == "," and len(after) > 1:
        return after[1] in _APPOSITION or after[1].isdigit() or after[1] in ROLE_NOUNS
    return (after[0] in BASES and after[0] != "report") or before in BASES


def _single_names(
    tokens: Tokens, runs: Sequence[Run], surnames: dict[str, list[Person]]
) -> list[Person]:
    """Return people known by one word: a title before it, or a verb of saying beside it."""
    evidence: Counter[str] = Counter()
    places: dict[str, list[int]] = defaultdict(list)
    for run in runs:
        word = run.words[0]
        if (
            len(run.words) > 1
            or run.quote >= 0
            or word in surnames
            or word.isupper()
            or word in _NO_SINGLE
            or _BRAND.search(word)
        ):
            continue
        places[word].append(run.first)
        before = tokens.lower[run.first - 1] if run.first else ""
        after = tokens.lower[run.last + 1] if run.last + 1 < len(tokens.lower) else ""
        if run.titles or BASES.get(after) in STRONG or before in _INVERTING:
            evidence[word] += 1
    return [
        Person(word, (word,), SURE if count > 1 else LIKELY + 0.1, tuple(places[word]))
        for word, count in evidence.items()
        if word.lower() not in BASES
    ]
