"""What stands on a page of the search, read as a reader reads it."""

import re
from html import unescape

from django.http import HttpResponse
from django.test import Client

TAG = re.compile(r"<[^>]+>")
CARD = re.compile(r'<section class="name-cards".*?</section>', re.DOTALL)
STATEMENTS = re.compile(r'<section class="sayings search-sayings".*?</section>', re.DOTALL)
RESULTS = re.compile(r'<ol class="hits">.*?</ol>', re.DOTALL)
HEADLINE = re.compile(r'<h3 class="card-headline">(.*?)</h3>', re.DOTALL)
HINT = re.compile(r'<p class="hint".*?<a href="\?([^"]+)">([^<]+)</a>', re.DOTALL)
NEXT = re.compile(r'<a rel="next" href="([^"]+)"')


def search(client: Client, text: str, **values: str) -> HttpResponse:
    """Search for ``text``."""
    response: HttpResponse = client.get("/search/", {"q": text} | values)  # type: ignore[assignment]
    return response


def _texts(pattern: str, part: re.Pattern[str] | None, response: HttpResponse) -> list[str]:
    html = response.content.decode()
    match = part.search(html) if part else None
    if part and not match:
        return []
    source = match[0] if match else html
    return [unescape(TAG.sub("", text)).strip() for text in re.findall(pattern, source, re.DOTALL)]


def cards(response: HttpResponse) -> list[str]:
    """Return the names on the cards, in their order."""
    return _texts(r"<h3>(.*?)</h3>", CARD, response)


def statements(response: HttpResponse) -> list[str]:
    """Return the words of those who are named, in their order."""
    return _texts(r"<blockquote.*?>(.*?)</blockquote>", STATEMENTS, response)


def stories(response: HttpResponse) -> list[str]:
    """Return the headlines of the stories that were found, in their order."""
    return _texts(HEADLINE.pattern, RESULTS, response)


def marked(response: HttpResponse) -> list[str]:
    """Return the words that are marked."""
    return _texts("<mark>(.*?)</mark>", None, response)


def hint(response: HttpResponse) -> str:
    """Return what may have been meant, empty for no hint."""
    match = HINT.search(response.content.decode())
    return unescape(match[2]) if match else ""


def next_address(response: HttpResponse) -> str:
    """Return the address of the next page, empty for none."""
    match = NEXT.search(response.content.decode())
    return "/search/" + unescape(match[1]) if match else ""
