"""Corrections that wait to be read and published, one story after the other."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html

from articles.admin.base import ReadOnlyAdmin, datetime_or_dash
from articles.admin.status import describe_state, state_code
from articles.models import Article, CorrectionDraft
from articles.record.consistency.correction_drafts import (
    draft_version,
    next_draft,
    remaining_differences,
)

CHANGELIST = "admin:articles_correctiondraft_changelist"


def waiting_draft(article: Article) -> CorrectionDraft | None:
    """Return the draft that waits for ``article``."""
    return CorrectionDraft.objects.filter(article=article).first()


def initial_of_draft(draft: CorrectionDraft | None) -> dict[str, str]:
    """Return what the form of a correction begins with."""
    return {"wrong": draft.wrong, "right": draft.right} if draft else {}


def draft_context(draft: CorrectionDraft | None, article: Article) -> dict[str, Any]:
    """Return what the page of a correction says of its draft, and of what differs by now."""
    if draft is None:
        return {}
    return {
        "draft": draft,
        "version": draft_version(draft),
        "outdated": remaining_differences(article),
    }


def redirect_to_next_draft(request: HttpRequest, draft: CorrectionDraft) -> HttpResponse:
    """Lead on to the draft that waits after the published one, else to the empty list."""
    following = next_draft(after=draft)
    if following is None:
        messages.info(request, "That was the last correction that waited.")
        return HttpResponseRedirect(reverse(CHANGELIST))
    address = reverse("admin:articles_article_correct", args=[following.article_id])
    return HttpResponseRedirect(address)


@admin.register(CorrectionDraft)
class CorrectionDraftAdmin(ReadOnlyAdmin):
    list_display = ("correction", "story", "wrong", "right", "state", "drafted")
    list_display_links = None
    search_fields = ("article__headline", "wrong", "right")
    search_help_text = "Words of the headline or of the correction"
    fields = ("article", "wrong", "right", "by", "at")
    actions = ("drop_chosen",)

    class Media:
        css = {"all": ("articles/admin/stale.css",)}

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        title = {"title": "Corrections to publish"}
        return super().changelist_view(request, title | (extra_context or {}))

    def get_queryset(self, request: HttpRequest) -> QuerySet[CorrectionDraft]:
        stories = Article.objects.with_state().defer("body_html", "original", "original_map")
        return (
            super()
            .get_queryset(request)
            .select_related("by")
            .prefetch_related(Prefetch("article", queryset=stories))
        )

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("articles.delete_correctiondraft")

    @admin.action(description="Drop the chosen drafts", permissions=["delete"])
    def drop_chosen(self, request: HttpRequest, chosen: QuerySet[CorrectionDraft]) -> None:
        count, _ = chosen.delete()
        messages.success(request, f"{count} draft{'s' if count != 1 else ''} dropped.")

    @admin.display(description="story")
    def story(self, draft: CorrectionDraft) -> str:
        address = reverse("admin:articles_article_change", args=[draft.article_id])
        return format_html('<a href="{}">{}</a>', address, draft.article)

    @admin.display(description="correction")
    def correction(self, draft: CorrectionDraft) -> str:
        address = reverse("admin:articles_article_correct", args=[draft.article_id])
        return format_html('<a class="button" href="{}">Read and publish</a>', address)

    @admin.display(description="state")
    def state(self, draft: CorrectionDraft) -> str:
        description, code = describe_state(draft.article), state_code(draft.article)
        return format_html('<span class="state {}">{}</span>', code, description)

    @admin.display(description="drafted", ordering="at")
    def drafted(self, draft: CorrectionDraft) -> str:
        return f"{datetime_or_dash(draft.at)}{f' by {draft.by}' if draft.by else ''}"
