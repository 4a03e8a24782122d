"""A story's form that comes in after its session has ended is not lost: it is offered to its own account for a day.

Who sent it is known by ``form_owner``, the signed field of every form of the desk (``templatetags/post_forms.py``):
nobody without an account can store anything, and nobody else is offered it. Nothing of it is shown before its account
has signed in, and nothing of it is done: opened, it stands in the form and waits for Save.
"""

from functools import wraps
from typing import Any, cast

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth.views import redirect_to_login
from django.core.signing import BadSignature
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from articles.models import UnsavedForm, User
from articles.templatetags.post_forms import OWNER_SIGNER
from articles.text.numbers import parse_number

from .submissions import FORM_OWNER, FORM_TOKEN, OF_THE_PAGE, DeskView, path_of, token_of

PERMISSIONS = {
    "articles_article_add": "articles.add_article",
    "articles_article_change": "articles.change_article",
}
NO_VALUES = OF_THE_PAGE | {FORM_TOKEN}


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
    values = {
        name: [text.replace("\0", "") for text in texts]
        for name, texts in request.POST.lists()
        if name not in NO_VALUES and not name.startswith("_")
    }
    opened = opened_form(request, user)
    if UnsavedForm.objects.store(user, path_of(request), token_of(request), values) is None:
        return None
    if opened:
        opened.delete()  # it is stored anew
    sentence = gettext(
        "Nothing is saved, because the session had ended. What was written is offered to its account for a day."
    )
    messages.warning(request, sentence)
    if admin.site.has_permission(request):
        return HttpResponseRedirect(request.path)
    return redirect_to_login(request.path, reverse("admin:login"))


def _owner_of(request: HttpRequest) -> User | None:
    """Return whose form of a story it is that was sent; None for another form, or who may not save it."""
    match = request.resolver_match
    permission = PERMISSIONS.get(match.url_name or "") if match else None
    if permission is None or not token_of(request):
        return None
    try:
        key = OWNER_SIGNER.unsign(
            request.POST.get(FORM_OWNER, ""), max_age=settings.SESSION_COOKIE_AGE
        )
    except BadSignature:
        return None
    user = User.objects.filter(pk=parse_number(key), is_active=True, is_staff=True).first()
    return user if user and user.has_perm(permission) else None


def opened_form(request: HttpRequest, user: User) -> UnsavedForm | None:
    """Return what ``user`` has opened on this page by ``?unsaved=``, None for none or what is not offered here."""
    key = parse_number(request.GET.get("unsaved", ""))
    forms = UnsavedForm.objects.offered(user).filter(path=path_of(request))
    return forms.filter(pk=key).first() if key else None


def unsaved_context(request: HttpRequest) -> dict[str, Any]:
    """Return for the page of a form the ``unsaved_form`` that is opened there, and the ``unsaved_forms`` it offers."""
    user = cast(User, request.user)
    opened = opened_form(request, user)
    offered = UnsavedForm.objects.offered(user).filter(path=path_of(request))
    others = [unsaved_form for unsaved_form in offered if unsaved_form != opened]
    return {"unsaved_form": opened, "unsaved_forms": others}


def delete_saved(request: HttpRequest, user: User) -> None:
    """Forget what ``request`` has saved: what was opened on its page, and what its form had brought before."""
    opened, token = parse_number(request.GET.get("unsaved", "")), token_of(request)
    if opened or token:
        forms = UnsavedForm.objects.filter(user=user, path=path_of(request))
        forms.filter(Q(pk=opened) | Q(token=token)).delete()


@require_POST
def discard_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete one of the user's own, and lead back to its form."""
    user = cast(User, request.user)
    unsaved_form = UnsavedForm.objects.filter(user=user, pk=pk).first()
    if unsaved_form is None:
        messages.info(request, gettext("It is not offered any more: it was discarded or saved."))
        return HttpResponseRedirect(reverse("admin:index"))
    unsaved_form.delete()
    messages.success(request, gettext("Discarded."))
    return HttpResponseRedirect(unsaved_form.path)
