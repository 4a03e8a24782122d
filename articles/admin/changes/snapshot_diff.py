"""Two snapshots of a story side by side, in words: names for keys, a marked text for the body."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import DateTimeField
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from articles import dates
from articles.models import Article, Revision
from articles.models.snapshots import (
    editable_fields,
    fill_defaults,
    last_names,
    names_in_trash,
    resolve_keys,
)
from articles.story_fields import FIELDS_BY_NAME, FieldKind
from articles.templatetags.differences import as_difference
from articles.text.diff import diff, diff_bodies
from articles.text.html.plain import plain_text


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that differs: both values as text, and ``html`` with what went and what came marked."""

    name: str
    label: str
    before: str
    after: str
    html: SafeString


def diff_snapshots(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Difference]:
    """Return what differs between two values of ``Article.snapshot()``, in the order of the form.

    A field that one of them lacks counts as alike: a waiting change holds only what its source knows.
    """
    names = [
        name
        for name in FIELDS_BY_NAME
        if name in before and name in after and before[name] != after[name]
    ]
    differences = []
    for name in names:
        old, new = display_value(name, before[name]), display_value(name, after[name])
        if html := diff_values(name, before[name], after[name]):
            differences.append(Difference(name, field_label(name), old, new, html))
    return differences


def diff_values(name: str, old: Any, new: Any, *, context: int | None = 1) -> SafeString:
    """Return two values of a field as HTML, what went and what came marked; empty where nothing is seen to differ.

    With ``context`` None all of it is shown, and the same value twice is that value as an editor reads it.
    """
    if FIELDS_BY_NAME[name].kind is FieldKind.HTML:
        return as_difference(diff_bodies(old or "", new or "", context=context))
    return as_difference(diff(display_value(name, old), display_value(name, new), context=context))


def diff_revisions(before: Revision, after: Revision) -> list[Difference]:
    """Return what differs between two revisions; what one does not know yet has its default there."""
    return diff_snapshots(
        fill_defaults(Article, before.snapshot), fill_defaults(Article, after.snapshot)
    )


def display_value(name: str, value: Any) -> str:
    """Return a value of a snapshot as an editor reads it."""
    if value is None or value == "":
        return ""
    kind = FIELDS_BY_NAME[name].kind
    if kind is FieldKind.HTML:
        return plain_text(value)
    if kind is FieldKind.BYLINES:
        return "\n".join(f"{author} ({role})" if role else author for author, role in value)
    field = editable_fields(Article)[name]
    if field.is_relation:
        return _row_names(field.related_model, value if field.many_to_many else [value])
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(field, DateTimeField):
        return dates.format_datetime(datetime.fromisoformat(value))
    return str(value)


def _row_names(model: Any, keys: list[int]) -> str:
    """Return the names of the rows that stand for ``keys`` now, each once; of what is gone the last one it had."""
    current_keys = resolve_keys(model, keys)
    rows = model._base_manager.in_bulk(current_keys.values())
    missing_keys = [key for key in keys if key not in current_keys]
    deleted_names, trash = last_names(model, missing_keys), names_in_trash(model, missing_keys)
    names = (
        str(rows[current_keys[key]])
        if key in current_keys
        else gettext("%(name)s, in the trash") % {"name": trash[key]}
        if key in trash
        else gettext("%(name)s, deleted") % {"name": deleted_names.get(key, f"no. {key}")}
        for key in keys
    )
    return ", ".join(dict.fromkeys(names))


def field_label(name: str) -> str:
    """Return what the desk calls the field."""
    return FIELDS_BY_NAME[name].label
