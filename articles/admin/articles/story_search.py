"""Words, names and numbers -> the stories of the desk that have them. Who may see a story is asked of the stories."""

import re
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.conf import settings

from articles.models import ArticleSearch, DeskNameWord, User
from articles.models.desk_names import DESK_KINDS
from articles.text.search import SearchQuery, SearchTerm, fold_word, parse_query
from articles.text.search.index import IndexQuery, NamedTerms, label

MOST_ROWS = 100  # people, organizations, tags and authors that one word leads to
LETTERS = {"tag": "t", "person": "p", "organization": "o", "author": "a"}
NUMBER = re.compile(r"(?P<mark>#?)(?P<number>[0-9]{1,18})")


@dataclass(frozen=True, slots=True)
class StoryMatches:
    """Stories by their keys, those changed last first; ``has_more``: there are others that were changed before."""

    keys: Sequence[int]
    has_more: bool = False


def match_stories(text: str, kinds: Collection[str]) -> StoryMatches:
    """Return the stories whose words, or the names of what they are filed under, are those of ``text``.

    All words, "phrases", not the ``-words``; the last word may go on. ``#12`` is the story of that number, ``12`` as
    well. Names are looked for among rows of ``kinds``: of those that whoever searches may see. Never raises.
    """
    number = NUMBER.fullmatch(text.strip())
    numbered = [int(number["number"])] if number else []
    query = parse_query(text, settings.LANGUAGE_CODE)
    if not query or (number and number["mark"]):
        return StoryMatches(numbered)
    labels = _find_labels(text, kinds)
    names = tuple(NamedTerms((term,), tuple(labels[term])) for term in labels)
    index_query = IndexQuery(query, names=names)
    keys, has_more = ArticleSearch.objects.newest_owners(index_query)
    return StoryMatches([*numbered, *keys], has_more)


def searchable_kinds(user: User) -> list[str]:
    """Return the kinds of rows by whose names ``user`` may find stories: those that ``user`` may see."""
    return [
        kind
        for kind in DESK_KINDS
        if any(user.has_perm(f"articles.{action}_{kind}") for action in ("view", "change"))
    ]


def _find_labels(text: str, kinds: Collection[str]) -> dict[SearchTerm, list[str]]:
    """Return for each term of ``text`` the labels of the rows that go by it; a row of all the words counts for each."""
    unstemmed = parse_query(text, "")  # names have no stems
    labels: dict[SearchTerm, list[str]] = defaultdict(list)
    for term in (*unstemmed.terms, *unstemmed.excluded):
        labels[_stemmed(term)] += _labels_of(SearchQuery((term,)), kinds)
    if len(unstemmed.terms) > 1:
        together = _labels_of(unstemmed, kinds)
        for term in unstemmed.terms:
            labels[_stemmed(term)] += together
    return {term: list(dict.fromkeys(names)) for term, names in labels.items()}


def _stemmed(term: SearchTerm) -> SearchTerm:
    stems = (fold_word(word, settings.LANGUAGE_CODE)[1] for word in term.stems)
    return SearchTerm(tuple(stems), term.prefix)


def _labels_of(unstemmed: SearchQuery, kinds: Collection[str]) -> list[str]:
    """Return the labels of the rows whose names have all words of the terms."""
    words = [word for term in unstemmed.terms for word in term.stems]
    last_begins = bool(unstemmed.terms[-1].prefix)
    rows = DeskNameWord.objects.filter(kind__in=kinds).rows_with(words, last_begins)[:MOST_ROWS]
    return [label(LETTERS[kind], key) for kind, key in rows]
