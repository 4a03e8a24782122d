"""The trash: what lies there, who put it there, when and why, and the way back."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from articles.admin.base import ReadOnlyAdmin, datetime_or_dash
from articles.admin.requests import authenticated
from articles.models import Article, TrashEntry
from articles.record.trash.moves import TRASHABLE, NotTrashable, restore_from_trash


def permitted_kinds(request: HttpRequest) -> list[str]:
    """Return the kinds of rows that the user may put away, and so restore."""
    user = request.user
    return [kind for kind in TRASHABLE if user.has_perm(f"articles.delete_{kind}")]


class TrashKindFilter(admin.SimpleListFilter):
    """What it is."""

    title = _("kind")
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(kind, _kind_name(kind)) for kind in permitted_kinds(request)]

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[TrashEntry]
    ) -> QuerySet[TrashEntry]:
        return queryset.filter(kind=self.value()) if self.value() in TRASHABLE else queryset


@admin.register(TrashEntry)
class TrashEntryAdmin(ReadOnlyAdmin):
    """Only what lies there now, and only of the kinds that the user may put away."""

    list_display = ("name", "restore_button", "kind_name", "since", "by", "reason")
    list_display_links = None
    list_filter = (TrashKindFilter, "at")
    list_select_related = ("by",)
    search_fields = ("name", "reason")
    search_help_text = _("Words of the name or the reason")
    fields = ("name", "kind_name", "since", "by", "reason")
    actions = ("restore_selected",)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return bool(permitted_kinds(request))

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        kinds = permitted_kinds(request)
        return obj.kind in kinds if isinstance(obj, TrashEntry) else bool(kinds)

    def get_queryset(self, request: HttpRequest) -> QuerySet[TrashEntry]:
        entries: Any = super().get_queryset(request)
        return entries.open().filter(kind__in=permitted_kinds(request))

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: Any = None
    ) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        return super().history_view(request, object_id, extra_context)

    def get_urls(self) -> list[URLPattern]:
        restore = path(
            "<int:pk>/restore/",
            self.admin_site.admin_view(require_POST(self.restore_view)),
            name="articles_trashentry_restore",
        )
        return [restore, *super().get_urls()]

    def restore_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Bring one row back; twice is once."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        entry = get_object_or_404(TrashEntry, pk=pk, kind__in=permitted_kinds(request))
        self._restore(request, [entry])
        return HttpResponseRedirect(reverse("admin:articles_trashentry_changelist"))

    @admin.action(permissions=["view"], description=_("Restore"))
    def restore_selected(self, request: HttpRequest, queryset: QuerySet[TrashEntry]) -> None:
        self._restore(request, list(queryset))

    def _restore(self, request: HttpRequest, entries: list[TrashEntry]) -> None:
        for entry in entries:
            if entry.restored_at is not None:
                sentence = gettext("“%(name)s” is back already, since %(when)s.")
                values = {"name": entry.name, "when": datetime_or_dash(entry.restored_at)}
                messages.info(request, sentence % values)
                continue
            try:
                with transaction.atomic():
                    row = restore_from_trash(entry, by=authenticated(request).user)
                    if not isinstance(row, Article):
                        self.log_change(request, row, gettext("Restored from the trash."))
            except NotTrashable as refusal:
                messages.error(request, f"{entry}: {refusal}")
            else:
                address = reverse(f"admin:articles_{entry.kind}_change", args=[row.pk])
                text = gettext("is back, with all that belongs to it.")
                messages.success(request, format_html('<a href="{}">{}</a> {}', address, row, text))

    @admin.display(description=_("restore"))
    def restore_button(self, entry: TrashEntry) -> str:
        address = reverse("admin:articles_trashentry_restore", args=[entry.pk])
        label = gettext("Restore")
        name = gettext("Restore “%(name)s”") % {"name": entry.name}
        return format_html(
            '<button class="button" formaction="{}" aria-label="{}">{}</button>',
            address,
            name,
            label,
        )

    @admin.display(description=_("kind"), ordering="kind")
    def kind_name(self, entry: TrashEntry) -> str:
        return _kind_name(entry.kind)

    @admin.display(description=_("since"), ordering="at")
    def since(self, entry: TrashEntry) -> str:
        return datetime_or_dash(entry.at)


def _kind_name(kind: str) -> str:
    if kind == "article":
        return gettext("spiked story")
    return str(TRASHABLE[kind]._meta.verbose_name)
