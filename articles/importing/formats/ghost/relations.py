"""What a Ghost export keeps beside its posts: tags, authors, the words on pictures, by the id of a post.

Source: https://ghost.org/docs/migration/custom/. Of an account its name and its slug are read, and nothing else.
"""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any, BinaryIO
from urllib.parse import unquote

from articles.importing.formats.common.json_records import load_json
from articles.importing.formats.types import FormerLink, RecordError, RemotePicture
from articles.text.html.plain import plain_text
from articles.text.html.sanitize import sanitise
from articles.text.messages import Message

from .tables import table_rows

_TABLES = {"users", "tags", "posts_tags", "posts_authors", "posts_meta"}
REMEDY = "Correct it in Ghost and export it again."
Row = dict[str, Any]
PictureTexts = tuple[str, str]


def row_text(row: Row, name: str) -> str:
    """Return one value as text, empty for none. Raises RecordError for a list or an object."""
    value = row.get(name)
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise RecordError(name, Message("it is not text", code="ghost.type"), REMEDY)
    return str(value).strip()


class Relations:
    """Names and slugs of tags and authors by the id of a post, in the order that Ghost shows them."""

    def __init__(self, stream: BinaryIO) -> None:
        self.names_by_id: dict[str, dict[str, tuple[str, str]]] = {"tags": {}, "users": {}}
        self.picture_texts: dict[str, PictureTexts] = {}
        self.links: dict[str, dict[str, list[tuple[int, str]]]] = {
            "tags": defaultdict(list),
            "users": defaultdict(list),
        }
        for table, data in table_rows(stream, _TABLES):
            try:
                row = load_json(data or b"")
                self._add(table, row if isinstance(row, dict) else {})
            except RecordError:
                continue  # a name less, no story

    def _add(self, table: str, row: Row) -> None:
        if table in self.names_by_id:
            is_hidden = row.get("visibility") == "internal" and table == "tags"
            name = "" if is_hidden else row_text(row, "name")
            self.names_by_id[table][row_text(row, "id")] = name, row_text(row, "slug")
        elif table == "posts_meta":
            if any(texts := picture_texts(row)):
                self.picture_texts[row_text(row, "post_id")] = texts
        else:
            order = row.get("sort_order")
            kind, column = ("tags", "tag_id") if table == "posts_tags" else ("users", "author_id")
            link = (order if isinstance(order, int) else 0, row_text(row, column))
            self.links[kind][row_text(row, "post_id")].append(link)

    def names_and_slugs(self, kind: str, row: Row) -> list[tuple[str, str]]:
        """Return name and slug of each of one kind ("tags", "users") for a post; names may be empty."""
        post_id = row_text(row, "id")
        links = sorted(self.links[kind].get(post_id, ()), key=lambda link: link[0])
        pairs = (
            [self.names_by_id[kind].get(entity_id, ("", "")) for _, entity_id in links]
            if post_id
            else []
        )
        if kind == "users" and not any(name for name, _ in pairs):
            pairs = [self.names_by_id[kind].get(row_text(row, "author_id"), ("", ""))]
        return pairs

    def picture(self, row: Row) -> RemotePicture | None:
        """Return the lead picture of a post, where its address tells the host."""
        url = row_text(row, "feature_image")
        if not url.startswith(("https://", "http://")):
            return None
        texts = picture_texts(row)
        stored = self.picture_texts.get(row_text(row, "id"), ("", ""))
        return RemotePicture(url, texts[0] or stored[0], texts[1] or stored[1])


def picture_texts(row: Row) -> PictureTexts:
    """Return the alternative text and the caption (HTML there) of a lead picture; what is no text is none."""
    values = (row.get("feature_image_alt"), row.get("feature_image_caption"))
    alt, caption = (text.strip() if isinstance(text, str) else "" for text in values)
    return alt, " ".join(plain_text(sanitise(caption)).split())


def ghost_links(slug: str, *, tag: str = "", author: str = "") -> Iterator[FormerLink]:
    """Yield where Ghost had the page and the feed of ``tag`` or of ``author``."""
    if slug and "@" not in slug:
        path = f"/{'tag' if tag else 'author'}/{unquote(slug)}/"
        yield FormerLink(path, tag, author)
        yield FormerLink(f"{path}rss/", tag, author, is_feed=True)
