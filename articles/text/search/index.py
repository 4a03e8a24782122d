"""The texts of a story -> what the search index of either database stores of them."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain

from .query import SearchQuery, SearchTerm
from .words import index_words

MAX_WORDS = 12_000  # of one story; PostgreSQL counts no place beyond 16,383
FIELDS = ("headline", "details", "body")
WEIGHTS = {"headline": "A", "details": "B", "body": "D"}  # tsvector's classes
GAP = 10  # places between two fields, so that no phrase goes from one into the next
FULL_FORM = "="  # before a word whose stem is another: what a prefix is looked for in as well


@dataclass(frozen=True, slots=True)
class IndexedStory:
    """The words of one story. ``stems`` are those of each of ``FIELDS`` in reading order, one space between them.

    ``forms`` are the words whose stem is another, each once. ``labels`` are what the story is filed under, as words
    that no text has: "#t12" (``label``).
    """

    stems: Mapping[str, str]
    forms: str
    labels: str

    def tsvector(self) -> str:
        """Return it as a value of PostgreSQL's ``tsvector``, in its text form."""
        places: dict[str, list[str]] = {}
        start = 1
        for name in FIELDS:
            stems = self.stems[name].split()
            for place, stem in enumerate(stems, start=start):
                places.setdefault(stem, []).append(f"{place}{WEIGHTS[name]}")
            start += len(stems) + GAP
        # PostgreSQL keeps at most 256 places of a word.
        words = [f"'{stem}':{','.join(stem_places[:256])}" for stem, stem_places in places.items()]
        words += [f"'{FULL_FORM}{form}'" for form in self.forms.split()]
        return " ".join([*words, *(f"'{label}'" for label in self.labels.split())])


def index_story(
    texts: Mapping[str, Iterable[str]], labels: Iterable[str], language: str
) -> IndexedStory:
    """Return what the index holds of a story: ``texts`` of each of ``FIELDS``, ``labels`` as ``label`` makes.

    Of a story of more than ``MAX_WORDS`` words the last are not found.
    """
    left, stems, forms = MAX_WORDS, {}, dict[str, None]()
    for name in FIELDS:
        words = list(chain.from_iterable(index_words(text, language) for text in texts[name]))
        words = words[:left]
        left -= len(words)
        stems[name] = " ".join(word.stem for word in words)
        forms |= dict.fromkeys(word.folded for word in words if word.folded != word.stem)
    return IndexedStory(stems, " ".join(forms), " ".join(dict.fromkeys(labels)))


def label(kind: str, key: object) -> str:
    """Return the word by which the index knows that a story is filed under row ``key`` of ``kind``: "#t12"."""
    return f"#{kind}{key}"


@dataclass(frozen=True, slots=True)
class NamedTerms:
    """Terms of a query that together are a name: a story fits them, too, if it has one of ``labels``."""

    terms: tuple[SearchTerm, ...]
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class IndexQuery:
    """A query in the language of each database; only words of the index and labels stand in it, all quoted.

    The terms of each of ``names`` are terms of ``query``, required or excluded, no required one of them in two names.
    """

    query: SearchQuery
    labels: tuple[str, ...] = ()
    excluded_labels: tuple[str, ...] = field(default=())
    names: tuple[NamedTerms, ...] = ()

    @property
    def has_prefix(self) -> bool:
        """Whether the last word may go on."""
        return any(term.prefix for term in self.query.terms)

    @property
    def has_phrase(self) -> bool:
        """Whether words are to stand one after the other, or not to."""
        return any(term.is_phrase for term in (*self.query.terms, *self.query.excluded))

    def whole_words(self) -> "IndexQuery":
        """Return what is looked for if the last word does not go on."""
        return self._replace_terms(lambda term: (replace(term, prefix=""),))

    def single_words(self) -> "IndexQuery":
        """Return what every story fits that fits this, and others do: the words of a phrase wherever they stand."""
        excluded = tuple(term for term in self.query.excluded if not term.is_phrase)
        without_phrases = replace(self, query=replace(self.query, excluded=excluded))
        return without_phrases._replace_terms(_split_phrase)

    def _replace_terms(
        self, change: Callable[[SearchTerm], tuple[SearchTerm, ...]]
    ) -> "IndexQuery":
        """Return it with what ``change`` makes of each term that is required, in its names as well."""

        def replaced(terms: Iterable[SearchTerm]) -> tuple[SearchTerm, ...]:
            return tuple(dict.fromkeys(chain.from_iterable(map(change, terms))))

        names = (
            replace(name, terms=replaced(name.terms))
            if set(name.terms) <= {*self.query.terms}
            else name
            for name in self.names
        )
        query = replace(self.query, terms=replaced(self.query.terms))
        return replace(self, query=query, names=tuple(names))

    def plain_terms(self) -> list[SearchTerm]:
        """Return the terms that are part of no name."""
        named = {term for name in self.names for term in name.terms}
        return [term for term in self.query.terms if term not in named]

    def _required_names(self) -> list[NamedTerms]:
        return [name for name in self.names if set(name.terms) <= set(self.query.terms)]

    def _named(self, term: SearchTerm) -> NamedTerms:
        """Return ``term`` with the labels of the names that it is all of."""
        labels = [name.labels for name in self.names if name.terms == (term,)]
        return NamedTerms((term,), tuple(chain.from_iterable(labels)))

    def tsquery(self) -> str:
        """Return it as a value of PostgreSQL's ``tsquery``, in its text form."""
        required = [_tsquery_term(term) for term in self.plain_terms()]
        required += [_tsquery_name(name) for name in self._required_names()]
        required += [f"'{name}'" for name in self.labels]
        excluded = [f"!{_tsquery_name(self._named(term))}" for term in self.query.excluded]
        return " & ".join([*required, *excluded, *(f"!'{name}'" for name in self.excluded_labels)])

    def fts5(self) -> str:
        """Return it as an expression of SQLite's FTS5 over the columns of ``FIELDS``, ``forms`` and ``labels``."""
        required = [_fts5_term(term) for term in self.plain_terms()]
        required += [_fts5_name(name) for name in self._required_names()]
        required += [_fts5_label(name) for name in self.labels]
        excluded = [_fts5_name(self._named(term)) for term in self.query.excluded]
        excluded += [_fts5_label(name) for name in self.excluded_labels]
        expression = " AND ".join(required)
        return f"({expression}) NOT ({' OR '.join(excluded)})" if excluded else expression


def _split_phrase(term: SearchTerm) -> tuple[SearchTerm, ...]:
    if not term.is_phrase:
        return (term,)
    return tuple(SearchTerm((stem,)) for stem in term.stems)


def _tsquery_term(term: SearchTerm) -> str:
    phrase = " <-> ".join(f"'{stem}'" for stem in term.stems)
    if not term.prefix:
        return f"({phrase})"
    return f"({phrase} | '{term.prefix}':* | '{FULL_FORM}{term.prefix}':*)"


def _tsquery_name(name: NamedTerms) -> str:
    words = " & ".join(_tsquery_term(term) for term in name.terms)
    labels = [f"'{key}'" for key in name.labels]
    return f"({' | '.join([f'({words})', *labels])})"


def _fts5_name(name: NamedTerms) -> str:
    words = " AND ".join(_fts5_term(term) for term in name.terms)
    return f"({' OR '.join([f'({words})', *map(_fts5_label, name.labels)])})"


def _fts5_term(term: SearchTerm) -> str:
    columns = " ".join(FIELDS)
    alternatives = [f'{{{columns}}} : "{" ".join(term.stems)}"']
    if term.prefix:
        alternatives.append(f'{{{columns} forms}} : "{term.prefix}" *')
    return f"({' OR '.join(alternatives)})"


def _fts5_label(name: str) -> str:
    return f'labels : "{name}"'
