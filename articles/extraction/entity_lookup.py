"""Whom the newsroom knows: printed names -> rows on record."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any, Literal

from articles.extraction.reading.name_runs import TITLES
from articles.models import Organization, OtherName, Person
from articles.text.fold import fold

Kind = Literal["person", "organization"]
CLEAR_SCORE = 0.9
_WORD = re.compile(r"[^\s“”\"()\[\],.;:!?]+")
_SAME_NAME, _SAME_ENDS, _FAMILY_NAME = 1.0, 0.7, 0.4
_HONORIFICS = {title.casefold().rstrip(".") for title in TITLES} | {"mr", "mrs", "ms", "mx", "dr"}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A row that a printed name may mean. ``score`` is 0 to 1; 1 divided by their number where several fit alike."""

    kind: Kind
    pk: int
    name: str
    score: float

    def as_json(self) -> dict[str, Any]:
        """Return plain values, as ``Suggestion.candidates`` keeps them."""
        return asdict(self)


class EntityLookup:
    """The people and organizations on record whom ``texts`` may name, by all their names, even those no reader sees.

    Kept are the names whose last word stands in the texts, whatever its marks and case. Four queries read all names,
    whatever their number; looking one up takes none.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        self.names: dict[Kind, dict[int, str]] = {"person": {}, "organization": {}}
        self._by_name: dict[tuple[Kind, str], set[int]] = defaultdict(set)
        self._by_family: dict[str, set[int]] = defaultdict(set)
        self._by_word: dict[str, set[tuple[Kind, str]]] = defaultdict(set)
        self._words = _folded(texts)
        people = dict(Person.objects.values_list("pk", "name"))
        organizations = dict(Organization.objects.values_list("pk", "name"))
        for pk, name in people.items():
            self._add("person", pk, name, name)
        for pk, name in organizations.items():
            self._add("organization", pk, name, name)
        others = OtherName.objects.values_list("person_id", "organization_id", "name")
        for person, organization, name in others:
            if person:
                self._add("person", person, name, people[person])
            else:
                self._add("organization", organization, name, organizations[organization])
        abbreviations = Organization.objects.exclude(abbreviation="").values_list(
            "pk", "abbreviation"
        )
        for pk, name in abbreviations:
            self._add("organization", pk, name, organizations[pk])

    def _add(self, kind: Kind, pk: int, name: str, own_name: str) -> None:
        """Keep ``name`` of a row whose own name is ``own_name``, if the texts may hold it."""
        last = _last_word(name)
        family = last.lower() if last.isascii() else fold(last)
        if not last or family not in self._words:
            return
        self.names[kind][pk] = own_name
        self._by_name[kind, fold(name)].add(pk)
        self._by_word[last].add((kind, name))
        if kind == "person":
            self._by_family[family].add(pk)

    def occurring_in(self, kind: Kind, text: str) -> list[str]:
        """Return the names of ``kind`` whose last word stands in ``text``: what it may name. Linear in ``text``."""
        words = {form for word in _WORD.findall(text) for form in (word, word.removesuffix("’s"))}
        entries = {entry for word in words for entry in self._by_word.get(word, ())}
        return sorted(name for entry_kind, name in entries if entry_kind == kind)

    def candidates(self, name: str, kind: Kind | None = None) -> list[Candidate]:
        """Return the rows that ``name`` as printed may mean, the likeliest first.

        A full name or an alias that one row alone bears scores 1 (``CLEAR_SCORE`` and more: it may be taken at one
        click). What two rows bear alike scores below ``CLEAR_SCORE`` for each; a family name alone is never clear.
        """
        kinds: tuple[Kind, ...] = (kind,) if kind else ("person", "organization")
        bare = _without_honorific(name)
        same = [
            (candidate_kind, pk)
            for candidate_kind in kinds
            for pk in self._by_name.get((candidate_kind, fold(bare)), ())
        ]
        if same:
            return self._scored(same, _SAME_NAME)
        if "person" not in kinds or not bare:
            return []
        words = fold(bare).split()
        family = self._by_family.get(words[-1], set()) if words else set()
        if len(words) == 1:
            return self._scored([("person", pk) for pk in family], _FAMILY_NAME)
        ends = [pk for pk in family if fold(self.names["person"][pk]).split()[0] == words[0]]
        return self._scored([("person", pk) for pk in ends], _SAME_ENDS)

    def _scored(self, rows: list[tuple[Kind, int]], score: float) -> list[Candidate]:
        share = round(score / len(rows), 2) if rows else 0.0
        candidates = [Candidate(kind, pk, self.names[kind][pk], share) for kind, pk in rows]
        return sorted(candidates, key=lambda candidate: (candidate.name, candidate.pk))


def clear_candidate(candidates: Iterable[Candidate]) -> Candidate | None:
    """Return the one candidate that may be taken without a second look, None where an editor has to choose."""
    sure = [candidate for candidate in candidates if candidate.score >= CLEAR_SCORE]
    return sure[0] if len(sure) == 1 else None


def _folded(texts: Iterable[str]) -> set[str]:
    """Return the words of ``texts`` without marks and case, with and without the ending of a possessive."""
    words = {word for text in texts for word in _WORD.findall(text)}
    words |= {word.removesuffix("’s").removesuffix("'s") for word in words}
    return {word.lower() if word.isascii() else fold(word) for word in words}


def _last_word(name: str) -> str:
    """Return the last word of ``name``, empty for a name without any."""
    last = name.rpartition(" ")[2]
    if last.isalpha():
        return last
    return next(iter(_WORD.findall(name)[-1:]), "")


def _without_honorific(name: str) -> str:
    """Return ``name`` without what stands before a name: "Mr", "Dame"."""
    words = name.split()
    while len(words) > 1 and words[0].casefold().rstrip(".") in _HONORIFICS:
        words = words[1:]
    return " ".join(words)
