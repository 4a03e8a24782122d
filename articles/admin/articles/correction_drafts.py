"""Corrections that wait to be read and published, one story after the other."""

from dataclasses import dataclass
from typing import Any

from django.contrib import admin, messages
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from articles.admin.base import ReadOnlyAdmin, datetime_or_dash
from articles.admin.status import describe_state, state_code
from articles.models import Article, CorrectionDraft
from articles.record.consistency.correction_drafts import (
    MAX_SIDE_LENGTH,
    draft_version,
    next_draft,
    remaining_differences,
)
from articles.templatetags.differences import as_difference
from articles.text.diff import diff
from articles.text.merge3 import MergeChoice, join_parts, merge3, split_pieces

CHANGELIST = "admin:articles_correctiondraft_changelist"
SIDES = ("wrong", "right")


@dataclass(frozen=True, slots=True)
class MergedDraft:
    """What an editor wrote, merged with a draft that is not the one she saw: ``data`` for the form again.

    ``differences`` say what the draft says otherwise now (``label``, ``html``), ``has_collision`` that both reworded
    one sentence: hers stands in ``data``.
    """

    data: QueryDict
    differences: list[dict[str, str | SafeString]]
    has_collision: bool


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


def merge_with_draft(sent: QueryDict, draft: CorrectionDraft | None) -> MergedDraft | None:
    """Merge the words that were ``sent`` with ``draft``, from the draft that their form began with, by sentences.

    Returns None where it is that draft still, or there is none: her words are all that there is then.
    """
    if draft is None or sent.get("draft", "") == draft_version(draft):
        return None
    before = {name: sent.get(f"draft_{name}", "")[:MAX_SIDE_LENGTH] for name in SIDES}
    now = {name: getattr(draft, name) for name in SIDES}
    written = {name: " ".join(sent.get(name, "").split()) for name in SIDES}
    base, mine, theirs = (
        {name: "\n".join(split_pieces(text)) for name, text in words.items()}
        for words in (before, written, now)
    )
    merged = merge3(base, mine, theirs, dict.fromkeys(SIDES, "text"))
    data, has_collision = sent.copy(), False
    for name, value in merged.items():
        text, is_contested = _with_both_additions(value)
        has_collision |= is_contested
        if text != mine[name]:
            data[name] = " ".join(text.split("\n"))
    labels = {"wrong": gettext("What was wrong"), "right": gettext("What is right")}
    differences = [
        {"label": labels[name], "html": as_difference(diff(before[name], now[name], context=None))}
        for name in SIDES
        if before[name] != now[name]
    ]
    return MergedDraft(data, differences, has_collision)


def _with_both_additions(value: str | tuple[str | MergeChoice, ...]) -> tuple[str, bool]:
    """Return a merged text in which both stay where both only added, hers last; else hers, and whether that was."""
    if isinstance(value, str):
        return value, False
    text = join_parts(
        value, lambda choice: [*([] if choice.base else [choice.theirs]), choice.mine]
    )
    return text, any(isinstance(part, MergeChoice) and bool(part.base) for part in value)


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
