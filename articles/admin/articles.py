"""The stories: their list, their form, and the pages around it."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from articles.models import Article, Tag
from articles.text.html import sanitise

from . import deeds, history, originals, preview, queue, record, replies, stale
from .article_filters import RecordFilter, RunFilter, SourceFilter, StateFilter, TagFilter
from .article_form import ArticleForm
from .base import DeskAdmin, when
from .check import check_of
from .compare import differences
from .images import rendition_tag
from .people import person_label
from .saving import SavingMixin
from .states import in_plain_words, mark_of, why_not, why_not_yet, with_state, withdrawal_reason

View = Callable[..., HttpResponse]


@admin.register(Article)
class ArticleAdmin(SavingMixin, DeskAdmin):
    form = ArticleForm
    change_form_template = add_form_template = "admin/articles/article/change_form.html"
    list_display = ("headline", "state", "stage", "section", "byline", "updated")
    list_filter = (
        StateFilter,
        RecordFilter,
        "stage",
        TagFilter,
        SourceFilter,
        RunFilter,
        "published_at",
    )
    search_fields = ("headline", "body_html")
    search_help_text = "Words of the headline or the text"
    autocomplete_fields = ("tags", "people", "organizations", "lead_image")
    readonly_fields = ("picture", "source", "pub_status")
    fieldsets = (
        ("Story", {"fields": ("kicker", "headline", "dek", "byline", "dateline", "body_html")}),
        ("Filed under", {"classes": ("side",), "fields": ("tags", "people", "organizations")}),
        ("Picture", {"classes": ("side",), "fields": ("lead_image", "picture")}),
        (
            "Times",
            {
                "classes": ("side",),
                "fields": (
                    "stage",
                    "is_on_hold",
                    "embargoed_until",
                    "published_at",
                    "date_precision",
                ),
            },
        ),
        (
            "Small print",
            {
                "classes": ("side",),
                "fields": ("ed_note", "credit", "language", "slug"),
            },
        ),
    )

    def get_fieldsets(self, request: HttpRequest, obj: Article | None = None) -> Any:
        wire = ("From the wire", {"classes": ("side",), "fields": ("source", "pub_status")})
        found = (*self.fieldsets, wire) if obj and obj.source else self.fieldsets
        if obj is None or self.has_change_permission(request, obj):
            return found
        story = ("Story", {"fields": ("kicker", "headline", "dek", "byline", "dateline", "text")})
        return (story, *found[1:])

    @admin.display(description="text")
    def text(self, article: Article) -> str:
        return mark_safe(sanitise(article.body_html))  # noqa: S308 (sanitised right here)

    def get_form(self, request: HttpRequest, obj: Article | None = None, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, **kwargs)
        form.user = request.user
        return form

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Tell people of one name apart, as their autocomplete does."""
        field = super().formfield_for_manytomany(db_field, request, **kwargs)
        if db_field.name == "people":
            field.queryset = field.queryset.prefetch_related(
                "memberships__organization", "other_names"
            )
            field.label_from_instance = person_label
        return field

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        found = super().get_queryset(request)
        match = request.resolver_match
        if match is None or match.url_name != "articles_article_changelist":
            return found
        return (
            found.with_state()
            .defer("body_html", "original", "original_map", "ed_note")
            .prefetch_related("bylines__author", "tags")
        )

    @admin.display(description="state")
    def state(self, article: Article) -> str:
        words = in_plain_words(article)
        return format_html('<span class="state {}">{}</span>', mark_of(article), words)

    @admin.display(description="section")
    def section(self, article: Article) -> str:
        sections = (tag for tag in article.tags.all() if tag.kind == Tag.Kind.SECTION)
        return ", ".join(tag.name for tag in sorted(sections, key=lambda tag: tag.position))

    @admin.display(description="byline")
    def byline(self, article: Article) -> str:
        return ", ".join(str(line) for line in article.bylines.all())

    @admin.display(description="updated", ordering="updated_at")
    def updated(self, article: Article) -> str:
        return when(article.updated_at)

    @admin.display(description="as saved")
    def picture(self, article: Article) -> str:
        image = article.lead_image
        return rendition_tag(image, image.widths[0], 240) if image else "None chosen."

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Add the state, the publish check and what waits to the form."""
        obj = kwargs.get("obj")
        context |= self.page_about(request, obj) if obj else {"why_not": why_not_yet(request.user)}
        return super().render_change_form(request, context, *args, **kwargs)

    def page_about(self, request: HttpRequest, obj: Article) -> dict[str, Any]:
        """Return what the form says of the story as it is stored."""
        article = with_state(obj.pk)
        waits = article.waiting_changes.filter(state="open").first()
        return {
            "article": article,
            "state": in_plain_words(article, withdrawal_reason(article)),
            "mark": mark_of(article),
            **check_of(article, request.user),
            "replies": replies.log_of(article, request.user),
            "why_not": why_not(article, request.user),
            "waits": waits,
            "waiting": differences(article.snapshot(), waits.values) if waits else [],
            "may_decide": request.user.has_perm("articles.change_waitingchange"),
            "has_original": article.original is not None,
            "record": record.of_form(request, article),
        }

    def page_context(self, request: HttpRequest, article: Article, title: str) -> dict[str, Any]:
        """Return what every page around the form needs."""
        return {
            **self.admin_site.each_context(request),
            "title": title,
            "subtitle": str(article),
            "opts": self.opts,
            "article": article,
            "state": in_plain_words(article) if hasattr(article, "live_kind") else "",
            "mark": mark_of(article) if hasattr(article, "live_kind") else "",
            "form_address": reverse("admin:articles_article_change", args=[article.pk]),
        }

    def get_urls(self) -> list[URLPattern]:
        pages: tuple[tuple[str, str, View], ...] = (
            ("preview/", "preview", preview.preview_view),
            ("original/", "original", originals.original_view),
            ("original/file/", "original_file", originals.file_view),
            ("correct/", "correct", deeds.correct_view),
            ("withdraw/", "withdraw", deeds.withdraw_view),
            ("cancel-schedule/", "cancel_schedule", deeds.cancel_view),
            ("decide/", "decide", deeds.decide_view),
            ("record/", "record", record.record_view),
            ("history/", "history", history.history_view),
            ("history/<int:number>/", "revision", history.revision_view),
            ("history/<int:number>/restore/", "restore", history.restore_view),
            ("editions/<int:number>/", "edition", history.edition_view),
        )
        own = [
            path(
                f"<int:pk>/{route}",
                self.admin_site.admin_view(partial(self.show, view)),
                name=f"articles_article_{name}",
            )
            for route, name, view in pages
        ]
        waiting = self.admin_site.admin_view(partial(queue.queue_view, admin=self))
        disagree = self.admin_site.admin_view(partial(stale.stale_view, admin=self))
        return [
            path("queue/", waiting, name="articles_article_queue"),
            path("stale/", disagree, name="articles_article_stale"),
            *own,
            *super().get_urls(),
        ]

    def show(self, view: View, request: HttpRequest, pk: int, **kwargs: Any) -> HttpResponse:
        """Let a page of a story be seen only by those who may see stories."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        if not Article.objects.filter(pk=pk).exists():
            raise Http404("There is no such story.")
        return view(request, self, pk, **kwargs)
