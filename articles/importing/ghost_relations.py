"""What a Ghost export keeps beside its posts: tags, authors, the words on pictures, by the id of a post.

Source: https://ghost.org/docs/migration/custom/. Of an account its name and its slug are read, and nothing else.
"""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any, BinaryIO
from urllib.parse import unquote

from articles.text.html import plain_text, sanitise

from .ghost_tables import rows
from .json_text import load
from .parsed import FormerLink, RemotePicture
from .unfit import Unfit

_TABLES = {"users", "tags", "posts_tags", "posts_authors", "posts_meta"}
REMEDY = "Correct it in Ghost and export it again."
Row = dict[str, Any]
Words = tuple[str, str]


def text_of(row: Row, name: str) -> str:
    """Return one value as text, empty for none. Raises Unfit for a list or an object."""
    value = row.get(name)
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise Unfit(name, "it is not text", REMEDY)
    return str(value).strip()


class Relations:
    """Names and slugs of tags and authors by the id of a post, in the order that Ghost shows them."""

    def __init__(self, stream: BinaryIO) -> None:
        self.named: dict[str, dict[str, tuple[str, str]]] = {"tags": {}, "users": {}}
        self.words: dict[str, Words] = {}
        self.links: dict[str, dict[str, list[tuple[int, str]]]] = {
            "tags": defaultdict(list),
            "users": defaultdict(list),
        }
        for table, data in rows(stream, _TABLES):
            try:
                row = load(data or b"")
                self._add(table, row if isinstance(row, dict) else {})
            except Unfit:
                continue  # a name less, no story

    def _add(self, table: str, row: Row) -> None:
        if table in self.named:
            is_hidden = row.get("visibility") == "internal" and table == "tags"
            name = "" if is_hidden else text_of(row, "name")
            self.named[table][text_of(row, "id")] = name, text_of(row, "slug")
        elif table == "posts_meta":
            if any(words := words_on_picture(row)):
                self.words[text_of(row, "post_id")] = words
        else:
            order = row.get("sort_order")
            kind, column = ("tags", "tag_id") if table == "posts_tags" else ("users", "author_id")
            link = (order if isinstance(order, int) else 0, text_of(row, column))
            self.links[kind][text_of(row, "post_id")].append(link)

    def of(self, kind: str, row: Row) -> list[tuple[str, str]]:
        """Return name and slug of each of one kind ("tags", "users") for a post; names may be empty."""
        post_id = text_of(row, "id")
        links = sorted(self.links[kind].get(post_id, ()), key=lambda link: link[0])
        found = [self.named[kind].get(one, ("", "")) for _, one in links] if post_id else []
        if kind == "users" and not any(name for name, _ in found):
            found = [self.named[kind].get(text_of(row, "author_id"), ("", ""))]
        return found

    def picture(self, row: Row) -> RemotePicture | None:
        """Return the lead picture of a post, where its address tells the host."""
        url = text_of(row, "feature_image")
        if not url.startswith(("https://", "http://")):
            return None
        words = words_on_picture(row)
        known = self.words.get(text_of(row, "id"), ("", ""))
        return RemotePicture(url, words[0] or known[0], words[1] or known[1])


def words_on_picture(row: Row) -> Words:
    """Return the alternative text and the caption (HTML there) of a lead picture; what is no text is none."""
    sent = (row.get("feature_image_alt"), row.get("feature_image_caption"))
    alt, caption = (one.strip() if isinstance(one, str) else "" for one in sent)
    return alt, " ".join(plain_text(sanitise(caption)).split())


def links(slug: str, *, tag: str = "", author: str = "") -> Iterator[FormerLink]:
    """Yield where Ghost had the page and the feed of ``tag`` or of ``author``."""
    if slug and "@" not in slug:
        path = f"/{'tag' if tag else 'author'}/{unquote(slug)}/"
        yield FormerLink(path, tag, author)
        yield FormerLink(f"{path}rss/", tag, author, is_feed=True)
