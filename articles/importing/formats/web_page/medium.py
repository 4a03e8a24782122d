"""Medium's export: a story a file, ``posts/*.html``, marked as h-entry.

Sources: http://microformats.org/wiki/h-entry; Medium documents no format. Responses (comments) and drafts lie among the
posts; they are refused.
"""

import re
from collections.abc import Iterator
from typing import Any, BinaryIO
from urllib.parse import unquote, urlsplit

from lxml import etree

from articles.importing.formats.common.markup import (
    extract_story_markup,
    strip_headline,
    take_dateline,
)
from articles.importing.formats.reader import Reader
from articles.importing.formats.types import (
    ParsedArticle,
    ParsedName,
    RecordError,
    RejectedRecord,
    RemotePicture,
)
from articles.importing.formats.web_page.meta import clean_url, parse_page_date
from articles.importing.formats.web_page.microformats import find_by_class, first_by_class
from articles.importing.formats.web_page.tree import LIMIT, inner_text, page_tree
from articles.text.encoding import is_binary
from articles.text.html.plain import plain_text
from articles.text.html.sanitize import sanitise
from articles.text.messages import Message

_ENTRY = re.compile(rb"<article\b[^>]{0,80}\bclass=[\"'][^\"']{0,80}\bh-entry\b", re.IGNORECASE)
_MEDIUM_MARKUP = re.compile(
    rb"data-field=[\"'](?:body|subtitle)[\"']|class=[\"']graf graf--|section--body"
)
_EXPORTED = re.compile(rb"Exported from\s{1,20}<a\b[^>]{0,80}https?://medium\.com", re.IGNORECASE)
_DRAFT = re.compile(r"(?:\A|/)draft_")
_DEK_LIMIT = 500


class MediumReader(Reader):
    """Reads the posts of Medium."""

    NAME = "medium"

    def identify(self, head: bytes, name: str) -> bool:
        """Tell whether a file is a post of Medium's export: an h-entry with Medium's fields."""
        return bool(not is_binary(head) and _ENTRY.search(head) and _MEDIUM_MARKUP.search(head))

    def read(self, stream: BinaryIO, name: str) -> Iterator[ParsedArticle | RejectedRecord]:
        """Yield the one post of ``stream``; its ref is its canonical address, else ``name``."""
        data = stream.read(LIMIT + 1)
        try:
            root, _ = page_tree(data)
            entry = first_by_class(root, "h-entry")
            if entry is None:
                raise RecordError(
                    "file", Message("it holds no post", code="medium.no_post"), "Leave it out."
                )
            yield _parsed(entry, data, name)
        except RecordError as error:
            yield RejectedRecord("1", error.field, error.reason, error.remedy, data[:LIMIT])


READER = MediumReader()


def is_export(data: bytes) -> bool:
    """Tell whether a page says of itself that Medium exported it."""
    return bool(_EXPORTED.search(data))


def _parsed(entry: Any, data: bytes, name: str) -> ParsedArticle:
    written = _published(entry, name)
    content = first_by_class(entry, "e-content")
    if content is None:
        raise RecordError(
            "body",
            Message("the post has none", code="medium.no_id"),
            "Export it again or leave it out.",
        )
    headline = inner_text(first_by_class(entry, "p-name"))
    _check_no_response(entry, content, headline)
    address = _address(entry)
    dek = inner_text(first_by_class(entry, "p-summary"))
    picture = _picture(content)
    _drop_opening(content, headline, dek)
    markup, removed = extract_story_markup(
        etree.tostring(content, encoding="unicode", with_tail=False)
    )
    body_html, place, signed = take_dateline(strip_headline(sanitise(markup), headline))
    date = parse_page_date(written)
    return ParsedArticle(
        record="1",
        original=data,
        ref=address if 0 < len(address) <= 255 else name,
        headline=headline,
        dek=dek if len(dek) <= _DEK_LIMIT else "",
        body_html=body_html,
        bylines=tuple(
            ParsedName(inner_text(element)) for element in find_by_class(entry, "p-author")
        ),
        dateline=place,
        credit=signed,
        published_at=date[0] if date else None,
        date_precision=date[1] if date else "minute",
        ed_note="" if date else f"Date as written: {written}",
        tags=tuple(
            f"topic:{inner_text(element)}"
            for element in find_by_class(entry, "p-tag")
            if inner_text(element)
        ),
        remote_picture=picture,
        removed=tuple(removed),
        former_addresses=tuple(_paths(address)),
    )


def _published(entry: Any, name: str) -> str:
    """Return the date as written. Raises RecordError for a draft, which has none."""
    element = first_by_class(entry, "dt-published")
    if _DRAFT.search(name) or element is None:
        remedy = "Publish it on Medium and export again, or write the story here."
        raise RecordError("status", Message("it is a draft there", code="medium.draft"), remedy)
    return str(element.get("datetime") or inner_text(element))


def _check_no_response(entry: Any, content: Any, headline: str) -> None:
    """Raise RecordError for a comment: it answers to something, or has no title but its own first words."""
    is_answer = first_by_class(entry, "u-in-reply-to", "in-reply-to") is not None
    has_title = first_by_class(content, "graf--title", "graf--h2", "graf--h3") is not None
    text = _letters(plain_text(sanitise(etree.tostring(content, encoding="unicode"))))
    has_dek = first_by_class(entry, "p-summary") is not None
    if is_answer or not (has_title or has_dek) and text.startswith(_letters(headline)):
        reason = Message(
            "it is a response (a comment): it has no title of its own", code="medium.response"
        )
        raise RecordError(
            "status", reason, "If it is a story, give it a title and export it again."
        )


def _drop_opening(content: Any, headline: str, dek: str) -> None:
    """Take title and subtitle, which Medium repeats at the top, off the text."""
    for name, text in (("graf--title", headline), ("graf--h3", headline), ("graf--subtitle", dek)):
        element = first_by_class(content, name)
        if element is not None and _letters(inner_text(element)) == _letters(text):
            element.drop_tree()


def _address(entry: Any) -> str:
    link = first_by_class(entry, "p-canonical", "u-url")
    return "" if link is None else clean_url(str(link.get("href") or ""))


def _paths(address: str) -> Iterator[str]:
    path = unquote(urlsplit(address).path)
    if path.strip("/") and len(path) <= 500:
        yield path


def _picture(content: Any) -> RemotePicture | None:
    """Return the first picture of the post, with its caption."""
    image: Any = next(content.iter("img"), None)
    if image is None:
        return None
    url = clean_url(str(image.get("src") or ""))
    if not url:
        return None
    figure = next((ancestor for ancestor in image.iterancestors("figure")), None)
    caption = inner_text(next(figure.iter("figcaption"), None)) if figure is not None else ""
    return RemotePicture(url, str(image.get("alt") or "")[:500], caption[:1000])


def _letters(line: str) -> str:
    return re.sub(r"\W+", "", line).casefold()
