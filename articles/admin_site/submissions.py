"""A form of the desk does its work once, however often it is sent: a double click, the back button, a retry.

``{% csrf_token %}`` puts a random token into every form (``templatetags/post_forms.py``). Here, around every view of
the site, a POST that carries one is noted in the transaction that does the work, and the second of its kind is told
what came of the first. What did nothing, a form with errors for one, is not noted: it can be sent again.
"""

import re
from collections.abc import Callable
from functools import wraps
from hashlib import sha256
from typing import Any, TypeVar, cast

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.crypto import salted_hmac
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext

from articles import dates
from articles.models import FormSubmission, User

DeskView = Callable[..., HttpResponseBase]
MarkedView = TypeVar("MarkedView", bound=DeskView)
FORM_TOKEN = "form_token"  # noqa: S105 (the name of a field)
FORM_OWNER = "form_owner"
DRAFT_TOKEN = "draft_token"  # noqa: S105 (the name of a field)
CSRF_TOKEN = "csrfmiddlewaretoken"  # noqa: S105 (the name of a field)
DRAFT_CHANGED = "draft_changed"
OF_THE_PAGE = {
    CSRF_TOKEN,
    FORM_OWNER,
    DRAFT_TOKEN,
    DRAFT_CHANGED,
}  # another value each time that the same form is shown
VALID_TOKEN = re.compile(r"[\w-]{16,64}", re.ASCII)
POPUP_DATA, POPUP_TEMPLATE = "popup_response_data", "admin/popup_response.html"


def once_per_form(view: DeskView) -> DeskView:
    """Return ``view`` so that each form does its work once; one marked by ``commits_by_itself`` stays as it is."""
    if getattr(view, "is_committing", False):
        return view

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method != "POST" or not token_of(request):
            return view(request, *args, **kwargs)
        with transaction.atomic():
            submission, is_first = FormSubmission.objects.claim(
                cast(User, request.user), path_of(request), token_of(request), _digest(request)
            )
            set_submission(request, submission)
            if is_first:
                return _do_work(request, submission, lambda: view(request, *args, **kwargs))
        submission.is_repeated = True
        if is_script(request):
            return view(request, *args, **kwargs)
        return _answer_again(request, submission)

    return answer


def commits_by_itself(view: MarkedView) -> MarkedView:
    """Mark a view that is no single transaction, and sees to it by itself that twice is once."""
    view.is_committing = True  # type: ignore[attr-defined]
    return view


def token_of(request: HttpRequest) -> str:
    """Return the token of the form that was sent, empty for none."""
    token = request.POST.get(FORM_TOKEN, "")
    return token if VALID_TOKEN.fullmatch(token) else ""


def path_of(request: HttpRequest, address: str = "") -> str:
    """Return where a form was sent, or is to be sent (``address``), as its submissions store it."""
    return (address or request.path)[:200].replace("\0", "")


def set_submission(request: HttpRequest, submission: FormSubmission) -> None:
    """Let the views know what their request is noted as."""
    cast(Any, request).form_submission = submission


def submission_of(request: HttpRequest) -> FormSubmission | None:
    """Return what ``request`` is noted as, None for a form without a token.

    Where it ``is_repeated`` a view is to answer a script, and to do nothing.
    """
    return getattr(request, "form_submission", None)


def is_script(request: HttpRequest) -> bool:
    """Tell whether a script of ours asks: it shows the answer in its place."""
    return request.headers.get("X-Requested-With") == "fetch"


def repeated_message(submission: FormSubmission) -> str:
    """Say that it was done, when, and what came of it."""
    at, message = dates.format_compact(submission.at), mark_safe(submission.message)  # noqa: S308 (escaped when stored)
    if not message:
        return conditional_escape(gettext("That was done already, at {at}.").format(at=at))
    return format_html(gettext("That was done already, at {at}: {message}"), at=at, message=message)


def _do_work(
    request: HttpRequest, submission: FormSubmission, view: Callable[[], HttpResponseBase]
) -> HttpResponseBase:
    """Answer for the first time; keep the row when something was done, else let the form be sent again."""
    storage: Any = messages.get_messages(request)
    count, is_shown = len(storage), storage.used
    response = view()
    new_messages = list(storage)[count:]
    storage.used = is_shown  # they are only read here
    levels = {message.level for message in new_messages}
    popup_data = (getattr(response, "context_data", None) or {}).get(POPUP_DATA)
    is_answered = popup_data or (is_script(request) and response.status_code == 200)
    is_told = isinstance(response, HttpResponseRedirect) and messages.SUCCESS in levels
    if messages.ERROR in levels or not (is_answered or is_told):
        submission.delete()
        return response
    FormSubmission.objects.filter(pk=submission.pk).update(
        message=" ".join(conditional_escape(message.message) for message in new_messages),
        location=response.headers.get("Location", ""),
        popup=popup_data or "",
        object_key=submission.object_key,
    )
    return response


def _answer_again(request: HttpRequest, submission: FormSubmission) -> HttpResponse:
    if submission.popup:
        return TemplateResponse(request, POPUP_TEMPLATE, {POPUP_DATA: submission.popup})
    messages.info(request, repeated_message(submission))
    return HttpResponseRedirect(submission.location)


def _digest(request: HttpRequest) -> str:
    """Return a keyed digest of all that was sent but what is of the page: there may be a password in it."""
    content = sorted(
        (name, values) for name, values in request.POST.lists() if name not in OF_THE_PAGE
    )
    files = [
        (name, [(file.name, _file_digest(file)) for file in uploads])
        for name, uploads in sorted(request.FILES.lists())
    ]
    salt = "articles.admin_site.submissions"
    digest = salted_hmac(salt, repr((content, files)), settings.SECRET_KEY, algorithm="sha256")
    return digest.hexdigest()


def _file_digest(file: Any) -> str:
    digest = sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()
