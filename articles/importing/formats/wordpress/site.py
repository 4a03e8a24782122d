"""The items of a WordPress export, and what the whole of it tells about the site: names, pictures, addresses."""

from typing import Any, BinaryIO
from urllib.parse import unquote, urlsplit

from articles.importing.formats.common.xml_records import iter_xml_records
from articles.importing.formats.types import RemotePicture
from articles.text.html.plain import plain_text
from articles.text.html.sanitize import sanitise

from .permalinks import Permalinks, number_of, slug_of

_TABLES = {"item", "author", "language", "base_blog_url", "category"}


class WordPressItem:
    """The fields of one item, whatever version of the format spells them: "title", "wp:status", "content"."""

    def __init__(self, element: Any) -> None:
        self.texts: dict[str, str] = {}
        self.categories: list[tuple[str, str, str]] = []  # domain, slug, name
        self.meta: dict[str, str] = {}
        for child in element:
            key = field_key(child)
            if key == "category":
                domain, slug = child.get("domain", "category"), child.get("nicename", "")
                self.categories.append((domain, slug, _text(child)))
            elif key == "wp:postmeta":
                values = {field_key(field): _text(field) for field in child}
                self.meta.setdefault(values.get("wp:meta_key", ""), values.get("wp:meta_value", ""))
            elif key:
                self.texts[key] = self.texts.get(key) or _text(child)

    def text(self, *names: str) -> str:
        """Return the first of ``names`` that says something; else an empty text."""
        return next(filter(None, (self.texts.get(name, "") for name in names)), "")

    @property
    def kind(self) -> str:
        """Return the post type; an item of the oldest exports that names none is a post."""
        return self.text("wp:post_type") or "post"


class WordPressSite:
    """What a first pass over ``stream`` finds. Raises ReadError with the line when it is not well-formed.

    ``pictures`` are file names and addresses by the number of the attachment.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self.language = ""
        self.names: dict[str, str] = {}  # by login
        self.pictures: dict[str, tuple[str, RemotePicture | None]] = {}
        self.permalinks = Permalinks()
        self.guids: set[str] = set()
        self.shared_guids: set[str] = set()  # of the guids, those of several posts
        stream.seek(0)
        for record in iter_xml_records(stream, _TABLES):
            match field_key(record.element):
                case "wp:author":
                    self._author(record.element)
                case "wp:category":
                    self._category(record.element)
                case "wp:base_blog_url":
                    self.permalinks.base = url_path(_text(record.element)).rstrip("/")
                case "language":
                    self.language = self.language or _text(record.element)
                case "item":
                    self._item(WordPressItem(record.element))

    def name_of(self, login: str) -> str:
        """Return the name that readers saw for ``login``; what could be an e-mail address is none."""
        return self.names.get(login.casefold(), "" if "@" in login else login)

    def _author(self, element: Any) -> None:
        values = {field_key(item).removeprefix("wp:author_"): _text(item) for item in element}
        full_name = f"{values.get('first_name', '')} {values.get('last_name', '')}".strip()
        names = (values.get("display_name", ""), full_name)
        name = next((item for item in names if item and "@" not in item), "")
        login = values.get("login", "")
        self.names[login.casefold()] = name
        slug = slug_of(values.get("nicename", "")) or slug_of(login)
        self.permalinks.authors[login.casefold()] = number_of(values.get("id", "")), slug

    def _category(self, element: Any) -> None:
        values = {field_key(field).removeprefix("wp:"): _text(field) for field in element}
        number, parent = number_of(values.get("term_id", "")), values.get("category_parent", "")
        self.permalinks.categories[values.get("category_nicename", "")] = number, parent

    def _item(self, item: WordPressItem) -> None:
        if item.kind == "attachment":
            address = item.text("wp:attachment_url", "guid")
            texts = item.meta.get("_wp_attachment_image_alt", ""), html_line(item.text("excerpt"))
            is_remote = address.startswith(("https://", "http://"))
            remote = RemotePicture(address, *texts) if is_remote else None
            self.pictures[item.text("wp:post_id")] = url_path(address).rpartition("/")[2], remote
        elif item.kind == "post":
            guid = item.text("guid")
            (self.shared_guids if guid in self.guids else self.guids).add(guid)


def field_key(element: Any) -> str:
    """Return the name of a field; empty for what another plugin adds."""
    if not isinstance(element.tag, str):
        return ""  # a comment or an instruction
    space, _, name = element.tag.removeprefix("{").rpartition("}")
    if name == "encoded":
        return "excerpt" if "/excerpt" in space else "content" if "/content" in space else ""
    if "wordpress.org/export" in space:
        return f"wp:{name}"
    return f"dc:{name}" if "purl.org/dc" in space else "" if space else name


def html_line(html: str) -> str:
    """Return the words of ``html`` on one line."""
    return " ".join(plain_text(sanitise(html)).split())


def url_path(address: str) -> str:
    """Return the path of an address, decoded; empty for what is no address."""
    try:
        return unquote(urlsplit(address).path)
    except ValueError:
        return ""


def _text(element: Any) -> str:
    return str(element.xpath("string()")).strip()
