"""Runs -> people: which runs name a person, and which of them the same one."""

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from articles.extraction.reading.cues import BASES, STRONG
from articles.extraction.reading.family_names import (
    family_name,
    is_double_family_name,
    is_family_name,
    name_forms,
    name_key,
)
from articles.extraction.reading.function_words import word_set
from articles.extraction.reading.gazetteer import ORGANIZATION
from articles.extraction.reading.lexicon import word_list
from articles.extraction.reading.name_runs import FORENAMES, ORGANIZATION_WORDS, TITLES, NameRun
from articles.extraction.reading.tokens import Tokens

SURE, LIKELY, POSSIBLE = 2.0, 1.5, 1.0
_NOT_PEOPLE = word_list("not_people") | word_list("acronyms")
_PLACES = word_list("places")
ROLE_NOUNS = word_list("role_nouns") | {title.lower() for title in TITLES} - {
    "former",
    "acting",
    "prime",
    "first",
}
_BRAND = re.compile(r"^(?!Mc|Mac|De|Di|La|Le|Fitz|Van)\w*[a-z][A-Z]")
_INITIALS = re.compile(r"[A-Z]\.(?:[A-Z]\.?)+")
_DIGIT = re.compile(r"\d")
_MAX_CANDIDATES = 8  # people of one family name that are told apart
_NAMES, _LONGEST = 4, 8  # names and words that a person's name has at most
_NO_SINGLE = _NOT_PEOPLE | _PLACES | ORGANIZATION_WORDS | {"MPs", "MP", "I", "God"}
_INVERTING = {"said", "says", "wrote", "added", "writes"}
_IN_HEADLINES = word_set(
    "Is Are Was Were Be Been Has Had Have Says Say Said Tells Told Asks Asked Calls Called Wants Gets"
    " Makes Takes Goes Not And In On At For To With From By As Over After Amid Into Its His Her"
)
_APPOSITION = {"a", "an", "the", "who", "whose"}


@dataclass(frozen=True, slots=True, eq=False)  # one object a person: compared and hashed as such
class MentionedPerson:
    """Somebody the text names. ``score``: how sure it is that this is a person (``SURE`` or more: listed as one)."""

    name: str
    words: tuple[str, ...]
    score: float
    places: tuple[int, ...]  # tokens


class People:
    """The people of one text, by name, by family name and by run."""

    def __init__(self, tokens: Tokens, runs: Sequence[NameRun], known_names: Iterable[str]) -> None:
        families = _families(runs)
        self.all = _full_names(
            tokens, runs, families, {tuple(name.split()) for name in known_names}
        )
        self._by_family: dict[str, list[MentionedPerson]] = defaultdict(list)
        self._by_forename: dict[str, list[MentionedPerson]] = defaultdict(list)
        for person in self.all.values():
            for form in name_forms(person.words):
                self._by_family[form].append(person)
            self._by_forename[person.words[0]].append(person)
        single_people = _single_names(tokens, runs, self._by_family, self._by_forename)
        for person in single_people:
            self.all[person.words] = person
            for form in name_forms(person.words):
                self._by_family[form].append(person)
        self.of_run = [
            None if _is_known_organization(run) else self.find(run.words, run.first) for run in runs
        ]

    def find(self, words: tuple[str, ...], at: int) -> MentionedPerson | None:
        """Return the person that ``words`` mean at token ``at``: of one family name the one named last before it."""
        if words in self.all:
            return self.all[words]
        candidates = self._by_family.get(words[0] if len(words) == 1 else name_key(words), [])
        if len(candidates) == 1:
            return candidates[0]
        if candidates:
            return max(
                candidates[:_MAX_CANDIDATES], key=lambda person: _last_place_before(person, at)
            )
        if "".join(words).isupper() and any(map(_is_all_caps, words)):
            return self.find(tuple(word.title() for word in words), at)  # of a headline
        if len(words) == 1:
            by_forename = self._by_forename.get(words[0], [])
            return by_forename[0] if len(by_forename) == 1 else None
        candidates = self._by_family.get(name_key(family_name(words)), [])[:_MAX_CANDIDATES]
        return next((p for p in candidates if p.words[0] == words[0] or words[0] in TITLES), None)


def _is_all_caps(word: str) -> bool:
    return len(word) > 1 and word.isupper() and word != word.title()


def _is_known_organization(run: NameRun) -> bool:
    return run.on_record == ORGANIZATION


def _families(runs: Sequence[NameRun]) -> frozenset[str]:
    """Return the family names of several words that full names of the text end in: "de Gaulle", "Bonham Carter"."""
    families = set()
    for run in runs:
        words = run.words
        if len(words) < 3:
            continue
        family = family_name(words)
        if 1 < len(family) < len(words):
            families.add(name_key(family))
        if words[0] in FORENAMES and is_double_family_name(words) and not run.is_organization:
            families.add(name_key(words[1:]))
    return frozenset(families)


def _is_alone(run: NameRun, families: frozenset[str]) -> bool:
    """Tell whether the run is a family name without a given one."""
    if len(run.words) == 1 or is_family_name(run.words):
        return True
    return bool(families) and name_key(run.words) in families


def _last_place_before(person: MentionedPerson, at: int) -> int:
    """Return the last place of ``person`` up to token ``at``, or -1."""
    index = bisect_right(person.places, at)
    return person.places[index - 1] if index else -1


def _full_names(
    tokens: Tokens,
    runs: Sequence[NameRun],
    families: frozenset[str],
    known_names: set[tuple[str, ...]],
) -> dict[tuple[str, ...], MentionedPerson]:
    scores: dict[tuple[str, ...], float] = defaultdict(float)
    places: dict[tuple[str, ...], list[int]] = defaultdict(list)
    by_family: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    bare_family_names = set()
    for run in runs:
        words = run.words
        if known_names and words in known_names:
            scores[words] += 3
        elif len(words) == 1 or _is_alone(run, families):
            if run.quote < 0 and not _is_known_organization(run):
                bare_family_names.add(name_key(words))
            continue
        elif _is_short(words) and _may_be_person(tokens, run):
            scores[words] = _score(tokens, run, scores[words])
        else:
            continue
        if words not in places:
            for form in name_forms(words):
                by_family[form].add(words)
        places[words].append(run.first)
    for name in bare_family_names - _NO_SINGLE:  # later called by the family name
        for words in by_family.get(name, ()):
            scores[words] += 1
    return {
        words: MentionedPerson(" ".join(words), words, score, tuple(places[words]))
        for words, score in scores.items()
        if score >= POSSIBLE
    }


def _is_short(words: tuple[str, ...]) -> bool:
    """Tell whether the words are two to four names, a family name with its particles one."""
    if len(words) <= _NAMES:
        return len(words) > 1
    return len(words) <= _LONGEST and len(words) - len(family_name(words)) < _NAMES


def _has_article(tokens: Tokens, run: NameRun) -> bool:
    """Tell whether "the" stands before the bare name, as before a ship's: nobody is "the Ada Okafor"."""
    return run.first == run.name and run.first > 0 and tokens.lower[run.first - 1] == "the"


def _may_be_person(tokens: Tokens, run: NameRun) -> bool:
    first = run.words[0]
    if not _IN_HEADLINES.isdisjoint(run.words):
        return False  # "Mayor Says Lock Is Shut"
    if "/" in (tokens.words[run.first - 1 : run.first] + tokens.words[run.last + 1 : run.last + 2]):
        return False  # a photographer and an agency
    if not "".join(run.words).isalpha() and _DIGIT.search(" ".join(run.words)):
        return False
    if (
        run.is_thing
        or run.is_organization
        or (len(first) > 2 and first.isupper() and "." not in first)
    ):
        return False
    return bool(run.titles) or (first not in _PLACES and first not in _NOT_PEOPLE)


def _score(tokens: Tokens, run: NameRun, score: float) -> float:
    """Return the score of a full name that is printed once more: nobody is "the Ada Okafor", a ship may be."""
    if _has_article(tokens, run):
        return max(score, run.words[0] in FORENAMES)
    return score + (2 if _is_like_person(tokens, run) else 0.5)


def _is_like_person(tokens: Tokens, run: NameRun) -> bool:
    if run.words[0] in FORENAMES or run.titles or _INITIALS.fullmatch(run.words[0]):
        return True
    before = tokens.lower[run.first - 1] if run.first else ""
    after = tokens.lower[run.last + 1 : run.last + 3] or [""]
    if before in ROLE_NOUNS or (before == "," and tokens.lower[run.first - 2] in ROLE_NOUNS):
        return True
    if after[0] == "," and len(after) > 1:
        if before == "," and BASES.get(after[1]) in STRONG:
            return True  # "The keeper of the seal, Syed Ahman, said"
        return after[1] in _APPOSITION or after[1].isdigit() or after[1] in ROLE_NOUNS
    return (after[0] in BASES and after[0] != "report") or before in BASES


def _single_names(
    tokens: Tokens,
    runs: Sequence[NameRun],
    families: dict[str, list[MentionedPerson]],
    first_names: dict[str, list[MentionedPerson]],
) -> list[MentionedPerson]:
    """Return people known by one name alone: a title before it, or a verb of saying beside it.

    Not one that a single full name begins with: Liang Suyin is Liang later on, and Prince Tariq is Tariq bin Wardan.
    """
    short = _short_names(tokens, runs)

    def is_candidate(run: NameRun) -> bool:
        words = run.words
        if (
            run.quote >= 0
            or (len(words) > 1 and not is_family_name(words))
            or name_key(words) in families
        ):
            return False
        if len(first_names.get(words[0], ())) == 1 and not run.has_honorific:
            return False
        return _may_be_alone(run) and (words[0] not in short or bool(run.titles))

    evidence = Counter(run.words for run in runs if _is_speaking(tokens, run) and is_candidate(run))
    places: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for run in runs:
        if run.words in evidence and is_candidate(run):
            places[run.words].append(run.first)
    return [
        MentionedPerson(
            " ".join(words), words, SURE if count > 1 else LIKELY + 0.1, tuple(places[words])
        )
        for words, count in evidence.items()
    ]


def _is_speaking(tokens: Tokens, run: NameRun) -> bool:
    if run.titles or (run.first and tokens.lower[run.first - 1] in _INVERTING):
        return True
    after = run.last + 1
    return after < len(tokens.lower) and BASES.get(tokens.lower[after]) in STRONG


def _short_names(tokens: Tokens, runs: Sequence[NameRun]) -> set[str]:
    """Return what organizations and teams are called for short: "Coastline" for Coastline Radio, "Gulls" for the …"""
    short = set()
    for run in runs:
        if len(run.words) == 1 or run.words[0] in FORENAMES:
            continue
        if run.is_organization:
            short.add(run.words[0])
        elif _has_article(tokens, run):
            short.add(run.words[-1])
    return short


def _may_be_alone(run: NameRun) -> bool:
    """Tell whether the words, no given name among them, may be somebody's family name."""
    word = run.words[-1]
    if _is_known_organization(run) or (len(run.words) > 1 and run.is_organization):
        return False
    return not (
        word.isupper() or word in _NO_SINGLE or _BRAND.search(word) or word.lower() in BASES
    )
