"""The page of a version that waits beside a story: what would come in, what to choose, and the decision."""

import json
from collections.abc import Mapping
from copy import copy
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.translation import gettext

from articles.admin.already_done import decided_already
from articles.admin.changes.merge_parts import chosen_sides, show_parts
from articles.admin.changes.snapshot_diff import diff_snapshots
from articles.admin.feedback import message_user, redirect_to_article, require_permissions
from articles.admin.requests import AuthenticatedHttpRequest
from articles.admin.scheduled import scheduled_context
from articles.admin.status import get_article_with_state, locked_article
from articles.importing.pipeline.storing import pending_changes
from articles.importing.pipeline.storing.merge_versions import MergedVersion, field_names
from articles.models import Article, User, WaitingChange
from articles.publishing.holds import comes_too_early
from articles.text.merge3 import ChoiceError
from articles.text.messages import Message
from articles.text.numbers import parse_number
from articles.translation.messages import translate

DECIDE = ("articles.change_waitingchange", "articles.change_article")
TEMPLATE = "admin/articles/article/waiting_version.html"


def decide_view(request: AuthenticatedHttpRequest, admin: Any, pk: int) -> HttpResponse:
    """Show the version that waits beside the working copy; a POST takes it whole, in part, or leaves it aside.

    A form decides only about the version and the revision that it showed: 409 with what is there now else. 400 for a
    choice that is none.
    """
    if request.method != "POST":
        return _show_change(request, admin, pk)
    require_permissions(request, *DECIDE)
    sides = chosen_sides(request.POST)
    with locked_article(pk) as article:
        changes = article.waiting_changes.select_related("decided_by", "article")
        change = get_object_or_404(changes, pk=parse_number(request.POST.get("change")))
        if message := decided_already(change, request.user):
            message_user(request, messages.INFO, article, message)
            return redirect_to_article(article)
        problem, status = unread_message(change, article, request.POST.get("seen", "")), 409
        if not problem:
            try:
                texts = decide_change(change, request.POST.get("decision", ""), sides, request.user)
            except ChoiceError as error:
                problem, status = translate(error.message), 400
    if problem:
        sides = {} if status == 409 else sides
        return _show_change(request, admin, pk, problem=problem, sides=sides, status=status)
    for text in texts:
        message_user(request, messages.SUCCESS, article, text)
    return redirect_to_article(article)


def decide_change(
    change: WaitingChange, decision: str, sides: Mapping[str, str], by: User
) -> list[str]:
    """Take over ("take"), merge ("merge", by ``sides``) or leave aside ("leave") what waits; say what was done.

    Raises ChoiceError where it is none of these, or ``sides`` are none; nothing is stored then.
    """
    if decision == "take":
        notes = pending_changes.accept_change(change, by=by)
        message = gettext(
            "The newer version from the wire is taken over. Readers get it when you publish."
        )
        return [message, *notes]
    if decision == "merge":
        changed, notes = pending_changes.merge_change(change, by=by, sides=sides)
        return [_merge_message(changed), *notes]
    if decision == "leave":
        pending_changes.dismiss_change(change, by=by)
        return [gettext("The newer version from the wire is left aside; the text stays as it is.")]
    raise ChoiceError(
        Message(
            "Nothing was decided: take the version in, take it whole, or keep ours.",
            code="waiting.no_decision",
        )
    )


def shown_token(change: WaitingChange, article: Article) -> str:
    """Name what a page shows: the revision of the working copy, and what the version says."""
    content = json.dumps(change.values, sort_keys=True).encode()
    return f"{article.revision_number}-{sha256(content).hexdigest()[:20]}"


def unread_message(change: WaitingChange, article: Article, seen: str) -> str:
    """Say what came since the page that names ``seen`` was opened; empty when all is as it showed it."""
    token = shown_token(change, article)
    if seen == token:
        return ""
    if seen.partition("-")[2] != token.partition("-")[2]:
        return gettext(
            "Nothing was decided: a newer version has arrived than the one that you had before you. This is it."
        )
    return gettext(
        "Nothing was decided: the story was saved after you opened this page. This is how the two differ now."
    )


def schedule_context(article: Article, merged: MergedVersion) -> dict[str, Any]:
    """Return the publication that waits for its time, and whether an embargo of the version would drop it."""
    context = scheduled_context(article)
    until = merged.theirs.get("embargoed_until")
    if not context["scheduled"] or not until:
        return context
    embargoed = copy(article)
    embargoed.embargoed_until = datetime.fromisoformat(until)
    return context | {"drops_schedule": comes_too_early(embargoed, context["scheduled"])}


def _merge_message(changed: list[str]) -> str:
    if not changed:
        return gettext("The text stays as it is: nothing of the newer version was left to come in.")
    return gettext(
        "The newer version from the wire came in beside the changes made here: %(fields)s. "
        "Readers get it when you publish."
    ) % {"fields": field_names(changed)}


def _show_change(
    request: AuthenticatedHttpRequest,
    admin: Any,
    pk: int,
    *,
    problem: str = "",
    sides: Mapping[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    """Show the version that waits, with ``problem`` above it and ``sides`` chosen in it."""
    article = get_article_with_state(pk)
    change = article.waiting_changes.filter(state=WaitingChange.State.OPEN).first()
    if change is None:
        message_user(request, messages.INFO, article, gettext("No version from the wire waits."))
        return redirect_to_article(article)
    merged = pending_changes.merge_waiting(change)
    context = admin.page_context(request, article, gettext("A newer version from the wire"))
    context |= {
        **schedule_context(article, merged),
        "change": change,
        "problem": problem,
        "seen": shown_token(change, article),
        "has_base": merged.has_base,
        "is_whole": merged.is_whole,
        "parts": show_parts(merged.values, sides or {}),
        "incoming": diff_snapshots(merged.mine, merged.chosen_values({})),
        "whole": diff_snapshots(article.snapshot(), change.values),
        "may_decide": request.user.has_perms(DECIDE),
    }
    return TemplateResponse(request, TEMPLATE, context, status=status)
