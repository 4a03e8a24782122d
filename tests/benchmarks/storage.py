"""The database itself, for a load: what makes it slow is left until afterwards; how large it is."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, models

WORDS_TABLE = "articles_editionwords"  # readers'
WORDS_TABLES = (WORDS_TABLE, "articles_articlewords")


def fetch(sql: str, params: Sequence[Any] | None = None) -> list[tuple[Any, ...]]:
    """Return the rows of ``sql``."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()


def execute(sql: str) -> None:
    """Run ``sql`` for its effect."""
    with connection.cursor() as cursor:
        cursor.execute(sql)


def speed_up() -> None:
    """Leave out what makes a database safe against a power cut, and checks of references, on this connection."""
    if connection.vendor == "postgresql":
        for setting in (
            "synchronous_commit = off",
            "maintenance_work_mem = '1GB'",
            "work_mem = '64MB'",
            "session_replication_role = replica",
            "jit = off",
        ):
            execute(f"SET {setting}")
    else:
        for setting in (
            "foreign_keys = OFF",
            "synchronous = OFF",
            "cache_size = -400000",
            "temp_store = MEMORY",
        ):
            execute(f"PRAGMA {setting}")


def drop_indexes(tables: Iterable[str]) -> list[tuple[str, str]]:
    """Drop the indexes of ``tables`` but primary keys, and return for each its name and the SQL that makes it again."""
    names = list(tables)
    if connection.vendor != "postgresql":
        marks = ", ".join(["%s"] * len(names))
        indexes = fetch(
            f"SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN ({marks})",  # noqa: S608
            names,
        )
        for name, _ in indexes:
            execute(f'DROP INDEX "{name}"')
        return indexes
    constraints = fetch(
        "SELECT conname, conrelid::regclass::text, pg_get_constraintdef(oid) FROM pg_constraint"
        " WHERE contype IN ('u', 'x') AND conrelid::regclass::text = ANY(%s)",
        [names],
    )
    for name, table, _ in constraints:
        execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
    indexes = fetch(
        "SELECT c.relname, pg_get_indexdef(c.oid) FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid"
        " WHERE NOT i.indisprimary AND i.indrelid::regclass::text = ANY(%s)",
        [names],
    )
    for name, _ in indexes:
        execute(f'DROP INDEX "{name}"')
    return [
        *indexes,
        *(
            (name, f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {sql}')
            for name, table, sql in constraints
        ),
    ]


def set_sequences(tables: Iterable[type[models.Model]]) -> None:
    """Let the next row of each of ``tables`` get a key of its own."""
    for model in tables:
        table = model._meta.db_table
        if model._meta.pk.column != "id":
            continue
        last = fetch(f"SELECT max(id) FROM {table}")[0][0] or 1  # noqa: S608
        if connection.vendor == "postgresql":
            fetch("SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)", [table, last])
        else:
            execute(f"UPDATE sqlite_sequence SET seq = {last} WHERE name = '{table}'")  # noqa: S608


def analyze(tables: Iterable[str]) -> None:
    """Let the database count what ``tables`` hold, as it does by itself in time."""
    is_postgresql = connection.vendor == "postgresql"
    execute(f"VACUUM ANALYZE {', '.join(tables)}" if is_postgresql else "ANALYZE")


def database_bytes() -> int:
    """Return how large the database is."""
    if connection.vendor == "postgresql":
        return fetch("SELECT pg_database_size(current_database())")[0][0]
    return fetch("PRAGMA page_count")[0][0] * fetch("PRAGMA page_size")[0][0]


def search_sizes() -> dict[str, int]:
    """Return the bytes of the table of words and of its index."""
    if connection.vendor == "postgresql":
        sql = "SELECT pg_table_size('articles_editionsearch'), pg_relation_size('articles_editionsearch_vector')"
        return dict(zip(("table", "index"), fetch(sql)[0], strict=True))
    pages = "SELECT coalesce(sum(pgsize), 0) FROM dbstat WHERE aggregate AND name {}"
    try:
        table = fetch(pages.format("= 'articles_editionsearch'"))[0][0]
        index = fetch(pages.format(f"LIKE '{WORDS_TABLE}%'"))[0][0]
    except Exception:  # SQLite may be built without dbstat
        return {"index": _stored_bytes()}
    return {"table": table, "index": index}


def _stored_bytes() -> int:
    return fetch(f"SELECT sum(length(block)) FROM {WORDS_TABLE}_data")[0][0]  # noqa: S608
