"""What every index of words shares: a tsvector on PostgreSQL, a table of FTS5 on SQLite, over the same columns.

The words are made in Python (``articles.text.search``), so that both databases hold and find the same.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar, NamedTuple, Self

from django.contrib.postgres.search import SearchVectorField
from django.db import DatabaseError, connection, models, transaction
from django.db.models.expressions import RawSQL

from articles.text.search.index import FIELDS, IndexedStory, IndexQuery

from . import bulk

OWNER_BITS = 25  # of a key: below them the seconds of its time
COLUMNS = ("headline", "details", "body", "forms", "labels")
MOST_MATCHES = (
    1200  # of which a thousand are counted; some rows are of editions that are not listed
)
MOST_GATHERED, MOST_WALKED = 5000, 200


class IndexedRow(NamedTuple):
    """What the index holds of ``owner``, a story or an edition by its primary key."""

    key: int
    owner: int
    words: IndexedStory


class SearchQuerySet(models.QuerySet[Any]):
    """Rows of one index. ``model`` says whose words they are (``owner``), and how they are made of it."""

    def insert_words(self, rows: Sequence[IndexedRow]) -> int:
        """Write ``rows``, of which there are none so far, in the caller's transaction: two statements at most."""
        columns = ("key", f"{self.model.owner}_id", *COLUMNS, "vector")
        values = ((row.key, row.owner, *stored_words(row.words)) for row in rows)
        count = bulk.insert(self.model, columns, values)
        if connection.vendor != "postgresql":
            self._write_words("", [(row.key, *word_columns(row.words)) for row in rows])
        return count

    def unindex(self) -> int:
        """Delete these rows with their words. Returns how many."""
        if connection.vendor != "postgresql":
            self._write_words("delete", list(self.values_list("key", *COLUMNS)))
        return self.delete()[0]

    def index_missing(self, owners: Sequence[Any], *, every: bool = False) -> int:
        """Write the rows of those of ``owners`` that have none, with ``every`` of all of them. Returns how many."""
        stored = self.filter(**{f"{self.model.owner}__in": owners})
        if every:
            stored.unindex()
        indexed = set(stored.values_list(f"{self.model.owner}_id", flat=True))
        missing = [owner for owner in owners if owner.pk not in indexed]
        return self.insert_words(self.model.rows_of(missing))

    def find_differing(self, owners: Sequence[Any]) -> set[int]:
        """Return which of ``owners`` have no row, or one of other words; of withdrawals there is none."""
        expected = {row.owner: row for row in self.model.rows_of(owners)}
        owner_id = f"{self.model.owner}_id"
        rows = self.filter(**{f"{owner_id}__in": expected})
        stored = {
            pk: (key, *values) for pk, key, *values in rows.values_list(owner_id, "key", *COLUMNS)
        }
        wrong = {
            pk
            for pk, row in expected.items()
            if stored.get(pk) != (row.key, *stored_words(row.words)[:-1])
        }
        if connection.vendor == "postgresql":
            vectors = {pk: row.words.tsvector() for pk, row in expected.items()}
            wrong |= self._find_other_vectors(vectors)
        return wrong

    def among(self, keys: Iterable[int], column: str = "key") -> Self:
        """Rows whose ``column`` is one of ``keys``; a thousand cost no more to ask for than one."""
        return self.filter(bulk.is_one_of(self.model, column, keys))

    def newest(self) -> Self:
        """Newest first, in the order of the index."""
        return self.order_by("-key")

    def oldest(self) -> Self:
        """Oldest first: the order of the index, backwards."""
        return self.order_by("key")

    def newest_owners(
        self, query: IndexQuery, *, most: int = MOST_GATHERED, walked: int = MOST_WALKED
    ) -> tuple[list[int], bool]:
        """Return the keys of those whose rows match ``query``, the newest first, and whether there are others.

        All of them where there are ``most`` or fewer: these are gathered by the index of words. Of more the newest
        ``walked``: a word of many is soon met on the way back through the newest.
        """
        columns = ("key", f"{self.model.owner}_id")
        hits = self._gather(query, most + 1)
        if has_more := len(hits) > most:
            hits = list(self._holding(query).newest().values_list(*columns)[:walked])
        return [owner for _, owner in sorted(hits, reverse=True)], has_more

    def _gather(self, query: IndexQuery, most: int) -> list[tuple[int, int]]:
        """Return keys and owners of ``most`` rows that match ``query``; on SQLite the newest.

        PostgreSQL plans it for all rows that match.
        """
        columns = ("key", f"{self.model.owner}_id")
        if connection.vendor != "postgresql":
            keys = self.match_words_table(query, most)
            return list(self.among(keys).values_list(*columns))
        names = ", ".join(columns)
        sql = (
            f"WITH hits AS MATERIALIZED (SELECT {names} FROM {self.model._meta.db_table}"  # noqa: S608
            f" WHERE vector @@ %s::tsquery) SELECT {names} FROM hits LIMIT %s"
        )
        with sequential_scans_set_aside(), connection.cursor() as cursor:
            cursor.execute(sql, [query.tsquery(), most])
            return cursor.fetchall()

    def _holding(self, query: IndexQuery) -> Self:
        """Rows that match ``query``, on SQLite the newest ``MOST_MATCHES`` of them."""
        if connection.vendor != "postgresql":
            return self.among(self.match_words_table(query, MOST_MATCHES))
        sql = f'"{self.model._meta.db_table}"."vector" @@ %s::tsquery'
        return self.filter(RawSQL(sql, [query.tsquery()], models.BooleanField()))  # noqa: S611

    def holds_together(self) -> bool:
        """Tell whether SQLite's table of words is that of the rows; PostgreSQL's is part of its table and always is."""
        if connection.vendor == "postgresql":
            return True
        table = self.model.words_table
        sql = f"INSERT INTO {table} ({table}, rank) VALUES ('integrity-check', 1)"  # noqa: S608
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(sql)
        except DatabaseError:
            return False
        return True

    def rebuild_words(self) -> None:
        """Make SQLite's table of words anew from the rows, should it not be theirs."""
        if not self.holds_together():
            table = self.model.words_table
            with connection.cursor() as cursor:
                cursor.execute(f"INSERT INTO {table} ({table}) VALUES ('rebuild')")  # noqa: S608

    def match_words_table(
        self,
        query: IndexQuery,
        most: int,
        since: int | None = None,
        before: int | None = None,
        *,
        oldest_first: bool = False,
    ) -> list[int]:
        """Return the keys of the newest or oldest matches in SQLite's table of words: it walks them in this order."""
        table = self.model.words_table
        bounds = [("rowid >= %s", since), ("rowid < %s", before)]
        conditions = [(f"{table} MATCH %s", query.fts5()), *bounds]
        conditions = [(sql, value) for sql, value in conditions if value is not None]
        sql = (
            f"SELECT rowid FROM {table} WHERE {' AND '.join(sql for sql, _ in conditions)}"  # noqa: S608
            f" ORDER BY rowid {'ASC' if oldest_first else 'DESC'} LIMIT {most}"
        )
        with connection.cursor() as cursor:
            cursor.execute(sql, [value for _, value in conditions])
            return [key for (key,) in cursor.fetchall()]

    def _find_other_vectors(self, vectors: dict[int, str]) -> set[int]:
        owner_id = f"{self.model.owner}_id"
        sql = (
            f"SELECT {owner_id} FROM {self.model._meta.db_table}"  # noqa: S608
            f" JOIN unnest(%s::bigint[], %s::text[]) AS expected(pk, words) ON {owner_id} = expected.pk"
            " WHERE vector IS DISTINCT FROM words::tsvector"
        )
        with connection.cursor() as cursor:
            cursor.execute(sql, [list(vectors), list(vectors.values())])
            return {pk for (pk,) in cursor.fetchall()}

    def _write_words(self, command: str, rows: Sequence[Sequence[Any]]) -> None:
        """Add ``rows`` of key and columns to SQLite's table of words, or with "delete" take out what stands there."""
        table = self.model.words_table
        names = ["rowid", *COLUMNS]
        values: Sequence[Sequence[Any]] = rows
        if command:
            names = [table, *names]
            values = [(command, *row) for row in rows]
        marks = ", ".join(["%s"] * len(names))
        with connection.cursor() as cursor:
            cursor.executemany(
                f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})",  # noqa: S608
                values,
            )


class SearchColumns(models.Model):
    """The words of one story. ``key`` orders rows by a time, then by the number of whose words they are.

    ``headline`` and ``details`` are stems by which hits are ranked. PostgreSQL has all words in ``vector``; SQLite
    has them in the other columns, of which its ``words_table`` keeps the index. Both indexes are made
    by the migration alone: each is of one database.
    """

    owner: ClassVar[str]  # the field that leads to whose words they are
    words_table: ClassVar[str]

    key = models.BigIntegerField(primary_key=True)
    headline = models.TextField(blank=True)
    details = models.TextField(blank=True)
    body = models.TextField(blank=True)
    forms = models.TextField(blank=True)
    labels = models.TextField(blank=True)
    vector = SearchVectorField(null=True)

    class Meta:
        abstract = True

    @classmethod
    def rows_of(cls, owners: Iterable[Any]) -> list[IndexedRow]:
        """Return what the index is to hold of ``owners``."""
        raise NotImplementedError


def row_key(at: datetime, owner: int) -> int:
    """Return the key of a row of ``owner``, a primary key: by the second of ``at`` (aware), then by that number."""
    return (int(at.timestamp() // 1) << OWNER_BITS) | (owner & ((1 << OWNER_BITS) - 1))


def published_second(key: int) -> datetime:
    """Return the second (aware) of ``key``."""
    return datetime.fromtimestamp(0, UTC) + timedelta(seconds=key >> OWNER_BITS)


def owner_number(key: int) -> int:
    """Return the number in ``key``: the primary key of whose words they are, as far as its bits reach."""
    return key & ((1 << OWNER_BITS) - 1)


@contextmanager
def sequential_scans_set_aside() -> Iterator[None]:
    """Let PostgreSQL read tables by their indexes in this block, a transaction.

    It takes a look into the words of a row for cheap, which it is not, and would read the whole table instead.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        yield
        cursor.execute("SET LOCAL enable_seqscan TO DEFAULT")


def stored_words(words: IndexedStory) -> tuple[str | None, ...]:
    """Return ``COLUMNS`` and the vector, as this database needs them."""
    headline, details, *others = word_columns(words)
    if connection.vendor == "postgresql":
        return headline, details, *("" for _ in others), words.tsvector()
    return headline, details, *others, None


def word_columns(words: IndexedStory) -> tuple[str, ...]:
    return (*(words.stems[name] for name in FIELDS), words.forms, words.labels)
