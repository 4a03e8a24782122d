"""Rows that readers get as they are: who may not publish may not change what readers have by them."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, Model, OuterRef
from django.http import HttpRequest, HttpResponse

from articles.models import EditionPerson, Membership, Organization
from articles.models.edition_links import LINKS

from .base import NewsroomModelAdmin

PUBLISH = "articles.publish_article"  # what the buttons ask for, too


class PublicRowAdmin(NewsroomModelAdmin):
    """Shows a row that readers get to who may not publish, with its inlines, and lets nobody of them change it.

    Such rows have no editions of their own: what is saved is published.
    """

    change_form_template = "admin/articles/public_row.html"

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return super().has_change_permission(request, obj) and not is_guarded(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return super().has_delete_permission(request, obj) and not is_guarded(request, obj)

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        """Let nobody change a column of the list who may not publish: the list holds rows of both kinds."""
        changelist = super().get_changelist_instance(request)
        if changelist.list_editable and not request.user.has_perm(PUBLISH):
            if request.method == "POST" and "_save" in request.POST:
                raise PermissionDenied
            changelist.list_editable = ()
        return changelist

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Say why the form cannot be changed."""
        may_change = super().has_change_permission(request)
        context["is_guarded"] = may_change and is_guarded(request, context.get("original"))
        return super().render_change_form(request, context, *args, **kwargs)


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
