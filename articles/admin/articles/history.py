"""The history of a story: every revision of the working copy, every edition that readers got."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from articles import clock
from articles.admin.changes.snapshot_diff import diff_revisions
from articles.admin.feedback import (
    message_publish_errors,
    message_user,
    redirect_to_article,
    require_permissions,
)
from articles.admin.requests import AuthenticatedHttpRequest
from articles.admin.status import HIDE, PUBLISH, get_article_with_state, locked_article
from articles.models import Article, Edition
from articles.models.snapshots import fill_defaults
from articles.publishing import NotPublishable
from articles.record import sync_record
from articles.record.private_roles.editions import find_carriers, shown_editions
from articles.record.private_roles.withhold import withhold_private_roles

from .preview import preview_html
from .saving import stored_snapshot

MAX_SHOWN = 200

LEFT_ALONE = {
    "is_on_hold",
    "pub_status",
    "embargoed_until",
}  # an old version lifts no hold of today


class HideForm(forms.Form):
    """Why an edition is taken out of the public history."""

    reason = forms.CharField(
        label="The reason, as readers will see it",
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
    )


def history_view(request: HttpRequest, admin: Any, pk: int) -> HttpResponse:
    """List revisions and editions, the newest first."""
    article = get_article_with_state(pk)
    editions = Edition.objects.filter(article=article).select_related("by", "correction")
    visible_editions = shown_editions().filter(article=article).order_by("-starts_at")
    context = admin.page_context(request, article, "History")
    context |= {
        "revisions": article.revisions.select_related("by").defer("snapshot")[:MAX_SHOWN],
        "editions": editions.defer("card_html", "page_html").order_by("-starts_at")[:MAX_SHOWN],
        "now": clock.now(),
        "editions_with_private_roles": {
            carrier.edition.pk for carrier in find_carriers(list(visible_editions[:MAX_SHOWN]))
        },
        "may_hide": request.user.has_perm(HIDE),
    }
    return TemplateResponse(request, "admin/articles/article/history.html", context)


def revision_view(request: HttpRequest, admin: Any, pk: int, number: int) -> HttpResponse:
    """Show what one revision changed against the one before it."""
    article = get_article_with_state(pk)
    revision = get_object_or_404(article.revisions.select_related("by"), number=number)
    before = article.revisions.filter(number__lt=number).first()
    context = admin.page_context(request, article, f"Revision {number}")
    context |= {
        "revision": revision,
        "before": before,
        "differences": diff_revisions(before, revision) if before else [],
        "may_restore": admin.has_change_permission(request, article)
        and number != article.revision_number,
    }
    return TemplateResponse(request, "admin/articles/article/revision.html", context)


@require_POST
def restore_view(
    request: AuthenticatedHttpRequest, admin: Any, pk: int, number: int
) -> HttpResponse:
    """Make an old revision the working copy again, as a new revision; readers keep what they have, and the address."""
    require_permissions(request, "articles.change_article")
    with locked_article(pk) as article:
        before = stored_snapshot(article)
        revision = get_object_or_404(article.revisions, number=number)
        stored = fill_defaults(Article, revision.snapshot)
        left_alone = LEFT_ALONE | ({"slug"} if article.editions.exists() else set())
        notes = article.apply_snapshot(
            {name: stored[name] for name in stored if name not in left_alone}
        )
        if stored_snapshot(article) == before:
            message = gettext("It is as revision {number} has it already: nothing was stored.")
            level, texts = messages.INFO, [message.format(number=number), *notes]
        else:
            article.create_revision(request.user, restored_from=number)
            notes += sync_record(article, by=request.user)
            message = f"Revision {number} is the working copy again, as revision {article.revision_number}."
            level, texts = messages.SUCCESS, [message, *notes]
    for text in texts:
        message_user(request, level, article, text)
    return redirect_to_article(article)


def edition_view(
    request: AuthenticatedHttpRequest, admin: Any, pk: int, number: int
) -> HttpResponse:
    """Show an edition as readers got it; a chief may take it out of the public history, with a reason."""
    article = get_article_with_state(pk)
    edition = get_object_or_404(Edition, article=article, number=number)
    is_superseded = edition.ends_at <= clock.now()
    form = HideForm(request.POST or None)
    labels = [label for carrier in find_carriers([edition]) for label in carrier.labels]
    if request.method == "POST":
        require_permissions(request, HIDE, *([PUBLISH] if "withhold" in request.POST else []))
    if request.method == "POST" and edition.is_hidden:
        sentence = gettext("It is out of the public history already: {reason}")
        text = sentence.format(reason=edition.hidden_reason)
        message_user(request, messages.INFO, article, text)
        return HttpResponseRedirect(reverse("admin:articles_article_history", args=[pk]))
    if "withhold" in request.POST and form.is_valid():
        return _withhold(request, article, form.cleaned_data["reason"])
    if request.method == "POST" and is_superseded and form.is_valid():
        Edition.objects.filter(pk=edition.pk).hide(form.cleaned_data["reason"])
        message_user(
            request, messages.SUCCESS, article, f"Edition {number} is out of the public history."
        )
        address = reverse("admin:articles_article_history", args=[pk])
        return HttpResponseRedirect(address)
    context = admin.page_context(request, article, f"Edition {number}")
    context |= {
        "edition": edition,
        "story": mark_safe(preview_html(edition.composed)),  # noqa: S308 (escaped by the readers' template)
        "form": form,
        "private_role_labels": labels,
        "may_hide": request.user.has_perm(HIDE) and is_superseded and not edition.is_hidden,
        "may_withhold": request.user.has_perms([HIDE, PUBLISH]) and not edition.is_hidden,
    }
    return TemplateResponse(request, "admin/articles/article/edition.html", context)


def _withhold(request: AuthenticatedHttpRequest, article: Article, reason: str) -> HttpResponse:
    """Take the roles that are not public from readers, in all editions of ``article``."""
    try:
        counts = withhold_private_roles(article, reason, by=request.user)
    except NotPublishable as refusal:
        message_publish_errors(request, article, "Nothing was taken from readers.", refusal)
        return redirect_to_article(article)
    message = f"Editions published anew: {counts.published}, hidden: {counts.hidden}."
    message_user(request, messages.SUCCESS, article, message)
    return HttpResponseRedirect(reverse("admin:articles_article_history", args=[article.pk]))
