"""The working draft: what a story's form holds while somebody writes, stored for that account and nobody else.

It is no revision and touches no row of a story. The form sends it after a pause; Save forgets it.
"""

from typing import Any

from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from articles.admin.feedback import require_permissions
from articles.admin.requests import authenticated
from articles.admin_site.submissions import path_of
from articles.admin_site.unsaved_forms import draft_token_of, owner_key, values_of
from articles.models import UnsavedForm

UNCHANGED = "unchanged"  # the form holds again what it was opened with


@require_POST
def draft_view(request: HttpRequest, admin: Any, pk: int) -> JsonResponse:
    """Store the draft of the form of a story."""
    require_permissions(request, "articles.change_article")
    return _store(request, reverse("admin:articles_article_change", args=[pk]))


@require_POST
def new_draft_view(request: HttpRequest, admin: Any) -> JsonResponse:
    """Store the draft of the form of a new story."""
    require_permissions(request, "articles.add_article")
    return _store(request, reverse("admin:articles_article_add"))


def _store(request: HttpRequest, form_address: str) -> JsonResponse:
    """Answer ``stored_at`` (ISO, UTC) and the ``address`` where the draft is opened.

    Answers 400 without a token or where the page is another account's than the one that is signed in, 413 for too much.
    """
    user, token = authenticated(request).user, draft_token_of(request)
    if not token or owner_key(request) != user.pk:
        return JsonResponse({}, status=400)
    path = path_of(request, form_address)
    if UNCHANGED in request.POST:
        UnsavedForm.objects.filter(user=user, path=path, token=token).delete()
        return JsonResponse({"stored_at": "", "address": form_address})
    draft = UnsavedForm.objects.store(user, path, token, values_of(request))
    if draft is None:
        return JsonResponse({}, status=413)
    return JsonResponse({"stored_at": draft.at.isoformat(), "address": draft.address})
