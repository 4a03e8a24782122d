"""The history of a story: every revision of the working copy, every edition that readers got."""

from collections.abc import Mapping
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
from articles.admin.action_form import add_refusal
from articles.admin.changes.merge_parts import chosen_sides
from articles.admin.changes.restoring import (
    choose_restored,
    restorable_values,
    restore_parts,
    show_restorable_parts,
    write_restored,
)
from articles.admin.changes.snapshot_diff import diff_revisions, field_label
from articles.admin.feedback import (
    message_user,
    redirect_to_article,
    require_permissions,
)
from articles.admin.proposals.rules import must_propose
from articles.admin.requests import AuthenticatedHttpRequest
from articles.admin.status import HIDE, PUBLISH, get_article_with_state, locked_article
from articles.models import Article, Edition
from articles.publishing import NotPublishable
from articles.record.private_roles.editions import find_carriers, shown_editions
from articles.record.private_roles.withhold import withhold_private_roles
from articles.text.merge3 import ChoiceError
from articles.text.numbers import parse_number
from articles.translation.messages import translate

from .preview import preview_html
from .proposing import propose_restored

MAX_SHOWN = 200
CHANGE = "articles.change_article"


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


def revision_view(
    request: AuthenticatedHttpRequest, admin: Any, pk: int, number: int
) -> HttpResponse:
    """Show what one revision changed, and how it differs from the working copy; a POST brings parts of it back.

    Of a story that readers have they are a proposal of who may not publish. A form decides only about the working
    copy that it showed: 409 with what is there now else. 400 where nothing is chosen, or what is no part.
    """
    if request.method != "POST":
        return _show_revision(request, admin, pk, number)
    require_permissions(request, CHANGE)
    sides, problem, status = chosen_sides(request.POST), "", 400
    with locked_article(pk) as article:
        revision = get_object_or_404(article.revisions, number=number)
        if parse_number(request.POST.get("seen")) != article.revision_number:
            status = 409
            problem = gettext(
                "Nothing was brought back: the story was saved after you opened this page. "
                "This is how the two differ now."
            )
        elif "theirs" not in sides.values():
            problem = gettext("Nothing is chosen: choose what is to be as it was then.")
        else:
            try:
                if must_propose(request.user, article):
                    values = choose_restored(article, revision, sides)
                    return propose_restored(request, article, values)
                fields, texts = restore_parts(article, revision, sides, by=request.user)
            except ChoiceError as error:
                problem = translate(error.message)
    if problem:
        return _show_revision(
            request, admin, pk, number, problem=problem, sides=sides, status=status
        )
    _tell_restored(request, article, number, fields, texts)
    return redirect_to_article(article)


def _tell_restored(
    request: AuthenticatedHttpRequest,
    article: Article,
    number: int,
    fields: list[str],
    texts: list[str],
) -> None:
    message, level = gettext("Nothing was stored: it is so already."), messages.INFO
    if fields:
        level = messages.SUCCESS
        message = gettext(
            "Back from revision %(number)s: %(fields)s. It is revision %(new)s; readers get it when you publish."
        ) % {
            "number": number,
            "fields": ", ".join(map(field_label, fields)),
            "new": article.revision_number,
        }
    for text in (message, *texts):
        message_user(request, level, article, text)


def _show_revision(
    request: AuthenticatedHttpRequest,
    admin: Any,
    pk: int,
    number: int,
    *,
    problem: str = "",
    sides: Mapping[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    article = get_article_with_state(pk)
    revision = get_object_or_404(article.revisions.select_related("by"), number=number)
    before = article.revisions.filter(number__lt=number).first()
    is_old = number != article.revision_number
    context = admin.page_context(request, article, f"Revision {number}")
    context |= {
        "revision": revision,
        "before": before,
        "differences": diff_revisions(before, revision) if before else [],
        "problem": problem,
        "parts": show_restorable_parts(article, revision, sides or {}) if is_old else [],
        "is_old": is_old,
        "may_restore": admin.has_change_permission(request, article) and is_old,
    }
    template = "admin/articles/article/revision.html"
    return TemplateResponse(request, template, context, status=status)


@require_POST
def restore_view(
    request: AuthenticatedHttpRequest, admin: Any, pk: int, number: int
) -> HttpResponse:
    """Make an old revision the working copy again, as a new revision; readers keep what they have, and the address.

    Of a story that readers have it is a proposal of who may not publish.
    """
    require_permissions(request, CHANGE)
    with locked_article(pk) as article:
        revision = get_object_or_404(article.revisions, number=number)
        values = restorable_values(article, revision)
        if must_propose(request.user, article):
            return propose_restored(request, article, values)
        is_changed, notes = write_restored(article, values, by=request.user, restored_from=number)
    if is_changed:
        message = (
            f"Revision {number} is the working copy again, as revision {article.revision_number}."
        )
        level, texts = messages.SUCCESS, [message, *notes]
    else:
        message = gettext("It is as revision {number} has it already: nothing was stored.")
        level, texts = messages.INFO, [message.format(number=number), *notes]
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
        words = form.cleaned_data["reason"] if form.is_valid() else ""
        if words not in ("", edition.hidden_reason):
            sentence = gettext(
                "It is out of the public history already: {reason} Yours was not stored: {words}"
            )
        text = sentence.format(reason=edition.hidden_reason, words=words)
        message_user(request, messages.INFO, article, text)
        return HttpResponseRedirect(reverse("admin:articles_article_history", args=[pk]))
    if "withhold" in request.POST and form.is_valid() and _withhold(request, article, form):
        return HttpResponseRedirect(reverse("admin:articles_article_history", args=[pk]))
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


def _withhold(request: AuthenticatedHttpRequest, article: Article, form: HideForm) -> bool:
    """Take the roles that are not public from readers, in all editions of ``article``; a refusal is in ``form``."""
    try:
        counts = withhold_private_roles(article, form.cleaned_data["reason"], by=request.user)
    except NotPublishable as refusal:
        add_refusal(form, gettext("Nothing was taken from readers."), refusal)
        return False
    message = f"Editions published anew: {counts.published}, hidden: {counts.hidden}."
    message_user(request, messages.SUCCESS, article, message)
    return True
