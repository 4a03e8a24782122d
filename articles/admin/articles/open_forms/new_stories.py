"""The address of the form of a new story names the form, so that the way back leads to the story that it has made.

Without it the back button would fetch the page anew, with another token, and its Save would make a second story.
"""

import secrets

from django.contrib import messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext

from articles.admin.requests import authenticated
from articles.admin_site.submissions import VALID_TOKEN, path_of
from articles.models import Article, FormSubmission

FORM = "form"  # the parameter of the address


def form_token(request: HttpRequest) -> str:
    """Return the token that the address of the form names, empty for none."""
    token = request.GET.get(FORM, "")
    return token if VALID_TOKEN.fullmatch(token) else ""


def lead_to_own_address(request: HttpRequest) -> HttpResponse | None:
    """Lead to an address with a token, and from one whose form has made a story to that story; None to show the form.

    Only who moves to the page by a browser is led: programs that fetch it get it as it is.
    """
    if token := form_token(request):
        story = _story_of(request, token) if request.method == "GET" else None
        if story is None:
            return None
        messages.info(request, gettext("It is saved already: this is its form."))
        return HttpResponseRedirect(reverse("admin:articles_article_change", args=[story.pk]))
    is_move = request.method == "GET" and request.headers.get("Sec-Fetch-Mode") == "navigate"
    if not is_move or IS_POPUP_VAR in request.GET:
        return None
    query = request.GET.copy()
    query[FORM] = secrets.token_urlsafe(16)
    return HttpResponseRedirect(f"{request.path}?{query.urlencode()}")


def _story_of(request: HttpRequest, token: str) -> Article | None:
    user = authenticated(request).user
    submissions = FormSubmission.objects.of_form(user, path_of(request), token)
    keys = submissions.exclude(object_key=None).values("object_key")
    return Article.objects.filter(pk__in=keys).first()
