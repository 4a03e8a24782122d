"""What stands in for Django's Delete: a story is spiked, another row goes to the trash; one, or many at once."""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy, gettext_noop

from articles.admin.base import AdminMixin, datetime_or_dash
from articles.admin.requests import authenticated
from articles.models import Article
from articles.record.trash.moves import open_entry
from articles.text.numbers import parse_number

from .views import confirm_view

SPIKE, MOVE = gettext_noop("Spike…"), gettext_noop("Move to the trash…")
ACTION = "move_selected_to_trash"


class TrashAdminMixin(AdminMixin):
    """Puts rows away where the stock admin would delete them; who may delete may do it, and restore."""

    actions: Sequence[str] | None = (ACTION,)

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: Any = None
    ) -> HttpResponse:
        row = self.get_object(request, unquote(object_id))
        if not self.has_delete_permission(request, row):
            raise PermissionDenied
        if row is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        return confirm_view(authenticated(request), self, [row])

    @admin.action(permissions=["delete"], description=gettext_lazy("Move to the trash"))
    def move_selected_to_trash(
        self, request: HttpRequest, queryset: QuerySet[Any]
    ) -> HttpResponse | None:
        return confirm_view(authenticated(request), self, list(queryset), action=ACTION)

    def get_actions(self, request: HttpRequest, action_location: Any = None) -> dict[str, Any]:
        """Offer no deletion beside the trash. Django 6.1 says for which page; 5.2 does not ask."""
        location = {} if action_location is None else {"action_location": action_location}
        actions: dict[str, Any] = super().get_actions(request, **location)
        actions.pop("delete_selected", None)
        return actions

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Offer the trash where the stock form offers to delete."""
        context["show_delete"] = False
        context["trash_label"] = gettext(SPIKE if self.model is Article else MOVE)
        return super().render_change_form(request, context, *args, **kwargs)

    def _get_obj_does_not_exist_redirect(
        self, request: HttpRequest, opts: Any, object_id: str
    ) -> HttpResponse:
        """Say of a row in the trash who put it there, when and why."""
        key = parse_number(unquote(object_id))
        model: Any = self.model
        row = model.all_objects.filter(pk=key).exclude(trashed_at=None).first()
        if row is None or not self.has_view_permission(request):
            return super()._get_obj_does_not_exist_redirect(request, opts, object_id)  # type: ignore[misc]  # Django's own
        entry = open_entry(row)
        values = {
            "name": row,
            "when": datetime_or_dash(entry.at),
            "who": entry.by or gettext("an account deleted since"),
            "why": entry.reason,
        }
        sentence = gettext("“%(name)s” is in the trash, since %(when)s, by %(who)s. %(why)s")
        self.message_user(request, sentence % values, messages.WARNING)
        return HttpResponseRedirect(reverse("admin:index"))
