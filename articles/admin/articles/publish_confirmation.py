"""The page between a story with changes of somebody else and its readers: who changed what, and one more button."""

from datetime import datetime
from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone

from articles.admin.changes.unseen import steps_of_others
from articles.admin.feedback import redirect_to_article, require_permissions
from articles.admin.requests import AuthenticatedHttpRequest
from articles.admin.scheduled import parse_decision, scheduled_context
from articles.admin.status import (
    PUBLISH,
    compact_datetime,
    disabled_reasons,
    get_article_with_state,
)
from articles.text.dates import YEARS
from articles.text.numbers import parse_number

from .publish_actions import publish_now, schedule_for

PAGE = "admin/articles/article/confirm_publish.html"
BUTTONS = {"publish": "Publish", "minor": "Publish as a minor fix", "schedule": "Schedule"}


def going_out_view(request: AuthenticatedHttpRequest, admin: Any, pk: int) -> HttpResponse:
    """Show what others changed since readers got the story; publish or schedule what was shown, and nothing newer."""
    require_permissions(request, PUBLISH)
    data = request.POST if request.method == "POST" else request.GET
    default = "" if request.method == "POST" else "publish"
    action, at, article = (
        data.get("action", default),
        _parse_datetime(data.get("at", "")),
        get_article_with_state(pk),
    )
    if action not in BUTTONS:
        raise BadRequest("The address does not say what is to be done.")
    if request.method == "POST":
        seen = parse_number(data.get("seen"), default=-1)
        decision = parse_decision(data.get("scheduled"))
        if action == "schedule":
            response = schedule_for(
                request, article, at, seen=seen, is_saved=False, decision=decision
            )
        else:
            response = publish_now(
                request,
                article,
                is_minor=action == "minor",
                seen=seen,
                is_saved=False,
                decision=decision,
            )
        return response or redirect_to_article(article)
    context = admin.page_context(request, article, "What goes out")
    context |= scheduled_context(article) | {
        "steps": steps_of_others(article, request.user),
        "action": action,
        "at": at,
        "button": f"{BUTTONS[action]} for {compact_datetime(at)}"
        if at
        else f"{BUTTONS[action]} with these changes",
        "disabled_reason": disabled_reasons(article, request.user)["schedule" if at else "publish"],
    }
    return TemplateResponse(request, PAGE, context)


def _parse_datetime(text: str) -> datetime | None:
    """Return the time that an address carries, None for what is none; aware."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return at if timezone.is_aware(at) and at.year in YEARS else None
