"""Rows that lead to one row led to another: found by the models, each change kept so that it can be undone."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from articles.models import Merge, MergeStep
from articles.models.edition_links import LinkQuerySet
from articles.models.snapshots import resolve_keys

STEP = 1000  # rows at a time
AFTER = ""  # no column's name
AS_IS = (str, int, float, list, dict)  # what JSON holds as it is


@dataclass(frozen=True, slots=True)
class Reference:
    """A column that leads to people or organizations: ``field`` of ``model``."""

    model: type[Model]
    field: str

    def rows_to(self, key: int) -> QuerySet[Any]:
        """Return the rows that lead to the row ``key``."""
        return self.model._base_manager.filter(**{self.field: key})

    def conflicting_rows(self, source: int, target: int) -> QuerySet[Any]:
        """Return the rows that lead to ``source`` where the like of them leads to ``target``: only one may stay."""
        names, condition = _unique_with(self.model, self.field)
        others = [name for name in names if name != self.field]
        if not others:
            return self.rows_to(source).none()
        same = self.rows_to(target).filter(condition, **{name: OuterRef(name) for name in others})
        return self.rows_to(source).filter(condition, Exists(same))


def references_to(model: type[Model]) -> Iterator[Reference]:
    """Yield all columns that lead to rows of ``model``, those of histories left out."""
    relations: Iterable[Any] = model._meta.get_fields(include_hidden=True)
    for relation in relations:
        is_reference = relation.auto_created and not relation.concrete and relation.one_to_many
        if is_reference and not hasattr(relation.related_model, "history_date"):
            yield Reference(relation.related_model, relation.field.name)


def repoint(reference: Reference, merge: Merge) -> int:
    """Lead the rows of ``reference`` from the source row to the target and keep each; return how many there were."""
    source, target, column = merge.gone, merge.survivor, f"{reference.field}_id"
    for keys in _chunks(reference.conflicting_rows(source, target)):
        delete_rows(list(reference.model._base_manager.filter(pk__in=keys)), merge)
    count = 0
    for keys in _chunks(reference.rows_to(source)):
        record_step(merge, reference.model, {pk: {column: source} for pk in keys})
        model: Any = reference.model
        rows: Any = getattr(model, "all_objects", model._default_manager).filter(pk__in=keys)
        if isinstance(rows, LinkQuerySet):
            rows.repoint(column, target)
        else:
            rows.update(**{column: target})
        count += len(keys)
    return count


def delete_rows(rows: Sequence[Model], merge: Merge) -> None:
    """Delete ``rows`` of one model, with all that they said kept."""
    if rows:
        record_step(
            merge, type(rows[0]), {row.pk: column_values(row) for row in rows}, is_deleted=True
        )
        type(rows[0])._base_manager.filter(pk__in=[row.pk for row in rows]).delete()


def change_row(row: Model, merge: Merge, **values: Any) -> None:
    """Write ``values`` into the columns of ``row``; what they were is kept, with what they became under ``AFTER``."""
    before = column_values(row)
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
    after = column_values(row)
    changes = {name: before[name] for name in values} | {
        AFTER: {name: after[name] for name in values}
    }
    record_step(merge, type(row), {row.pk: changes})


def record_step(
    merge: Merge, model: type[Model], rows: dict[int, dict[str, Any]], *, is_deleted: bool = False
) -> None:
    """Keep what the columns of ``rows`` (by key) were; of a row that the merge made, nothing."""
    name = model._meta.label_lower
    MergeStep.objects.bulk_create(
        MergeStep(merge=merge, model=name, row=pk, was=was, is_deleted=is_deleted)
        for pk, was in rows.items()
    )


def column_values(row: Model) -> dict[str, Any]:
    """Return the columns of ``row`` as JSON values from which ``_python_values`` makes the same again."""
    values = {}
    for field in row._meta.concrete_fields:
        value = field.value_from_object(row)
        is_plain = value is None or isinstance(value, AS_IS)
        values[field.attname] = value if is_plain else field.value_to_string(row)
    return values


def revert_steps(merge: Merge) -> None:
    """Undo every step of ``merge``, the last first. What somebody has changed or deleted since stays so."""
    steps = list(merge.steps.order_by("-pk"))
    for (name, is_deleted), run in _runs(steps):
        model: Any = apps.get_model(name)
        if is_deleted:
            _reinsert(model, run)
        else:
            _restore(model, run, merge)


def _restore(model: Any, steps: list[MergeStep], merge: Merge) -> None:
    rows = model._base_manager.in_bulk([step.row for step in steps])
    changes: dict[int, dict[str, Any]] = {}
    for step in steps:
        row = rows.get(step.row)
        if row is None:
            continue
        if not step.was:  # the merge made it
            row.delete()
            continue
        current = column_values(row)
        after = step.was.pop(AFTER, None) or dict.fromkeys(step.was, merge.survivor)
        was = {name: old for name, old in step.was.items() if current[name] == after[name]}
        if was:
            changes[row.pk] = _python_values(model, was)
    _resolve_foreign_keys(model, changes.values())
    for pk, was in changes.items():
        model._base_manager.filter(pk=pk).update(**was)


def _reinsert(model: Any, steps: list[MergeStep]) -> None:
    """Insert deleted rows again, but for those that belonged to a row that is gone for good.

    A column that was added since has its default.
    """
    values = [_python_values(model, step.was) for step in steps]
    _resolve_foreign_keys(model, values)
    links = (f for f in model._meta.concrete_fields if isinstance(f, models.ForeignKey))
    needed = {field.attname for field in links if not field.null}
    model._base_manager.bulk_create([model(**row) for row in values if row.keys() >= needed])


def _resolve_foreign_keys(model: Any, values: Iterable[dict[str, Any]]) -> None:
    """Lead the links in ``values`` of columns to what stands for their rows now.

    A link to a row that was deleted since is emptied; where the column cannot be empty it is taken out.
    """
    for field in model._meta.concrete_fields:
        if not isinstance(field, models.ForeignKey):
            continue
        linked = [row for row in values if row.get(field.attname) is not None]
        current_keys = resolve_keys(
            field.related_model, {row[field.attname] for row in linked}, with_trash=True
        )
        for row in linked:
            key = current_keys.get(row[field.attname])
            if key is None and not field.null:
                del row[field.attname]
            else:
                row[field.attname] = key


def _python_values(model: type[Model], was: dict[str, Any]) -> dict[str, Any]:
    fields = {field.attname: field for field in model._meta.concrete_fields}
    return {name: fields[name].to_python(value) for name, value in was.items()}


def _runs(steps: Iterable[MergeStep]) -> Iterator[tuple[tuple[str, bool], list[MergeStep]]]:
    """Part ``steps`` into neighbours of one kind, at most ``STEP`` at a time."""
    run: list[MergeStep] = []
    for step in steps:
        is_same = run and (run[0].model, run[0].is_deleted) == (step.model, step.is_deleted)
        if run and (not is_same or len(run) == STEP):
            yield (run[0].model, run[0].is_deleted), run
            run = []
        run.append(step)
    if run:
        yield (run[0].model, run[0].is_deleted), run


def _chunks(rows: QuerySet[Any]) -> Iterator[list[int]]:
    keys = list(rows.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), STEP):
        yield keys[start : start + STEP]


def _unique_with(model: type[Model], field: str) -> tuple[tuple[str, ...], Q]:
    """Return the columns that are unique together with ``field``, none where it stands alone, and among which rows."""
    constraints = [
        (constraint.fields, constraint.condition or Q())
        for constraint in model._meta.constraints
        if isinstance(constraint, models.UniqueConstraint)
    ]
    together = [*constraints, *((names, Q()) for names in model._meta.unique_together)]
    return next(
        ((tuple(names), condition) for names, condition in together if field in names), ((), Q())
    )
