"""Who wrote a page's story, from all the places where pages say so."""

import re
from collections.abc import Iterable, Iterator, Sequence
from html import unescape
from typing import Any

from articles.importing import json_ld
from articles.importing.bylines import read_byline
from articles.importing.page_meta import Meta
from articles.importing.page_tree import words
from articles.importing.parsed import ParsedName
from articles.text.agencies import agency

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
_OPENING = re.compile(r"\A(?:(?:by|von|par|por|di|door|av|af|text|autor|author)\b\s*:?\s+)", re.I)
_AND = re.compile(r"(?<=\w)\s+(?:und|et|y|e|og|och|i)\s+(?=[^\W\d_a-z])")
_WITH = re.compile(r"\s*\((?:avec|con|mit|with)\s+([^()]+)\)", re.I)
_NO_NAME = re.compile(r"https?:|www\.|[@/{}<>]|\A[\W\d_]*\Z|\A[a-z\d]+(?:[-_][a-z\d]+)+\Z")
_NOBODY = {"admin", "administrator", "editor", "author", "unknown", "null", "none", "undefined"}
_SHORT = re.compile(r"\s*\([^()]{1,8}\)\Z")  # the letters by which a desk knows its people
_PAGES = ("author", "authors", "autor", "autoren", "auteur", "autores", "autore", "byline")
_LONGEST, _MOST_WORDS = 80, 8
_ALONE = re.compile(r"<p>(?:<(?:strong|em)>[^<>]*</(?:strong|em)>\s*)+</p>")
_SIGNATURE = re.compile(r"<p><strong>([^<>]{4,80}?)\s*</strong></p>")
_PARTED = re.compile(r"\s*(?:/|&amp;|,)\s*|\s+and\s+")
_PERSON = re.compile(r"[^\W\d_]['’.-]?[\w.'’-]*(?: [^\W\d_][\w.'’-]*){1,3}")


def authors(
    node: json_ld.Node,
    found: Sequence[json_ld.Node],
    meta: Meta,
    entry: str,
    sites: Sequence[str],
    body_html: str,
) -> tuple[ParsedName, ...]:
    """Return who signed: people before the site's own name, JSON-LD before a byline, before the page's head.

    Where only the site signed, a name that stands alone above or below the text (``body_html``) goes first.
    """
    told = list(json_ld.names(node, "author", found)) or list(json_ld.names(node, "creator", found))
    own = {_letters(site) for site in sites if site}
    house: tuple[ParsedName, ...] = ()
    for names in (
        [name for name, _ in told],
        [entry],
        *([one for one in meta.metas.get(key, ()) if not one.startswith("http")] for key in _METAS),
        [words(one) for one in meta.properties("author")][:5],
        [words(one) for one in meta.root.xpath("//a[@rel='author']")][:5],
        _linked(meta.root),
        _signed(meta.root),
        _below_text(body_html),
    ):
        read = tuple(dict.fromkeys(_read(names)))
        if read and not all(_letters(one.name) in own for one in read):
            return read
        house = house or read
    return house


def credit(node: json_ld.Node, meta: Meta, entry: str, bylines: Sequence[ParsedName]) -> str:
    """Return whose story it is: the agency that signed it, else the publisher, else the site."""
    signed = next((agency(one.name) for one in bylines if agency(one.name)), "")
    publisher = next((name for name, _ in json_ld.names(node, "publisher")), "")
    site = meta.first("og:site_name", "application-name", "dc.publisher", "publisher")
    return next((one for one in (signed, entry, publisher, site) if 0 < len(one) <= _LONGEST), "")


def _linked(root: Any) -> list[str]:
    """Return the names that lead to authors' pages, from the first place behind the headline that has such links."""
    test = " or ".join(f"contains(@href, '/{name}/')" for name in _PAGES)
    link = next(iter(root.xpath(f"(//h1)[1]/following::a[{test}][normalize-space()]")[:1]), None)
    if link is None:
        return []
    place = link.getparent().getparent()
    links = (place if place is not None else link.getparent()).xpath(f".//a[{test}]")
    return [line for line in map(words, links[:5]) if 2 <= len(line.split()) <= 5]


def _signed(root: Any) -> list[str]:
    """Return the first line behind the headline that is marked as a byline and begins as one ("By Ana Rua")."""
    test = " or ".join(f"contains(@class, '{name}')" for name in ("author", "byline", "autor"))
    lines = map(words, root.xpath(f"(//h1)[1]/following::*[{test}]")[:20])
    signed = [line for line in lines if _OPENING.match(line) and len(line) <= _LONGEST][:1]
    return [re.sub(r", \w+\Z", "", line) for line in signed]  # the place they write from


def _below_text(body_html: str) -> list[str]:
    """Return who signed in bold letters above or below the text; no word of a name stands there in small letters."""
    blocks = body_html.split("\n")
    above = next((at for at, one in enumerate(blocks) if not _ALONE.fullmatch(one)), 0)
    signed = (_SIGNATURE.fullmatch(one) for one in [*blocks[:above], blocks[-1]])
    small = set(re.findall(r"[^\W\d_]+", body_html))
    for line in filter(None, signed):
        names = _PARTED.split(line[1])
        words_in = {word for word in re.findall(r"[^\W\d_]+", line[1]) if not word.islower()}
        is_name = all(_PERSON.fullmatch(one) and one[0].isupper() for one in names)
        if is_name and not any(word.lower() in small for word in words_in):
            return [one.title() if one.isupper() else one for one in names]
    return []


def _read(lines: Iterable[str]) -> Iterator[ParsedName]:
    for line in lines:
        line = _WITH.sub(r" and \1", _OPENING.sub("", " ".join(unescape(line).split())))
        for one in read_byline(_AND.sub(" and ", line)):
            if name := _name(one.name):
                yield ParsedName(name)


def _name(name: str) -> str:
    """Return a name as printed; empty for what is none: an address, a handle, a sentence."""
    name = _SHORT.sub("", name).strip(" ,;|:·–—-")
    is_none = _NO_NAME.search(name) or name.casefold() in _NOBODY
    too_long = len(name) > _LONGEST or len(name.split()) > _MOST_WORDS
    return "" if is_none or too_long else name


def _letters(line: Any) -> str:
    return re.sub(r"\W+", "", str(line)).casefold()
