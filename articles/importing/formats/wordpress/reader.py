"""WordPress eXtended RSS 1.0 to 1.2, what WordPress itself exports.

Source: https://wordpress.org/documentation/article/tools-export-screen/. Only posts that everybody could read come
in; no comment, account, password or custom field is kept. Nothing that an item points to is fetched.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from io import BytesIO
from typing import BinaryIO

from articles.importing.formats.common.markup import (
    extract_story_markup,
    strip_headline,
    take_dateline,
)
from articles.importing.formats.common.xml_records import iter_xml_records, xml_root_name
from articles.importing.formats.reader import Reader
from articles.importing.formats.types import (
    Columns,
    FormerLink,
    ParsedArticle,
    ParsedName,
    ReadError,
    RecordError,
    RejectedRecord,
)
from articles.importing.formats.wordpress.autop import wordpress_to_html
from articles.importing.formats.wordpress.site import (
    WordPressItem,
    WordPressSite,
    field_key,
    html_line,
    url_path,
)
from articles.text.dates import parse_printed
from articles.text.html.sanitize import sanitise
from articles.text.messages import Message

_NAMESPACE = re.compile(rb"""xmlns:\w+\s*=\s*["']https?://wordpress\.org/export/\d""")
_UNPUBLISHED = {
    "draft": Message("it is a draft there", code="wordpress.draft"),
    "auto-draft": Message("it is a draft there", code="wordpress.draft"),
    "pending": Message("it waits for review there", code="wordpress.pending"),
    "future": Message("it is scheduled there, not published", code="wordpress.scheduled"),
    "private": Message("it is private there", code="wordpress.private"),
    "trash": Message("it is in the bin there", code="wordpress.bin"),
}
_STEP = re.compile(
    rb"<!\[CDATA\[.*?\]\]>|<(?P<end>/?)(?:[\w.-]+:)?(?P<name>comment|postmeta|post_password)\b[^>]*>",
    re.DOTALL,
)
_CREATOR = re.compile(
    rb"<dc:creator>[^<]*+(?:<!\[CDATA\[[^\]]*+\]\]>)?[^<]*+</dc:creator>"
)  # some have an e-mail address for a login
_ROOT = re.compile(rb"<rss\b[^>]*>")
_ADDRESS = re.compile(rb"<wp:author_email\b(?:[^>]*/>|.*?</wp:author_email>)", re.DOTALL)
_NO_SECTIONS = ("", "uncategorized")
_DEK_LIMIT = 500  # letters; what is longer goes to the editors


class WxrReader(Reader):
    """Reads an export of WordPress."""

    NAME = "wxr"

    def identify(self, head: bytes, name: str) -> bool:
        """Tell whether a file is an export of WordPress: RSS that declares its namespace."""
        return xml_root_name(head)[0] == "rss" and bool(_NAMESPACE.search(head.replace(b"\0", b"")))

    def read(self, stream: BinaryIO, name: str) -> Iterator[ParsedArticle | RejectedRecord]:
        """Yield one outcome a post of ``stream`` (seekable: it is read twice); its ref is its guid, else its number.

        Pages, attachments and other kinds are passed over. Raises ReadError with the line, before the first post, when
        the file is not well-formed.
        """
        site = WordPressSite(stream)
        stream.seek(0)
        for number, record in enumerate(iter_xml_records(stream, {"item"}), 1):
            item = WordPressItem(record.element)
            if item.kind != "post":
                continue
            original = _public_part(record.original)
            try:
                yield _Post(item, site).parse(str(number), original)
            except RecordError as error:
                yield RejectedRecord(str(number), error.field, error.reason, error.remedy, original)

    def record_wrapper(self, head: bytes, columns: Columns) -> tuple[bytes, bytes]:
        """Return what stands around the items, in UTF-8, so that one can be read alone; no e-mail address is in it."""
        root = _ROOT.search(head.replace(b"\0", b""))
        before = (root[0] if root else b"<rss>") + b"<channel>\n"
        with suppress(ReadError):  # the head ends where it ends
            for record in iter_xml_records(BytesIO(head), {"item", "author", "language"}):
                if field_key(record.element) == "item":
                    break
                before += _ADDRESS.sub(b"", record.original) + b"\n"
        return before, b"</channel></rss>"


READER = WxrReader()


def _public_part(original: bytes) -> bytes:
    """Return an item without comments (which hold addresses), custom fields and password."""
    parts: list[bytes] = []
    at, start, element_name = 0, 0, b""
    for step in _STEP.finditer(original):
        if not step["name"] or step[0].endswith(b"/>"):
            continue
        if not element_name and not step["end"]:
            start, element_name = step.start(), step["name"]
        elif step["end"] and step["name"] == element_name:
            parts.append(original[at:start])
            at, element_name = step.end(), b""
    public_bytes = b"".join([*parts, original[at:]])
    return _CREATOR.sub(lambda match: b"" if b"@" in match[0] else match[0], public_bytes)


class _Post:
    """One post on its way; ``notes`` are for the editors."""

    def __init__(self, item: WordPressItem, site: WordPressSite) -> None:
        self.item = item
        self.site = site
        self.notes: list[str] = []

    def parse(self, record: str, original: bytes) -> ParsedArticle:
        """Put the post together. Raises RecordError for one that not everybody could read."""
        self._check_public()
        headline = html_line(self.item.text("title"))
        html, media = wordpress_to_html(self.item.text("content"))
        self.notes += [f"Left out of the text: {', '.join(media)}"] if media else []
        markup, removed = extract_story_markup(html)
        body_html = strip_headline(sanitise(markup), headline)
        body_html, place, signed = take_dateline(body_html)
        picture, remote_picture = self.site.pictures.get(
            self.item.meta.get("_thumbnail_id", ""), ("", None)
        )
        return ParsedArticle(
            record=record,
            original=original,
            ref=self._ref(),
            version=self._version(),
            headline=headline,
            dek=self._dek(),
            body_html=body_html,
            bylines=tuple(ParsedName(name) for _, _, name in self._authors()),
            dateline=place,
            credit=signed,
            language=self.site.language.replace("_", "-"),
            published_at=self._published(),
            tags=tuple(dict.fromkeys(tag for _, _, tag in self._terms())),
            picture=picture,
            remote_picture=remote_picture,
            former_addresses=tuple(self._addresses()),
            former_links=tuple(self._links()),
            ed_note="\n".join(self.notes),
            removed=tuple(removed),
        )

    def _check_public(self) -> None:
        status = self.item.text("wp:status")
        if status != "publish":
            raise RecordError(
                "status",
                _UNPUBLISHED.get(
                    status, Message("it is not published there", code="wordpress.unpublished")
                ),
                "Publish it in WordPress and export again, or write the story here.",
            )
        if self.item.text("wp:post_password"):
            remedy = "Take the password off in WordPress and export again."
            raise RecordError(
                "post_password",
                Message("it is protected by a password there", code="wordpress.password"),
                remedy,
            )

    def _ref(self) -> str:
        """Return the guid, which no export changes; the number too where a merged site has one guid twice."""
        guid, number = self.item.text("guid"), self.item.text("wp:post_id")
        if not guid and not number:
            remedy = "Export it again with WordPress."
            raise RecordError(
                "guid", Message("the post has none, and no number", code="wordpress.no_id"), remedy
            )
        return f"{guid}#{number}" if guid in self.site.shared_guids and guid else guid or number

    def _version(self) -> str:
        for name in ("wp:post_modified_gmt", "wp:post_modified"):
            if date := _parse_date(self.item.text(name)):
                return date.isoformat()
        return ""

    def _published(self) -> datetime | None:
        """Return the first date that is one: in UTC, by the clock of the site, as the feed has it."""
        if date := _parse_date(self.item.text("wp:post_date_gmt")):
            return date.replace(tzinfo=UTC)
        for name in ("wp:post_date", "pubDate"):
            if date := _parse_date(self.item.text(name)):
                return date
        if written := self.item.text("wp:post_date", "pubDate"):
            self.notes.append(f"Date as written: {written}")
        return None

    def _dek(self) -> str:
        dek = html_line(wordpress_to_html(self.item.text("excerpt"))[0])
        if len(dek) <= _DEK_LIMIT:
            return dek
        self.notes.append(f"Excerpt: {dek}")
        return ""

    def _authors(self) -> Iterator[tuple[str, str, str]]:
        """Yield login, slug and name of who wrote it; with co-authors, the list of these has everybody."""
        coauthors = [
            (text, slug) for domain, slug, text in self.item.categories if domain == "author"
        ]
        for login, slug in coauthors or [(self.item.text("dc:creator"), "")]:
            if name := self.site.name_of(login):
                yield login, slug, name

    def _terms(self) -> Iterator[tuple[str, str, str]]:
        """Yield domain, slug and tag of the categories, the first of which is the section, then of the tags."""
        terms = [
            (domain, slug, html_line(name))
            for domain, slug, name in self.item.categories
            if slug != "uncategorized"
        ]
        categories = [
            term
            for term in terms
            if term[0] == "category" and term[2].casefold() not in _NO_SECTIONS
        ]
        for domain, slug, name in categories:
            yield domain, slug, f"{'section' if name == categories[0][2] else 'topic'}:{name}"
        for domain, slug, name in terms:
            if domain in ("post_tag", "tag") and name:
                yield domain, slug, f"topic:{name}"

    def _addresses(self) -> Iterator[str]:
        path = url_path(self.item.text("link"))
        if path.strip("/"):
            yield f"/{path.removeprefix('/')}"
        if (number := self.item.text("wp:post_id")).isascii() and number.isdigit():
            yield f"{self.site.permalinks.base}/?p={number}"

    def _links(self) -> Iterator[FormerLink]:
        """Yield where the pages and feeds of its categories, tags and authors stood."""
        permalinks = self.site.permalinks
        yield from permalinks.feed_links()
        for domain, slug, tag in self._terms():
            term_links = permalinks.category_links if domain == "category" else permalinks.tag_links
            yield from term_links(slug, tag) if slug else ()
        for login, slug, name in self._authors():
            yield from permalinks.author_links(login, "" if "@" in slug else slug, name)


def _parse_date(written: str) -> datetime | None:
    """Return a time as WordPress writes it; None for its empty date."""
    date = None if written.startswith("0000") or "-0001" in written else parse_printed(written)
    return date[0] if date and date[1] == "minute" else None
