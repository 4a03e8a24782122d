"""How a story is saved: locked, refused when stale, kept as a revision, once however often the button is pressed."""

from typing import Any

from django.contrib import messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from articles.models import Article, User
from articles.record import follow

from .deeds import back_to, publish_now, schedule_for, tell
from .merging import conflict

REMEMBERED = 20


class SavingMixin:
    """The part of the article's admin that writes."""

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        if request.method != "POST" or object_id is not None:
            return super().changeform_view(request, object_id, *args, **kwargs)
        with transaction.atomic():
            if known := added_with(request):
                messages.info(request, "This story was stored already; here it is.")
                return HttpResponseRedirect(reverse("admin:articles_article_change", args=[known]))
            return super().changeform_view(request, object_id, *args, **kwargs)

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> Article | None:
        """Lock the row before it is read for a save, so that the number it is compared with holds."""
        is_save = request.method == "POST"
        if is_save and object_id.isdecimal() and len(object_id) < 18:
            list(Article.objects.locked().filter(pk=object_id))
        article = super().get_object(request, object_id, from_field)
        if is_save and article:
            request.before = stored(article)
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
            article.take_over({"bylines": form.cleaned_data["byline"]})
        request.is_changed = not change or stored(article) != request.before
        if request.is_changed:
            article.keep_revision(request.user)
        request.settled = follow(article, by=request.user)
        request.article_form = form

    def log_change(self, request: HttpRequest, *args: Any) -> Any:
        return super().log_change(request, *args) if request.is_changed else None

    def construct_change_message(self, request: HttpRequest, form: Any, *args: Any) -> Any:
        return super().construct_change_message(request, form, *args) if form.changed_data else []

    def response_add(self, request: HttpRequest, obj: Article, *args: Any) -> HttpResponse:
        remember(request, obj)
        if IS_POPUP_VAR in request.POST:
            return super().response_add(request, obj, *args)
        return after_saving(request, obj)

    def response_change(self, request: HttpRequest, obj: Article) -> HttpResponse:
        if IS_POPUP_VAR in request.POST:
            return super().response_change(request, obj)
        return after_saving(request, obj)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Show a stale save beside what is stored; the next save knows both and goes through."""
        form = context["adminform"].form
        if not getattr(form, "is_stale", False):
            return super().render_change_form(request, context, *args, **kwargs)
        context["conflict"] = conflict(form)
        response = super().render_change_form(request, context, *args, **kwargs)
        response.status_code = 409
        return response


def stored(article: Article) -> dict[str, Any]:
    """Return the snapshot of what the database holds."""
    return Article.objects.with_everything().get(pk=article.pk).snapshot()


def after_saving(request: HttpRequest, article: Article) -> HttpResponse:
    """Do what the pressed button asks for, say what happened, and go on."""
    data = request.article_form.cleaned_data
    for words in request.settled:
        tell(request, messages.WARNING, article, words)
    if "_publish" in request.POST:
        publish_now(request, article, is_minor=data.get("is_minor", False))
    elif "_schedule" in request.POST:
        schedule_for(request, article, data.get("schedule_at"))
    elif request.is_changed:
        said = f"Saved as revision {article.revision_number}. Readers do not see it yet."
        tell(request, messages.SUCCESS, article, said)
    elif "_save" in request.POST:
        tell(request, messages.INFO, article, "Nothing had changed; nothing was saved.")
    for button in ("preview", "correct"):
        if f"_{button}" in request.POST:
            address = reverse(f"admin:articles_article_{button}", args=[article.pk])
            return HttpResponseRedirect(address)
    return back_to(article)


def added_with(request: HttpRequest) -> int | None:
    """Return the story that this very form made before. Locks the account's row: a second click waits for the first."""
    User.objects.select_for_update().get(pk=request.user.pk)
    kept = request.session.__class__(request.session.session_key).get("added", {})
    return kept.get(request.POST.get("form_token", ""))


def remember(request: HttpRequest, article: Article) -> None:
    """Note in the session, before the lock goes, which story the form made."""
    token = request.POST.get("form_token", "")
    if not token:
        return
    kept = [*request.session.get("added", {}).items(), (token, article.pk)]
    request.session["added"] = dict(kept[-REMEMBERED:])
    request.session.save()
