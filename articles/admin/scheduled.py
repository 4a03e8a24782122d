"""The publication of a story that waits for its time: named beforehand, kept, dropped, cancelled."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from articles import dates
from articles.models import Article, Edition
from articles.publishing import NotPublishable, ScheduleDecision, cancel_schedule
from articles.text.numbers import parse_number

from .feedback import (
    message_publish_errors,
    message_user,
    redirect_to_article,
    require_permissions,
)
from .requests import AuthenticatedHttpRequest
from .status import PUBLISH, compact_datetime


def scheduled_context(article: Article) -> dict[str, Any]:
    """Return ``scheduled``, the edition of ``article`` (read with its state) that waits, and when, in words."""
    if not article.scheduled_for:
        return {"scheduled": None}
    scheduled = Edition.objects.coming().filter(article=article).first()
    return {
        "scheduled": scheduled,
        "scheduled_when": compact_datetime(article.scheduled_for),
    }


def warn_of_hold(form: forms.BaseForm, when: str) -> None:
    """Let the boxes of a hold and an embargo say beforehand what they do to the publication scheduled for ``when``."""
    sentences = {
        "is_on_hold": gettext("The publication scheduled for %(when)s is dropped."),
        "embargoed_until": gettext(
            "The publication scheduled for %(when)s is dropped if the embargo ends after it."
        ),
    }
    for name, sentence in sentences.items():
        if field := form.fields.get(name):
            field.help_text = f"{field.help_text} {sentence % {'when': when}}"


def parse_decision(value: str | None) -> ScheduleDecision | None:
    """Return what a button says of the scheduled edition: ``keep:12`` or ``drop:12``; None where it says nothing."""
    choice, _, key = (value or "").partition(":")
    pk = parse_number(key)
    return ScheduleDecision(pk, choice == "keep") if choice in ("keep", "drop") and pk else None


def tell_of_schedule(
    request: AuthenticatedHttpRequest, article: Article, decision: ScheduleDecision | None
) -> None:
    """Say what became of the publication that waited for its time."""
    if decision is None:
        return
    scheduled = Edition.objects.coming().filter(article=article).first()
    if scheduled is None:
        message_user(request, messages.INFO, article, gettext("What was scheduled is dropped."))
        return
    message = gettext(
        "What is scheduled for %(when)s is kept: readers get those words then, as they were scheduled."
    )
    when = compact_datetime(scheduled.starts_at)
    message_user(request, messages.INFO, article, message % {"when": when})


@require_POST
def cancel_view(request: AuthenticatedHttpRequest, admin: Any, pk: int) -> HttpResponse:
    """Cancel the scheduled publication."""
    require_permissions(request, PUBLISH)
    article = get_object_or_404(Article, pk=pk)
    try:
        canceled = cancel_schedule(article, by=request.user)
    except NotPublishable as refusal:
        message_publish_errors(request, article, "Nothing was cancelled.", refusal)
        return redirect_to_article(article)
    if canceled is None:
        message_user(request, messages.INFO, article, "Nothing was scheduled.")
    else:
        message_user(
            request,
            messages.SUCCESS,
            article,
            f"The publication scheduled for {dates.format_datetime(canceled.starts_at)} is cancelled.",
        )
    return redirect_to_article(article)
