"""A row's values as plain JSON, and back, by the model's own fields; stored keys looked up before they are used."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from functools import cache
from typing import Any

from django.db import models
from django.utils.translation import gettext

from .merges import Kind, Merge
from .trash import Trashable

AS_IS = (str, int, float, list, dict)  # what JSON holds as it is

Fields = Mapping[str, Any]


@cache
def editable_fields(model: type[models.Model]) -> Fields:
    """Return the fields of ``model`` that somebody may edit by their names: columns, then plain links to many rows."""
    columns = [f for f in model._meta.concrete_fields if f.editable and not f.primary_key]
    many: Iterable[Any] = model._meta.many_to_many
    links = [f for f in many if f.remote_field.through._meta.auto_created]
    return {field.name: field for field in (*columns, *links)}


def stored_value(field: Any, value: Any) -> Any:
    """Return a value of ``field`` as JSON has it: rows by their keys, those of many in order, times in UTC."""
    if field.many_to_many:
        return sorted(row.pk for row in value)
    if isinstance(value, models.Model):
        return value.pk
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if value is None or isinstance(value, AS_IS):
        return value
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def default_value(field: Any) -> Any:
    """Return what ``field`` says of a row that was stored before the field was there."""
    return [] if field.many_to_many else stored_value(field, field.get_default())


def fill_defaults(model: type[models.Model], values: Mapping[str, Any]) -> dict[str, Any]:
    """Return ``values`` with the default of each field of ``model`` that was added after they were stored."""
    defaults = {name: default_value(field) for name, field in editable_fields(model).items()}
    return defaults | dict(values)


def comparable_values(model: type[models.Model], values: Mapping[str, Any]) -> dict[str, Any]:
    """Return stored ``values`` so that equal ones are equal: every field there, times in UTC whatever they came in."""
    filled = fill_defaults(model, values)
    for name, field in editable_fields(model).items():
        if isinstance(field, models.DateTimeField) and filled[name]:
            filled[name] = stored_value(field, datetime.fromisoformat(filled[name]))
    return filled


def resolve_keys(model: Any, keys: Iterable[int], *, with_trash: bool = False) -> dict[int, int]:
    """Return for each of ``keys`` of rows of ``model`` the key of the row that stands for it now: few queries.

    A row that was merged leads to its survivor; what was deleted is left out, and what is in the trash unless
    ``with_trash``. Whatever else may befall a row is said here: every key that is stored outside a foreign key goes
    through this before it is used.
    """
    keys = set(keys)
    rows = model._base_manager if with_trash else model._default_manager
    existing = set(rows.filter(pk__in=keys).values_list("pk", flat=True)) if keys else set()
    kind = model._meta.model_name
    if kind not in Kind.values or existing == keys:
        return {key: key for key in existing}
    targets = Merge.objects.targets_of(kind, keys - existing)
    alive = set(rows.filter(pk__in=targets.values()).values_list("pk", flat=True))
    return {key: key for key in existing} | {
        key: target for key, target in targets.items() if target in alive
    }


def resolve_links(
    model: type[models.Model], values: Mapping[str, Any]
) -> tuple[dict[str, Any], list[str]]:
    """Return stored ``values`` with every key in them looked up now, and a sentence on each row that is gone."""
    resolved, notes = dict(values), []
    for name, field in editable_fields(model).items():
        if not field.is_relation or name not in values:
            continue
        keys = values[name] if field.many_to_many else [values[name]]
        keys = [key for key in keys or () if key is not None]
        current_keys = resolve_keys(field.related_model, keys)
        notes += _deleted_notes(field.related_model, [k for k in keys if k not in current_keys])
        targets = list(dict.fromkeys(current_keys[key] for key in keys if key in current_keys))
        resolved[name] = sorted(targets) if field.many_to_many else next(iter(targets), None)
    return resolved, notes


def last_names(model: Any, keys: Iterable[int]) -> dict[int, str]:
    """Return what rows of ``model`` that are gone were called, by key, as far as a history or a merge tells."""
    keys = list(keys)
    names = names_in_trash(model, keys)
    if keys and model._meta.model_name in Kind.values:
        merges = Merge.objects.filter(kind=model._meta.model_name, gone__in=keys)
        names |= dict(merges.order_by("at", "pk").values_list("gone", "name"))
    if keys and hasattr(model, "history"):
        rows = model.history.filter(id__in=keys).order_by("history_id")
        names |= {row.id: str(row.instance) for row in rows}
    return names


def names_in_trash(model: Any, keys: Iterable[int]) -> dict[int, str]:
    """Return what those rows of ``model`` are called that are in the trash, by key."""
    keys = list(keys)
    if not keys or not issubclass(model, Trashable):
        return {}
    rows = model._base_manager.filter(pk__in=keys).exclude(trashed_at=None)
    return {row.pk: str(row) for row in rows}


def _deleted_notes(model: Any, keys: list[int]) -> list[str]:
    """Return a sentence on each of the rows ``keys`` that are gone: by its number what has no name any more."""
    names, trash = last_names(model, keys), names_in_trash(model, keys)
    sentences = (
        gettext("The %(kind)s “%(name)s” is in the trash: the story goes without it.")
        if key in trash
        else gettext("The %(kind)s “%(name)s” was deleted since: the story goes without it.")
        if key in names
        else gettext("The %(kind)s no. %(key)s was deleted since: the story goes without it.")
        for key in keys
    )
    return [
        sentence % {"kind": model._meta.verbose_name, "name": names.get(key), "key": key}
        for sentence, key in zip(sentences, keys, strict=True)
    ]
