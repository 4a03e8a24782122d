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

from .base import DeskAdmin, when

MOST_SHOWN = 200
DEEDS = {"+": "added", "~": "changed", "-": "deleted"}


@dataclass(frozen=True, slots=True)
class Step:
    """One kept row: ``what`` it is about, and its changes as ``(field, before, after)``."""

    at: datetime
    by: Any
    deed: str
    what: str
    changes: list[tuple[str, str, str]]


class KeptHistory(DeskAdmin):
    """What readers can have a page of. Replaces the admin's own history, which knows no values."""

    def view_on_site(self, obj: Any) -> str | None:
        """Lead to the readers' page when there is one."""
        is_public = type(obj).objects.public().filter(pk=obj.pk).exists()
        return obj.get_absolute_url() if is_public else None

    def related_histories(self, obj: Any) -> Iterable[Any]:
        """Return querysets of kept rows of what belongs to ``obj``."""
        return ()

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: Any = None
    ) -> HttpResponse:
        obj = self.get_object(request, object_id)
        if obj is None:
            raise Http404("There is no such row.")
        if not self.has_view_or_change_permission(request, obj):
            raise PermissionDenied
        kept = [obj.history.all(), *self.related_histories(obj)]
        found = [step for rows in kept for step in steps(rows)]
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}"
        context = {
            **self.admin_site.each_context(request),
            "title": "History",
            "subtitle": str(obj),
            "opts": self.opts,
            "object": obj,
            "steps": sorted(found, key=lambda step: step.at, reverse=True)[:MOST_SHOWN],
            "list_address": reverse(f"{name}_changelist"),
            "form_address": reverse(f"{name}_change", args=[obj.pk]),
        }
        return TemplateResponse(request, "admin/articles/kept_history.html", context)


def steps(rows: Any) -> Iterable[Step]:
    """Yield what each kept row changed against the one before it of the same object, the newest first."""
    newest = list(
        rows.select_related("history_user").order_by("id", "-history_id")[: MOST_SHOWN + 1]
    )
    for row, before in pairwise([*newest, None]):
        has_before = before is not None and before.id == row.id
        changes = list(_changes(row, before)) if has_before else []
        yield Step(
            row.history_date,
            row.history_user,
            DEEDS[row.history_type],
            f"{row.instance_type._meta.verbose_name} “{row.instance}”",
            changes,
        )


def _changes(row: Any, before: Any) -> Iterable[tuple[str, str, str]]:
    """Yield what differs, of fields that no form has too: who approved, who confirmed."""
    for field in row.tracked_fields:
        if getattr(row, field.attname) != getattr(before, field.attname):
            yield label(row, field.name), _shown(before, field), _shown(row, field)


def _shown(row: Any, field: Any) -> str:
    """Return a value as an editor reads it: a row by its name, a time with its zone, nothing as nothing."""
    value = getattr(row, field.attname)
    if value is None:
        return ""
    if field.is_relation:
        found = field.related_model._base_manager.filter(pk=value).first()
        return str(found) if found else f"no. {value}, deleted"
    return when(value) if isinstance(value, datetime) else str(value)


def label(row: Any, field: str) -> str:
    return str(row.instance_type._meta.get_field(field).verbose_name)
