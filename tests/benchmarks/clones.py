"""The stories of ``stories.py`` multiplied by INSERT … SELECT, with keys, links, days and words of their own.

What stands for something else in a text is replaced there, in every column that has it, so that each clone is what
publishing would have written. Columns are read off the models: what has none of that is copied as it is.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection, models

from articles import dates
from articles.models import (
    Article,
    ArticleSearch,
    Edition,
    EditionQuote,
    EditionSearch,
    Person,
    Tag,
)
from articles.models.search_columns import OWNER_BITS
from articles.text.quotes.statement_key import statement_key

from .clone_texts import PERSON_KEY, TABLES, TAG_KEY, TEXTS, Replacements


@dataclass(frozen=True, slots=True)
class Clone:
    """What is a clone's own: the ``copy``-th copy of the article ``template``, ``shift`` days earlier."""

    template: int
    copy: int
    shift: int
    old_number: str
    new_number: str
    old_address: str
    new_address: str
    tail: str
    common: str
    medium: str
    rare: str
    old: str
    own: str
    person_key: str
    person_name: str
    person_slug: str
    given_name: str
    family_name: str
    tag_key: str
    tag_name: str
    old_day_iso: str
    new_day_iso: str
    old_day_words: str
    new_day_words: str
    old_today_iso: str
    new_today_iso: str
    old_today_words: str
    new_today_words: str
    old_year: str
    new_year: str
    old_month: str
    new_month: str


COLUMNS = [field.name for field in fields(Clone)]


def date_columns(published_at: datetime, today: date, shift: int) -> dict[str, str]:
    """Return the columns of ``Clone`` that say days: of publication, and of what was corrected or withdrawn today."""
    columns = {}
    for kind, old in (("day", published_at.date()), ("today", today)):
        for age, day in (("old", old), ("new", old - timedelta(days=shift))):
            columns[f"{age}_{kind}_iso"] = day.isoformat()
            columns[f"{age}_{kind}_words"] = f">{dates.format_date(day)}"
            if kind == "day":
                columns[f"{age}_year"] = f"#y{day.year:04}"
                columns[f"{age}_month"] = f"#m{day.year:04}{day.month:02}"
    return columns


class Cloner:
    """Copies what the database holds now, its templates, as often as it is asked to."""

    def __init__(self) -> None:
        self.is_postgresql = connection.vendor == "postgresql"
        self.strides: dict[type[models.Model], int] = {}
        for model in TABLES:
            last = model._base_manager.aggregate(last=models.Max("pk"))["last"] or 0
            self.strides[model] = last if model._meta.pk.column == "id" else 0
        self._create_clone_table()

    def _create_clone_table(self) -> None:
        integers = {"template", "copy", "shift"}
        columns = ", ".join(
            f"{name} {'bigint' if name in integers else 'text'}" for name in COLUMNS
        )
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE TEMPORARY TABLE clone ({columns})")
            cursor.execute("CREATE INDEX clone_template ON clone (template)")
            if not self.is_postgresql:
                connection.connection.create_function("statement_key", 1, statement_key)

    def insert(self, clones: Sequence[Clone]) -> None:
        """Write ``clones`` in all tables, in the caller's transaction."""
        rows = [tuple(getattr(clone, name) for name in COLUMNS) for clone in clones]
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM clone")
            if self.is_postgresql:
                with cursor.copy(f"COPY clone ({', '.join(COLUMNS)}) FROM STDIN") as copy:
                    for row in rows:
                        copy.write_row(row)
                cursor.execute("ANALYZE clone")
            else:
                marks = ", ".join(["%s"] * len(COLUMNS))
                cursor.executemany(f"INSERT INTO clone VALUES ({marks})", rows)  # noqa: S608
            for model in TABLES:
                cursor.execute(self.statement(model))

    def statement(self, model: type[models.Model]) -> str:
        """Return the INSERT … SELECT of ``model``."""
        columns = list(model._meta.concrete_fields)
        names = ", ".join(connection.ops.quote_name(str(field.column)) for field in columns)
        values = ", ".join(self._value(model, field) for field in columns)
        table = model._meta.db_table
        bound = (
            f"WHERE t.id <= {self.strides[model]}"
            if self.strides[model]
            else self._of_templates(model)
        )
        return (
            f"INSERT INTO {table} ({names}) SELECT {values} FROM {table} t {TABLES[model]} {bound}"  # noqa: S608
            f" ORDER BY c.copy, t.{model._meta.pk.column}"
        )

    def _of_templates(self, model: type[models.Model]) -> str:
        column, last = last_template(model, self.strides)
        return f"WHERE t.{column} <= {last}"

    def _value(self, model: type[models.Model], field: Any) -> str:
        """Return the SQL of what a clone has in ``field``."""
        column = f"t.{connection.ops.quote_name(field.column)}"
        if field.primary_key and model is EditionSearch:
            return self._search_key("e.published_at", "t.edition_id", Edition)
        if field.primary_key and model is ArticleSearch:
            return self._search_key("a.updated_at", "t.article_id", Article)
        if field.primary_key:
            return f"{column} + c.copy * {self.strides[model]}"
        if field.is_relation:
            return self._key(field.related_model, column)
        if isinstance(field, models.DateTimeField):
            return self._shifted(column)
        if model is EditionQuote and field.name == "statement_key":
            return self._statement_key()
        replacements = TEXTS.get(model, {}).get(field.name)
        return self._replaced(field, column, replacements) if replacements else column

    def _key(self, target: type[models.Model], column: str) -> str:
        if target in self.strides:
            return f"{column} + c.copy * {self.strides[target]}"
        owns: dict[Any, tuple[str, str]] = {
            Person: (PERSON_KEY, "c.person_key"),
            Tag: (TAG_KEY, "c.tag_key"),
        }
        own = owns.get(target)
        if own is None:
            return column
        return f"CASE {column} WHEN {own[0]} THEN CAST({own[1]} AS bigint) ELSE {column} END"

    def _shifted(self, column: str) -> str:
        if self.is_postgresql:
            is_forever = f"{column} >= timestamptz '9000-01-01 00:00:00+00'"
            earlier = f"{column} - c.shift * interval '1 day'"
        else:  # as text: the columns would be compared as numbers; the fraction of a second stays as it is written
            is_forever = f"substr({column}, 1, 1) = '9'"
            whole = f"datetime(substr({column}, 1, 19), '-' || c.shift || ' days')"
            earlier = f"{whole} || substr({column}, 20)"
        return f"CASE WHEN {is_forever} THEN {column} ELSE {earlier} END"

    def _search_key(self, column: str, owner: str, model: type[models.Model]) -> str:
        at = self._shifted(column)
        seconds = (
            f"CAST(floor(extract(epoch FROM {at})) AS bigint)"
            if self.is_postgresql
            else f"CAST(strftime('%s', {at}) AS integer)"
        )
        key = f"({owner} + c.copy * {self.strides[model]})"
        return f"({seconds} << {OWNER_BITS}) | ({key} & {(1 << OWNER_BITS) - 1})"

    def _statement_key(self) -> str:
        text = "replace(t.text, c.old_number, c.new_number)"
        if not self.is_postgresql:
            return f"statement_key({text})"
        words = f"btrim(regexp_replace(lower({text}), '[^a-z0-9]+', ' ', 'g'))"
        return f"left(encode(sha256(convert_to({words}, 'UTF8')), 'hex'), 32)"

    def _replaced(self, field: Any, column: str, replacements: Replacements) -> str:
        kind = str(field.db_type(connection))
        is_text = not self.is_postgresql or kind.startswith(("text", "varchar"))
        value = column if is_text else f"CAST({column} AS text)"
        for old, new in replacements:
            value = f"replace({value}, {old}, {new})"
        return value if is_text else f"CAST({value} AS {kind})"


def last_template(
    model: type[models.Model], strides: Mapping[type[models.Model], int]
) -> tuple[str, int]:
    """Return the column of ``model`` that leads to a template, and the last key of one."""
    if strides[model]:
        return "id", strides[model]
    owner = Article if model is ArticleSearch else Edition
    return f"{owner._meta.model_name}_id", strides[owner]


def delete_templates(strides: Mapping[type[models.Model], int]) -> None:
    """Delete the stories that were copied: what stands for something else is on no page then."""
    with connection.cursor() as cursor:
        for model in reversed(list(TABLES)):
            column, last = last_template(model, strides)
            cursor.execute(f"DELETE FROM {model._meta.db_table} WHERE {column} <= {last}")  # noqa: S608


def in_groups(clones: Iterator[Clone], size: int) -> Iterator[list[Clone]]:
    """Yield ``clones`` in lists of ``size``."""
    group: list[Clone] = []
    for clone in clones:
        group.append(clone)
        if len(group) == size:
            yield group
            group = []
    if group:
        yield group
