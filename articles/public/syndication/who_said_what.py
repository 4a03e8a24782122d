"""Quotes -> the plain HTML that stands in feeds: who said what, after a story or as an entry of its own."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from articles.models.page_urls import keyed_addresses
from articles.text.quotes.markup import add_quotation_marks


def as_html(quotes: Iterable[Mapping[str, Any]]) -> SafeString:
    """Return ``quotes``, as an edition stores them, as a section with its heading; empty for none."""
    lines = format_html_join("\n", '<li>{} {}. <a href="{}">{}</a></li>', _lines(quotes))
    if not lines:
        return lines
    return format_html("\n<h2>{}</h2>\n<ul>\n{}\n</ul>", gettext("Who said what"), lines)


def _lines(quotes: Iterable[Mapping[str, Any]]) -> Iterable[tuple[str, str, str, str]]:
    """Yield the words, who spoke and as what, the page of each quote and what it is called."""
    name, address = gettext("The quote"), keyed_addresses("quote")
    for quote in quotes:
        link = quote["person"] or quote["organization"]
        speaker = link["name"] if link else quote["unnamed"]
        attribution = f"{speaker}, {quote['role']}" if quote["role"] else speaker
        yield (
            add_quotation_marks(quote["text"], quote["kind"]),
            attribution,
            settings.SITE_URL + address(quote["key"]),
            name,
        )


def quote_entry(words: str, attribution: str, url: str) -> SafeString:
    """Return one quote, its ``words`` in their marks, as the content of an entry; ``url`` is its page."""
    quoted = format_html('<blockquote cite="{}"><p>{}</p></blockquote>', url, words)
    name = gettext("The quote")
    return format_html('{}\n<p>{}. <a href="{}">{}</a></p>', quoted, attribution, url, name)
