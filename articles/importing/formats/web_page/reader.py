"""A news page as a browser saved it: one story a file.

Sources: https://schema.org/NewsArticle, https://ogp.me/, https://html.spec.whatwg.org/. Nothing that a page links to is
ever fetched.
"""

import re
from collections.abc import Iterator
from datetime import UTC
from typing import Any, BinaryIO
from urllib.parse import unquote, urljoin, urlsplit

from articles.importing.formats.common.markup import strip_headline, take_dateline
from articles.importing.formats.reader import Reader
from articles.importing.formats.types import (
    ParsedArticle,
    RecordError,
    RejectedRecord,
    RemotePicture,
)
from articles.importing.formats.web_page import body, json_ld, medium, microformats
from articles.importing.formats.web_page.authors import find_authors, page_credit
from articles.importing.formats.web_page.meta import (
    PageDate,
    PageMeta,
    best_page_date,
    clean_url,
    is_same_text,
    strip_site_name,
)
from articles.importing.formats.web_page.tree import LIMIT, page_tree
from articles.text.encoding import decode, is_binary
from articles.text.html.plain import plain_text
from articles.text.messages import Message

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


class WebPageReader(Reader):
    """Reads a page of the web."""

    NAME = "web-page"

    def identify(self, head: bytes, name: str) -> bool:
        """Tell whether a file begins as an HTML document, and is none of Medium's export."""
        if is_binary(head) or medium.READER.identify(head, name):
            return False
        text = decode(head)[0].lstrip("\ufeff")
        start = _START.match(text)
        return bool(start) and not _OTHER_ROOT.match(text, start.end() if start else 0)

    def read(self, stream: BinaryIO, name: str) -> Iterator[ParsedArticle | RejectedRecord]:
        """Yield the one story of ``stream``; its ref is the address that the page calls its own, else ``name``."""
        data = stream.read(LIMIT + 1)
        try:
            if medium.is_export(data):
                raise RecordError(
                    "file",
                    Message("it is a page of Medium's export, no story", code="web_page.medium"),
                    "Leave it out.",
                )
            root, is_lossy = page_tree(data)
            yield _Page(root).parse(data, name, [_LOSSY] if is_lossy else [])
        except RecordError as error:
            yield RejectedRecord("1", error.field, error.reason, error.remedy, data[:LIMIT])


READER = WebPageReader()


class _Page:
    """One page on its way: what it says in each of the ways of saying it."""

    def __init__(self, root: Any) -> None:
        self.root = root
        self.meta = PageMeta(root)
        self.nodes = json_ld.page_nodes(self.meta.scripts())
        self.canonical = self.meta.canonical()
        titles = [*self.meta.headings(), self.meta.first("og:title"), self.meta.title()]
        self.node = json_ld.article_node(
            self.nodes, [self.canonical, self.meta.first("og:url")], titles
        )
        entry = microformats.find_entry(root)
        self.entry = {} if entry is None else microformats.entry_fields(entry)
        self.address = self._address()

    def parse(self, data: bytes, name: str, notes: list[str]) -> ParsedArticle:
        """Put the story together. Raises RecordError when there is no text."""
        headline = self._headline()
        body_html = strip_headline(self._body(), headline)
        if not plain_text(body_html).strip():
            raise RecordError(
                "body",
                Message("no story was found on the page", code="web_page.no_story"),
                "Leave the page out.",
            )
        body_html, place, signed = take_dateline(body_html)
        page_facts = self.node, self.nodes, self.meta, self._entry_text("author"), self._sites()
        bylines = find_authors(*page_facts, body_html)
        published, is_guess = self._published()
        is_stub = json_ld.is_behind_paywall(self.node)
        is_live = "LiveBlogPosting" in json_ld.node_types(self.node)
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
            dateline=self._entry_text("dateline") or place,
            credit=signed or page_credit(self.node, self.meta, self._entry_text("credit"), bylines),
            language=self._language(),
            published_at=published[0] if published else None,
            date_precision=published[1] if published else "minute",
            pub_status="withheld" if is_stub else "usable",
            ed_note="\n".join([*notes, *(note for is_so, note in remarks if is_so)]),
            tags=tuple(dict.fromkeys(self._tags())),
            remote_picture=self._picture(),
            former_addresses=tuple(self._paths()),
        )

    def _entry_text(self, field: str) -> str:
        return self.entry.get(field, "")

    def _address(self) -> str:
        node_url = json_ld.node_text(self.node, "url") or json_ld.node_text(self.node, "@id")
        candidates = (
            self.canonical,
            self.meta.first("og:url"),
            node_url,
            self._entry_text("canonical"),
        )
        return next(filter(None, map(clean_url, candidates)), "")

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
        names = [name for name, _ in json_ld.node_names(self.node, "publisher", self.nodes)]
        site = self.meta.first("og:site_name"), self.meta.first("application-name")
        return [*names, *site, host, host.rpartition(".")[0]]

    def _headline(self) -> str:
        """Return JSON-LD's headline, else the page's, in OpenGraph's spelling; the whole of one that was cut there."""
        headings = self.meta.headings()
        node_headline, shared = (
            json_ld.node_text(self.node, "headline"),
            self.meta.first("og:title"),
        )
        lines = (
            node_headline,
            shared,
            self._entry_text("headline"),
            self.meta.first("twitter:title"),
        )
        candidates = filter(None, (*lines, *headings[:1], self.meta.title()))
        title, *others = [
            strip_site_name(line, self._sites(), headings) for line in candidates
        ] or [""]
        if title.endswith(_CUT):
            start = title.rstrip(".… []")
            longer = (
                line for line in headings if line.startswith(start) and len(line) > len(start)
            )
            return next(longer, title)
        return others[0] if others and node_headline and is_same_text(title, others[0]) else title

    def _body(self) -> str:
        body_html = body.extract_body(self.root)
        article_body = json_ld.node_text_block(self.node, "articleBody")
        return (
            body.longer_body(body_html, body.text_to_html(article_body))
            if article_body
            else body_html
        )

    def _dek(self, body_html: str) -> str:
        """Return the page's summary, unless it is cut, too long, or only the story's beginning."""
        summary = json_ld.node_text(self.node, "description") or self._entry_text("dek")
        dek = summary or self.meta.first("og:description", "description")
        start = " ".join(plain_text(body_html).split())[: len(dek) + 200]
        is_none = dek.endswith(_CUT) or len(dek) > _DEK_LIMIT or dek[:60] in start
        return "" if is_none else dek

    def _published(self) -> tuple[PageDate | None, bool]:
        """Return when the story was published, and whether that is only a guess."""
        written = [json_ld.node_text(self.node, "datePublished"), self._entry_text("published")]
        written += [self.meta.metas[key][0] for key in _PUBLISHED if key in self.meta.metas]
        written += [item.get("datetime") or "" for item in self.meta.properties("datePublished")]
        written += self.root.xpath(_TIMES)[:1]
        written += [json_ld.node_text(self.node, "dateCreated")]
        written += [json_ld.node_text(item, "datePublished") for item in self.nodes]
        if date := best_page_date(list(filter(None, written))):
            return date, False
        times = set(self.root.xpath("//article//time/@datetime | //main//time/@datetime"))
        if len(times) == 1 and (date := best_page_date(list(times))):
            return date, False
        guess = body.guess_date(self.root)
        return guess, bool(guess)

    def _version(self) -> str:
        """Return the moment of the last change (UTC, ISO 8601)."""
        written = [json_ld.node_text(self.node, "dateModified"), self._entry_text("modified")]
        written += [self.meta.first(key) for key in _MODIFIED]
        date = best_page_date(list(filter(None, written)))
        if not date or not date[0].tzinfo:
            return ""
        return date[0].astimezone(UTC).isoformat(timespec="seconds")

    def _language(self) -> str:
        languages = (json_ld.node_text(self.node, "inLanguage"), self.meta.language())
        written = (language.strip().replace("_", "-") for language in languages)
        return next(
            (
                language
                for language in written
                if len(language) <= 20 and _LANGUAGE.fullmatch(language)
            ),
            "",
        )

    def _tags(self) -> Iterator[str]:
        sections = json_ld.node_values(self.node, "articleSection")
        sections = [value for value in sections if isinstance(value, str)] or self.meta.values(
            "article:section"
        )
        for section in sections[:1]:
            if name := json_ld.node_text({"name": section}, "name"):
                yield f"section:{name}"[:_TAG_LIMIT]
        keywords = [
            value for value in json_ld.node_values(self.node, "keywords") if isinstance(value, str)
        ]
        keywords = keywords or self.meta.values("article:tag") or self.meta.values("news_keywords")
        names = re.split(r"[,;]", keywords[0]) if len(keywords) == 1 else keywords
        for keyword in names[:_TAGS]:
            name = json_ld.node_text({"name": keyword}, "name")
            if name and len(name) < _TAG_LIMIT - 8 and not re.search(r"[/:_{}]", name):
                yield f"topic:{name}"

    def _picture(self) -> RemotePicture | None:
        """Return the lead picture: JSON-LD's, else OpenGraph's."""
        node_picture = json_ld.node_picture(self.node, self.nodes)
        address = (
            node_picture.url if node_picture else self.meta.first("og:image:secure_url", "og:image")
        )
        try:
            url = urljoin(self.address, address)
            is_remote = urlsplit(url).scheme in ("http", "https") and bool(urlsplit(url).hostname)
        except ValueError:
            return None
        if not address or not is_remote or len(url) > 2000:
            return None
        alt = (node_picture.alt if node_picture else "") or self.meta.first("og:image:alt")
        caption, owner = (node_picture.caption, node_picture.credit) if node_picture else ("", "")
        return RemotePicture(url, alt[:500], caption[:1000], owner[:160])
