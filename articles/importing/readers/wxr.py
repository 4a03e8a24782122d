"""WordPress eXtended RSS 1.0 to 1.2, what WordPress itself exports.

Source: https://wordpress.org/documentation/article/tools-export-screen/. Only posts that everybody could read come
in; no comment, account, password or custom field is kept. Nothing that an item points to is fetched.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, BinaryIO
from urllib.parse import unquote, urlsplit

from articles.importing.markup import story_part, take_dateline, without_headline
from articles.importing.parsed import ParsedArticle, ParsedName, Refused
from articles.importing.safe_xml import records, root_of
from articles.importing.unfit import Unfit
from articles.importing.wordpress_text import to_html
from articles.text.dates import parse_printed
from articles.text.html import plain_text, sanitise

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
_DEK_LIMIT = 500  # letters; what is longer goes to the editors


def identify(head: bytes, name: str) -> bool:
    """Tell whether a file is an export of WordPress: RSS that declares its namespace."""
    return root_of(head)[0] == "rss" and bool(_NAMESPACE.search(head.replace(b"\0", b"")))


def read(stream: BinaryIO, name: str) -> Iterator[ParsedArticle | Refused]:
    """Yield one outcome a post of ``stream`` (seekable: it is read twice); its ref is its guid, else its number.

    Pages, attachments and other kinds are passed over. Raises ReadError with the line, before the first post, when
    the file is not well-formed.
    """
    site = _Site(stream)
    stream.seek(0)
    for number, record in enumerate(records(stream, {"item"}), 1):
        item = _Item(record.element)
        if item.kind != "post":
            continue
        original = _public_part(record.original)
        try:
            yield _Post(item, site).parsed(str(number), original)
        except Unfit as error:
            yield Refused(str(number), error.field, str(error), error.remedy, original)


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


class _Item:
    """The fields of one item, whatever version of the format spells them: "title", "wp:status", "content"."""

    def __init__(self, element: Any) -> None:
        self.texts: dict[str, str] = {}
        self.categories: list[tuple[str, str, str]] = []  # domain, nicename, name
        self.meta: dict[str, str] = {}
        for child in element:
            key = _key(child)
            if key == "category":
                domain, nicename = child.get("domain", "category"), child.get("nicename", "")
                self.categories.append((domain, nicename, _text(child)))
            elif key == "wp:postmeta":
                found = {_key(one): _text(one) for one in child}
                self.meta.setdefault(found.get("wp:meta_key", ""), found.get("wp:meta_value", ""))
            elif key:
                self.texts[key] = self.texts.get(key) or _text(child)

    def text(self, *names: str) -> str:
        """Return the first of ``names`` that says something; else an empty text."""
        return next(filter(None, (self.texts.get(name, "") for name in names)), "")

    @property
    def kind(self) -> str:
        """Return the post type; an item of the oldest exports that names none is a post."""
        return self.text("wp:post_type") or "post"


def _key(element: Any) -> str:
    """Return the name of a field; empty for what another plugin adds."""
    if not isinstance(element.tag, str):
        return ""  # a comment or an instruction
    space, _, name = element.tag.removeprefix("{").rpartition("}")
    if name == "encoded":
        return "excerpt" if "/excerpt" in space else "content" if "/content" in space else ""
    if "wordpress.org/export" in space:
        return f"wp:{name}"
    return f"dc:{name}" if "purl.org/dc" in space else "" if space else name


def _text(element: Any) -> str:
    return str(element.xpath("string()")).strip()


class _Site:
    """What a first pass over ``stream`` finds. Raises ReadError with the line when it is not well-formed."""

    def __init__(self, stream: BinaryIO) -> None:
        self.language = ""
        self.names: dict[str, str] = {}  # by login
        self.files: dict[str, str] = {}  # by number of the attachment
        self.guids: set[str] = set()
        self.doubled: set[str] = set()  # of the guids, those of several posts
        stream.seek(0)
        for record in records(stream, {"item", "author", "language"}):
            match _key(record.element):
                case "wp:author":
                    self._author(record.element)
                case "language":
                    self.language = self.language or _text(record.element)
                case "item":
                    self._item(_Item(record.element))

    def _author(self, element: Any) -> None:
        found = {_key(one).removeprefix("wp:author_"): _text(one) for one in element}
        whole = f"{found.get('first_name', '')} {found.get('last_name', '')}".strip()
        names = (found.get("display_name", ""), whole)
        name = next((one for one in names if one and "@" not in one), "")
        self.names[found.get("login", "").casefold()] = name

    def _item(self, item: _Item) -> None:
        if item.kind == "attachment":
            path = _path(item.text("wp:attachment_url", "guid"))
            self.files[item.text("wp:post_id")] = path.rpartition("/")[2]
        elif item.kind == "post":
            guid = item.text("guid")
            (self.doubled if guid in self.guids else self.guids).add(guid)

    def name_of(self, login: str) -> str:
        """Return the name that readers saw for ``login``; what could be an e-mail address is none."""
        return self.names.get(login.casefold(), "" if "@" in login else login)


class _Post:
    """One post on its way; ``notes`` are for the editors."""

    def __init__(self, item: _Item, site: _Site) -> None:
        self.item = item
        self.site = site
        self.notes: list[str] = []

    def parsed(self, record: str, original: bytes) -> ParsedArticle:
        """Put the post together. Raises Unfit for one that not everybody could read."""
        self._check_public()
        headline = _line(self.item.text("title"))
        html, media = to_html(self.item.text("content"))
        self.notes += [f"Left out of the text: {', '.join(media)}"] if media else []
        markup, removed = story_part(html)
        body_html = without_headline(sanitise(markup), headline)
        body_html, place, signed = take_dateline(body_html)
        return ParsedArticle(
            record=record,
            original=original,
            ref=self._ref(),
            version=self._version(),
            headline=headline,
            dek=self._dek(),
            body_html=body_html,
            bylines=tuple(ParsedName(name) for name in self._authors()),
            dateline=place,
            credit=signed,
            language=self.site.language.replace("_", "-"),
            published_at=self._published(),
            tags=tuple(self._tags()),
            picture=self.site.files.get(self.item.meta.get("_thumbnail_id", ""), ""),
            former_addresses=tuple(self._addresses()),
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
        dek = _line(to_html(self.item.text("excerpt"))[0])
        if len(dek) <= _DEK_LIMIT:
            return dek
        self.notes.append(f"Excerpt: {dek}")
        return ""

    def _authors(self) -> Iterator[str]:
        """Yield who wrote it; with co-authors, the list of these has everybody."""
        found = [name for domain, _, name in self.item.categories if domain == "author"]
        for login in found or [self.item.text("dc:creator")]:
            if name := self.site.name_of(login):
                yield name

    def _tags(self) -> Iterator[str]:
        """Yield the first category as the section, then the other categories and the tags."""
        named = [one for one in self.item.categories if one[1] != "uncategorized" and one[2]]
        sections = [_line(name) for domain, _, name in named if domain == "category"]
        tags = [_line(name) for domain, _, name in named if domain in ("post_tag", "tag")]
        names = [name for name in dict.fromkeys(sections) if name.casefold() != "uncategorized"]
        yield from (f"section:{name}" for name in names[:1])
        yield from (f"topic:{name}" for name in dict.fromkeys(names[1:] + tags))

    def _addresses(self) -> Iterator[str]:
        path = _path(self.item.text("link"))
        if path.strip("/"):
            yield f"/{path.removeprefix('/')}"
        if (number := self.item.text("wp:post_id")).isascii() and number.isdigit():
            yield f"/?p={number}"


def _moment(written: str) -> datetime | None:
    """Return a time as WordPress writes it; None for its empty date."""
    found = None if written.startswith("0000") or "-0001" in written else parse_printed(written)
    return found[0] if found and found[1] == "minute" else None


def _line(html: str) -> str:
    return " ".join(plain_text(sanitise(html)).split())


def _path(address: str) -> str:
    try:
        return unquote(urlsplit(address).path)
    except ValueError:
        return ""
