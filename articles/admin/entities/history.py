"""The history of what is known of a person, an organization or a tag: who changed what, when, from what to what."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse

from articles.admin.base import datetime_or_dash
from articles.admin.public_rows import PublicRowAdmin

MAX_SHOWN = 200
ACTION_LABELS = {"+": "added", "~": "changed", "-": "deleted"}


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One historical row: ``what`` it is about, and its changes as ``(field, before, after)``."""

    at: datetime
    by: Any
    action: str
    what: str
    changes: list[tuple[str, str, str]]


class HistoryAdmin(PublicRowAdmin):
    """What readers can have a page of. Replaces the admin's own history, which knows no values."""

    def view_on_site(self, obj: Any) -> str | None:
        """Lead to the readers' page when there is one."""
        is_public = type(obj).objects.public().filter(pk=obj.pk).exists()
        return obj.get_absolute_url() if is_public else None

    def related_histories(self, obj: Any) -> Iterable[Any]:
        """Return querysets of historical rows of what belongs to ``obj``."""
        return ()

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: Any = None
    ) -> HttpResponse:
        obj = self.get_object(request, object_id)
        if obj is None:
            raise Http404("There is no such row.")
        if not self.has_view_or_change_permission(request, obj):
            raise PermissionDenied
        histories = [obj.history.all(), *self.related_histories(obj)]
        entries = [entry for rows in histories for entry in history_entries(rows)]
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}"
        context = {
            **self.admin_site.each_context(request),
            "title": "History",
            "subtitle": str(obj),
            "opts": self.opts,
            "object": obj,
            "entries": sorted(entries, key=lambda entry: entry.at, reverse=True)[:MAX_SHOWN],
            "list_address": reverse(f"{name}_changelist"),
            "form_address": reverse(f"{name}_change", args=[obj.pk]),
        }
        return TemplateResponse(request, "admin/articles/history.html", context)


def history_entries(rows: Any) -> Iterable[HistoryEntry]:
    """Yield what each historical row changed against the one before it of the same object, the newest first."""
    newest = list(
        rows.select_related("history_user").order_by("id", "-history_id")[: MAX_SHOWN + 1]
    )
    for row, before in pairwise([*newest, None]):
        has_before = before is not None and before.id == row.id
        changes = list(_changes(row, before)) if has_before else []
        yield HistoryEntry(
            row.history_date,
            row.history_user,
            ACTION_LABELS[row.history_type],
            f"{row.instance_type._meta.verbose_name} “{row.instance}”",
            changes,
        )


def _changes(row: Any, before: Any) -> Iterable[tuple[str, str, str]]:
    """Yield what differs, of fields that no form has too: who approved, who confirmed."""
    for field in row.tracked_fields:
        if getattr(row, field.attname) != getattr(before, field.attname):
            yield (
                history_field_label(row, field.name),
                _display_value(before, field),
                _display_value(row, field),
            )


def _display_value(row: Any, field: Any) -> str:
    """Return a value as an editor reads it: a row by its name, a time with its zone, nothing as nothing."""
    value = getattr(row, field.attname)
    if value is None:
        return ""
    if field.is_relation:
        related = field.related_model._base_manager.filter(pk=value).first()
        return str(related) if related else f"no. {value}, deleted"
    return datetime_or_dash(value) if isinstance(value, datetime) else str(value)


def history_field_label(row: Any, field: str) -> str:
    return str(row.instance_type._meta.get_field(field).verbose_name)
