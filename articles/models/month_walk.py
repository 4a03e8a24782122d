"""The first keys of an index of words on PostgreSQL, in their order, read by the words alone.

Its index knows no order: it gathers all rows of a word, then they are sorted. A word of many rows is looked for by
month and by year instead, by the labels of these that each row has: what others have of the word is passed over.
The planner would look into the words of one row after the other, which it takes for cheap: it is told what to do.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db import connection
from django.utils import timezone

from articles.text.search.index import IndexQuery, label

from .search_columns import published_second

MONTHS = 12  # of a year
RECENT = 2  # months that are looked at before all others: the newest may have just begun
MOST_GATHERED = 3000  # rows that are read in no order, of which the first are taken


def _month_label(month: int) -> str:
    return label("m", f"{month // MONTHS:04}{month % MONTHS + 1:02}")


@dataclass(frozen=True, slots=True)
class MonthWalk:
    """Walks through the rows of ``table`` whose keys are in ``[since, before)``, by ``months`` in walking order.

    A month is twelve times its year and the months before it in the year.
    ``is_bounded``: there are rows of other months. In a transaction in which sequential scans are set aside.
    """

    table: str
    months: Sequence[int]
    since: int
    before: int
    is_bounded: bool
    oldest_first: bool

    def first_keys(self, query: IndexQuery, most: int) -> list[int]:
        """Return the first ``most`` keys of rows that match ``query``, which has no phrase.

        A word of the newest months is answered by these, a word of few rows by all of them, another one year by year.
        """
        keys: list[int] = []
        for month in self.months[:RECENT]:
            keys += self._read_month(query, month, most - len(keys))
            if len(keys) == most:
                return keys
        if not self.is_bounded:
            unordered = self._gather(query, "")
            if len(unordered) <= MOST_GATHERED:
                return self._in_order(unordered)[:most]
        for year, group in groupby(self.months[RECENT:], key=lambda month: month // MONTHS):
            months = list(group)
            labels = f"'{label('y', f'{year:04}')}'" if len(months) == MONTHS else _any_of(months)
            keys += self._read_months(query, months, labels, most - len(keys))
            if len(keys) == most:
                break
        return keys

    def choose(self, query: IndexQuery, keys: Sequence[int]) -> list[int]:
        """Return those of ``keys``, in their order, whose rows match ``query``: each is looked at."""
        sql = (
            f"WITH rows AS MATERIALIZED (SELECT key, vector FROM {self.table} WHERE key = ANY(%s))"  # noqa: S608
            " SELECT key FROM rows WHERE vector @@ %s::tsquery"
        )
        matching = set(_read(sql, [list(keys), query.tsquery()]))
        return [key for key in keys if key in matching]

    def _read_months(
        self, query: IndexQuery, months: Sequence[int], labels: str, most: int
    ) -> list[int]:
        """Return the first ``most`` keys of ``months`` of a year, by halves where more match than are gathered."""
        if len(months) == 1:
            return self._read_month(query, months[0], most)
        unordered = self._gather(query, labels)
        if len(unordered) <= MOST_GATHERED:
            return self._in_order(unordered)[:most]
        middle = len(months) // 2
        first, second = months[:middle], months[middle:]
        keys = self._read_months(query, first, _any_of(first), most)
        if len(keys) < most:
            keys += self._read_months(query, second, _any_of(second), most - len(keys))
        return keys

    def _in_order(self, keys: list[int]) -> list[int]:
        return sorted(keys, reverse=not self.oldest_first)

    def _read_month(self, query: IndexQuery, month: int, most: int) -> list[int]:
        """Return the first ``most`` keys of ``month``, in order."""
        order = "ASC" if self.oldest_first else "DESC"
        return self._read(query, _any_of([month]), f"ORDER BY key {order} LIMIT {most}")

    def _gather(self, query: IndexQuery, labels: str) -> list[int]:
        """Return keys of rows with ``labels`` (empty: any), in no order, at most one more than ``MOST_GATHERED``."""
        return self._read(query, labels, f"LIMIT {MOST_GATHERED + 1}")

    def _read(self, query: IndexQuery, labels: str, end: str) -> list[int]:
        words = f"{query.tsquery()} & ({labels})" if labels else query.tsquery()
        sql = (
            f"WITH hits AS MATERIALIZED (SELECT key FROM {self.table} WHERE vector @@ %s::tsquery)"  # noqa: S608
            f" SELECT key FROM hits WHERE key >= %s AND key < %s {end}"
        )
        return _read(sql, [words, self.since, self.before])


def _any_of(months: Iterable[int]) -> str:
    """Return the tsquery for rows of any of ``months``: each costs, so that they are few."""
    return " | ".join(f"'{_month_label(month)}'" for month in months)


def start_month_walk(
    rows: Any, *, since: int | None, before: int | None, oldest_first: bool
) -> MonthWalk | None:
    """Return the walk through ``rows`` (a queryset of the index) with keys in ``[since, before)``; None for no row."""
    table = rows.model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT min(key), max(key) FROM {table}")  # noqa: S608
        first_key, last_key = cursor.fetchone()
    if first_key is None:
        return None
    first = first_key if since is None else max(first_key, since)
    last = last_key if before is None else min(last_key, before - 1)
    months = range(_month(first), _month(last) + 1)
    return MonthWalk(
        table=table,
        months=months if oldest_first else months[::-1],
        since=first,
        before=last + 1,
        is_bounded=(first, last) != (first_key, last_key),
        oldest_first=oldest_first,
    )


def _month(key: int) -> int:
    day = timezone.localtime(published_second(key))
    return day.year * MONTHS + day.month - 1


def _read(sql: str, values: Sequence[Any]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [key for (key,) in cursor.fetchall()]
