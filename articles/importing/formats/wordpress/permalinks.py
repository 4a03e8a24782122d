"""Where WordPress had the pages of categories, tags and authors, and their feeds.

Sources: https://wordpress.org/documentation/article/customize-permalinks/ (as they are unless somebody changes them),
https://developer.wordpress.org/reference/functions/sanitize_title_with_dashes/
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import unquote

from articles.importing.formats.types import FormerLink

_DEEPEST = 20  # categories within each other
_NOT_IN_SLUG = re.compile(r"[^%a-z0-9 _-]")


@dataclass(slots=True)
class Permalinks:
    """The tables of a site: ``base`` is the path of its folder (``/blog``), empty for none.

    ``categories`` are number and parent's slug by slug, ``authors`` number and slug by login (in small letters); what
    the export does not tell is empty.
    """

    base: str = ""
    categories: dict[str, tuple[str, str]] = field(default_factory=dict)
    authors: dict[str, tuple[str, str]] = field(default_factory=dict)

    def feed_links(self) -> Iterator[FormerLink]:
        """Yield the feed of all stories."""
        for path in ("/feed/", "/?feed=rss2"):
            yield FormerLink(f"{self.base}{path}", is_feed=True)

    def category_links(self, slug: str, tag: str) -> Iterator[FormerLink]:
        """Yield the addresses of the category ``slug``, which is ``tag`` here; its parents stand before it."""
        number, parent = self.categories.get(slug, ("", ""))
        slugs = [slug]
        while parent and parent not in slugs and len(slugs) < _DEEPEST:
            slugs.insert(0, parent)
            parent = self.categories.get(parent, ("", ""))[1]
        for path, is_feed in self._pages("category", "/".join(slugs)):
            yield FormerLink(path, tag=tag, is_feed=is_feed)
        if number:
            yield FormerLink(f"{self.base}/?cat={number}", tag=tag)

    def tag_links(self, slug: str, tag: str) -> Iterator[FormerLink]:
        """Yield the addresses of the tag ``slug``, which is ``tag`` here."""
        for path, is_feed in self._pages("tag", slug):
            yield FormerLink(path, tag=tag, is_feed=is_feed)
        yield FormerLink(f"{self.base}/?tag={unquote(slug)}", tag=tag)

    def author_links(self, login: str, slug: str, name: str) -> Iterator[FormerLink]:
        """Yield the addresses of the author ``name``; ``slug`` is theirs where the story tells it.

        Nobody's e-mail address becomes part of one, and who is in no table has none.
        """
        number, own = self.authors.get(login.casefold(), ("", ""))
        for author_slug in dict.fromkeys(filter(None, (slug.removeprefix("cap-"), own))):
            for path, is_feed in self._pages("author", author_slug):
                yield FormerLink(path, author=name, is_feed=is_feed)
        if number:
            yield FormerLink(f"{self.base}/?author={number}", author=name)

    def _pages(self, kind: str, slugs: str) -> Iterator[tuple[str, bool]]:
        """Yield a page's path and that of its feed, and whether it is the feed."""
        path = f"{self.base}/{kind}/{unquote(slugs)}/"
        yield path, False
        yield f"{path}feed/", True


def slug_of(login: str) -> str:
    """Return the slug that WordPress makes of a login; empty for what may be an e-mail address."""
    if "@" in login:
        return ""
    plain = _NOT_IN_SLUG.sub("", login.lower().replace(".", "-"))
    return re.sub(r"[\s-]+", "-", plain).strip("-")


def number_of(written: str) -> str:
    """Return a number as an address has it, empty for what is none."""
    return written if re.fullmatch(r"[0-9]{1,19}", written) else ""
