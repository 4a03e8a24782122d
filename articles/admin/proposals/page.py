"""The page of a proposal: what it changes, place by place, and what an editor decides about each."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.html import format_html
from django.utils.translation import gettext

from articles.admin.changes.merge_parts import STORY_DISPLAY, chosen_sides, show_parts
from articles.admin.requests import AuthenticatedHttpRequest
from articles.admin.status import describe_state, get_article_with_state, state_code
from articles.models import Article, Proposal
from articles.record.proposals import (
    ProposedMerge,
    merge_proposal,
    proposer_name,
    take_into_story,
)
from articles.text.merge3 import ChoiceError
from articles.text.messages import Message
from articles.translation.messages import translate

from .notices import describe_outcome, form_of_target, may_decide, page_of
from .take_row import RowRefusedError, row_display, take_into_row

TEMPLATE = "admin/articles/proposal/page.html"
MAX_REASON = 500


def decision_view(
    request: AuthenticatedHttpRequest, admin: Any, proposal: Proposal
) -> HttpResponse:
    """Show ``proposal``; a POST takes what is chosen of it, leaves it, or withdraws the user's own.

    A form decides only about what it showed: 409 with what is there now else. 400 for a choice that is none, and for
    what the row's own form would refuse.
    """
    if request.method != "POST":
        return _show(request, admin, proposal)
    sides, status = chosen_sides(request.POST), 409
    with locked_target(proposal) as target:
        proposal = Proposal.objects.select_related("by", "decided_by").get(pk=proposal.pk)
        decision = request.POST.get("decision", "")
        _require_right(request, decision, proposal, target)
        if not proposal.is_open:
            _message(request, messages.INFO, target, describe_outcome(proposal, request.user))
            return HttpResponseRedirect(form_of_target(target))
        problem = _unread_message(request, proposal, target)
        if not problem:
            try:
                texts = _decide(request, admin, proposal, target, decision, sides)
            except ChoiceError as error:
                problem, status = translate(error.message), 400
            except RowRefusedError as error:
                problem, status = str(error), 400
    if problem:
        sides = {} if status == 409 else sides
        return _show(request, admin, proposal, problem=problem, sides=sides, status=status)
    for text in texts:
        _message(request, messages.SUCCESS, target, text)
    return HttpResponseRedirect(form_of_target(target))


@contextmanager
def locked_target(proposal: Proposal) -> Iterator[Any]:
    """Hold the lock of what ``proposal`` would change, for a block, one transaction. Raises Http404."""
    model: Any = type(proposal.target)
    with transaction.atomic():
        rows = model.objects.select_for_update(of=("self",))
        yield get_object_or_404(rows, pk=proposal.target.pk)


def _require_right(
    request: AuthenticatedHttpRequest, decision: str, proposal: Proposal, target: Any
) -> None:
    """Raise PermissionDenied but for who may decide, and for who takes their own proposal back."""
    is_own = proposal.by == request.user and decision == "withdraw"
    if not is_own and (decision == "withdraw" or not may_decide(request.user, target)):
        raise PermissionDenied


def _decide(
    request: AuthenticatedHttpRequest,
    admin: Any,
    proposal: Proposal,
    target: Any,
    decision: str,
    sides: Mapping[str, str],
) -> list[str]:
    """Do what was decided about an open ``proposal``, whose target is locked; return what to say of it."""
    by, rows = request.user, Proposal.objects.filter(pk=proposal.pk)
    if decision == "withdraw":
        rows.close(Proposal.State.WITHDRAWN, by=by)
        return [gettext("Your proposal is withdrawn.")]
    if decision == "leave":
        reason = " ".join(request.POST.get("reason", "").split())[:MAX_REASON]
        rows.close(Proposal.State.LEFT, by=by, reason=reason)
        name = proposer_name(proposal)
        return [gettext("The proposal of %(name)s is left aside.") % {"name": name}]
    if decision != "take":
        message = Message(
            "Nothing was decided: take what is chosen, or leave it all.",
            code="proposal.no_decision",
        )
        raise ChoiceError(message)
    if not isinstance(target, Article):
        take_into_row(request, admin.admin_site, proposal, target, sides)
        return [gettext("Taken, and saved: where readers have it, they have the new words now.")]
    notes = take_into_story(proposal, sides, by=by)
    number = Article.objects.values_list("revision_number", flat=True).get(pk=target.pk)
    message_text = gettext("Taken as revision %(number)s. Readers get it when you publish.")
    return [message_text % {"number": number}, *notes]


def shown_version(proposal: Proposal, merge: ProposedMerge) -> str:
    """Name what a page shows: the proposal as it was last changed, and what its target says."""
    content = json.dumps(merge.mine, sort_keys=True).encode()
    return f"{proposal.version}-{sha256(content).hexdigest()[:20]}"


def _unread_message(request: AuthenticatedHttpRequest, proposal: Proposal, target: Any) -> str:
    """Say what came since the page was opened from which ``request`` was sent; empty when all is as it showed it."""
    seen = request.POST.get("seen", "")
    version = shown_version(proposal, merge_proposal(proposal, target))
    if seen == version or request.POST.get("decision") == "withdraw":
        return ""
    if seen.startswith(proposal.version):
        return gettext(
            "Nothing was decided: somebody saved another change after you opened this page. This is how it is now."
        )
    return gettext(
        "Nothing was decided: the proposal was changed after you opened this page. This is it."
    )


def _message(request: AuthenticatedHttpRequest, level: int, target: Any, text: str) -> None:
    link = format_html('<a href="{}">{}</a>: {}', form_of_target(target), target, text)
    messages.add_message(request, level, link)


def _show(
    request: AuthenticatedHttpRequest,
    admin: Any,
    proposal: Proposal,
    *,
    problem: str = "",
    sides: Mapping[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    """Show ``proposal`` beside what its target says now, with ``problem`` above it and ``sides`` chosen in it."""
    target = proposal.target
    is_story = isinstance(target, Article)
    merge = merge_proposal(proposal, target)
    display = STORY_DISPLAY if is_story else row_display(type(target))
    decides = proposal.is_open and may_decide(request.user, target)
    context = {
        **admin.admin_site.each_context(request),
        "title": gettext("Proposal"),
        "subtitle": str(target),
        "opts": admin.opts,
        "proposal": proposal,
        "proposer": proposer_name(proposal),
        "target": target,
        "target_kind": target._meta.verbose_name,
        "target_address": form_of_target(target),
        "is_story": is_story,
        "outcome": "" if proposal.is_open else describe_outcome(proposal, request.user),
        "problem": problem,
        "page_address": page_of(proposal),
        "seen": shown_version(proposal, merge),
        "parts": show_parts(
            merge.values, merge.preset_sides() | dict(sides or {}), display=display
        ),
        "may_decide": decides,
        "may_withdraw": proposal.is_open and proposal.by == request.user,
    }
    if is_story:
        article = get_article_with_state(target.pk)
        context |= {"state": describe_state(article), "state_code": state_code(article)}
    return TemplateResponse(request, TEMPLATE, context, status=status)
