"""Deeds on a story: publish, schedule, cancel, correct, withdraw, decide on a waiting change. Each says what it did."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.views.decorators.http import require_POST

from articles import printed
from articles.importing import decide
from articles.models import Article, Correction, Edition, WaitingChange
from articles.publishing import (
    NotPublishable,
    cancel_schedule,
    publish,
    record_is_behind,
    schedule,
    withdraw,
)
from articles.record.drafts import publish_draft

from . import drafts
from .states import PUBLISH, WITHDRAW, moment, why_not, with_state


class CorrectForm(forms.Form):
    """What readers are told."""

    wrong = forms.CharField(
        label="What was wrong", max_length=2000, widget=forms.Textarea({"rows": 3})
    )
    right = forms.CharField(
        label="What is right", max_length=2000, widget=forms.Textarea({"rows": 3})
    )
    weight = forms.ChoiceField(
        choices=Correction.Weight.choices, initial=Correction.Weight.CORRECTION
    )


class WithdrawForm(forms.Form):
    """Why readers cannot read it any more."""

    reason = forms.CharField(
        label="The reason, as readers will see it",
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
    )


def publish_now(request: HttpRequest, article: Article, *, is_minor: bool) -> None:
    """Publish what was just saved; a refusal leaves it saved and is told with all its reasons."""
    demand(request, PUBLISH)
    kind = Edition.Kind.MINOR if is_minor else Edition.Kind.UPDATE
    live = Edition.objects.listed().filter(article=article).first()
    is_same = live and live.revision_number == article.revision_number
    if is_same and not record_is_behind(with_state(article.pk), live):
        tell(
            request,
            messages.INFO,
            article,
            "Nothing to publish: readers have this version already.",
        )
        return
    try:
        edition = publish(article, by=request.user, kind=kind)
    except NotPublishable as refusal:
        refuse(request, article, "Saved, not published.", refusal)
        return
    tell(
        request,
        messages.SUCCESS,
        article,
        f"Published: readers have it since {moment(edition.starts_at)}.",
        edition.get_absolute_url(),
    )


def schedule_for(request: HttpRequest, article: Article, at: datetime | None) -> None:
    """Schedule what was just saved."""
    demand(request, PUBLISH)
    if at is None:
        tell(
            request,
            messages.ERROR,
            article,
            "Saved, not scheduled: say when, in the field “Publish at”.",
        )
        return
    try:
        edition = schedule(article, by=request.user, at=at)
    except NotPublishable as refusal:
        refuse(request, article, "Saved, not scheduled.", refusal)
        return
    tell(
        request,
        messages.SUCCESS,
        article,
        f"Scheduled: readers get it at {moment(edition.starts_at)}. "
        "What you change from now on is not in it; schedule again to take it in.",
    )


@require_POST
def cancel_view(request: HttpRequest, admin: Any, pk: int) -> HttpResponse:
    """Cancel the scheduled publication."""
    demand(request, PUBLISH)
    article = get_object_or_404(Article, pk=pk)
    dropped = cancel_schedule(article, by=request.user)
    if dropped is None:
        tell(request, messages.INFO, article, "Nothing was scheduled.")
    else:
        tell(
            request,
            messages.SUCCESS,
            article,
            f"The publication scheduled for {printed.moment(dropped.starts_at)} is cancelled.",
        )
    return back_to(article)


def correct_view(request: HttpRequest, admin: Any, pk: int) -> HttpResponse:
    """Ask what was wrong and what is right, then publish the saved text as a correction; after a draft the next one."""
    demand(request, PUBLISH)
    article = get_object_or_404(Article, pk=pk)
    draft = drafts.waiting(article)
    form = CorrectForm(request.POST or None, initial=drafts.words_of(draft))
    if form.is_valid():
        seen = request.POST.get("draft", "")
        try:
            edition = publish_draft(article, seen=seen, by=request.user, **form.cleaned_data)
        except NotPublishable as refusal:
            refuse(request, article, "Not corrected.", refusal)
            return back_to(article)
        tell(
            request,
            messages.SUCCESS,
            article,
            f"Corrected: readers see the text and the correction since {moment(edition.starts_at)}.",
            edition.get_absolute_url(),
        )
        return drafts.go_on(request, draft) if draft and seen else back_to(article)
    more = drafts.page_about(draft, article)
    return ask(admin, request, pk, form, deed="correct", title="Correct", more=more)


def withdraw_view(request: HttpRequest, admin: Any, pk: int) -> HttpResponse:
    """Ask for the public reason, then take the story away from readers."""
    demand(request, WITHDRAW)
    article = get_object_or_404(Article, pk=pk)
    form = WithdrawForm(request.POST or None)
    if form.is_valid():
        try:
            edition = withdraw(article, by=request.user, reason=form.cleaned_data["reason"])
        except NotPublishable as refusal:
            refuse(request, article, "Not withdrawn.", refusal)
        else:
            tell(
                request,
                messages.SUCCESS,
                article,
                "Withdrawn: its page says when and why. Your text stays here; publish it to bring it back.",
                edition.get_absolute_url(),
            )
        return back_to(article)
    return ask(admin, request, pk, form, deed="withdraw", title="Withdraw")


@require_POST
def decide_view(request: HttpRequest, admin: Any, pk: int) -> HttpResponse:
    """Take over or leave aside the version that waits."""
    demand(request, "articles.change_waitingchange", "articles.change_article")
    waits = get_object_or_404(WaitingChange, article_id=pk, pk=_number(request.POST.get("change")))
    if request.POST.get("decision") == "take":
        notes = decide.take(waits, by=request.user)
        said = "The newer version from the wire is taken over. Readers get it when you publish."
    elif request.POST.get("decision") == "leave":
        notes = []
        decide.leave(waits, by=request.user)
        said = "The newer version from the wire is left aside; the text stays as it is."
    else:
        notes, said = [], "Nothing was decided: take it over or leave it aside."
    for words in [said, *notes]:
        tell(request, messages.SUCCESS, waits.article, words)
    return back_to(waits.article)


def ask(
    admin: Any,
    request: HttpRequest,
    pk: int,
    form: forms.Form,
    *,
    deed: str,
    title: str,
    more: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """Show the page on which a deed asks for its words; ``more`` goes into its context."""
    article = with_state(pk)
    context = admin.page_context(request, article, title) | dict(more or {})
    context |= {"form": form, "deed": deed, "why_not": why_not(article, request.user)[deed]}
    status = 400 if form.is_bound else 200
    return TemplateResponse(request, "admin/articles/article/deed.html", context, status=status)


def demand(request: HttpRequest, *permissions: str) -> None:
    """Raise PermissionDenied unless the user has every one of ``permissions``."""
    if not request.user.has_perms(permissions):
        raise PermissionDenied


def tell(request: HttpRequest, level: int, article: Article, words: str, address: str = "") -> None:
    """Say what happened to which story; ``address`` leads to the readers' page."""
    link = format_html(' <a href="{}">See it as readers do</a>', address) if address else ""
    form = reverse("admin:articles_article_change", args=[article.pk])
    said = format_html('<a href="{}">{}</a>: {}{}', form, article, words, link)
    messages.add_message(request, level, said)


def refuse(request: HttpRequest, article: Article, words: str, refusal: NotPublishable) -> None:
    """Say that nothing went out, with every reason."""
    reasons = format_html_join("", "<li>{}</li>", ((reason,) for reason in refusal.reasons))
    messages.error(request, format_html("{}: {} <ul>{}</ul>", article, words, reasons))


def back_to(article: Article) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("admin:articles_article_change", args=[article.pk]))


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 18 else 0
