"""The words of what readers get, as both databases look for them: a tsvector on PostgreSQL, FTS5 on SQLite.

Publishing writes a row with each edition; when an edition has ended its row goes, the next time its story is
published or the index is tidied. It holds no names that somebody has since: whoever looks for a name is led to the
person first. A row says nothing of what is visible: whoever looks for words asks ``listed()`` too.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Self, TypedDict

from django.conf import settings
from django.db import connection, models
from django.utils import timezone

from articles import clock
from articles.text.search.index import IndexedStory, IndexQuery, index_story, label

from .first_matches import FirstMatches, SqliteWalk, first_matches
from .month_walk import start_month_walk
from .search_columns import (
    MOST_MATCHES,
    OWNER_BITS,
    IndexedRow,
    SearchColumns,
    SearchQuerySet,
    row_key,
    sequential_scans_set_aside,
)
from .visibility import is_listed

if TYPE_CHECKING:
    from .editions import Edition

LINK_LABELS = (("tags", "t"), ("people", "p"), ("organizations", "o"), ("bylines", "a"))
WORDS_TABLE = "articles_editionwords"  # SQLite's


class EditionSearchQuerySet(SearchQuerySet):
    def index(self, editions: Sequence["Edition"]) -> int:
        """Write the rows of stored ``editions``, in the caller's transaction; withdrawals have none. Returns how many.

        Two statements at most.
        """
        return self.insert_words(EditionSearch.rows_of(editions))

    def first_matches(
        self,
        query: IndexQuery,
        *,
        since: int | None = None,
        before: int | None = None,
        oldest_first: bool = False,
        most: int = MOST_MATCHES,
    ) -> FirstMatches:
        """Return the first ``most`` matches of ``query``, newest or oldest first, with keys in ``[since, before)``.

        A bounded part of the index is read, whatever the words (``articles.models.first_matches``).
        """
        bounds = KeyBounds(since=since, before=before)
        if connection.vendor != "postgresql":
            return first_matches(SqliteWalk(self, oldest_first=oldest_first, **bounds), query, most)
        with sequential_scans_set_aside():
            walk = start_month_walk(self, oldest_first=oldest_first, **bounds)
            return first_matches(walk, query, most) if walk else FirstMatches([])

    def matching(self, query: IndexQuery, **bounds: Any) -> Self:
        """Rows that ``first_matches`` returns, which takes the same ``bounds``."""
        return self.among(self.first_matches(query, **bounds).keys)

    def ended(self, at: datetime | None = None) -> Self:
        """Rows of editions that readers get no more at ``at`` (aware, default now)."""
        return self.filter(edition__ends_at__lte=at or clock.now())

    def listed(self, at: datetime | None = None) -> Self:
        """Rows of editions that are listed at ``at`` (aware, default now)."""
        return self.filter(is_listed(at or clock.now(), "edition__"))


class EditionSearch(SearchColumns):
    """The words of one edition; ``key`` orders rows by publication (``search_key``)."""

    owner = "edition"
    words_table = WORDS_TABLE

    edition = models.OneToOneField("Edition", on_delete=models.CASCADE, related_name="search")

    objects = EditionSearchQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.edition_id)

    @classmethod
    def rows_of(cls, owners: Iterable["Edition"]) -> list[IndexedRow]:
        """Return what the index holds of editions; of a withdrawal nothing."""
        return [
            IndexedRow(search_key(edition), edition.pk, _index(edition))
            for edition in owners
            if not edition.is_withdrawal
        ]


def check_words_table() -> bool:
    """Tell whether SQLite's index of words of editions is that of the rows."""
    return EditionSearch.objects.holds_together()


def search_key(edition: "Edition") -> int:
    """Return the key of ``edition``: by the second of its story's publication, then by its own number."""
    return row_key(edition.published_at, edition.pk)


def key_at(at: datetime) -> int:
    """Return the first key that a story published in or after the second of ``at`` (aware) can have."""
    return -int(-at.timestamp() // 1) << OWNER_BITS


class KeyBounds(TypedDict):
    """Keys of the index: ``since`` is the first, ``before`` the first that is not; None for no bound."""

    since: int | None
    before: int | None


def keys_between(since: datetime | None, until: datetime | None) -> KeyBounds:
    """Return the keys that bound what was published in ``[since, until)`` (aware, None for no bound).

    Whole seconds: what was published in the first or the last of them may stand outside.
    """
    return {
        "since": key_at(since.replace(microsecond=0)) if since else None,
        "before": key_at(until) if until else None,
    }


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
