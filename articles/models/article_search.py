"""The words of every story as the desk has it now: for the desk alone, no reader's page reads them.

A row is written with each revision of a story and with each story that comes in, in the transaction that does so. It
holds no names of rows: what a story is filed under stands in it by key, and is looked up by the names of today. A row
says nothing of who may see its story: whoever looks for words asks the stories, too.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import connection, models

from articles.text.html.plain import plain_text
from articles.text.search.index import IndexedStory, index_story, label

from .search import LINK_LABELS
from .search_columns import (
    COLUMNS,
    IndexedRow,
    SearchColumns,
    SearchQuerySet,
    row_key,
    stored_words,
    word_columns,
)

if TYPE_CHECKING:
    from .articles import Article

STEP = 500  # articles that are read at once
LINKS = (
    "bylines",
    "tags",
    "people",
    "organizations",
)  # what a row needs of a story beside its columns


class ArticleSearchQuerySet(SearchQuerySet):
    def index(self, articles: Sequence["Article"]) -> None:
        """Write the rows of ``articles`` (``LINKS`` prefetched) instead of those that they have.

        Two statements at most, in the caller's transaction, under the lock of the articles.
        """
        rows = self.model.rows_of(articles)
        columns = ["key", "article_id", *COLUMNS, "vector"]
        table = self.model._meta.db_table
        changes = ", ".join(f"{name} = excluded.{name}" for name in columns if name != "article_id")
        vector = "%s::tsvector" if connection.vendor == "postgresql" else "%s"
        sql = (
            f"INSERT INTO {table} ({', '.join(columns)})"  # noqa: S608
            f" VALUES ({'%s, ' * (len(columns) - 1)}{vector})"
            f" ON CONFLICT (article_id) DO UPDATE SET {changes}"
        )
        with connection.cursor() as cursor:
            if connection.vendor != "postgresql":
                self._replace_words(cursor, rows)
            values = [(row.key, row.owner, *stored_words(row.words)) for row in rows]
            cursor.executemany(sql, values)

    def index_anew(self, keys: Sequence[int]) -> None:
        """Write the rows of the stored articles of ``keys`` as they are now, under their lock."""
        articles = self.model._meta.get_field("article").related_model.all_objects.with_words()
        for start in range(0, len(keys), STEP):
            self.index(articles.filter(pk__in=keys[start : start + STEP]))

    def insert(self, articles: Iterable["Article"]) -> int:
        """Write the rows of ``articles`` that have none (``LINKS`` prefetched). Returns how many."""
        return self.insert_words(self.model.rows_of(articles))

    def _replace_words(self, cursor: Any, rows: Sequence[IndexedRow]) -> None:
        """Write ``rows`` into SQLite's table of words; what the stored rows had there goes by the same statement."""
        words, names = self.model.words_table, ", ".join(COLUMNS)
        sql = (
            f"INSERT INTO {words} ({words}, rowid, {names})"  # noqa: S608
            f" SELECT 'delete', key, {names} FROM {self.model._meta.db_table} WHERE article_id = %s"
            f" UNION ALL SELECT NULL, %s{', %s' * len(COLUMNS)}"
        )
        cursor.executemany(sql, [(row.owner, row.key, *word_columns(row.words)) for row in rows])


class ArticleSearch(SearchColumns):
    """The words of one working copy; ``key`` orders rows by its last change."""

    owner = "article"
    words_table = "articles_articlewords"

    article = models.OneToOneField("Article", on_delete=models.CASCADE, related_name="search")

    objects = ArticleSearchQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.article_id)

    @classmethod
    def rows_of(cls, owners: Iterable["Article"]) -> list[IndexedRow]:
        """Return what the index is to hold of articles with ``LINKS`` prefetched."""
        return [
            IndexedRow(row_key(article.updated_at, article.pk), article.pk, _index_article(article))
            for article in owners
        ]


def _index_article(article: "Article") -> IndexedStory:
    texts = {
        "headline": [article.headline],
        "details": [article.kicker, article.dek, article.dateline, article.credit, article.ed_note],
        "body": [plain_text(article.body_html)],
    }
    return index_story(texts, _filing_labels(article), settings.LANGUAGE_CODE)


def _filing_labels(article: "Article") -> Iterator[str]:
    for name, letter in LINK_LABELS:
        rows = getattr(article, name).all()
        keys = (row.author_id if name == "bylines" else row.pk for row in rows)
        yield from (label(letter, key) for key in sorted(keys))
