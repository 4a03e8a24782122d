"""Rows that lead to one row led to another: found by the models, each change kept so that it can be undone."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Exists, Model, OuterRef, QuerySet

from articles.models import Merge, MergeStep
from articles.models.edition_links import LinkQuerySet

STEP = 1000  # rows at a time
NOW = ""  # no column's name
AS_IS = (str, int, float, list, dict)  # what JSON holds as it is


@dataclass(frozen=True, slots=True)
class Link:
    """A column that leads to people or organizations: ``field`` of ``model``."""

    model: type[Model]
    field: str

    def to(self, key: int) -> QuerySet[Any]:
        """Return the rows that lead to the row ``key``."""
        return self.model._base_manager.filter(**{self.field: key})

    def twice(self, gone: int, survivor: int) -> QuerySet[Any]:
        """Return the rows that lead to ``gone`` where the like of them leads to ``survivor``: only one may stay."""
        others = [name for name in _unique_with(self.model, self.field) if name != self.field]
        if not others:
            return self.to(gone).none()
        same = self.to(survivor).filter(**{name: OuterRef(name) for name in others})
        return self.to(gone).filter(Exists(same))


def links_to(model: type[Model]) -> Iterator[Link]:
    """Yield all columns that lead to rows of ``model``, those of histories left out."""
    for relation in model._meta.get_fields(include_hidden=True):
        is_link = relation.auto_created and not relation.concrete and relation.one_to_many
        if is_link and not hasattr(relation.related_model, "history_date"):
            yield Link(relation.related_model, relation.field.name)


def lead(link: Link, merge: Merge) -> int:
    """Lead the rows of ``link`` from the gone row to the survivor and keep each; return how many there were."""
    gone, survivor, column = merge.gone, merge.survivor, f"{link.field}_id"
    for some in _chunks(link.twice(gone, survivor)):
        delete(list(link.model._base_manager.filter(pk__in=some)), merge)
    count = 0
    for some in _chunks(link.to(gone)):
        keep(merge, link.model, {pk: {column: gone} for pk in some})
        rows: Any = link.model._default_manager.filter(pk__in=some)
        if isinstance(rows, LinkQuerySet):
            rows.lead_to(column, survivor)
        else:
            rows.update(**{column: survivor})
        count += len(some)
    return count


def delete(rows: Sequence[Model], merge: Merge) -> None:
    """Delete ``rows`` of one model, with all that they said kept."""
    if rows:
        keep(merge, type(rows[0]), {row.pk: columns_of(row) for row in rows}, is_deleted=True)
        type(rows[0])._base_manager.filter(pk__in=[row.pk for row in rows]).delete()


def change(row: Model, merge: Merge, **values: Any) -> None:
    """Write ``values`` into the columns of ``row``; what they were is kept, with what they became under ``NOW``."""
    was = columns_of(row)
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
    became = columns_of(row)
    kept = {name: was[name] for name in values} | {NOW: {name: became[name] for name in values}}
    keep(merge, type(row), {row.pk: kept})


def keep(
    merge: Merge, model: type[Model], rows: dict[int, dict[str, Any]], *, is_deleted: bool = False
) -> None:
    """Keep what the columns of ``rows`` (by key) were; of a row that the merge made, nothing."""
    name = model._meta.label_lower
    MergeStep.objects.bulk_create(
        MergeStep(merge=merge, model=name, row=pk, was=was, is_deleted=is_deleted)
        for pk, was in rows.items()
    )


def columns_of(row: Model) -> dict[str, Any]:
    """Return the columns of ``row`` as JSON values from which ``_revived`` makes the same again."""
    found = {}
    for field in row._meta.concrete_fields:
        value = field.value_from_object(row)
        is_plain = value is None or isinstance(value, AS_IS)
        found[field.attname] = value if is_plain else field.value_to_string(row)
    return found


def take_back(merge: Merge) -> None:
    """Undo every step of ``merge``, the last first. What somebody has changed or deleted since stays so."""
    steps = list(merge.steps.order_by("-pk"))
    for (name, is_deleted), some in _runs(steps):
        model: Any = apps.get_model(name)
        if is_deleted:
            _revive(model, some)
        else:
            _restore(model, some, merge)


def _restore(model: Any, steps: list[MergeStep], merge: Merge) -> None:
    rows = model._base_manager.in_bulk([step.row for step in steps])
    for step in steps:
        row = rows.get(step.row)
        if row is None:
            continue
        if not step.was:  # the merge made it
            row.delete()
            continue
        now = columns_of(row)
        became = step.was.pop(NOW, None) or dict.fromkeys(step.was, merge.survivor)
        was = {name: old for name, old in step.was.items() if now[name] == became[name]}
        if was:
            model._base_manager.filter(pk=row.pk).update(**_revived(model, was))


def _revive(model: Any, steps: list[MergeStep]) -> None:
    """Insert deleted rows again, but for those that belonged to a row that is gone for good."""
    values = [_revived(model, step.was) for step in steps]
    for field in model._meta.concrete_fields:
        if isinstance(field, models.ForeignKey):
            keys = {value[field.attname] for value in values}
            there = set(
                field.related_model._base_manager.filter(pk__in=keys).values_list("pk", flat=True)
            )
            values = [v for v in values if v[field.attname] in there or v[field.attname] is None]
    model._base_manager.bulk_create([model(**value) for value in values])


def _revived(model: type[Model], was: dict[str, Any]) -> dict[str, Any]:
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


def _unique_with(model: type[Model], field: str) -> tuple[str, ...]:
    """Return the columns that are unique together with ``field``, none where it stands alone."""
    constraints = [one.fields for one in model._meta.constraints if hasattr(one, "fields")]
    together = [*constraints, *model._meta.unique_together]
    return next((tuple(names) for names in together if field in names), ())
