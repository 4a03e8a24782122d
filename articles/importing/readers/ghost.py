"""Ghost's JSON export, and the JSON that Ghost's migration tools make of other systems.

Source: https://ghost.org/docs/migration/custom/. Only posts that everybody could read come in; no account, key, member
or e-mail address is ever read.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, BinaryIO
from urllib.parse import unquote, urlsplit

from articles.importing.ghost_cards import lexical_to_html, markdown_to_html, mobiledoc_to_html
from articles.importing.ghost_tables import rows
from articles.importing.json_text import load
from articles.importing.markup import story_part, take_dateline, without_headline
from articles.importing.parsed import ParsedArticle, ParsedName, Refused
from articles.importing.unfit import Unfit
from articles.text.dates import aware, parse_printed
from articles.text.html import sanitise

NAME = "ghost"

_EXPORT = re.compile(
    rb"""(?:\xef\xbb\xbf)?\s*\{\s*(?:
      "db"\s*:\s*\[\s*\{\s*"(?:meta|data)"\s*:\s*\{
    | "meta"\s*:\s*\{[^{}]*"exported_on"
    | "data"\s*:\s*\{\s*"posts"\s*:\s*\[
    | "posts"\s*:\s*\[\s*\{\s*"url"\s*:\s*"(?:[^"\\]|\\.)*+"\s*,\s*"data"\s*:\s*\{
    )""",
    re.VERBOSE,
)
_RELATIONS = {"users", "tags", "posts_tags", "posts_authors"}
_UNPUBLISHED = {
    "draft": "it is a draft there",
    "scheduled": "it is scheduled there, not published",
    "sent": "it was only sent as a newsletter there",
}
_PUBLISH = "Publish it in Ghost and export again, or write the story here."
_MARKS = re.compile(r"<[^<>]*>|&nbsp;|\s")  # what is no word
_DEK_LIMIT = 500  # letters; what is longer goes to the editors
_REMEDY = "Correct it in Ghost and export it again."

_Row = dict[str, Any]


def identify(head: bytes, name: str) -> bool:
    """Tell whether a file is an export of Ghost, by its first keys."""
    return bool(_EXPORT.match(head))


def read(stream: BinaryIO, name: str) -> Iterator[ParsedArticle | Refused]:
    """Yield one outcome a post of ``stream`` (UTF-8, seekable: it is read twice); pages are passed over.

    The ref of a post is its uuid, else its id. Raises ReadError before the first when the file is cut off.
    """
    relations = _Relations(stream)
    for number, (_, data) in enumerate(rows(stream, {"posts"}), 1):
        original = data or b""
        try:
            if data is None:
                raise Unfit("file", "the post has more than 10 MB", "Leave it out.")
            post, original = _post_of(load(data), data)
            if not _is_page(post):
                yield _Post(post, relations).parsed(str(number), original)
        except Unfit as error:
            yield Refused(str(number), error.field, str(error), error.remedy, original)


def _post_of(row: Any, data: bytes) -> tuple[_Row, bytes]:
    """Return the post of a row and the bytes to keep; wrapped ones without their authors' e-mail addresses."""
    if not isinstance(row, dict):
        raise Unfit("file", "the post is no object", _REMEDY)
    inner = row.get("data")
    if not isinstance(inner, dict):
        return row, data
    authors = [{"name": _text(one, "name")} for one in _inner(inner, "author", "authors")]
    post = {key: value for key, value in inner.items() if key != "author"} | {"authors": authors}
    kept = {"url": row.get("url"), "data": post}
    return post | {"url": row.get("url")}, json.dumps(kept).encode()


def _is_page(post: _Row) -> bool:
    return post.get("type") == "page" or post.get("page") in (1, True)


def _inner(row: _Row, *names: str) -> list[_Row]:
    """Return the objects that stand in a row itself, out of their wrapping."""
    found: list[_Row] = []
    for name in names:
        value = row.get(name) or []
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, dict):
                found.append(one["data"] if isinstance(one.get("data"), dict) else one)
    return found


def _text(row: _Row, name: str) -> str:
    """Return one value as text, empty for none. Raises Unfit for a list or an object."""
    value = row.get(name)
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise Unfit(name, "it is not text", _REMEDY)
    return str(value).strip()


class _Relations:
    """Names of tags and authors by the id of a post, in the order that Ghost shows them."""

    def __init__(self, stream: BinaryIO) -> None:
        self.names: dict[str, dict[str, str]] = {"tags": {}, "users": {}}
        self.links: dict[str, dict[str, list[tuple[int, str]]]] = {
            "tags": defaultdict(list),
            "users": defaultdict(list),
        }
        for table, data in rows(stream, _RELATIONS):
            try:
                row = load(data or b"")
                self._add(table, row if isinstance(row, dict) else {})
            except Unfit:
                continue  # a name less, no story

    def _add(self, table: str, row: _Row) -> None:
        if table in self.names:
            is_hidden = row.get("visibility") == "internal" and table == "tags"
            self.names[table][_text(row, "id")] = "" if is_hidden else _text(row, "name")
            return
        order = row.get("sort_order")
        kind, column = ("tags", "tag_id") if table == "posts_tags" else ("users", "author_id")
        link = (order if isinstance(order, int) else 0, _text(row, column))
        self.links[kind][_text(row, "post_id")].append(link)

    def of(self, kind: str, post_id: str) -> list[str]:
        """Return the names of one kind ("tags", "users") for a post."""
        links = sorted(self.links[kind].get(post_id, ()), key=lambda link: link[0])
        return [self.names[kind].get(one, "") for _, one in links]


class _Post:
    """One post on its way; ``notes`` are for the editors, ``removed`` is what stood in the body beside the story."""

    def __init__(self, row: _Row, relations: _Relations) -> None:
        self.row = row
        self.relations = relations
        self.notes: list[str] = []
        self.removed: list[str] = []

    def parsed(self, record: str, original: bytes) -> ParsedArticle:
        """Put the post together. Raises Unfit for one that not everybody could read."""
        self._check_public()
        headline = _text(self.row, "title")
        headline = "" if headline.casefold() == "(untitled)" else headline
        markup, self.removed = story_part(self._markup())
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
            language=_text(self.row, "locale").replace("_", "-"),
            published_at=self._published(),
            tags=tuple(self._tags()),
            picture=_file_name(_text(self.row, "feature_image")),
            former_addresses=tuple(self._addresses()),
            ed_note="\n".join(self.notes),
            removed=tuple(self.removed),
        )

    def _check_public(self) -> None:
        status = _text(self.row, "status")
        if status != "published":
            reason = _UNPUBLISHED.get(status, "it is not published there")
            raise Unfit("status", reason, _PUBLISH)
        visibility = _text(self.row, "visibility") or "public"
        if visibility != "public":
            raise Unfit(
                "visibility",
                "it is for members only there",
                "Make it public in Ghost and export again, or write the story here.",
            )

    def _ref(self) -> str:
        names = ("uuid", "id", "url", "slug")
        ref = next(filter(None, (_text(self.row, name) for name in names)), "")
        if not ref:
            raise Unfit("uuid", "the post has none, and no id", _REMEDY)
        return ref

    def _markup(self) -> str:
        """Return the HTML, else what the editor stored; addresses of the site itself become relative."""
        for field, render in (
            ("html", str),
            ("lexical", lambda text: lexical_to_html(text, self._note_card)),
            ("mobiledoc", lambda text: mobiledoc_to_html(text, self._note_card)),
            ("markdown", markdown_to_html),
        ):
            if (text := _text(self.row, field)) and _MARKS.sub("", html := render(text)):
                return re.sub(r"__GHOST_URL__/?", "/", html)
        return ""

    def _note_card(self, name: str) -> None:
        self.notes.append(f"Left out of the text: {name}")

    def _dek(self) -> str:
        dek = _text(self.row, "custom_excerpt")
        if len(dek) <= _DEK_LIMIT:
            return dek
        self.notes.append(f"Excerpt: {dek}")
        return ""

    def _authors(self) -> list[str]:
        post_id = _text(self.row, "id")
        names = self.relations.of("users", post_id) if post_id else []
        if not any(names):
            names = [self.relations.names["users"].get(_text(self.row, "author_id"), "")]
        names += [_text(one, "name") for one in _inner(self.row, "authors")]
        return list(filter(None, names))

    def _tags(self) -> Iterator[str]:
        """Yield the tags that readers saw; the first is the one that Ghost files a post under."""
        post_id = _text(self.row, "id")
        names = self.relations.of("tags", post_id) if post_id else []
        names += [_text(one, "name") for one in _inner(self.row, "tags")]
        shown = (name for name in names if name and not name.startswith("#"))
        for number, name in enumerate(shown):
            yield f"topic:{name}" if number else f"section:{name}"

    def _published(self) -> datetime | None:
        written = _text(self.row, "published_at")
        found = _moment(written)
        if written and not found:
            self.notes.append(f"Date as written: {written}")
        return found

    def _version(self) -> str:
        """Return the moment of the last change, in one width so that it sorts."""
        found = _moment(_text(self.row, "updated_at"))
        return found.isoformat(timespec="milliseconds") if found else ""

    def _addresses(self) -> Iterator[str]:
        if slug := _text(self.row, "slug").strip("/"):
            yield f"/{slug}/"
        path = _path(_text(self.row, "url"))
        if path.strip("/"):
            yield path


def _moment(written: str) -> datetime | None:
    """Return a time of Ghost, which is always UTC: ISO 8601, or milliseconds since 1970 in old exports."""
    try:
        if re.fullmatch(r"\d{9,14}", written, re.ASCII):
            return aware(datetime.fromtimestamp(int(written) / 1000, UTC), UTC)
        found = parse_printed(written)
        return aware(found[0], UTC) if found and found[1] == "minute" else None
    except (ValueError, OverflowError, OSError):
        return None


def _path(address: str) -> str:
    try:
        return unquote(urlsplit(address).path)
    except ValueError:
        return ""


def _file_name(address: str) -> str:
    return _path(address).rpartition("/")[2]
