"""The items of a WordPress export, and what the whole of it tells about the site: names, pictures, addresses."""

from typing import Any, BinaryIO
from urllib.parse import unquote, urlsplit

from articles.text.html import plain_text, sanitise

from .parsed import RemotePicture
from .safe_xml import records
from .wordpress_links import Addresses, number_of, slug_of

_TABLES = {"item", "author", "language", "base_blog_url", "category"}


class Item:
    """The fields of one item, whatever version of the format spells them: "title", "wp:status", "content"."""

    def __init__(self, element: Any) -> None:
        self.texts: dict[str, str] = {}
        self.categories: list[tuple[str, str, str]] = []  # domain, slug, name
        self.meta: dict[str, str] = {}
        for child in element:
            key = key_of(child)
            if key == "category":
                domain, slug = child.get("domain", "category"), child.get("nicename", "")
                self.categories.append((domain, slug, _text(child)))
            elif key == "wp:postmeta":
                found = {key_of(one): _text(one) for one in child}
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


class Site:
    """What a first pass over ``stream`` finds. Raises ReadError with the line when it is not well-formed.

    ``pictures`` are file names and addresses by the number of the attachment.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self.language = ""
        self.names: dict[str, str] = {}  # by login
        self.pictures: dict[str, tuple[str, RemotePicture | None]] = {}
        self.addresses = Addresses()
        self.guids: set[str] = set()
        self.doubled: set[str] = set()  # of the guids, those of several posts
        stream.seek(0)
        for record in records(stream, _TABLES):
            match key_of(record.element):
                case "wp:author":
                    self._author(record.element)
                case "wp:category":
                    self._category(record.element)
                case "wp:base_blog_url":
                    self.addresses.base = path_of(_text(record.element)).rstrip("/")
                case "language":
                    self.language = self.language or _text(record.element)
                case "item":
                    self._item(Item(record.element))

    def name_of(self, login: str) -> str:
        """Return the name that readers saw for ``login``; what could be an e-mail address is none."""
        return self.names.get(login.casefold(), "" if "@" in login else login)

    def _author(self, element: Any) -> None:
        found = {key_of(one).removeprefix("wp:author_"): _text(one) for one in element}
        whole = f"{found.get('first_name', '')} {found.get('last_name', '')}".strip()
        names = (found.get("display_name", ""), whole)
        name = next((one for one in names if one and "@" not in one), "")
        login = found.get("login", "")
        self.names[login.casefold()] = name
        slug = slug_of(found.get("nicename", "")) or slug_of(login)
        self.addresses.authors[login.casefold()] = number_of(found.get("id", "")), slug

    def _category(self, element: Any) -> None:
        found = {key_of(one).removeprefix("wp:"): _text(one) for one in element}
        number, parent = number_of(found.get("term_id", "")), found.get("category_parent", "")
        self.addresses.categories[found.get("category_nicename", "")] = number, parent

    def _item(self, item: Item) -> None:
        if item.kind == "attachment":
            address = item.text("wp:attachment_url", "guid")
            words = item.meta.get("_wp_attachment_image_alt", ""), line_of(item.text("excerpt"))
            is_remote = address.startswith(("https://", "http://"))
            remote = RemotePicture(address, *words) if is_remote else None
            self.pictures[item.text("wp:post_id")] = path_of(address).rpartition("/")[2], remote
        elif item.kind == "post":
            guid = item.text("guid")
            (self.doubled if guid in self.guids else self.guids).add(guid)


def key_of(element: Any) -> str:
    """Return the name of a field; empty for what another plugin adds."""
    if not isinstance(element.tag, str):
        return ""  # a comment or an instruction
    space, _, name = element.tag.removeprefix("{").rpartition("}")
    if name == "encoded":
        return "excerpt" if "/excerpt" in space else "content" if "/content" in space else ""
    if "wordpress.org/export" in space:
        return f"wp:{name}"
    return f"dc:{name}" if "purl.org/dc" in space else "" if space else name


def line_of(html: str) -> str:
    """Return the words of ``html`` on one line."""
    return " ".join(plain_text(sanitise(html)).split())


def path_of(address: str) -> str:
    """Return the path of an address, decoded; empty for what is no address."""
    try:
        return unquote(urlsplit(address).path)
    except ValueError:
        return ""


def _text(element: Any) -> str:
    return str(element.xpath("string()")).strip()
