"""A proposal for a person, an organization, a tag or an author, taken: saved as by an editor on the form of the row."""

from collections.abc import Mapping
from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.admin.utils import flatten_fieldsets
from django.db.models import Model
from django.http import HttpRequest, QueryDict
from django.utils.safestring import SafeString

from articles.admin.changes.merge_parts import FieldDisplay
from articles.admin.requests import AuthenticatedHttpRequest
from articles.models import Proposal
from articles.record.proposals import close_taken, merge_proposal
from articles.templatetags.differences import as_difference
from articles.text.diff import diff


class RowRefusedError(Exception):
    """The form of the row refuses what was chosen: its text says why, field by field."""


def row_display(model: type[Model]) -> FieldDisplay:
    """Return how the fields of ``model`` that may be proposed are shown: plain text, as it is."""

    def label(name: str) -> str:
        field: Any = model._meta.get_field(name)
        return str(field.verbose_name)

    def marked(name: str, old: str, new: str) -> SafeString:
        return as_difference(diff(old, new, context=None))

    return FieldDisplay(label, lambda name, value: value, marked)


def take_into_row(
    request: AuthenticatedHttpRequest,
    site: AdminSite,
    proposal: Proposal,
    row: Any,
    sides: Mapping[str, str],
) -> None:
    """Save the chosen ``sides`` of ``proposal`` by the form of ``row``, which is locked: address and names follow it.

    Raises ChoiceError, and RowRefusedError; nothing is stored then.
    """
    merge = merge_proposal(proposal, row)
    changes, left = merge.changes(sides), merge.count_left(sides)
    row_admin: Any = site.get_model_admin(type(row))
    form_class = form_class_of(row_admin, request, row)
    form = form_class(_posted(form_class(instance=row), changes), instance=row)
    if not form.is_valid():
        raise RowRefusedError(_problems(form))
    saved = row_admin.save_form(request, form, change=True)
    row_admin.save_model(request, saved, form, True)
    row_admin.save_related(request, form, [], True)
    row_admin.log_change(request, saved, row_admin.construct_change_message(request, form, []))
    close_taken(proposal, by=request.user, left_places=left)


def form_class_of(row_admin: Any, request: HttpRequest, row: Any) -> Any:
    """Return the class of the form that ``row_admin`` shows of ``row``."""
    fields = flatten_fieldsets(row_admin.get_fieldsets(request, row))
    return row_admin.get_form(request, row, change=True, fields=fields)


def _posted(form: Any, changes: Mapping[str, Any]) -> QueryDict:
    """Return what a browser would send from ``form`` with ``changes`` in it."""
    data = QueryDict(mutable=True)
    for name in form.fields:
        value = changes.get(name, form[name].value())
        if value is True:
            data[name] = "on"
        elif value is not None and value is not False:
            data[name] = str(value)
    return data


def _problems(form: Any) -> str:
    """Return the errors of ``form`` as sentences, each with its field."""
    labels = {name: f"{field.label}: " for name, field in form.fields.items()}
    return " ".join(
        f"{labels.get(name, '')}{error}" for name, errors in form.errors.items() for error in errors
    )
