"""The stories: their list, their form, and the pages around it."""

from collections.abc import Callable
from functools import partial
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext, gettext_lazy

from articles.admin import bring_back, scheduled
from articles.admin.base import NewsroomModelAdmin, clean_search_term, datetime_or_dash
from articles.admin.changes.going_out import find_outgoing_changes
from articles.admin.entities import outdated_stories
from articles.admin.entities.people import person_label
from articles.admin.images import rendition_tag
from articles.admin.imports import waiting
from articles.admin.publish_check import publish_check_context
from articles.admin.requests import AuthenticatedHttpRequest, authenticated
from articles.admin.review import queue
from articles.admin.review import views as record
from articles.admin.status import (
    describe_state,
    disabled_reasons,
    disabled_reasons_unsaved,
    get_article_with_state,
    state_code,
    withdrawal_reason,
)
from articles.admin.trash.mixin import TrashAdminMixin
from articles.admin_site.unsaved_forms import opened_form
from articles.models import Article, Tag
from articles.models.search_columns import MOST_GATHERED, MOST_WALKED
from articles.story_fields import STORY_FIELDS, Fieldset
from articles.text.html.sanitize import sanitise

from . import (
    history,
    preview,
    publish_actions,
    publish_confirmation,
    right_of_reply,
    source_file,
)
from .form import ArticleForm
from .list_filters import ArticleSourceFilter, RecordFilter, RunFilter, StateFilter, TagFilter
from .open_forms import drafts, new_stories, offers, presence
from .proposing import StoryProposalMixin
from .story_search import match_stories, searchable_kinds

ArticleView = Callable[..., HttpResponse]


def story_fieldsets() -> tuple[tuple[str, dict[str, Any]], ...]:
    """Return the fieldsets of the form of a story: the text at the left, the others beside it."""
    shown_with = {"lead_image": ("picture",)}
    fieldsets = []
    for fieldset in filter(None, Fieldset):
        names = [field.form_name for field in STORY_FIELDS if field.fieldset is fieldset]
        fields = tuple(name for field in names for name in (field, *shown_with.get(field, ())))
        classes = {} if fieldset is Fieldset.STORY else {"classes": ("side",)}
        fieldsets.append((str(fieldset), {**classes, "fields": fields}))
    return tuple(fieldsets)


@admin.register(Article)
class ArticleAdmin(TrashAdminMixin, StoryProposalMixin, NewsroomModelAdmin):
    form = ArticleForm
    change_form_template = add_form_template = "admin/articles/article/change_form.html"
    list_display = ("headline", "state", "stage", "section", "byline", "updated")
    list_filter = (
        StateFilter,
        RecordFilter,
        "stage",
        TagFilter,
        ArticleSourceFilter,
        RunFilter,
        "published_at",
    )
    search_fields = ("headline",)  # there is a search: ``get_search_results``
    search_help_text = gettext_lazy(
        "Words or “phrases” of the story, names it is filed under, -words it must not have, or its number"
    )
    autocomplete_fields = ("tags", "people", "organizations", "lead_image")
    readonly_fields = ("picture", "source", "pub_status")
    fieldsets: ClassVar[Any] = story_fieldsets()

    def get_fieldsets(self, request: HttpRequest, obj: Article | None = None) -> Any:
        wire = ("From the wire", {"classes": ("side",), "fields": ("source", "pub_status")})
        fieldsets = (*self.fieldsets, wire) if obj and obj.source else self.fieldsets
        if obj is None or self.has_change_permission(request, obj):
            return fieldsets
        story = tuple("text" if name == "body_html" else name for name in fieldsets[0][1]["fields"])
        return ((fieldsets[0][0], {"fields": story}), *fieldsets[1:])

    @admin.display(description="text")
    def text(self, article: Article) -> str:
        return mark_safe(sanitise(article.body_html))  # noqa: S308 (sanitised right here)

    def get_form(
        self, request: HttpRequest, obj: Article | None = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form: Any = super().get_form(request, obj, change, **kwargs)
        form.user = request.user
        may_save = self.has_change_permission(request, obj) if obj else True
        if request.method == "GET" and may_save:
            form.unsaved_form = opened_form(request, form.user)
        return form

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Tell people of one name apart, as their autocomplete does."""
        field: Any = super().formfield_for_manytomany(db_field, request, **kwargs)
        if db_field.name == "people":
            field.queryset = field.queryset.prefetch_related(
                "memberships__organization", "other_names"
            )
            field.label_from_instance = person_label
        return field

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        queryset: Any = super().get_queryset(request)
        match = request.resolver_match
        if match is None or match.url_name != "articles_article_changelist":
            return queryset
        return (
            queryset.with_state()
            .defer("body_html", "original", "original_map", "ed_note")
            .prefetch_related("bylines__author", "tags")
        )

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Article], search_term: str
    ) -> tuple[QuerySet[Article], bool]:
        """Find stories by the index of their words, among those of ``queryset``."""
        text = clean_search_term(search_term)
        if not text:
            return queryset, False
        matches = match_stories(text, searchable_kinds(authenticated(request).user))
        match = request.resolver_match
        if matches.has_more and match and match.url_name == "articles_article_changelist":
            sentence = gettext(
                "More than %(count)s stories have these words. "
                "Listed are the %(listed)s of them that were changed last: more words lead to the others."
            )
            counts = {"count": f"{MOST_GATHERED:,}", "listed": MOST_WALKED}
            self.message_user(request, sentence % counts, messages.INFO)
        return queryset.filter(pk__in=matches.keys), False

    @admin.action(permissions=["delete"], description=gettext_lazy("Spike the stories"))
    def move_selected_to_trash(
        self, request: HttpRequest, queryset: QuerySet[Any]
    ) -> HttpResponse | None:
        return super().move_selected_to_trash(request, queryset)

    @admin.display(description="state")
    def state(self, article: Article) -> str:
        description = describe_state(article)
        return format_html('<span class="state {}">{}</span>', state_code(article), description)

    @admin.display(description="section")
    def section(self, article: Article) -> str:
        sections = (tag for tag in article.tags.all() if tag.kind == Tag.Kind.SECTION)
        return ", ".join(tag.name for tag in sorted(sections, key=lambda tag: tag.position))

    @admin.display(description="byline")
    def byline(self, article: Article) -> str:
        return ", ".join(str(line) for line in article.bylines.all())

    @admin.display(description="updated", ordering="updated_at")
    def updated(self, article: Article) -> str:
        return datetime_or_dash(article.updated_at)

    @admin.display(description="as saved")
    def picture(self, article: Article) -> str:
        image = article.lead_image
        return rendition_tag(image, image.widths[0], 240) if image else "None chosen."

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Lead back to the story that this form has made."""
        response = new_stories.lead_to_own_address(request)
        context = {"form_token": new_stories.form_token(request), **(extra_context or {})}
        return response or super().add_view(request, form_url, context)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Add the state, the publish check and what waits to the form."""
        request = authenticated(request)
        obj = kwargs.get("obj")
        context |= (
            self.change_form_context(request, obj)
            if obj
            else {"disabled_reasons": disabled_reasons_unsaved(request.user)}
        )
        context |= offers.unsaved_context(request, self, obj, context["adminform"].form)
        if context.get("scheduled"):
            scheduled.warn_of_hold(context["adminform"].form, context["scheduled_when"])
        return super().render_change_form(request, context, *args, **kwargs)

    def change_form_context(
        self, request: AuthenticatedHttpRequest, obj: Article
    ) -> dict[str, Any]:
        """Return what the form says of the story as it is stored."""
        article = get_article_with_state(obj.pk)
        pending_change = article.waiting_changes.filter(state="open").first()
        return {
            "article": article,
            "state": describe_state(article, withdrawal_reason(article)),
            "state_code": state_code(article),
            **scheduled.scheduled_context(article),
            **publish_check_context(article, request.user),
            "replies": right_of_reply.reply_log_context(article, request.user),
            "disabled_reasons": disabled_reasons(article, request.user),
            "going_out": find_outgoing_changes(article, request.user),
            "pending_change": pending_change,
            "may_decide": request.user.has_perms(waiting.DECIDE),
            "has_original": article.original is not None,
            "record": record.panel_for_form(request, article),
            **presence.presence_context(request, article.pk),
        }

    def page_context(self, request: HttpRequest, article: Article, title: str) -> dict[str, Any]:
        """Return what every page around the form needs."""
        return {
            **self.admin_site.each_context(request),
            "title": title,
            "subtitle": str(article),
            "opts": self.opts,
            "article": article,
            "state": describe_state(article, withdrawal_reason(article))
            if hasattr(article, "live_kind")
            else "",
            "state_code": state_code(article) if hasattr(article, "live_kind") else "",
            "form_address": reverse("admin:articles_article_change", args=[article.pk]),
        }

    def get_urls(self) -> list[URLPattern]:
        pages: tuple[tuple[str, str, ArticleView], ...] = (
            ("preview/", "preview", preview.preview_view),
            ("original/", "original", source_file.original_view),
            ("original/file/", "original_file", source_file.file_view),
            ("going-out/", "confirm_publish", publish_confirmation.going_out_view),
            ("correct/", "correct", publish_actions.correct_view),
            ("withdraw/", "withdraw", publish_actions.withdraw_view),
            ("bring-back/", "bring_back", bring_back.bring_back_view),
            ("cancel-schedule/", "cancel_schedule", scheduled.cancel_view),
            ("decide/", "decide", waiting.decide_view),
            ("draft/", "draft", drafts.draft_view),
            ("record/", "record", record.record_view),
            ("history/", "history", history.history_view),
            ("history/<int:number>/", "revision", history.revision_view),
            ("history/<int:number>/restore/", "restore", history.restore_view),
            ("editions/<int:number>/", "edition", history.edition_view),
        )
        own = [
            path(
                f"<int:pk>/{route}",
                self.admin_site.admin_view(partial(self.guarded_view, view)),
                name=f"articles_article_{name}",
            )
            for route, name, view in pages
        ]
        queue_view = self.admin_site.admin_view(partial(queue.queue_view, admin=self))
        outdated_view = self.admin_site.admin_view(
            partial(outdated_stories.outdated_stories_view, admin=self)
        )
        new_draft_view = self.admin_site.admin_view(partial(drafts.new_draft_view, admin=self))
        presence_view = self.admin_site.admin_view(partial(presence.presence_view, admin=self))
        return [
            path("<int:pk>/presence/", presence_view, name="articles_article_presence"),
            path("add/draft/", new_draft_view, name="articles_article_add_draft"),
            path("queue/", queue_view, name="articles_article_queue"),
            path("stale/", outdated_view, name="articles_article_outdated_stories"),
            *own,
            *super().get_urls(),
        ]

    def guarded_view(
        self, view: ArticleView, request: HttpRequest, pk: int, **kwargs: Any
    ) -> HttpResponse:
        """Let a page of a story be seen only by those who may see stories."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        if not Article.objects.filter(pk=pk).exists():
            raise Http404("There is no such story.")
        return view(request, self, pk, **kwargs)
