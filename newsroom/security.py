"""The headers that Django does not send itself: Content-Security-Policy and its relatives, alike on both Djangos."""

import base64
import hashlib
import re
import secrets
from functools import lru_cache

from django.http import HttpRequest, HttpResponseBase
from django.utils.functional import SimpleLazyObject, empty
from django_prose_editor.widgets import importmap

from newsroom.logs import Handler

# Nothing inline: scripts and styles are files of ours, everything not named here is refused.
POLICY = (
    "default-src 'none'; script-src 'self'{script}; style-src 'self'{style}; img-src 'self'{image}; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
}
# What other sites and readers' programs may show: feeds, and what stands in them. By name, not by type: a 304 has
# no type, and its headers replace those of what the browser keeps.
SHARED = {"picture", "favicon", "sitemap", "sitemap_section", "feed", "quotes_feed"}
SHARED |= {"tag_feed", "person_feed", "organization_feed", "author_feed"}
# The one style element that the editor's program puts into the page (its base CSS, django-prose-editor 0.28).
EDITOR_STYLE = " 'sha256-PlumsSlvJ7vvWzjqibGAYKq92O3y/4JTxWWsWJvyUYA='"


def security_headers(get_response: Handler) -> Handler:
    """Send the headers with every response; one that a view has set stays.

    ``request.csp_nonce`` allows one inline script of a page; it is in the header only when the page used it.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        nonce = SimpleLazyObject(lambda: secrets.token_urlsafe(16))
        request.csp_nonce = nonce  # type: ignore[attr-defined]  # for templates
        response = get_response(request)
        used = "" if nonce._wrapped is empty else f" 'nonce-{nonce}'"
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        response.headers.setdefault("Cross-Origin-Resource-Policy", resource_policy(request))
        if "Content-Security-Policy" not in response.headers:
            response.headers["Content-Security-Policy"] = policy(request, used)
        return response

    return middleware


def resource_policy(request: HttpRequest) -> str:
    """Say whose pages may embed the answer to ``request``: everybody's for what is shared, else our own only."""
    match = request.resolver_match
    is_shared = match is not None and not match.namespaces and match.url_name in SHARED
    return "cross-origin" if is_shared else "same-origin"


def policy(request: HttpRequest, script: str = "") -> str:
    """Give the policy for the answer to ``request``; the admin's editor needs two inline parts more."""
    style = image = ""
    if request.resolver_match and "admin" in request.resolver_match.app_names:
        script, style, image = script + importmap_hash(), EDITOR_STYLE, " data:"
    return POLICY.format(script=script, style=style, image=image)


@lru_cache(maxsize=1)
def importmap_hash() -> str:
    """Allow the editor's import map, an inline script whose addresses follow the static files'."""
    match = re.search(r">(.*)</script>", str(importmap), re.DOTALL)
    if match is None:
        return ""
    digest = hashlib.sha256(match[1].encode()).digest()
    return f" 'sha256-{base64.b64encode(digest).decode()}'"
