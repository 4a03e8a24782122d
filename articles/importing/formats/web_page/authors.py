"""Who wrote a page's story, from all the places where pages say so."""

import re
from collections.abc import Iterable, Iterator, Sequence
from html import unescape
from typing import Any

from articles.importing.formats.common.bylines import read_byline
from articles.importing.formats.types import ParsedName
from articles.importing.formats.web_page import json_ld
from articles.importing.formats.web_page.meta import PageMeta
from articles.importing.formats.web_page.tree import inner_text
from articles.text.names.agencies import find_agency

_METAS = (
    *(
        "author",
        "parsely-author",
        "sailthru.author",
        "byl",
        "article:author_name",
        "article:author",
    ),
    *("mrf:authors", "cxenseparse:author", "articleauthor", "dcterms.creator", "dc.creator"),
    *("citation_author", "creator", "twitter:data1"),
)
_BYLINE_PREFIX = re.compile(
    r"\A(?:(?:by|von|par|por|di|door|av|af|text|autor|author)\b\s*:?\s+)", re.I
)
_AND = re.compile(r"(?<=\w)\s+(?:und|et|y|e|og|och|i)\s+(?=[^\W\d_a-z])")
_WITH = re.compile(r"\s*\((?:avec|con|mit|with)\s+([^()]+)\)", re.I)
_NO_NAME = re.compile(r"https?:|www\.|[@/{}<>]|\A[\W\d_]*\Z|\A[a-z\d]+(?:[-_][a-z\d]+)+\Z")
_NOBODY = {"admin", "administrator", "editor", "author", "unknown", "null", "none", "undefined"}
_SHORT = re.compile(r"\s*\([^()]{1,8}\)\Z")  # the letters by which a desk knows its people
_PAGES = ("author", "authors", "autor", "autoren", "auteur", "autores", "autore", "byline")
_LONGEST, _MAX_WORDS = 80, 8
_ALONE = re.compile(r"<p>(?:<(?:strong|em)>[^<>]*</(?:strong|em)>\s*)+</p>")
_SIGNATURE = re.compile(r"<p><strong>([^<>]{4,80}?)\s*</strong></p>")
_PARTED = re.compile(r"\s*(?:/|&amp;|,)\s*|\s+and\s+")
_PERSON = re.compile(r"[^\W\d_]['’.-]?[\w.'’-]*(?: [^\W\d_][\w.'’-]*){1,3}")


def find_authors(
    node: json_ld.Node,
    nodes: Sequence[json_ld.Node],
    meta: PageMeta,
    entry: str,
    sites: Sequence[str],
    body_html: str,
) -> tuple[ParsedName, ...]:
    """Return who signed: people before the site's own name, JSON-LD before a byline, before the page's head.

    Where only the site signed, a name that stands alone above or below the text (``body_html``) goes first.
    """
    node_authors = list(json_ld.node_names(node, "author", nodes)) or list(
        json_ld.node_names(node, "creator", nodes)
    )
    site_names = {_letters(site) for site in sites if site}
    site_bylines: tuple[ParsedName, ...] = ()
    for names in (
        [name for name, _ in node_authors],
        [entry],
        *(
            [item for item in meta.metas.get(key, ()) if not item.startswith("http")]
            for key in _METAS
        ),
        [inner_text(item) for item in meta.properties("author")][:5],
        [inner_text(item) for item in meta.root.xpath("//a[@rel='author']")][:5],
        _linked_names(meta.root),
        _marked_bylines(meta.root),
        _below_text(body_html),
    ):
        bylines = tuple(dict.fromkeys(_parse_names(names)))
        if bylines and not all(_letters(item.name) in site_names for item in bylines):
            return bylines
        site_bylines = site_bylines or bylines
    return site_bylines


def page_credit(
    node: json_ld.Node, meta: PageMeta, entry: str, bylines: Sequence[ParsedName]
) -> str:
    """Return whose story it is: the agency that signed it, else the publisher, else the site."""
    signed = next(
        (find_agency(candidate.name) for candidate in bylines if find_agency(candidate.name)), ""
    )
    publisher = next((name for name, _ in json_ld.node_names(node, "publisher")), "")
    site = meta.first("og:site_name", "application-name", "dc.publisher", "publisher")
    return next(
        (
            candidate
            for candidate in (signed, entry, publisher, site)
            if 0 < len(candidate) <= _LONGEST
        ),
        "",
    )


def _linked_names(root: Any) -> list[str]:
    """Return the names that lead to authors' pages, from the first place behind the headline that has such links."""
    test = " or ".join(f"contains(@href, '/{name}/')" for name in _PAGES)
    link = next(iter(root.xpath(f"(//h1)[1]/following::a[{test}][normalize-space()]")[:1]), None)
    if link is None:
        return []
    place = link.getparent().getparent()
    links = (place if place is not None else link.getparent()).xpath(f".//a[{test}]")
    return [line for line in map(inner_text, links[:5]) if 2 <= len(line.split()) <= 5]


def _marked_bylines(root: Any) -> list[str]:
    """Return the first line behind the headline that is marked as a byline and begins as one ("By Ana Rua")."""
    test = " or ".join(f"contains(@class, '{name}')" for name in ("author", "byline", "autor"))
    lines = map(inner_text, root.xpath(f"(//h1)[1]/following::*[{test}]")[:20])
    signed = [line for line in lines if _BYLINE_PREFIX.match(line) and len(line) <= _LONGEST][:1]
    return [re.sub(r", \w+\Z", "", line) for line in signed]  # the place they write from


def _below_text(body_html: str) -> list[str]:
    """Return who signed in bold letters above or below the text; no word of a name stands there in small letters."""
    blocks = body_html.split("\n")
    above = next((at for at, item in enumerate(blocks) if not _ALONE.fullmatch(item)), 0)
    signed = (_SIGNATURE.fullmatch(item) for item in [*blocks[:above], blocks[-1]])
    small = set(re.findall(r"[^\W\d_]+", body_html))
    for line in filter(None, signed):
        names = _PARTED.split(line[1])
        words_in = {word for word in re.findall(r"[^\W\d_]+", line[1]) if not word.islower()}
        is_name = all(_PERSON.fullmatch(item) and item[0].isupper() for item in names)
        if is_name and not any(word.lower() in small for word in words_in):
            return [item.title() if item.isupper() else item for item in names]
    return []


def _parse_names(lines: Iterable[str]) -> Iterator[ParsedName]:
    for line in lines:
        line = _WITH.sub(r" and \1", _BYLINE_PREFIX.sub("", " ".join(unescape(line).split())))
        for signer in read_byline(_AND.sub(" and ", line)):
            if name := _name(signer.name):
                yield ParsedName(name)


def _name(name: str) -> str:
    """Return a name as printed; empty for what is none: an address, a handle, a sentence."""
    name = _SHORT.sub("", name).strip(" ,;|:·–—-")
    is_none = _NO_NAME.search(name) or name.casefold() in _NOBODY
    too_long = len(name) > _LONGEST or len(name.split()) > _MAX_WORDS
    return "" if is_none or too_long else name


def _letters(line: Any) -> str:
    return re.sub(r"\W+", "", str(line)).casefold()
