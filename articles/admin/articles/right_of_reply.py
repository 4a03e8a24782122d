"""Right of reply: whom the newsroom asked for their side of a story, until when, what came of it. Never public."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html

from articles import clock
from articles.admin.base import NewsroomModelAdmin, datetime_or_dash
from articles.admin.local_time import LocalTimeField
from articles.admin.requests import authenticated
from articles.models import Article, RightOfReply, User

VIEW, ADD = "articles.view_rightofreply", "articles.add_rightofreply"
MAX_SHOWN = 20  # requests of one story beside its form
WAITING = RightOfReply.Outcome.WAITING


class ReplyForm(forms.ModelForm):
    """One request: whom, about which story, how, until when; later what came of it."""

    asked_at = LocalTimeField(label="Asked", required=True, initial=clock.now)
    deadline_at = LocalTimeField(label="Asked to answer by")
    outcome_at = LocalTimeField(label="Answered", help_text="Empty: now, once there is an outcome.")

    class Meta:
        model = RightOfReply
        fields = (
            "article person organization name how asked_at deadline_at outcome outcome_at note"
        ).split()

    def clean(self) -> dict[str, Any]:
        """Demand one who was asked, and times in their order."""
        super().clean()
        cleaned = self.cleaned_data
        if "outcome" not in self.fields:  # somebody who may only look
            return cleaned
        cleaned["name"] = " ".join((cleaned.get("name") or "").split())
        addressees = [cleaned.get(field) for field in ("person", "organization", "name")]
        count = sum(bool(value) for value in addressees)
        if count != 1 and not {"person", "organization", "name"} & self.errors.keys():
            problem = "Say who was asked" if not count else "Choose only one who was asked"
            raise forms.ValidationError(
                f"{problem}: a person, an organization, or the name of somebody not on record."
            )
        self._check_times(cleaned)
        return cleaned

    def _check_times(self, cleaned: dict[str, Any]) -> None:
        """Set when it was answered with its outcome; nobody answers, or is due to, before being asked."""
        if cleaned.get("outcome") == WAITING:
            cleaned["outcome_at"] = None
        elif not cleaned.get("outcome_at") and "outcome_at" not in self.errors:
            cleaned["outcome_at"] = clock.now()
        asked_at = cleaned.get("asked_at")
        for name, problem in (
            ("deadline_at", "The deadline is before the time of asking."),
            ("outcome_at", "The answer is before the time of asking."),
        ):
            if asked_at and cleaned.get(name) and cleaned[name] < asked_at:
                self.add_error(name, f"{problem} Change one of the two.")


class AnswerFilter(admin.SimpleListFilter):
    """What came of it, as far as somebody has to act."""

    title = "answer"
    parameter_name = "answer"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("overdue", "overdue"), ("awaited", "awaited"), ("closed", "answered or closed")]

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[RightOfReply]
    ) -> QuerySet[RightOfReply]:
        overdue = Q(outcome=WAITING, deadline_at__lt=clock.now())
        meaning = {
            "overdue": overdue,
            "awaited": Q(outcome=WAITING) & ~overdue,
            "closed": ~Q(outcome=WAITING),
        }
        chosen = meaning.get(self.value() or "")
        return queryset.filter(chosen) if chosen is not None else queryset


@admin.register(RightOfReply)
class RightOfReplyAdmin(NewsroomModelAdmin):
    form = ReplyForm
    list_display = ("whom", "due", "result", "story", "how", "asked_on")
    list_filter = (AnswerFilter, "outcome")
    list_select_related = ("person", "organization", "article", "by")
    search_fields = ("name", "person__name", "organization__name", "article__headline", "note")
    search_help_text = "Who was asked, the story’s headline, words of the note"
    ordering = ("-asked_at", "-pk")
    autocomplete_fields = ("article", "person", "organization")
    fieldsets = (
        (None, {"fields": ("article",)}),
        ("Who was asked", {"fields": ("person", "organization", "name")}),
        ("How, until when", {"fields": ("how", "asked_at", "deadline_at")}),
        ("What came of it", {"fields": ("outcome", "outcome_at", "note")}),
    )

    def add_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        kwargs["extra_context"] = {"title": "Log whom you asked"} | (
            kwargs.get("extra_context") or {}
        )
        return super().add_view(request, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: RightOfReply, form: Any, change: bool) -> None:
        request = authenticated(request)
        if not change:
            obj.by = request.user
        super().save_model(request, obj, form, change)

    def response_post_save_add(
        self, request: HttpRequest, obj: RightOfReply
    ) -> HttpResponseRedirect:
        return _redirect_to_story(request, obj) or super().response_post_save_add(request, obj)

    def response_post_save_change(
        self, request: HttpRequest, obj: RightOfReply
    ) -> HttpResponseRedirect:
        return _redirect_to_story(request, obj) or super().response_post_save_change(request, obj)

    @admin.display(description="who was asked")
    def whom(self, reply: RightOfReply) -> str:
        return reply.addressee

    @admin.display(description="story", ordering="article__headline")
    def story(self, reply: RightOfReply) -> str:
        return format_html('<a href="{}">{}</a>', _story_address(reply.article_id), reply.article)

    @admin.display(description="asked", ordering="asked_at")
    def asked_on(self, reply: RightOfReply) -> str:
        by = f" by {reply.by}" if reply.by else ""
        return f"{datetime_or_dash(reply.asked_at)}{by}"

    @admin.display(description="to answer by", ordering="deadline_at")
    def due(self, reply: RightOfReply) -> str:
        return deadline_text(reply)

    @admin.display(description="outcome", ordering="outcome")
    def result(self, reply: RightOfReply) -> str:
        at = f", {datetime_or_dash(reply.outcome_at)}" if reply.outcome_at else ""
        return f"{reply.get_outcome_display()}{at}"


def deadline_text(reply: RightOfReply) -> str:
    """Say until when an answer is asked, and that the time is over where nothing came of it."""
    is_over = reply.outcome == WAITING and reply.deadline_at and reply.deadline_at < clock.now()
    return f"{datetime_or_dash(reply.deadline_at)}{', overdue' if is_over else ''}"


def reply_log_context(article: Article, user: User) -> dict[str, Any] | None:
    """Return what ``_replies.html`` wants about ``article``, the newest requests first; None for who may not see it."""
    if not user.has_perm(VIEW):
        return None
    rows = article.replies.select_related("person", "organization").order_by("-asked_at", "-pk")
    newest = list(rows[: MAX_SHOWN + 1])
    place = f"?article={article.pk}"
    list_address = reverse("admin:articles_rightofreply_changelist")
    return {
        "rows": [
            {
                "addressee": reply.addressee,
                "due": deadline_text(reply)
                if reply.outcome == WAITING and reply.deadline_at
                else "",
                "outcome": reply.get_outcome_display(),
                "address": reverse("admin:articles_rightofreply_change", args=[reply.pk]) + place,
            }
            for reply in newest[:MAX_SHOWN]
        ],
        "all_address": f"{list_address}?article__id__exact={article.pk}"
        if len(newest) > MAX_SHOWN
        else "",
        "add_address": reverse("admin:articles_rightofreply_add") + place
        if user.has_perm(ADD)
        else "",
    }


def _redirect_to_story(request: HttpRequest, reply: RightOfReply) -> HttpResponseRedirect | None:
    """Lead back to the form of the story that the request was logged from."""
    if request.GET.get("article") != str(reply.article_id):
        return None
    return HttpResponseRedirect(f"{_story_address(reply.article_id)}#replies")


def _story_address(pk: int) -> str:
    return reverse("admin:articles_article_change", args=[pk])
