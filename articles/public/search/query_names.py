"""Which words of a search name somebody: "callow dredging" is Nerys Callow, and what is looked for beside her."""

from collections.abc import Sequence
from dataclasses import dataclass

from articles.models.name_words import EntityName, NameWord, list_names
from articles.models.organizations import Organization
from articles.models.people import Person
from articles.text.search import SearchQuery, SearchTerm
from articles.text.search.index import NamedTerms, label

from .names import find_names, order_of_name

MOST_LOOKED_AT = 40  # people and organizations whose names share a word with the search
MOST_OF_ONE_NAME = 3  # that one name in a search can mean
MIN_NAME_LENGTH = 2


@dataclass(frozen=True, slots=True)
class QueryName:
    """Terms of a search, one after the other, that name somebody; ``names`` are the likeliest first."""

    terms: tuple[SearchTerm, ...]
    names: tuple[EntityName, ...]

    @property
    def words(self) -> list[str]:
        """The words of the terms, folded."""
        return [word for term in self.terms for word in term.words]

    @property
    def whole_names(self) -> list[EntityName]:
        """Those names that have no other words than the terms."""
        return [name for name in self.names if set(name.words) <= set(self.words)]

    @property
    def known_names(self) -> list[EntityName]:
        """Those names that readers are told and that have all the words of the terms."""
        words = set(self.words)
        return [name for name in self.names if name.is_shown and _is_meant(name, words)]


@dataclass(frozen=True, slots=True)
class NamesInQuery:
    """Who is named in a search: by all of it (``whole``), else by ``parts`` of it, the longest first."""

    whole: tuple[EntityName, ...] = ()
    parts: tuple[QueryName, ...] = ()

    def aliases(self, query: SearchQuery) -> tuple[NamedTerms, ...]:
        """Return the terms that name somebody, with the labels of the stories filed under whoever is meant.

        Only by names that readers are told.
        """
        parts = (QueryName(query.terms, self.whole),) if self.whole else self.parts
        return tuple(
            NamedTerms(part.terms, tuple(map(_label, names[:MOST_OF_ONE_NAME])))
            for part in parts
            if (names := part.known_names)
        )


def find_names_in(query: SearchQuery) -> NamesInQuery:
    """Return who is named in ``query``, whom readers have: at most seven queries, two where nobody is."""
    words = [word for term in query.terms for word in term.words]
    whole = find_names(" ".join(words))
    if whole or len(query.terms) < 2:
        return NamesInQuery(tuple(whole))
    return NamesInQuery(parts=tuple(_find_parts(query.terms, words)))


def _find_parts(terms: Sequence[SearchTerm], words: Sequence[str]) -> list[QueryName]:
    """Return the parts of ``terms`` that are names, none of which has a term of another."""
    long_words = [word for word in words if len(word) >= MIN_NAME_LENGTH]
    rows = NameWord.objects.sharing(long_words, MOST_LOOKED_AT)
    keys = {kind: [key for row_kind, key in rows if row_kind == kind] for kind, _ in rows}
    people = Person.objects.public().filter(pk__in=keys.get("person", []))
    organizations = Organization.objects.public().filter(pk__in=keys.get("organization", []))
    entities = [*people, *organizations]
    spans: dict[tuple[int, int], list[EntityName]] = {}
    for names in list_names(entities).values():
        span, name = max(
            ((_longest_span(terms, name), name) for name in names),
            key=lambda match: match[0][1] - match[0][0],
        )
        if span[1] > span[0]:
            spans.setdefault(span, []).append(name)
    parts: list[QueryName] = []
    for start, end in sorted(spans, key=lambda span: (span[0] - span[1], span)):
        part_terms = tuple(terms[start:end])
        if not any(set(part_terms) & set(part.terms) for part in parts):
            part_words = [word for term in part_terms for word in term.words]
            names = sorted(spans[start, end], key=lambda name: order_of_name(name, part_words))
            parts.append(QueryName(part_terms, tuple(names[:MOST_OF_ONE_NAME])))
    return parts


def _longest_span(terms: Sequence[SearchTerm], name: EntityName) -> tuple[int, int]:
    """Return which terms, from the first to before the second number, stand in ``name``; equal numbers for none."""
    name_words = set(name.words)
    best = start = 0, 0
    for place, term in enumerate(terms):
        if not name_words.issuperset(term.words):
            start = place + 1, place + 1
            continue
        start = start[0], place + 1
        if start[1] - start[0] > best[1] - best[0]:
            best = start
    words = {word for term in terms[slice(*best)] for word in term.words}
    return best if _is_meant(name, words) else (0, 0)


def _is_meant(name: EntityName, words: set[str]) -> bool:
    """Tell whether ``words`` are those of ``name``: one is enough for a person, not for an organization of several."""
    name_words = set(name.words)
    is_enough = isinstance(name.entity, Person) or len(words) > 1 or words == name_words
    return bool(words) and words <= name_words and is_enough


def _label(name: EntityName) -> str:
    return label("p" if isinstance(name.entity, Person) else "o", name.entity.pk)
