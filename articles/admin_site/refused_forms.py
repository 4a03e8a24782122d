"""A story's form that comes in after its session has ended is not lost: it is offered to its own account.

Who sent it is known by ``form_owner``, the signed field of every form of the desk (``templatetags/post_forms.py``):
nobody without an account can store anything, and nobody else is offered it. Nothing of it is shown before its account
has signed in, and nothing of it is done: opened, it stands in the form and waits for Save.
"""

from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext

from articles.models import UnsavedForm, User
from articles.models.unsaved_forms import OFFERED_FOR

from .submissions import DeskView, path_of, token_of
from .unsaved_forms import draft_token_of, owner_key, values_of

PERMISSIONS = {
    "articles_article_add": "articles.add_article",
    "articles_article_change": "articles.change_article",
}


def stores_refused_forms(view: DeskView) -> Any:
    """Return ``view`` so that a story's form, sent by who is not signed in, is stored before the way to the login."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        is_refused = request.method == "POST" and not admin.site.has_permission(request)
        response = store_refused_form(request) if is_refused else None
        return response or view(request, *args, **kwargs)

    return answer


def store_refused_form(request: HttpRequest) -> HttpResponse | None:
    """Store what a refused ``request`` brings and lead back to its form, through the login for who is not signed in.

    Returns None when there is nothing to store: no form of a story, or nobody known who may save it, or too much.
    """
    user = _owner_of(request)
    if user is None:
        return None
    store = UnsavedForm.objects.store
    if store(user, path_of(request), draft_token_of(request), values_of(request)) is None:
        return None
    sentence = gettext(
        "Nothing is saved, because the session had ended. What was written is offered to its account for {days} days."
    )
    messages.warning(request, sentence.format(days=OFFERED_FOR.days))
    if admin.site.has_permission(request):
        return HttpResponseRedirect(request.path)
    return redirect_to_login(request.path, reverse("admin:login"))


def _owner_of(request: HttpRequest) -> User | None:
    """Return whose form of a story it is that was sent; None for another form, or who may not save it."""
    match = request.resolver_match
    permission = PERMISSIONS.get(match.url_name or "") if match else None
    if permission is None or not token_of(request):
        return None
    key = owner_key(request, settings.SESSION_COOKIE_AGE)
    user = User.objects.filter(pk=key, is_active=True, is_staff=True).first()
    return user if user and user.has_perm(permission) else None
