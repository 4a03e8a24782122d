"""Actions on a story: publish, schedule, correct, withdraw. Each says what it did."""

from datetime import datetime
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext

from articles.admin.action_form import add_refusal, render_action_form
from articles.admin.already_done import (
    corrected_already,
    published_already,
    withdrawn_already,
)
from articles.admin.changes.going_out import find_outgoing_changes
from articles.admin.changes.unseen import (
    UnseenChangesError,
    publish_if_seen,
    redirect_to_unseen_changes,
    steps_of_others,
)
from articles.admin.feedback import (
    message_publish_errors,
    message_user,
    redirect_to_article,
    require_permissions,
)
from articles.admin.requests import AuthenticatedHttpRequest
from articles.admin.scheduled import parse_decision, tell_of_schedule
from articles.admin.status import (
    PUBLISH,
    WITHDRAW,
    compact_datetime,
    describe_live_since,
    get_article_with_state,
    locked_article,
    may_bring_back,
)
from articles.models import Article, Correction, Edition
from articles.publishing import (
    NotPublishable,
    ScheduleDecision,
    publish,
    schedule,
    withdraw,
)
from articles.record.consistency.correction_drafts import publish_draft
from articles.text.numbers import parse_number

from . import correction_drafts


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


def publish_now(
    request: AuthenticatedHttpRequest,
    article: Article,
    *,
    is_minor: bool,
    seen: int = 0,
    is_saved: bool = True,
    decision: ScheduleDecision | None = None,
) -> HttpResponse | None:
    """Publish what was just saved, or, not ``is_saved`` now, revision ``seen``; a refusal is told with all its reasons.

    ``seen`` is the revision in which the editor has read the changes of others, 0 for none.
    Returns where to go, None for where one came from.
    """
    require_permissions(request, PUBLISH)
    kind = Edition.Kind.MINOR if is_minor else Edition.Kind.UPDATE
    if may_bring_back(request.user, article):
        address = reverse("admin:articles_article_bring_back", args=[article.pk])
        return HttpResponseRedirect(address)
    action = partial(publish, article, by=request.user, kind=kind, decision=decision)
    try:
        with locked_article(article.pk) as locked:
            if message := published_already(locked, request.user):
                message_user(request, messages.INFO, article, message)
                return None
            edition = publish_if_seen(article, action, by=request.user, seen=seen)
    except NotPublishable as refusal:
        message_publish_errors(request, article, _not_done_message("published", is_saved), refusal)
        return _redirect_if_unseen(refusal, article, "minor" if is_minor else "publish")
    message_user(
        request,
        messages.SUCCESS,
        article,
        f"Published: {describe_live_since(edition)}.",
        edition.get_absolute_url(),
    )
    tell_of_schedule(request, article, decision)
    return None


def schedule_for(
    request: AuthenticatedHttpRequest,
    article: Article,
    at: datetime | None,
    *,
    seen: int = 0,
    is_saved: bool = True,
    decision: ScheduleDecision | None = None,
) -> HttpResponse | None:
    """Schedule what was just saved, or revision ``seen``, as ``publish_now`` does.

    Returns where to go, None for where one came from.
    """
    require_permissions(request, PUBLISH)
    if at is None:
        message_user(
            request,
            messages.ERROR,
            article,
            "Saved, not scheduled: say when, in the field “Publish at”.",
        )
        return None
    action = partial(schedule, article, by=request.user, at=at, decision=decision)
    try:
        edition = publish_if_seen(article, action, by=request.user, seen=seen)
    except NotPublishable as refusal:
        message_publish_errors(request, article, _not_done_message("scheduled", is_saved), refusal)
        return _redirect_if_unseen(refusal, article, "schedule", at)
    message_user(
        request,
        messages.SUCCESS,
        article,
        f"Scheduled: readers get it at {compact_datetime(edition.starts_at)}. "
        "What you change from now on is not in it; schedule again to take it in.",
    )
    return None


def _not_done_message(participle: str, is_saved: bool) -> str:
    """Say that it was not ``participle``, from the form, which has saved it, or from the page that asks once more."""
    return f"Saved, not {participle}." if is_saved else f"Not {participle}."


def _redirect_if_unseen(
    refusal: NotPublishable, article: Article, action: str, at: datetime | None = None
) -> HttpResponse | None:
    """Lead to the changes of others that the editor has not seen, where it was refused for them."""
    if isinstance(refusal, UnseenChangesError):
        return redirect_to_unseen_changes(article, action, at)
    return None


def correct_view(request: AuthenticatedHttpRequest, admin: Any, pk: int) -> HttpResponse:
    """Ask what was wrong and what is right, then publish the saved text as a correction; after a draft the next one."""
    require_permissions(request, PUBLISH)
    article = get_object_or_404(Article, pk=pk)
    draft = correction_drafts.waiting_draft(article)
    form = CorrectForm(request.POST or None, initial=correction_drafts.initial_of_draft(draft))
    if form.is_valid():
        seen_draft, by = request.POST.get("draft", ""), request.user
        decision = parse_decision(request.POST.get("scheduled"))
        action = partial(
            publish_draft,
            article,
            seen=seen_draft,
            by=by,
            decision=decision,
            **form.cleaned_data,
        )
        try:
            with locked_article(pk) as locked:
                if message := corrected_already(locked, form.cleaned_data, by):
                    message_user(request, messages.INFO, article, message)
                    return redirect_to_article(article)
                edition = publish_if_seen(
                    article, action, by=by, seen=parse_number(request.POST.get("seen"))
                )
        except NotPublishable as refusal:
            add_refusal(form, gettext("Not corrected."), refusal)
            return _ask_correction(request, admin, article, form)
        phrase = describe_live_since(edition, "the text and the correction", "see")
        message_user(
            request,
            messages.SUCCESS,
            article,
            f"Corrected: {phrase}.",
            edition.get_absolute_url(),
        )
        tell_of_schedule(request, article, decision)
        return (
            correction_drafts.redirect_to_next_draft(request, draft)
            if draft and seen_draft
            else redirect_to_article(article)
        )
    return _ask_correction(request, admin, article, form)


def _ask_correction(
    request: AuthenticatedHttpRequest, admin: Any, article: Article, form: forms.Form
) -> HttpResponse:
    """Show the page of a correction, with its draft and with what others changed and readers do not have.

    Words that were sent beside a draft that is another by now come back merged with it: 409.
    """
    draft = correction_drafts.waiting_draft(article)
    more = correction_drafts.draft_context(draft, article)
    merged = correction_drafts.merge_with_draft(request.POST, draft) if form.is_bound else None
    if merged:
        reasons = form.non_field_errors()
        form = CorrectForm(merged.data)
        form.add_error(None, list(reasons))
    stored = get_article_with_state(article.pk)
    more |= {"steps": steps_of_others(article, request.user), "seen": article.revision_number}
    more["going_out"] = find_outgoing_changes(stored, request.user)
    return render_action_form(
        admin,
        request,
        article.pk,
        form,
        action="correct",
        title="Correct",
        more=more | {"merged": merged},
        status=409 if merged else 0,
    )


def withdraw_view(request: AuthenticatedHttpRequest, admin: Any, pk: int) -> HttpResponse:
    """Ask for the public reason, then take the story away from readers."""
    require_permissions(request, WITHDRAW)
    article = get_object_or_404(Article, pk=pk)
    form = WithdrawForm(request.POST or None)
    if form.is_valid():
        try:
            with locked_article(pk) as locked:
                if message := withdrawn_already(locked, request.user):
                    raise NotPublishable([message])
                edition = withdraw(article, by=request.user, reason=form.cleaned_data["reason"])
        except NotPublishable as refusal:
            add_refusal(form, gettext("Not withdrawn."), refusal)
        else:
            message_user(
                request,
                messages.SUCCESS,
                article,
                "Withdrawn: its page says when and why. Your text stays here; publish it to bring it back.",
                edition.get_absolute_url(),
            )
            return redirect_to_article(article)
    return render_action_form(admin, request, pk, form, action="withdraw", title="Withdraw")
