"""What came in, what waits, what readers were told was wrong: all to read."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html

from articles.admin.base import ReadOnlyAdmin, datetime_or_dash
from articles.admin.requests import AuthenticatedHttpRequest, authenticated
from articles.importing.pipeline.runs import run_row
from articles.models import Correction, ImportRun, WaitingChange

from .report import report_context
from .undo import UNDO, undo_view


@admin.register(ImportRun)
class ImportRunAdmin(ReadOnlyAdmin):
    change_form_template = "admin/articles/importrun/change_form.html"
    list_display = ("__str__", "format", "state", "started", *run_row.COUNTS)
    list_filter = ("state", "started_at")
    search_fields = ("source",)
    fieldsets = ()

    def get_queryset(self, request: HttpRequest) -> QuerySet[ImportRun]:
        """Leave out of the list what only a report shows."""
        queryset = super().get_queryset(request)
        match = request.resolver_match
        is_list = match and match.url_name == "articles_importrun_changelist"
        if is_list:
            return queryset.defer("refusals", "notes", "met", "paths", "options")
        return queryset.select_related("undone_by")

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Add the report."""
        request = authenticated(request)
        run = kwargs["obj"]
        is_over = run.state in (ImportRun.State.DONE, ImportRun.State.FAILED)
        context |= report_context(run, request.user) | {
            "run": run,
            "title": "Import",
            "may_undo": is_over and request.user.has_perm(UNDO),
        }
        return super().render_change_form(request, context, *args, **kwargs)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.undo_page)
        own = path("<int:pk>/undo/", view, name="articles_importrun_undo")
        return [own, *super().get_urls()]

    def undo_page(self, request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
        """Ask, or take the import back."""
        return undo_view(request, self, pk)

    @admin.display(description="started", ordering="started_at")
    def started(self, run: ImportRun) -> str:
        return datetime_or_dash(run.started_at)


@admin.register(WaitingChange)
class WaitingChangeAdmin(ReadOnlyAdmin):
    """Newer versions from a source; they are decided on a page of their article."""

    list_display = ("story", "state", "arrived", "run", "decided_by")
    list_display_links = None
    list_filter = ("state",)
    list_select_related = ("article", "run", "decided_by")
    search_fields = ("article__headline",)
    fields = ("story", "state", "version", "arrived", "run", "decided_by", "decided")

    @admin.display(description="arrived", ordering="arrived_at")
    def arrived(self, change: WaitingChange) -> str:
        return datetime_or_dash(change.arrived_at)

    @admin.display(description="decided")
    def decided(self, change: WaitingChange) -> str:
        return datetime_or_dash(change.decided_at)

    @admin.display(description="story")
    def story(self, change: WaitingChange) -> str:
        return format_html(
            '<a href="{}">{}</a>', article_address(change.article_id), change.article
        )


@admin.register(Correction)
class CorrectionAdmin(ReadOnlyAdmin):
    list_display = ("story", "weight", "wrong", "right", "corrected_at")
    list_display_links = None
    list_filter = ("weight",)
    search_fields = ("wrong", "right", "edition__headline")
    fields = ("story", "weight", "wrong", "right", "corrected_at")
    ordering = ("-edition__starts_at",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Correction]:
        corrections = super().get_queryset(request).select_related("edition")
        return corrections.filter(edition__article__trashed_at=None)

    @admin.display(description="story")
    def story(self, correction: Correction) -> str:
        edition = correction.edition
        return format_html(
            '<a href="{}">{}</a>', article_address(edition.article_id), edition.headline
        )

    @admin.display(description="readers told", ordering="edition__starts_at")
    def corrected_at(self, correction: Correction) -> str:
        return datetime_or_dash(correction.edition.starts_at)


def article_address(pk: int) -> str:
    """Return the address of an article's form."""
    return reverse("admin:articles_article_change", args=[pk])
