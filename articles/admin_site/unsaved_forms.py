"""The text of a story's form that is not saved: by which token it is known, who opens it, when it is forgotten.

``draft_token`` is the hidden field that names a text. A form keeps it when it comes back with errors and when it is
opened again by ``?unsaved=``, so that each text is stored once and offered once. ``draft_changed`` is when it was last
changed, by the clock of the browser (milliseconds since 1970): by it the browser knows its own text at the desk.
"""

import secrets
from typing import cast

from django.contrib import messages
from django.core.signing import BadSignature
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from articles.models import SavedForm, UnsavedForm, User
from articles.templatetags.post_forms import OWNER_SIGNER
from articles.text.numbers import parse_number

from .submissions import (
    DRAFT_CHANGED,
    DRAFT_TOKEN,
    FORM_OWNER,
    FORM_TOKEN,
    OF_THE_PAGE,
    VALID_TOKEN,
    path_of,
    token_of,
)

NO_VALUES = OF_THE_PAGE - {DRAFT_CHANGED} | {FORM_TOKEN}


def draft_token_of(request: HttpRequest) -> str:
    """Return the token of the text that was sent, of a form without one its own; empty for neither."""
    token = request.POST.get(DRAFT_TOKEN, "")
    return token if VALID_TOKEN.fullmatch(token) else token_of(request)


def values_of(request: HttpRequest) -> dict[str, list[str]]:
    """Return what the fields of a form held: no token, no button, no character that cannot be stored."""
    return {
        name: [text.replace("\0", "") for text in texts]
        for name, texts in request.POST.lists()
        if name not in NO_VALUES and not name.startswith("_")
    }


def owner_key(request: HttpRequest, max_age: int | None = None) -> int:
    """Return the key of the account that got the page of the form, at most ``max_age`` seconds ago; 0 for none."""
    try:
        key = OWNER_SIGNER.unsign(request.POST.get(FORM_OWNER, ""), max_age=max_age)
    except BadSignature:
        return 0
    return parse_number(key)


def opened_form(request: HttpRequest, user: User) -> UnsavedForm | None:
    """Return what ``user`` has opened on this page by ``?unsaved=``, None for none or what is not offered here."""
    key = parse_number(request.GET.get("unsaved", ""))
    forms = UnsavedForm.objects.offered(user).filter(path=path_of(request))
    return forms.filter(pk=key).first() if key else None


def page_token(request: HttpRequest, opened: UnsavedForm | None) -> str:
    """Return the token of the text that the page of a form is to hold: that of what it shows again, or a new one."""
    if opened:
        return opened.token
    return (draft_token_of(request) if request.method == "POST" else "") or secrets.token_urlsafe(
        16
    )


def delete_saved(request: HttpRequest, user: User) -> None:
    """Forget the text that ``request`` has saved, and note that it is."""
    if token := draft_token_of(request):
        UnsavedForm.objects.filter(user=user, path=path_of(request), token=token).delete()
        SavedForm.objects.record(user, token)


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
