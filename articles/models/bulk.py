"""Many rows at once, past the objects: COPY on PostgreSQL, ``executemany`` elsewhere. No signals, no ``save()``."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import lru_cache, partial
from json import dumps
from typing import Any

from django.db import connection, models
from django.db.models.expressions import RawSQL

Converters = Sequence[tuple[int, Callable[[Any], Any]]]
PLAIN = (models.CharField, models.TextField, models.IntegerField, models.BooleanField)


def insert(model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Insert ``rows`` of values for ``columns`` (as ``tag_id``) and return how many; nothing is defaulted.

    Runs in the caller's transaction. Raises ``IntegrityError`` and ``DataError`` as any insert does.
    """
    fields: list[Any] = [model._meta.get_field(name) for name in columns]
    by_column = [_converter(field) for field in fields]
    converters = [(place, convert) for place, convert in enumerate(by_column) if convert]
    prepared = [_prepared(row, converters) for row in rows]
    if not prepared:
        return 0
    names = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            statement = f"COPY {table} ({names}) FROM STDIN"
            with connection.wrap_database_errors, cursor.copy(statement) as copy:
                for row in prepared:
                    copy.write_row(row)
        else:
            marks = ", ".join(["%s"] * len(fields))
            cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", prepared)  # noqa: S608
    return len(prepared)


def one_of(keys: Iterable[int]) -> tuple[str, Any]:
    """Return how SQL says that the column before it is one of ``keys``, and the one value that it takes for them."""
    if connection.vendor == "postgresql":
        return "= ANY(%s)", list(keys)
    return "IN (SELECT value FROM json_each(%s))", dumps(list(keys))


def is_one_of(model: type[models.Model], column: str, keys: Iterable[int]) -> RawSQL:
    """Say that ``column`` of a row of ``model`` is one of ``keys``, as one value: a thousand would take Django long."""
    condition, value = one_of(keys)
    column_name = (
        f"{connection.ops.quote_name(model._meta.db_table)}.{connection.ops.quote_name(column)}"
    )
    return RawSQL(f"{column_name} {condition}", [value], models.BooleanField())  # noqa: S611


def insert_objects(objects: Sequence[models.Model]) -> None:
    """Insert unsaved ``objects`` of one model, all their columns, and give them their primary keys."""
    if not objects:
        return
    model = type(objects[0])
    columns = [field.attname for field in model._meta.concrete_fields]
    for row, pk in zip(objects, reserve(model, len(objects)), strict=True):
        row.pk = pk
    insert(model, columns, ([getattr(row, name) for name in columns] for row in objects))
    for row in objects:
        row._state.adding, row._state.db = False, connection.alias


def reserve(model: type[models.Model], count: int) -> list[int]:
    """Return ``count`` primary keys that nobody else gets. On SQLite the caller holds the write lock already."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            series = "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)"
            cursor.execute(series, [table, count])
            return [pk for (pk,) in cursor.fetchall()]
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        last = (cursor.fetchone() or [0])[0]
    return list(range(last + 1, last + 1 + count))


def _converter(field: Any) -> Callable[[Any], Any] | None:
    """Return what makes a value of ``field`` one that the database takes; None when it is one already."""
    if isinstance(field, models.ForeignKey):
        return None
    is_plain = isinstance(field, PLAIN)
    is_native = connection.vendor == "postgresql" and isinstance(field, models.DateTimeField)
    if is_plain or is_native:
        return None
    if isinstance(field, models.DateTimeField):
        return _prepared_datetime
    return partial(field.get_db_prep_save, connection=connection)


@lru_cache(maxsize=4096)
def _prepared_datetime(value: datetime | None) -> Any:
    """Return a moment as the database takes it: a story's date stands in each of its links, prepared once."""
    return models.DateTimeField().get_db_prep_save(value, connection)


def _prepared(row: Sequence[Any], converters: Converters) -> list[Any]:
    values = list(row)
    for place, convert in converters:
        values[place] = convert(values[place])
    return values
