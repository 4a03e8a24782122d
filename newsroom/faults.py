"""Answer what went wrong. Never a second fault: a page that cannot be rendered falls back to plain words."""

import logging
import sys
from contextlib import suppress

from django.db import Error, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from articles.views import former

NOT_KEPT = {"Cache-Control": "no-store"}  # a story may come out at this address the next second
logger = logging.getLogger(__name__)
WORDS = {
    400: "This address or form cannot be read.",
    403: "You may not see this page.",
    404: "There is no such page.",
    500: "Something went wrong on our side.",
    503: "The newsroom cannot be reached for the moment. Please try again in a minute.",
}


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 400. Without the request's context: the address itself may be what is bad."""
    return page(400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 403."""
    return page(403, request)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer 403 to a form without its token; Django has logged ``reason``."""
    return page(403, request)


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 404; 301 for an address that the paper had before it came here."""
    with suppress(Error):
        if moved := former.redirect(request):
            return moved
    return page(404, request)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500, or 503 when the database is what failed; asks the database nothing."""
    if isinstance(sys.exc_info()[1], (OperationalError, InterfaceError)):
        response = page(503)
        response.headers["Retry-After"] = "30"
        return response
    return page(500)


def page(status: int, request: HttpRequest | None = None) -> HttpResponse:
    """Render ``<status>.html``; without ``request`` no context processor runs, so nothing asks the database."""
    for context_of in (request, None):
        try:
            html = render_to_string(f"{status}.html", {"status": status}, context_of)
            return HttpResponse(html, status=status, headers=NOT_KEPT)
        except Exception:
            logger.exception("The page for %s cannot be rendered", status)
    return HttpResponse(
        f"{WORDS[status]}\n", status=status, content_type="text/plain", headers=NOT_KEPT
    )
