"""Words that may have been meant where hardly anything is found: only words that readers have now.

They come from names, tags and the newest headlines, and a hint is given only if it leads to something.
"""

import re
from collections.abc import Iterator

from django.conf import settings

from articles.models.editions import Edition
from articles.models.name_words import NameWord
from articles.models.tags import Tag
from articles.text.search import SearchQuery, SearchTerm, fold_word, index_words, parse_query
from articles.text.search.index import IndexQuery
from articles.text.search.spelling import SHORTEST, closest_words

from .names import find_names
from .stories import find_stories

HARDLY_ANY = 2  # stories
MOST_TERMS = 4  # of a search that are looked at
MOST_NAME_WORDS, MOST_TAGS, MOST_HEADLINES = 400, 100, 400  # in which a word is looked for
MOST_CHECKED = 3  # words of names that are checked to be of a name that readers have
WORD = re.compile(r"[^\W\d_]+")


def suggest_text(text: str, query: SearchQuery, count: int) -> str:
    """Return ``text`` with other words that lead to more than ``count`` stories or to a name, empty for none.

    A word is changed if it alone leads to hardly any story. Only the first ``MOST_TERMS`` terms are looked at.
    """
    changes: dict[str, str] = {}
    for term in query.terms[:MOST_TERMS]:
        words = [word for word in term.words if len(word) >= SHORTEST and word.isalpha()]
        if words and (len(query.terms) == 1 or _count_stories(term) <= HARDLY_ANY):
            changes |= {word: other for word in words if (other := _find_other(word))}
    suggestion = _replace_words(text, changes)
    if not changes or suggestion == text:
        return ""
    other_query = parse_query(suggestion, settings.LANGUAGE_CODE)
    is_better = find_stories(IndexQuery(other_query)).count > count
    return suggestion if is_better or find_names(suggestion) else ""


def _count_stories(term: SearchTerm) -> int:
    return find_stories(IndexQuery(SearchQuery((term,)))).count


def _find_other(word: str) -> str:
    """Return the printed word that ``word`` (folded) may have been meant for, empty for none."""
    printed: dict[str, str] = {}
    for printed_word in _printed_words(word):
        printed.setdefault(fold_word(printed_word, settings.LANGUAGE_CODE)[0], printed_word)
    names = _name_words(word)
    checked = 0
    for candidate in closest_words(word, [*names, *printed]):
        if candidate in printed:
            return printed[candidate]
        if checked < MOST_CHECKED:
            checked += 1
            if name_word := _print_name_word(candidate):
                return name_word
    return ""


def _name_words(word: str) -> list[str]:
    """Return words of names, whoever has them, that begin as ``word`` does, or with its first letters changed round."""
    rows = NameWord.objects.beginning_with(word[:2])
    rows |= NameWord.objects.beginning_with(word[1::-1])
    return list(rows.order_by().values_list("word", flat=True).distinct()[:MOST_NAME_WORDS])


def _print_name_word(word: str) -> str:
    """Return ``word`` as a name prints it that readers may be told, empty where there is none."""
    for name in find_names(word):
        for printed in index_words(name.name, settings.LANGUAGE_CODE) if name.is_shown else ():
            if printed.folded == word:
                return name.name[printed.start : printed.end]
    return ""


def _printed_words(word: str) -> Iterator[str]:
    """Yield the words of tags that begin as ``word`` does, and of the newest headlines, some of them twice."""
    tags = Tag.objects.public().beginning_with(word[:2])
    headlines = Edition.objects.listed().newest().values_list("headline", flat=True)
    for texts in (tags.values_list("name", flat=True)[:MOST_TAGS], headlines[:MOST_HEADLINES]):
        printed = dict.fromkeys(other for text in texts for other in WORD.findall(text))
        yield from (other for other in printed if abs(len(other) - len(word)) <= 2)


def _replace_words(text: str, changes: dict[str, str]) -> str:
    place, pieces = 0, []
    for word in index_words(text, settings.LANGUAGE_CODE):
        if word.folded in changes:
            pieces += [text[place : word.start], changes[word.folded]]
            place = word.end
    return "".join([*pieces, text[place:]])
