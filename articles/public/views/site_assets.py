"""Small files that the paper's settings make: its style sheet, its script, its icon, what it asks of robots."""

import gzip

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.html import format_html
from django.views.decorators.http import require_safe

from articles.public import site_context
from articles.public.http_cache import MAX_AGE

FOR_EVER = "public, max-age=31536000, immutable"
FOR_A_MINUTE = f"public, max-age={MAX_AGE}"
ICON = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="3" fill="{}"/>'
    '<text x="16" y="24" text-anchor="middle" font-family="Georgia, serif" font-size="24" font-weight="700" '
    'fill="#fff">{}</text></svg>'
)


@require_safe
def stylesheet_file(request: HttpRequest) -> HttpResponse:
    """Send the style sheet; for ever under its own version's address, briefly under any other."""
    if settings.DEBUG:
        site_context.packed_stylesheet.cache_clear()
    return _send(request, *site_context.packed_stylesheet(), "text/css")


@require_safe
def script_file(request: HttpRequest) -> HttpResponse:
    """Send the script; for ever under its own version's address, briefly under any other."""
    if settings.DEBUG:
        site_context.packed_script.cache_clear()
    return _send(request, *site_context.packed_script(), "text/javascript")


def _send(request: HttpRequest, version: str, packed: bytes, kind: str) -> HttpResponse:
    """Answer a file that was compressed by gzip, unpacked to who cannot read that."""
    response = HttpResponse(packed, content_type=f"{kind}; charset=utf-8")
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        response.headers["Content-Encoding"] = "gzip"
    else:
        response.content = gzip.decompress(packed)
    patch_vary_headers(response, ["Accept-Encoding"])
    response.headers["Cache-Control"] = (
        FOR_EVER if request.GET.get("v") == version else FOR_A_MINUTE
    )
    return response


@require_safe
def icon(request: HttpRequest) -> HttpResponse:
    """Draw the first letter of the wordmark in the accent."""
    wordmark = settings.PAPER_WORDMARK.removeprefix("The ")
    svg = format_html(ICON, settings.PAPER_ACCENT, wordmark[:1] or "N")
    response = HttpResponse(svg, content_type="image/svg+xml")
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "public, max-age=86400"
    return response


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Keep robots out of the desk and of the endless combinations of filters."""
    lines = [
        "User-agent: *",
        f"Disallow: {reverse('admin:index')}",
        f"Disallow: {reverse('articles')}?",
        f"Disallow: {reverse('quotes')}?",
        f"Disallow: {reverse('search')}?",
        f"Disallow: {reverse('compare')}?",
        "",
        f"Sitemap: {settings.SITE_URL}{reverse('sitemap')}",
        "",
    ]
    response = HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
    response.headers["Cache-Control"] = "public, max-age=86400"
    return response
