"""The bytes that came in for a story: shown as text, or given whole as a file that no browser runs."""

import unicodedata
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse

from articles.admin.base import datetime_or_dash
from articles.models import Article
from articles.text.encoding import decode

MAX_SHOWN_LENGTH = 200_000  # characters
JOINERS = "\u200c\u200d"  # scripts and emoji need them


def original_view(request: HttpRequest, admin: Any, pk: int) -> HttpResponse:
    """Show the bytes as text, with where they came from."""
    article = get_object_or_404(Article, pk=pk)
    content = article.original_bytes()
    text, encoding = decode(content)
    context = admin.page_context(request, article, "What came in")
    items = article.imported_items.select_related("run").order_by("pk")
    context |= {
        "text": show_invisible(text[:MAX_SHOWN_LENGTH]),
        "encoding": encoding,
        "bytes": f"{len(content):,}",
        "max_shown": f"{MAX_SHOWN_LENGTH:,}",
        "is_cut": len(text) > MAX_SHOWN_LENGTH,
        "items": [(item, datetime_or_dash(item.run.started_at)) for item in items],
        "may_see_runs": request.user.has_perm("articles.view_importrun"),
    }
    response = TemplateResponse(request, "admin/articles/article/original.html", context)
    response["Cache-Control"] = "no-store, private"
    return response


def file_view(request: HttpRequest, admin: Any, pk: int) -> HttpResponse:
    """Give the bytes whole, to be kept as a file and never to be shown."""
    content = get_object_or_404(Article, pk=pk).original_bytes()
    if not content:
        raise Http404("Nothing came in: this story was written here.")
    return HttpResponse(
        content,
        content_type="application/octet-stream",
        headers={
            "Content-Disposition": f'attachment; filename="story-{pk}-as-it-came-in.bin"',
            "Content-Security-Policy": "sandbox; default-src 'none'",
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "no-store, private",
        },
    )


def show_invisible(text: str) -> str:
    """Return ``text`` with signs for the characters that nobody sees, but for tabs, line ends and joiners.

    A control becomes its picture (``␀``), any other its code in angle brackets (``⟨U+202E⟩``).
    """
    text = text.replace("\r\n", "\n")
    hidden = {letter for letter in set(text) if _is_hidden(letter)}
    return text.translate({ord(letter): _sign(letter) for letter in hidden})


def _is_hidden(letter: str) -> bool:
    if letter in "\n\t" or letter in JOINERS:
        return False
    return unicodedata.category(letter) in ("Cc", "Cf", "Cs", "Zl", "Zp")


def _sign(letter: str) -> str:
    if letter < " ":
        return chr(0x2400 + ord(letter))
    return "␡" if letter == "\x7f" else f"⟨U+{ord(letter):04X}⟩"
