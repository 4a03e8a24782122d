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

from articles.importing.markup import story_part, take_dateline, without_headline
from articles.importing.parsed import FormerLink, ParsedArticle, ParsedName, ReadError, Refused
from articles.importing.safe_xml import records, root_of
from articles.importing.unfit import Unfit
from articles.importing.wordpress_site import Item, Site, key_of, line_of, path_of
from articles.importing.wordpress_text import to_html
from articles.text.dates import parse_printed
from articles.text.html import sanitise

NAME = "wxr"

_NAMESPACE = re.compile(rb"""xmlns:\w+\s*=\s*["']https?://wordpress\.org/export/\d""")
_UNPUBLISHED = {
    "draft": "it is a draft there",
    "auto-draft": "it is a draft there",
    "pending": "it waits for review there",
    "future": "it is scheduled there, not published",
    "private": "it is private there",
    "trash": "it is in the bin there",
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
_NONE = ("", "uncategorized")
_DEK_LIMIT = 500  # letters; what is longer goes to the editors


def identify(head: bytes, name: str) -> bool:
    """Tell whether a file is an export of WordPress: RSS that declares its namespace."""
    return root_of(head)[0] == "rss" and bool(_NAMESPACE.search(head.replace(b"\0", b"")))


def read(stream: BinaryIO, name: str) -> Iterator[ParsedArticle | Refused]:
    """Yield one outcome a post of ``stream`` (seekable: it is read twice); its ref is its guid, else its number.

    Pages, attachments and other kinds are passed over. Raises ReadError with the line, before the first post, when
    the file is not well-formed.
    """
    site = Site(stream)
    stream.seek(0)
    for number, record in enumerate(records(stream, {"item"}), 1):
        item = Item(record.element)
        if item.kind != "post":
            continue
        original = _public_part(record.original)
        try:
            yield _Post(item, site).parsed(str(number), original)
        except Unfit as error:
            yield Refused(str(number), error.field, str(error), error.remedy, original)


def around(head: bytes) -> tuple[bytes, bytes]:
    """Return what stands around the items, in UTF-8, so that one can be read alone: no e-mail address is among it."""
    root = _ROOT.search(head.replace(b"\0", b""))
    before = (root[0] if root else b"<rss>") + b"<channel>\n"
    with suppress(ReadError):  # the head ends where it ends
        for record in records(BytesIO(head), {"item", "author", "language"}):
            if key_of(record.element) == "item":
                break
            before += _ADDRESS.sub(b"", record.original) + b"\n"
    return before, b"</channel></rss>"


def _public_part(original: bytes) -> bytes:
    """Return an item without comments (which hold addresses), custom fields and password."""
    parts: list[bytes] = []
    at, start, inside = 0, 0, b""
    for step in _STEP.finditer(original):
        if not step["name"] or step[0].endswith(b"/>"):
            continue
        if not inside and not step["end"]:
            start, inside = step.start(), step["name"]
        elif step["end"] and step["name"] == inside:
            parts.append(original[at:start])
            at, inside = step.end(), b""
    kept = b"".join([*parts, original[at:]])
    return _CREATOR.sub(lambda found: b"" if b"@" in found[0] else found[0], kept)


class _Post:
    """One post on its way; ``notes`` are for the editors."""

    def __init__(self, item: Item, site: Site) -> None:
        self.item = item
        self.site = site
        self.notes: list[str] = []

    def parsed(self, record: str, original: bytes) -> ParsedArticle:
        """Put the post together. Raises Unfit for one that not everybody could read."""
        self._check_public()
        headline = line_of(self.item.text("title"))
        html, media = to_html(self.item.text("content"))
        self.notes += [f"Left out of the text: {', '.join(media)}"] if media else []
        markup, removed = story_part(html)
        body_html = without_headline(sanitise(markup), headline)
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
            raise Unfit(
                "status",
                _UNPUBLISHED.get(status, "it is not published there"),
                "Publish it in WordPress and export again, or write the story here.",
            )
        if self.item.text("wp:post_password"):
            remedy = "Take the password off in WordPress and export again."
            raise Unfit("post_password", "it is protected by a password there", remedy)

    def _ref(self) -> str:
        """Return the guid, which no export changes; the number too where a merged site has one guid twice."""
        guid, number = self.item.text("guid"), self.item.text("wp:post_id")
        if not guid and not number:
            remedy = "Export it again with WordPress."
            raise Unfit("guid", "the post has none, and no number", remedy)
        return f"{guid}#{number}" if guid in self.site.doubled and guid else guid or number

    def _version(self) -> str:
        for name in ("wp:post_modified_gmt", "wp:post_modified"):
            if found := _moment(self.item.text(name)):
                return found.isoformat()
        return ""

    def _published(self) -> datetime | None:
        """Return the first date that is one: in UTC, by the clock of the site, as the feed has it."""
        if found := _moment(self.item.text("wp:post_date_gmt")):
            return found.replace(tzinfo=UTC)
        for name in ("wp:post_date", "pubDate"):
            if found := _moment(self.item.text(name)):
                return found
        if written := self.item.text("wp:post_date", "pubDate"):
            self.notes.append(f"Date as written: {written}")
        return None

    def _dek(self) -> str:
        dek = line_of(to_html(self.item.text("excerpt"))[0])
        if len(dek) <= _DEK_LIMIT:
            return dek
        self.notes.append(f"Excerpt: {dek}")
        return ""

    def _authors(self) -> Iterator[tuple[str, str, str]]:
        """Yield login, slug and name of who wrote it; with co-authors, the list of these has everybody."""
        found = [(text, slug) for domain, slug, text in self.item.categories if domain == "author"]
        for login, slug in found or [(self.item.text("dc:creator"), "")]:
            if name := self.site.name_of(login):
                yield login, slug, name

    def _terms(self) -> Iterator[tuple[str, str, str]]:
        """Yield domain, slug and tag of the categories, the first of which is the section, then of the tags."""
        named = [
            (domain, slug, line_of(name))
            for domain, slug, name in self.item.categories
            if slug != "uncategorized"
        ]
        filed = [one for one in named if one[0] == "category" and one[2].casefold() not in _NONE]
        for domain, slug, name in filed:
            yield domain, slug, f"{'section' if name == filed[0][2] else 'topic'}:{name}"
        for domain, slug, name in named:
            if domain in ("post_tag", "tag") and name:
                yield domain, slug, f"topic:{name}"

    def _addresses(self) -> Iterator[str]:
        path = path_of(self.item.text("link"))
        if path.strip("/"):
            yield f"/{path.removeprefix('/')}"
        if (number := self.item.text("wp:post_id")).isascii() and number.isdigit():
            yield f"{self.site.addresses.base}/?p={number}"

    def _links(self) -> Iterator[FormerLink]:
        """Yield where the pages and feeds of its categories, tags and authors stood."""
        addresses = self.site.addresses
        yield from addresses.of_all()
        for domain, slug, tag in self._terms():
            of_term = addresses.of_category if domain == "category" else addresses.of_tag
            yield from of_term(slug, tag) if slug else ()
        for login, slug, name in self._authors():
            yield from addresses.of_author(login, "" if "@" in slug else slug, name)


def _moment(written: str) -> datetime | None:
    """Return a time as WordPress writes it; None for its empty date."""
    found = None if written.startswith("0000") or "-0001" in written else parse_printed(written)
    return found[0] if found and found[1] == "minute" else None
