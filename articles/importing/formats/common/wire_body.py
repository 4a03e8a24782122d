"""The body of a wire's story, and what the lines above it say of the story: headline, byline, dateline."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from articles.importing.formats.types import ParsedName
from articles.text.html.plain import plain_text
from articles.text.wire_copy import parse_byline

from .bylines import split_agencies
from .markup import strip_headline, take_dateline

_FIRST = re.compile(r"<p>([^<]+)</p>(?:\n|\Z)")


@dataclass(frozen=True, slots=True)
class WireBody:
    """A sanitised body without headline, byline and dateline; ``credit`` is the agency that signed there."""

    html: str
    bylines: tuple[ParsedName, ...]
    place: str
    credit: str


def read_wire_body(body_html: str, headline: str, signers: Iterable[ParsedName]) -> WireBody:
    """Return sanitised ``body_html`` apart from what stands above it; ``signers`` are named outside of it."""
    bylines, agencies = split_agencies(signers)
    html, bylines = _take_byline(strip_headline(body_html, headline), bylines)
    html, place, signature = take_dateline(html)
    return WireBody(html, bylines, place, signature or agencies)


def _take_byline(
    body_html: str, bylines: tuple[ParsedName, ...]
) -> tuple[str, tuple[ParsedName, ...]]:
    """Return sanitised ``body_html`` without a first paragraph that is only a byline, and who wrote it.

    The names that are ``bylines`` stay; a paragraph with other names stays too.
    """
    first = _FIRST.match(body_html)
    names = parse_byline(plain_text(first[0])) if first else []
    is_new = not {signer.casefold() for signer in names} <= {
        signer.name.casefold() for signer in bylines
    }
    if not first or not names or not body_html[first.end() :] or (bylines and is_new):
        return body_html, bylines
    return body_html[first.end() :], bylines or tuple(map(ParsedName, names))
