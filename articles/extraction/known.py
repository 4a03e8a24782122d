"""Whom the newsroom knows: printed names -> rows on record."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any, Literal

from articles.extraction.names import TITLES
from articles.models import Organization, OtherName, Person
from articles.text.fold import fold

Kind = Literal["person", "organization"]
CLEAR = 0.9
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


class Known:
    """The names of all people and organizations on record, other names too, even those that readers never see.

    Four queries, whatever the number of rows; a name of theirs is looked up without any.
    """

    def __init__(self) -> None:
        self.names: dict[Kind, dict[int, str]] = {
            "person": dict(Person.objects.values_list("pk", "name")),
            "organization": dict(Organization.objects.values_list("pk", "name")),
        }
        self._by_name: dict[tuple[Kind, str], set[int]] = defaultdict(set)
        self._by_family: dict[str, set[int]] = defaultdict(set)
        self._by_word: dict[str, set[tuple[Kind, str]]] = defaultdict(set)
        for kind, rows in self.names.items():
            for pk, name in rows.items():
                self._add(kind, pk, name)
        for person, body, name in OtherName.objects.values_list(
            "person_id", "organization_id", "name"
        ):
            self._add("person" if person else "organization", person or body, name)
        for pk, short in Organization.objects.exclude(abbreviation="").values_list(
            "pk", "abbreviation"
        ):
            self._add("organization", pk, short)

    def _add(self, kind: Kind, pk: int, name: str) -> None:
        if not _words(name):
            return
        self._by_name[kind, fold(name)].add(pk)
        self._by_word[_words(name)[-1]].add((kind, name))
        if kind == "person":
            self._by_family[fold(name.split()[-1])].add(pk)

    def occurring_in(self, kind: Kind, text: str) -> list[str]:
        """Return the names of ``kind`` whose last word stands in ``text``: what it may name. Linear in ``text``."""
        words = {form for word in _words(text) for form in (word, word.removesuffix("’s"))}
        found = {entry for word in words for entry in self._by_word.get(word, ())}
        return sorted(name for its_kind, name in found if its_kind == kind)

    def candidates(self, name: str, kind: Kind | None = None) -> list[Candidate]:
        """Return the rows that ``name`` as printed may mean, the likeliest first.

        A full name or an alias that one row alone bears scores 1 (``CLEAR`` and more: it may be taken at one
        click). What two rows bear alike scores below ``CLEAR`` for each; a family name alone is never clear.
        """
        kinds: tuple[Kind, ...] = (kind,) if kind else ("person", "organization")
        bare = _without_honorific(name)
        same = [(one, pk) for one in kinds for pk in self._by_name.get((one, fold(bare)), ())]
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
        found = [Candidate(kind, pk, self.names[kind][pk], share) for kind, pk in rows]
        return sorted(found, key=lambda one: (one.name, one.pk))


def clear(candidates: Iterable[Candidate]) -> Candidate | None:
    """Return the one candidate that may be taken without a second look, None where an editor has to choose."""
    sure = [one for one in candidates if one.score >= CLEAR]
    return sure[0] if len(sure) == 1 else None


def _words(text: str) -> list[str]:
    return _WORD.findall(text)


def _without_honorific(name: str) -> str:
    """Return ``name`` without what stands before a name: "Mr", "Dame"."""
    words = name.split()
    while len(words) > 1 and words[0].casefold().rstrip(".") in _HONORIFICS:
        words = words[1:]
    return " ".join(words)
