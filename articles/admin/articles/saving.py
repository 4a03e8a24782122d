"""How a story is saved: locked, refused when stale, kept as a revision; a form for a new one makes one."""

from copy import copy
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext

from articles.admin.base import AdminMixin
from articles.admin.feedback import message_user, redirect_to_article
from articles.admin.requests import AuthenticatedHttpRequest, authenticated
from articles.admin.scheduled import parse_decision
from articles.admin_site.submissions import path_of, submission_of, token_of
from articles.admin_site.unsaved_forms import delete_saved, draft_token_of, values_of
from articles.models import Article, FormSubmission, UnsavedForm
from articles.record import sync_record
from articles.text.numbers import parse_number

from .conflicts import prepare_conflict
from .publish_actions import publish_now, schedule_for


@dataclass(frozen=True, slots=True)
class SaveResult:
    """What a save did: whether anything ``is_changed``, what to tell of the record, and the form's own values."""

    is_changed: bool
    notes: list[str]
    form_values: dict[str, Any]


class ArticleSaveMixin(AdminMixin):
    """The part of the article's admin that writes.

    Django's hooks hand each other a request and a row. What else they tell each other is kept by a copy of this admin
    that serves one request: ``stored_before`` (the snapshot that a save changes) and ``save_result``.
    """

    stored_before: dict[str, Any] | None = None
    save_result: SaveResult

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: Any = None,
    ) -> HttpResponse:
        """Take the form of a new story, sent again with other words, for that of the story that it has made."""
        if request.method == "POST" and object_id is None and (pk := added_before(request)):
            request = as_second_save(request)
            object_id, form_url = str(pk), reverse("admin:articles_article_change", args=[pk])
        return copy(self).serve_form(request, object_id, form_url, extra_context)

    def serve_form(self, request: HttpRequest, *args: Any) -> HttpResponse:
        """Answer one request for the form."""
        return super().changeform_view(request, *args)

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> Article | None:
        """Lock the row before it is read for a save, so that the number it is compared with holds."""
        is_save = request.method == "POST"
        if is_save:
            list(Article.objects.locked().filter(pk=parse_number(object_id)))
        article = super().get_object(request, object_id, from_field)
        if is_save and article:
            self.stored_before = stored_snapshot(article)
        elif is_save and "seen_revision" in request.POST and self.has_change_permission(request):
            store_text_of_spiked(request, parse_number(object_id))
        return article

    def save_model(self, request: HttpRequest, obj: Article, form: Any, change: bool) -> None:
        if "headline" in form.changed_data:
            obj.is_headline_derived = False
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Keep a revision when anything changed, then let the record follow and a hold or an embargo take effect."""
        super().save_related(request, form, formsets, change)
        article = form.instance
        if "byline" in form.changed_data:
            article.apply_snapshot({"bylines": form.cleaned_data["byline"]})
        by = authenticated(request).user
        is_changed = not change or stored_snapshot(article) != self.stored_before
        if is_changed:
            article.create_revision(by)
        delete_saved(request, by)
        self.save_result = SaveResult(is_changed, sync_record(article, by=by), form.cleaned_data)

    def log_change(self, request: HttpRequest, *args: Any) -> Any:
        return super().log_change(request, *args) if self.save_result.is_changed else None

    def construct_change_message(self, request: HttpRequest, form: Any, *args: Any) -> Any:
        return super().construct_change_message(request, form, *args) if form.changed_data else []

    def response_add(self, request: HttpRequest, obj: Article, *args: Any) -> HttpResponse:
        if submission := submission_of(request):
            submission.object_key = obj.pk
        if IS_POPUP_VAR in request.POST:
            return super().response_add(request, obj, *args)
        return respond_to_save(authenticated(request), obj, self.save_result)

    def response_change(self, request: HttpRequest, obj: Article) -> HttpResponse:
        if IS_POPUP_VAR in request.POST:
            return super().response_change(request, obj)
        return respond_to_save(authenticated(request), obj, self.save_result)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Show a form merged with what is stored by now: 409 for a save, which the next one knows and goes through."""
        form = context["adminform"].form
        if not getattr(form, "has_conflict", False):
            return super().render_change_form(request, context, *args, **kwargs)
        context["conflict"] = prepare_conflict(form)
        if form.is_bring_in:
            form.errors.clear()
            context["errors"] = None
        is_refused = form.is_stale
        response = super().render_change_form(request, context, *args, **kwargs)
        response.status_code = 409 if is_refused else 200
        return response


def store_text_of_spiked(request: HttpRequest, pk: int) -> None:
    """Keep what was written into the form of a story that was spiked meanwhile; its form offers it once it is back."""
    if not Article.all_objects.filter(pk=pk).exclude(trashed_at=None).exists():
        return
    user, token = authenticated(request).user, draft_token_of(request)
    if token and UnsavedForm.objects.store(user, path_of(request), token, values_of(request)):
        sentence = gettext(
            "Nothing is saved, because the story was spiked. What you wrote is offered in its form, "
            "once it is restored."
        )
        messages.warning(request, sentence)


def stored_snapshot(article: Article) -> dict[str, Any]:
    """Return the snapshot of what the database holds."""
    return Article.objects.with_everything().get(pk=article.pk).snapshot()


def respond_to_save(
    request: AuthenticatedHttpRequest, article: Article, result: SaveResult
) -> HttpResponse:
    """Do what the pressed button asks for, say what happened, and go on."""
    data = result.form_values
    for text in result.notes:
        message_user(request, messages.WARNING, article, text)
    response, seen = None, _read_revision(request, article, data.get("seen_revision"))
    if "_publish" in request.POST:
        decision = parse_decision(request.POST["_publish"])
        is_minor = data.get("is_minor", False)
        response = publish_now(request, article, is_minor=is_minor, seen=seen, decision=decision)
    elif "_schedule" in request.POST:
        decision = parse_decision(request.POST["_schedule"])
        at = data.get("schedule_at")
        response = schedule_for(request, article, at, seen=seen, decision=decision)
    elif result.is_changed:
        message = f"Saved as revision {article.revision_number}. Readers do not see it yet."
        message_user(request, messages.SUCCESS, article, message)
    elif "_save" in request.POST:
        message_user(request, messages.INFO, article, "Nothing had changed; nothing was saved.")
    for button in ("preview", "correct"):
        if f"_{button}" in request.POST:
            address = reverse(f"admin:articles_article_{button}", args=[article.pk])
            return HttpResponseRedirect(address)
    return response or redirect_to_article(article)


def _read_revision(
    request: AuthenticatedHttpRequest, article: Article, opened_revision: int | None
) -> int:
    """Return the revision just saved if the editor ticked that she has read what others changed, else 0.

    ``opened_revision`` is the revision that the form was opened on: what others saved since she has not read.
    """
    if (
        opened_revision is None
        or parse_number(request.POST.get("has_read"), default=-1) != opened_revision
    ):
        return 0
    since = article.revisions.filter(number__gt=opened_revision).exclude(by=request.user)
    return 0 if since.exists() else article.revision_number


def as_second_save(request: HttpRequest) -> HttpRequest:
    """Return ``request`` as if its form had been opened on the story that it made: on its first revision."""
    second, data = copy(request), request.POST.copy()
    data["seen_revision"] = "1"
    second.POST = data  # type: ignore[assignment]  # a QueryDict, as it was
    return second


def added_before(request: HttpRequest) -> int | None:
    """Return the story that this very form has made, None for none or one that is deleted."""
    user, token = authenticated(request).user, token_of(request)
    if not token:
        return None
    submissions = FormSubmission.objects.of_form(user, path_of(request), token)
    keys = submissions.exclude(object_key=None).values("object_key")
    return Article.objects.filter(pk__in=keys).values_list("pk", flat=True).first()
