"""A news page as a browser saved it: one story a file.

Sources: https://schema.org/NewsArticle, https://ogp.me/, https://html.spec.whatwg.org/. Nothing that a page links to is
ever fetched.
"""

import re
from collections.abc import Iterator
from datetime import UTC
from typing import Any, BinaryIO
from urllib.parse import unquote, urljoin, urlsplit

from articles.importing import json_ld, microformats, page_body
from articles.importing.markup import take_dateline, without_headline
from articles.importing.page_meta import (
    Meta,
    Moment,
    best_moment,
    own_address,
    same_letters,
    without_site,
)
from articles.importing.page_names import authors, credit
from articles.importing.page_tree import LIMIT, page_tree
from articles.importing.parsed import ParsedArticle, Refused, RemotePicture
from articles.importing.readers import medium
from articles.importing.unfit import Unfit
from articles.text.encoding import decode, is_binary
from articles.text.html import plain_text

NAME = "web-page"

_START = re.compile(
    r"\s*(?:<\?xml\b[^>]*>\s*)?(?:<!--(?:(?!-->).)*+-->\s*)*+"
    r"(?:<!doctype\s+html\b|<html\b|<head\b|<body\b)",
    re.IGNORECASE | re.DOTALL,
)
_OTHER_ROOT = re.compile(  # behind a doctype that only says html
    r"[^<]*(?:<[!?][^>]*>[^<]*)*+<(?:rss|feed|rdf:rdf|opml|nitf|newsml|urlset)\b", re.IGNORECASE
)
_PUBLISHED = (
    *(
        "article:published_time",
        "datepublished",
        "article:published",
        "parsely-pub-date",
        "pubdate",
    ),
    *("article_published_time", "sailthru.date", "dc.date.issued", "dcterms.created", "dc.date"),
    *("dcterms.date", "publish-date", "publish_date", "cxenseparse:recs:publishtime", "pub_date"),
    *("cxenseparse:publishtime", "publication_date", "og:published_time", "date", "datecreated"),
)
_MODIFIED = ("article:modified_time", "datemodified", "og:updated_time", "last-modified")
_TIMES = "//time[@pubdate or contains(@class, 'publish')]/@datetime"
_CUT = ("…", "...", "[…]")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")
_REF_LIMIT, _ADDRESS_LIMIT, _TAG_LIMIT, _DEK_LIMIT, _TAGS = 255, 500, 120, 500, 30
_PAYWALL = "The page says that it is not free to read: this may be a paywall's stub."
_LIVE = "It was a live blog when the page was saved: parts of it may be missing."
_GUESSED = "The date is a guess from the page's text or address: check it."
_LOSSY = "Some letters could not be read in the page's encoding."


def identify(head: bytes, name: str) -> bool:
    """Tell whether a file begins as an HTML document, and is none of Medium's export."""
    if is_binary(head) or medium.identify(head, name):
        return False
    text = decode(head)[0].lstrip("\ufeff")
    start = _START.match(text)
    return bool(start) and not _OTHER_ROOT.match(text, start.end() if start else 0)


def read(stream: BinaryIO, name: str) -> Iterator[ParsedArticle | Refused]:
    """Yield the one story of ``stream``; its ref is the address that the page calls its own, else ``name``."""
    data = stream.read(LIMIT + 1)
    try:
        if medium.is_export(data):
            raise Unfit("file", "it is a page of Medium's export, no story", "Leave it out.")
        root, is_lossy = page_tree(data)
        yield _Page(root).parsed(data, name, [_LOSSY] if is_lossy else [])
    except Unfit as error:
        yield Refused("1", error.field, str(error), error.remedy, data[:LIMIT])


class _Page:
    """One page on its way: what it says in each of the ways of saying it."""

    def __init__(self, root: Any) -> None:
        self.root = root
        self.meta = Meta(root)
        self.found = json_ld.nodes(self.meta.scripts())
        self.canonical = self.meta.canonical()
        titles = [*self.meta.headings(), self.meta.first("og:title"), self.meta.title()]
        self.node = json_ld.story(self.found, [self.canonical, self.meta.first("og:url")], titles)
        entry = microformats.entry(root)
        self.entry = {} if entry is None else microformats.fields(entry)
        self.address = self._address()

    def parsed(self, data: bytes, name: str, notes: list[str]) -> ParsedArticle:
        """Put the story together. Raises Unfit when there is no text."""
        headline = self._headline()
        body_html = without_headline(self._body(), headline)
        if not plain_text(body_html).strip():
            raise Unfit("body", "no story was found on the page", "Leave the page out.")
        body_html, place, signed = take_dateline(body_html)
        told = self.node, self.found, self.meta, self._said("author"), self._sites()
        bylines = authors(*told, body_html)
        published, is_guess = self._published()
        is_stub = json_ld.is_behind_paywall(self.node)
        is_live = "LiveBlogPosting" in json_ld.types(self.node)
        remarks = ((is_stub, _PAYWALL), (is_live, _LIVE), (is_guess, _GUESSED))
        return ParsedArticle(
            record="1",
            original=data,
            ref=self._ref() or name,
            version=self._version(),
            headline=headline,
            dek=self._dek(body_html),
            body_html=body_html,
            bylines=bylines,
            dateline=self._said("dateline") or place,
            credit=signed or credit(self.node, self.meta, self._said("credit"), bylines),
            language=self._language(),
            published_at=published[0] if published else None,
            date_precision=published[1] if published else "minute",
            pub_status="withheld" if is_stub else "usable",
            ed_note="\n".join([*notes, *(note for is_so, note in remarks if is_so)]),
            tags=tuple(dict.fromkeys(self._tags())),
            remote_picture=self._picture(),
            former_addresses=tuple(self._paths()),
        )

    def _said(self, field: str) -> str:
        return self.entry.get(field, "")

    def _address(self) -> str:
        told = json_ld.text(self.node, "url") or json_ld.text(self.node, "@id")
        found = (self.canonical, self.meta.first("og:url"), told, self._said("canonical"))
        return next(filter(None, map(own_address, found)), "")

    def _ref(self) -> str:
        """Return the page's address; empty when that is the site's first page, as careless templates have it."""
        parts = urlsplit(self.address)
        is_own = bool(parts.path.strip("/") or parts.query)
        return self.address if is_own and len(self.address) <= _REF_LIMIT else ""

    def _paths(self) -> Iterator[str]:
        path = unquote(urlsplit(self.address).path)
        if path.strip("/") and len(path) <= _ADDRESS_LIMIT:
            yield path

    def _sites(self) -> list[str]:
        host = (urlsplit(self.address).hostname or "").removeprefix("www.")
        names = [name for name, _ in json_ld.names(self.node, "publisher", self.found)]
        site = self.meta.first("og:site_name"), self.meta.first("application-name")
        return [*names, *site, host, host.rpartition(".")[0]]

    def _headline(self) -> str:
        """Return JSON-LD's headline, else the page's, in OpenGraph's spelling; the whole of one that was cut there."""
        headings = self.meta.headings()
        told, shared = json_ld.text(self.node, "headline"), self.meta.first("og:title")
        lines = (told, shared, self._said("headline"), self.meta.first("twitter:title"))
        every = filter(None, (*lines, *headings[:1], self.meta.title()))
        title, *others = [without_site(one, self._sites(), headings) for one in every] or [""]
        if title.endswith(_CUT):
            start = title.rstrip(".… []")
            longer = (one for one in headings if one.startswith(start) and len(one) > len(start))
            return next(longer, title)
        return others[0] if others and told and same_letters(title, others[0]) else title

    def _body(self) -> str:
        body_html = page_body.extract(self.root)
        told = json_ld.text_block(self.node, "articleBody")
        return page_body.fuller(body_html, page_body.paragraphs(told)) if told else body_html

    def _dek(self, body_html: str) -> str:
        """Return the page's summary, unless it is cut, too long, or only the story's beginning."""
        told = json_ld.text(self.node, "description") or self._said("dek")
        dek = told or self.meta.first("og:description", "description")
        start = " ".join(plain_text(body_html).split())[: len(dek) + 200]
        is_none = dek.endswith(_CUT) or len(dek) > _DEK_LIMIT or dek[:60] in start
        return "" if is_none else dek

    def _published(self) -> tuple[Moment | None, bool]:
        """Return when the story was published, and whether that is only a guess."""
        written = [json_ld.text(self.node, "datePublished"), self._said("published")]
        written += [self.meta.metas[key][0] for key in _PUBLISHED if key in self.meta.metas]
        written += [one.get("datetime") or "" for one in self.meta.properties("datePublished")]
        written += self.root.xpath(_TIMES)[:1]
        written += [json_ld.text(self.node, "dateCreated")]
        written += [json_ld.text(one, "datePublished") for one in self.found]
        if found := best_moment(list(filter(None, written))):
            return found, False
        times = set(self.root.xpath("//article//time/@datetime | //main//time/@datetime"))
        if len(times) == 1 and (found := best_moment(list(times))):
            return found, False
        guess = page_body.guessed_day(self.root)
        return guess, bool(guess)

    def _version(self) -> str:
        """Return the moment of the last change (UTC, ISO 8601)."""
        written = [json_ld.text(self.node, "dateModified"), self._said("modified")]
        written += [self.meta.first(key) for key in _MODIFIED]
        found = best_moment(list(filter(None, written)))
        if not found or not found[0].tzinfo:
            return ""
        return found[0].astimezone(UTC).isoformat(timespec="seconds")

    def _language(self) -> str:
        told = (json_ld.text(self.node, "inLanguage"), self.meta.language())
        written = (one.strip().replace("_", "-") for one in told)
        return next((one for one in written if len(one) <= 20 and _LANGUAGE.fullmatch(one)), "")

    def _tags(self) -> Iterator[str]:
        sections = json_ld.every(self.node, "articleSection")
        sections = [one for one in sections if isinstance(one, str)] or self.meta.every(
            "article:section"
        )
        for section in sections[:1]:
            if name := json_ld.text({"name": section}, "name"):
                yield f"section:{name}"[:_TAG_LIMIT]
        words = [one for one in json_ld.every(self.node, "keywords") if isinstance(one, str)]
        words = words or self.meta.every("article:tag") or self.meta.every("news_keywords")
        parts = re.split(r"[,;]", words[0]) if len(words) == 1 else words
        for part in parts[:_TAGS]:
            name = json_ld.text({"name": part}, "name")
            if name and len(name) < _TAG_LIMIT - 8 and not re.search(r"[/:_{}]", name):
                yield f"topic:{name}"

    def _picture(self) -> RemotePicture | None:
        """Return the lead picture: JSON-LD's, else OpenGraph's."""
        told = json_ld.picture(self.node, self.found)
        address = told.url if told else self.meta.first("og:image:secure_url", "og:image")
        try:
            url = urljoin(self.address, address)
            is_remote = urlsplit(url).scheme in ("http", "https") and bool(urlsplit(url).hostname)
        except ValueError:
            return None
        if not address or not is_remote or len(url) > 2000:
            return None
        alt = (told.alt if told else "") or self.meta.first("og:image:alt")
        caption, owner = (told.caption, told.credit) if told else ("", "")
        return RemotePicture(url, alt[:500], caption[:1000], owner[:160])
