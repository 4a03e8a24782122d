"""Ghost's JSON export, and the JSON that Ghost's migration tools make of other systems.

Source: https://ghost.org/docs/migration/custom/. Only posts that everybody could read come in; no account, key, member
or e-mail address is ever read.
"""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, BinaryIO
from urllib.parse import unquote, urlsplit

from articles.importing.formats.common.json_records import load_json
from articles.importing.formats.common.markup import (
    extract_story_markup,
    strip_headline,
    take_dateline,
)
from articles.importing.formats.ghost.cards import (
    lexical_to_html,
    markdown_to_html,
    mobiledoc_to_html,
)
from articles.importing.formats.ghost.relations import REMEDY, Relations, Row, ghost_links, row_text
from articles.importing.formats.ghost.tables import table_rows
from articles.importing.formats.reader import Reader
from articles.importing.formats.types import (
    FormerLink,
    ParsedArticle,
    ParsedName,
    RecordError,
    RejectedRecord,
)
from articles.text.dates import aware, parse_printed
from articles.text.html.sanitize import sanitise
from articles.text.messages import Message

_EXPORT = re.compile(
    rb"""(?:\xef\xbb\xbf)?\s*\{\s*(?:
      "db"\s*:\s*\[\s*\{\s*"(?:meta|data)"\s*:\s*\{
    | "meta"\s*:\s*\{[^{}]*"exported_on"
    | "data"\s*:\s*\{\s*"posts"\s*:\s*\[
    | "posts"\s*:\s*\[\s*\{\s*"url"\s*:\s*"(?:[^"\\]|\\.)*+"\s*,\s*"data"\s*:\s*\{
    )""",
    re.VERBOSE,
)
_UNPUBLISHED = {
    "draft": Message("it is a draft there", code="ghost.draft"),
    "scheduled": Message("it is scheduled there, not published", code="ghost.scheduled"),
    "sent": Message("it was only sent as a newsletter there", code="ghost.newsletter"),
}
_PUBLISH = "Publish it in Ghost and export again, or write the story here."
_MARKS = re.compile(r"<[^<>]*>|&nbsp;|\s")  # what is no word
_DEK_LIMIT = 500  # letters; what is longer goes to the editors


class GhostReader(Reader):
    """Reads an export of Ghost."""

    NAME = "ghost"

    def identify(self, head: bytes, name: str) -> bool:
        """Tell whether a file is an export of Ghost, by its first keys."""
        return bool(_EXPORT.match(head))

    def read(self, stream: BinaryIO, name: str) -> Iterator[ParsedArticle | RejectedRecord]:
        """Yield one outcome a post of ``stream`` (UTF-8, seekable: it is read twice); pages are passed over.

        The ref of a post is its uuid, else its id. Raises ReadError before the first when the file is cut off.
        """
        relations = Relations(stream)
        for number, (_, data) in enumerate(table_rows(stream, {"posts"}), 1):
            original = data or b""
            try:
                if data is None:
                    raise RecordError(
                        "file",
                        Message("the post has more than 10 MB", code="ghost.size"),
                        "Leave it out.",
                    )
                post, original = _post_of(load_json(data), data)
                if not _is_page(post):
                    yield _Post(post, relations).parse(str(number), original)
            except RecordError as error:
                yield RejectedRecord(str(number), error.field, error.reason, error.remedy, original)


READER = GhostReader()


def _post_of(row: Any, data: bytes) -> tuple[Row, bytes]:
    """Return the post of a row and the bytes to keep; wrapped ones without their authors' e-mail addresses."""
    if not isinstance(row, dict):
        raise RecordError("file", Message("the post is no object", code="ghost.type"), REMEDY)
    inner = row.get("data")
    if not isinstance(inner, dict):
        return row, data
    authors = [{"name": row_text(author, "name")} for author in _inner(inner, "author", "authors")]
    post = {key: value for key, value in inner.items() if key != "author"} | {"authors": authors}
    public_row = {"url": row.get("url"), "data": post}
    return post | {"url": row.get("url")}, json.dumps(public_row).encode()


def _is_page(post: Row) -> bool:
    return post.get("type") == "page" or post.get("page") in (1, True)


def _inner(row: Row, *names: str) -> list[Row]:
    """Return the objects that stand in a row itself, out of their wrapping."""
    objects: list[Row] = []
    for name in names:
        value = row.get(name) or []
        for item in value if isinstance(value, list) else [value]:
            if isinstance(item, dict):
                objects.append(item["data"] if isinstance(item.get("data"), dict) else item)
    return objects


class _Post:
    """One post on its way; ``notes`` are for the editors, ``removed`` is what stood in the body beside the story."""

    def __init__(self, row: Row, relations: Relations) -> None:
        self.row = row
        self.relations = relations
        self.notes: list[str] = []
        self.removed: list[str] = []

    def parse(self, record: str, original: bytes) -> ParsedArticle:
        """Put the post together. Raises RecordError for one that not everybody could read."""
        self._check_public()
        headline = row_text(self.row, "title")
        headline = "" if headline.casefold() == "(untitled)" else headline
        markup, self.removed = extract_story_markup(self._markup())
        body_html = strip_headline(sanitise(markup), headline)
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
            language=row_text(self.row, "locale").replace("_", "-"),
            published_at=self._published(),
            tags=tuple(tag for tag, _ in self._tags()),
            picture=_file_name(row_text(self.row, "feature_image")),
            remote_picture=self.relations.picture(self.row),
            former_addresses=tuple(self._addresses()),
            former_links=tuple(self._links()),
            ed_note="\n".join(self.notes),
            removed=tuple(self.removed),
        )

    def _check_public(self) -> None:
        status = row_text(self.row, "status")
        if status != "published":
            reason = _UNPUBLISHED.get(
                status, Message("it is not published there", code="ghost.unpublished")
            )
            raise RecordError("status", reason, _PUBLISH)
        visibility = row_text(self.row, "visibility") or "public"
        if visibility != "public":
            raise RecordError(
                "visibility",
                Message("it is for members only there", code="ghost.members_only"),
                "Make it public in Ghost and export again, or write the story here.",
            )

    def _ref(self) -> str:
        names = ("uuid", "id", "url", "slug")
        ref = next(filter(None, (row_text(self.row, name) for name in names)), "")
        if not ref:
            raise RecordError(
                "uuid", Message("the post has none, and no id", code="ghost.no_id"), REMEDY
            )
        return ref

    def _markup(self) -> str:
        """Return the HTML, else what the editor stored; addresses of the site itself become relative."""
        for field, render in (
            ("html", str),
            ("lexical", lambda text: lexical_to_html(text, self._note_card)),
            ("mobiledoc", lambda text: mobiledoc_to_html(text, self._note_card)),
            ("markdown", markdown_to_html),
        ):
            if (text := row_text(self.row, field)) and _MARKS.sub("", html := render(text)):
                return re.sub(r"__GHOST_URL__/?", "/", html)
        return ""

    def _note_card(self, name: str) -> None:
        self.notes.append(f"Left out of the text: {name}")

    def _dek(self) -> str:
        dek = row_text(self.row, "custom_excerpt")
        if len(dek) <= _DEK_LIMIT:
            return dek
        self.notes.append(f"Excerpt: {dek}")
        return ""

    def _authors(self) -> list[str]:
        names = [name for name, _ in self.relations.names_and_slugs("users", self.row)]
        names += [row_text(author, "name") for author in _inner(self.row, "authors")]
        return list(filter(None, names))

    def _tags(self) -> Iterator[tuple[str, str]]:
        """Yield the tags that readers saw with their slugs; the first is the one that Ghost files a post under."""
        terms = self.relations.names_and_slugs("tags", self.row)
        terms += [(row_text(tag, "name"), "") for tag in _inner(self.row, "tags")]
        public_terms = ((name, slug) for name, slug in terms if name and not name.startswith("#"))
        for number, (name, slug) in enumerate(public_terms):
            yield (f"topic:{name}" if number else f"section:{name}"), slug

    def _published(self) -> datetime | None:
        written = row_text(self.row, "published_at")
        published_at = _parse_date(written)
        if written and not published_at:
            self.notes.append(f"Date as written: {written}")
        return published_at

    def _version(self) -> str:
        """Return the moment of the last change, in one width so that it sorts."""
        changed_at = _parse_date(row_text(self.row, "updated_at"))
        return changed_at.isoformat(timespec="milliseconds") if changed_at else ""

    def _addresses(self) -> Iterator[str]:
        if slug := row_text(self.row, "slug").strip("/"):
            yield f"/{slug}/"
        path = _path(row_text(self.row, "url"))
        if path.strip("/"):
            yield path

    def _links(self) -> Iterator[FormerLink]:
        """Yield where the pages and feeds of its tags and authors stood, if Ghost itself had it."""
        if "url" in self.row:
            return  # another system's, on its way to Ghost
        yield FormerLink("/rss/", is_feed=True)
        for tag, slug in self._tags():
            yield from ghost_links(slug, tag=tag)
        for name, slug in self.relations.names_and_slugs("users", self.row):
            yield from ghost_links(slug, author=name) if name else ()


def _parse_date(written: str) -> datetime | None:
    """Return a time of Ghost, which is always UTC: ISO 8601, or milliseconds since 1970 in old exports."""
    try:
        if re.fullmatch(r"\d{9,14}", written, re.ASCII):
            return aware(datetime.fromtimestamp(int(written) / 1000, UTC), UTC)
        date = parse_printed(written)
        return aware(date[0], UTC) if date and date[1] == "minute" else None
    except (ValueError, OverflowError, OSError):
        return None


def _path(address: str) -> str:
    try:
        return unquote(urlsplit(address).path)
    except ValueError:
        return ""


def _file_name(address: str) -> str:
    return _path(address).rpartition("/")[2]
