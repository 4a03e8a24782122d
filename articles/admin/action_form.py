"""The page on which an action on a story asks for its words."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpResponse
from django.template.response import TemplateResponse

from articles.admin.requests import AuthenticatedHttpRequest
from articles.admin.scheduled import scheduled_context
from articles.admin.status import disabled_reasons, get_article_with_state
from articles.publishing import NotPublishable


def add_refusal(form: forms.Form, summary: str, refusal: NotPublishable) -> None:
    """Say in ``form``, whose words stay in it, that nothing was done and for which reasons."""
    form.add_error(None, [f"{summary} {reason}" for reason in refusal.reasons])


def render_action_form(
    admin: Any,
    request: AuthenticatedHttpRequest,
    pk: int,
    form: forms.Form,
    *,
    action: str,
    title: str,
    more: Mapping[str, Any] | None = None,
    status: int = 0,
) -> HttpResponse:
    """Show the page on which an action asks for its words; ``more`` goes into its context.

    ``status`` is 400 for words that were sent, unless it is given.
    """
    article = get_article_with_state(pk)
    context = admin.page_context(request, article, title) | scheduled_context(article)
    context |= dict(more or {})
    context |= {
        "form": form,
        "action": action,
        "disabled_reason": disabled_reasons(article, request.user)[action],
    }
    status = status or (400 if form.is_bound else 200)
    return TemplateResponse(
        request, "admin/articles/article/action_form.html", context, status=status
    )
