"""Search without a database: text -> words, what was asked -> a query, hits -> their rank and the words in context."""

from .query import MAX_QUERY_WORDS, SearchQuery, SearchTerm, parse_query
from .words import IndexedWord, fold_word, index_words

__all__ = [
    "MAX_QUERY_WORDS",
    "IndexedWord",
    "SearchQuery",
    "SearchTerm",
    "fold_word",
    "parse_query",
    "index_words",
]
