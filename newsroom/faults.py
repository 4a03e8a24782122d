"""Answer what went wrong. Never a second fault: a page that cannot be rendered falls back to plain words."""

import logging
import sys
from contextlib import suppress

from django.db import Error, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy

from articles.admin_site.refused_forms import store_refused_form
from articles.public.views import legacy_redirects
from articles.translation.languages import in_paper_language

NO_STORE = {"Cache-Control": "no-store"}  # a story may come out at this address the next second
logger = logging.getLogger(__name__)
MESSAGES = {
    400: gettext_lazy("This address or form cannot be read."),
    403: gettext_lazy("You may not see this page."),
    404: gettext_lazy("There is no such page."),
    500: gettext_lazy("Something went wrong on our side."),
    503: gettext_lazy(
        "The newsroom cannot be reached for the moment. Please try again in a minute."
    ),
}


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 400. Without the request's context: the address itself may be what is bad."""
    return page(400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 403."""
    return page(403, request)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer 403 to a form without its token; a story's is stored and offered. Django has logged ``reason``."""
    return store_refused_form(request) or page(403, request)


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 404; 301 for an address that the paper had before it came here."""
    with suppress(Error):
        if redirect := legacy_redirects.redirect_legacy_url(request):
            return redirect
    return page(404, request)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500, or 503 when the database is what failed; asks the database nothing."""
    if isinstance(sys.exc_info()[1], (OperationalError, InterfaceError)):
        response = page(503)
        response.headers["Retry-After"] = "30"
        return response
    return page(500)


def too_slow() -> HttpResponse:
    """Answer 503 to who asked for what takes too long; asks the database nothing."""
    response = page(503, is_slow=True)
    response.headers["Retry-After"] = "60"
    return response


def page(status: int, request: HttpRequest | None = None, **context: object) -> HttpResponse:
    """Render ``<status>.html``; without ``request`` no context processor runs, so nothing asks the database.

    Always in the paper's language: below ``/admin/`` too it is a page in the readers' frame.
    """
    for page_request in (request, None):
        try:
            with in_paper_language():
                html = render_to_string(
                    f"{status}.html", {"status": status, **context}, page_request
                )
            return HttpResponse(html, status=status, headers=NO_STORE)
        except Exception:
            logger.exception("The page for %s cannot be rendered", status)
    return HttpResponse(
        f"{MESSAGES[status]}\n", status=status, content_type="text/plain", headers=NO_STORE
    )
