"""What came in, what waits, what readers were told was wrong: all to read."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join

from articles.models import Correction, ImportRun, WaitingChange

from .base import ReadOnlyAdmin, when

COUNTS = ("created", "updated", "unchanged", "waiting", "refused")
MOST_SHOWN = 200


@admin.register(ImportRun)
class ImportRunAdmin(ReadOnlyAdmin):
    list_display = ("__str__", "format", "state", "started", *COUNTS)
    list_filter = ("state", "started_at")
    search_fields = ("source",)
    fieldsets = (
        (None, {"fields": ("source", "format", "state", ("started", "finished"), "files")}),
        ("What became of it", {"fields": (COUNTS, "refused_stories", "stories")}),
    )

    @admin.display(description="started", ordering="started_at")
    def started(self, run: ImportRun) -> str:
        return when(run.started_at)

    @admin.display(description="finished")
    def finished(self, run: ImportRun) -> str:
        return when(run.finished_at)

    @admin.display(description="files")
    def files(self, run: ImportRun) -> str:
        return ", ".join(map(str, run.paths[:20])) or "standard input"

    @admin.display(description="refused: what, why, and what to do")
    def refused_stories(self, run: ImportRun) -> str:
        rows = format_html_join(
            "",
            "<tr><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>",
            (
                [row.get(key, "") for key in ("file", "record", "field", "reason", "remedy")]
                for row in run.refusals[:MOST_SHOWN]
            ),
        )
        if not rows:
            return "Nothing was refused."
        head = "<th>File</th><th>Record</th><th>Field</th><th>Reason</th><th>Remedy</th>"
        return format_html("<table><thead><tr>" + head + "</tr></thead>{}</table>", rows)

    @admin.display(description="stories as last seen in this run")
    def stories(self, run: ImportRun) -> str:
        items = run.items.select_related("article").order_by("-result", "pk")[:MOST_SHOWN]
        return (
            format_html_join(
                "",
                '<div><a href="{}">{}</a> {}</div>',
                ((article_address(i.article_id), i.article, i.get_result_display()) for i in items),
            )
            or "None."
        )


@admin.register(WaitingChange)
class WaitingChangeAdmin(ReadOnlyAdmin):
    """Newer versions from a source; they are decided on the form of their article."""

    list_display = ("story", "state", "arrived", "run", "decided_by")
    list_display_links = None
    list_filter = ("state",)
    list_select_related = ("article", "run", "decided_by")
    search_fields = ("article__headline",)
    fields = ("story", "state", "version", "arrived", "run", "decided_by", "decided")

    @admin.display(description="arrived", ordering="arrived_at")
    def arrived(self, change: WaitingChange) -> str:
        return when(change.arrived_at)

    @admin.display(description="decided")
    def decided(self, change: WaitingChange) -> str:
        return when(change.decided_at)

    @admin.display(description="story")
    def story(self, change: WaitingChange) -> str:
        return format_html(
            '<a href="{}">{}</a>', article_address(change.article_id), change.article
        )


@admin.register(Correction)
class CorrectionAdmin(ReadOnlyAdmin):
    list_display = ("story", "weight", "wrong", "right", "told_at")
    list_display_links = None
    list_filter = ("weight",)
    search_fields = ("wrong", "right", "edition__headline")
    fields = ("story", "weight", "wrong", "right", "told_at")
    ordering = ("-edition__starts_at",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Correction]:
        return super().get_queryset(request).select_related("edition")

    @admin.display(description="story")
    def story(self, correction: Correction) -> str:
        edition = correction.edition
        return format_html(
            '<a href="{}">{}</a>', article_address(edition.article_id), edition.headline
        )

    @admin.display(description="readers told", ordering="edition__starts_at")
    def told_at(self, correction: Correction) -> str:
        return when(correction.edition.starts_at)


def article_address(pk: int) -> str:
    """Return the address of an article's form."""
    return reverse("admin:articles_article_change", args=[pk])
