"""The words of what readers get, as both databases look for them: a tsvector on PostgreSQL, FTS5 on SQLite.

Publishing writes a row with each edition; when an edition has ended its row goes, the next time its story is
published or the index is tidied. It holds no names that somebody has since: whoever looks for a name is led to the
person first. A row says nothing of what is visible: whoever looks for words asks ``listed()`` too.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.contrib.postgres.search import SearchVectorField
from django.db import DatabaseError, connection, models, transaction
from django.db.models.expressions import RawSQL
from django.utils import timezone

from articles import clock
from articles.text.search.index import FIELDS, IndexedStory, IndexQuery, index_story, label

from . import bulk
from .visibility import is_listed

if TYPE_CHECKING:
    from .editions import Edition

EDITION_BITS = 25  # of a key: below them the seconds of publication
COLUMNS = ("headline", "details", "body", "forms", "labels")
LINK_LABELS = (("tags", "t"), ("people", "p"), ("organizations", "o"), ("bylines", "a"))
WORDS_TABLE = "articles_editionwords"  # SQLite's, of FTS5, over ``COLUMNS``
MOST_MATCHES = 1500


class EditionSearchQuerySet(models.QuerySet["EditionSearch"]):
    def index(self, editions: Sequence["Edition"]) -> int:
        """Write the rows of stored ``editions``, in the caller's transaction; withdrawals have none. Returns how many.

        Two statements at most.
        """
        editions = [edition for edition in editions if not edition.is_withdrawal]
        rows = [(search_key(edition), edition.pk, _index(edition)) for edition in editions]
        columns = ("key", "edition_id", *COLUMNS, "vector")
        values = ((key, pk, *_stored(words)) for key, pk, words in rows)
        count = bulk.insert(EditionSearch, columns, values)
        if connection.vendor != "postgresql":
            _write_words("", [(key, *_columns(words)) for key, _, words in rows])
        return count

    def unindex(self) -> int:
        """Delete these rows with their words. Returns how many."""
        if connection.vendor != "postgresql":
            _write_words("delete", list(self.values_list("key", *COLUMNS)))
        return self.delete()[0]

    def find_differing(self, editions: Sequence["Edition"]) -> set[int]:
        """Return which of ``editions`` have no row, or one of other words; withdrawals need none."""
        editions = [edition for edition in editions if not edition.is_withdrawal]
        expected = {edition.pk: _index(edition) for edition in editions}
        columns = ("edition_id", *COLUMNS)
        rows = self.filter(edition__in=expected)
        stored = {pk: tuple(values) for pk, *values in rows.values_list(*columns)}
        wrong = {pk for pk, words in expected.items() if stored.get(pk) != _stored(words)[:-1]}
        if connection.vendor == "postgresql":
            wrong |= _find_other_vectors({pk: words.tsvector() for pk, words in expected.items()})
        return wrong

    def ended(self, at: datetime | None = None) -> Self:
        """Rows of editions that readers get no more at ``at`` (aware, default now)."""
        return self.filter(edition__ends_at__lte=at or clock.now())

    def listed(self, at: datetime | None = None) -> Self:
        """Rows of editions that are listed at ``at`` (aware, default now)."""
        return self.filter(is_listed(at or clock.now(), "edition__"))

    def matching(
        self, query: IndexQuery, *, since: int | None = None, before: int | None = None
    ) -> Self:
        """Rows that hold what ``query`` wants and nothing else of it, with keys in ``[since, before)``.

        SQLite looks at the newest ``MOST_MATCHES`` of them alone, so that a word of many stories costs no more.
        """
        if connection.vendor != "postgresql":
            return self.filter(key__in=_newest_matches(query, since, before))
        sql = '"articles_editionsearch"."vector" @@ %s::tsquery'
        rows = self.filter(RawSQL(sql, [query.tsquery()], models.BooleanField()))  # noqa: S611
        bounds = {"key__gte": since, "key__lt": before}
        return rows.filter(**{name: key for name, key in bounds.items() if key is not None})

    def newest(self) -> Self:
        """Newest story first, in the order of the index."""
        return self.order_by("-key")


class EditionSearch(models.Model):
    """The words of one edition. ``key`` orders rows by publication (``search_key``).

    ``headline`` and ``details`` are stems by which hits are ranked. PostgreSQL has all words in ``vector``; SQLite
    has them in the other columns, of which its table of words keeps the index. Both indexes are made
    by the migration alone: each is of one database.
    """

    key = models.BigIntegerField(primary_key=True)
    edition = models.OneToOneField("Edition", on_delete=models.CASCADE, related_name="search")
    headline = models.TextField(blank=True)
    details = models.TextField(blank=True)
    body = models.TextField(blank=True)
    forms = models.TextField(blank=True)
    labels = models.TextField(blank=True)
    vector = SearchVectorField(null=True)

    objects = EditionSearchQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.edition_id)


def check_words_table() -> bool:
    """Tell whether SQLite's index of words is that of the rows; PostgreSQL's is part of its table and always is."""
    if connection.vendor == "postgresql":
        return True
    sql = f"INSERT INTO {WORDS_TABLE} ({WORDS_TABLE}, rank) VALUES ('integrity-check', 1)"  # noqa: S608
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
    except DatabaseError:
        return False
    return True


def search_key(edition: "Edition") -> int:
    """Return the key of ``edition``: by the second of its story's publication, then by its own number."""
    seconds = int(edition.published_at.timestamp() // 1)
    return (seconds << EDITION_BITS) | (edition.pk & ((1 << EDITION_BITS) - 1))


def key_at(at: datetime) -> int:
    """Return the first key that a story published in or after the second of ``at`` (aware) can have."""
    return -int(-at.timestamp() // 1) << EDITION_BITS


def _index(edition: "Edition") -> IndexedStory:
    picture = edition.picture or {}
    details = [
        edition.kicker,
        edition.dek,
        *(link["name"] for kind, _ in LINK_LABELS for link in getattr(edition, kind)),
        *(quote["unnamed"] for quote in edition.quotes),
        *(picture.get(name, "") for name in ("alt", "caption")),
    ]
    texts = {"headline": [edition.headline], "details": details, "body": [edition.body_text]}
    return index_story(texts, _labels(edition), settings.LANGUAGE_CODE)


def _labels(edition: "Edition") -> Iterable[str]:
    for kind, letter in LINK_LABELS:
        yield from (label(letter, link["id"]) for link in getattr(edition, kind))
    day = timezone.localtime(edition.published_at)
    yield label("y", f"{day.year:04}")
    yield label("m", f"{day.year:04}{day.month:02}")


def _stored(words: IndexedStory) -> tuple[str | None, ...]:
    """Return ``COLUMNS`` and the vector, as this database needs them."""
    headline, details, *others = _columns(words)
    if connection.vendor == "postgresql":
        return headline, details, *("" for _ in others), words.tsvector()
    return headline, details, *others, None


def _columns(words: IndexedStory) -> tuple[str, ...]:
    return (*(words.stems[name] for name in FIELDS), words.forms, words.labels)


def _newest_matches(query: IndexQuery, since: int | None, before: int | None) -> list[int]:
    """Return the keys of the newest matches in SQLite's table of words: it walks them in this order."""
    bounds = [("rowid >= %s", since), ("rowid < %s", before)]
    conditions = [(f"{WORDS_TABLE} MATCH %s", query.fts5()), *bounds]
    conditions = [(sql, value) for sql, value in conditions if value is not None]
    sql = (
        f"SELECT rowid FROM {WORDS_TABLE} WHERE {' AND '.join(sql for sql, _ in conditions)}"  # noqa: S608
        f" ORDER BY rowid DESC LIMIT {MOST_MATCHES}"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [value for _, value in conditions])
        return [key for (key,) in cursor.fetchall()]


def _find_other_vectors(vectors: dict[int, str]) -> set[int]:
    sql = (
        "SELECT edition_id FROM articles_editionsearch"
        " JOIN unnest(%s::bigint[], %s::text[]) AS expected(pk, words) ON edition_id = expected.pk"
        " WHERE vector IS DISTINCT FROM words::tsvector"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [list(vectors), list(vectors.values())])
        return {pk for (pk,) in cursor.fetchall()}


def _write_words(command: str, rows: Sequence[Sequence[Any]]) -> None:
    """Add ``rows`` of key and columns to SQLite's table of words, or with "delete" take out what stands there."""
    names = ["rowid", *COLUMNS]
    values: Sequence[Sequence[Any]] = rows
    if command:
        names = [WORDS_TABLE, *names]
        values = [(command, *row) for row in rows]
    marks = ", ".join(["%s"] * len(names))
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {WORDS_TABLE} ({', '.join(names)}) VALUES ({marks})",  # noqa: S608
            values,
        )
