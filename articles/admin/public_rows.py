"""Rows that readers get as they are: who may publish them releases them by saving, all others propose."""

from typing import Any

from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, Model, OuterRef
from django.http import HttpRequest, HttpResponse

from articles.models import EditionPerson, Membership, Organization
from articles.models.edition_links import LINKS

from .base import NewsroomModelAdmin
from .proposals.rows import (
    is_overtaken,
    make_read_only,
    proposed_form,
    row_context,
    save_row_proposal,
    settled_fields,
)
from .proposals.take_row import form_class_of
from .requests import authenticated

PUBLISH = "articles.publish_article"  # what the buttons ask for, too


class PublicRowAdmin(NewsroomModelAdmin):
    """Stores a proposal where somebody who may not publish saves a row that readers get; the row stays as it is.

    Such rows have no editions of their own: what is saved is published. Only plain words are proposed
    (``PROPOSED_FIELDS``); all else of the form, and its inlines, is shown.
    """

    change_form_template = "admin/articles/public_row.html"

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return super().has_delete_permission(request, obj) and not is_guarded(request, obj)

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> Any:
        fields = super().get_readonly_fields(request, obj)
        return (*fields, *settled_fields(obj)) if is_guarded(request, obj) else fields

    def get_inline_instances(self, request: HttpRequest, obj: Model | None = None) -> list[Any]:
        inlines = super().get_inline_instances(request, obj)
        return list(map(make_read_only, inlines)) if is_guarded(request, obj) else inlines

    def get_form(
        self, request: HttpRequest, obj: Model | None = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        if not is_guarded(request, obj):
            return form
        return proposed_form(form, authenticated(request).user)

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        """Let nobody change a column of the list who may not publish: the list holds rows of both kinds."""
        changelist = super().get_changelist_instance(request)
        if changelist.list_editable and not request.user.has_perm(PUBLISH):
            if request.method == "POST" and "_save" in request.POST:
                raise PermissionDenied
            changelist.list_editable = ()
        return changelist

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: Any = None,
    ) -> HttpResponse:
        if request.method != "POST" or object_id is None:
            return super().changeform_view(request, object_id, form_url, extra_context)
        with transaction.atomic():
            response = self._propose(request, unquote(object_id))
            return response or super().changeform_view(request, object_id, form_url, extra_context)

    def _propose(self, request: HttpRequest, object_id: str) -> HttpResponse | None:
        """Store the form as a proposal, under the lock of the row; None where it is none, or is not valid."""
        row = self.get_object(request, object_id)
        if row is None or not self.has_change_permission(request, row):
            return None
        if not is_guarded(request, row):
            return None
        stored = self.model.objects.select_for_update(of=("self",)).get(pk=row.pk)
        form = form_class_of(self, request, stored)(request.POST, instance=row)
        return save_row_proposal(authenticated(request), stored, form) if form.is_valid() else None

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Refuse what would reach readers by any other way."""
        if change and is_guarded(request, obj):
            raise PermissionDenied
        super().save_model(request, obj, form, change)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Say whose save is a proposal, and what waits."""
        row, form = context.get("original"), context["adminform"].form
        proposes = self.has_change_permission(request, row) and is_guarded(request, row)
        context["is_guarded"] = proposes
        if row is not None:
            context |= row_context(authenticated(request), row, form, proposes=proposes)
        response = super().render_change_form(request, context, *args, **kwargs)
        if is_overtaken(form):
            response.status_code = 409
        return response


def is_guarded(request: HttpRequest, row: Model | None) -> bool:
    """Tell whether readers get ``row`` while who asks may not publish."""
    return row is not None and not request.user.has_perm(PUBLISH) and is_visible_to_readers(row)


def is_visible_to_readers(row: Model) -> bool:
    """Tell whether a listed story or a scheduled one links ``row``, or readers see an organization with a role."""
    name = row._meta.model_name or ""
    if name not in LINKS:
        return False
    if LINKS[name].objects.lasting().filter(**{name: row}).exists():
        return True
    return isinstance(row, Organization) and _has_public_role(row)


def _has_public_role(organization: Organization) -> bool:
    """Tell whether the page of a person names ``organization``: it need not have a page of its own."""
    links = EditionPerson.objects.lasting().filter(person=OuterRef("person"))
    roles = Membership.objects.public()
    return roles.filter(Exists(links), organization=organization).exists()
