"""Quotes -> the plain HTML that stands in feeds: who said what, after a story or as an entry of its own."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from articles.text.quoted import in_marks


def as_html(quotes: Iterable[Mapping[str, Any]]) -> SafeString:
    """Return ``quotes``, as an edition stores them, as a section with its heading; empty for none."""
    stem = settings.SITE_URL + reverse("quotes")
    lines = format_html_join(
        "\n", '<li>{} {}. <a href="{}">The quote</a></li>', _lines(quotes, stem)
    )
    return format_html("\n<h2>Who said what</h2>\n<ul>\n{}\n</ul>", lines) if lines else lines


def _lines(quotes: Iterable[Mapping[str, Any]], stem: str) -> Iterable[tuple[str, str, str]]:
    """Yield the words, who spoke and as what, and the page of each quote."""
    for quote in quotes:
        named = quote["person"] or quote["organization"]
        speaker = named["name"] if named else quote["unnamed"]
        who = f"{speaker}, {quote['role']}" if quote["role"] else speaker
        yield in_marks(quote["text"], quote["kind"]), who, f"{stem}{quote['key']}/"


def entry(words: str, who: str, url: str) -> SafeString:
    """Return one quote, its ``words`` in their marks, as the content of an entry; ``url`` is its page."""
    quoted = format_html('<blockquote cite="{}"><p>{}</p></blockquote>', url, words)
    return format_html('{}\n<p>{}. <a href="{}">The quote</a></p>', quoted, who, url)
