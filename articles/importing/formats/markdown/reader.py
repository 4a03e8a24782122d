"""Markdown, one story a file, with or without YAML front matter as Jekyll, Hugo and their like have it.

Source: https://spec.commonmark.org/0.31.2/, https://jekyllrb.com/docs/front-matter/
"""

import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from markdown_it import MarkdownIt
from markdown_it.token import Token

from articles.importing.formats.common.json_records import looks_like_json
from articles.importing.formats.common.markup import (
    extract_story_markup,
    strip_headline,
    take_dateline,
)
from articles.importing.formats.markdown.fields import front_matter_fields
from articles.importing.formats.markdown.front_matter import has_front_matter, split_front_matter
from articles.importing.formats.reader import SingleStoryReader
from articles.importing.formats.types import ParsedArticle, RecordError, RejectedRecord
from articles.text.encoding import decode, is_binary
from articles.text.html.plain import plain_text
from articles.text.html.sanitize import sanitise
from articles.text.messages import Message

_MAX_TAGS_LISTED = 12  # names of tags that editors are told
LIMIT = 300_000  # bytes; Markdown takes up to 40 s a megabyte

_SUFFIX = re.compile(r"\.(?:md|markdown|mdown|mkdn?)\Z")
_TEXT = re.compile(  # names of what is a post when it has front matter
    r"(?:\A|/)[^./]*\Z|\.(?:te?xt|html?)\Z"
)
_TEMPLATE = re.compile(r"\{%-?\s*(\w*)|\{\{[<%]?\s*(\w*)|\{<")
_IMAGE = re.compile(r"<img\b[^<>]{0,500}?\bsrc\s*=\s*[\"']?([^\"'\s<>]{1,2000})", re.IGNORECASE)
_PARSER = MarkdownIt("commonmark").enable("table")


class MarkdownReader(SingleStoryReader):
    """Reads Markdown with front matter."""

    NAME = "markdown"

    def identify(self, head: bytes, name: str) -> bool:
        """Tell whether a file is Markdown: by its suffix, or a text or page that begins with front matter."""
        if is_binary(head) or looks_like_json(head):
            return False
        name = name.casefold()
        return bool(
            _SUFFIX.search(name) or _TEXT.search(name) and has_front_matter(decode(head)[0])
        )

    def read(self, stream: BinaryIO, name: str) -> Iterator[ParsedArticle | RejectedRecord]:
        """Yield the one story of ``stream``; its ref is ``name`` (the file's, no suffix) unless it has an id."""
        data = stream.read(LIMIT + 1)
        try:
            if len(data) > LIMIT:
                raise RecordError(
                    "file",
                    Message("the file has more than 300 KB", code="markdown.size"),
                    "Split it: one story a file.",
                )
            if is_binary(data):
                raise RecordError(
                    "file",
                    Message("the file is not text", code="markdown.not_text"),
                    "Save the story as plain text.",
                )
            if not data.strip():
                raise RecordError(
                    "file",
                    Message("the file is empty", code="markdown.empty"),
                    "Export it again or leave it out.",
                )
            yield _parsed(data, name)
        except RecordError as error:
            yield RejectedRecord("1", error.field, error.reason, error.remedy, data[:LIMIT])


READER = MarkdownReader()


def _parsed(data: bytes, name: str) -> ParsedArticle:
    front, body = split_front_matter(decode(data)[0])
    is_page = name.casefold().endswith((".html", ".htm"))
    name = name.rpartition(".")[0] if is_page else name
    fields = front_matter_fields(front, name)
    body = _without_separator(body, front.get("excerpt_separator"))
    tokens = _PARSER.parse(body)
    is_page = is_page or _is_page(tokens)
    headline = fields.get("headline", "")
    heading = "" if is_page else _take_heading(tokens, headline)
    markup = body if is_page else _PARSER.renderer.render(tokens, _PARSER.options, {})
    markup, removed = extract_story_markup(markup)
    body_html = sanitise(markup)
    body_html = strip_headline(body_html, headline) if is_page else body_html
    body_html, place, signed = take_dateline(body_html)
    fields["ed_note"] = "\n".join(filter(None, (fields["ed_note"], *_notes(body, tokens))))
    from_body = {
        "headline": heading,
        "dateline": place,
        "credit": signed,
        "removed": tuple(removed),
    }
    return ParsedArticle(record="1", original=data, body_html=body_html, **(from_body | fields))


def _notes(body: str, tokens: list[Token]) -> Iterator[str]:
    """Yield what an editor has to look after."""
    tags = [match[1] or match[2] or "" for match in _TEMPLATE.finditer(body)]
    if tags:
        names = [tag for tag in dict.fromkeys(tags) if tag and not tag.startswith("end")]
        listed = f" ({', '.join(names[:_MAX_TAGS_LISTED])})" if names else ""
        yield f"The text holds tags of a template{listed}: look it through."
    inner = (child for token in tokens for child in token.children or [])
    pictures = [str(child.attrGet("src")) for child in inner if child.type == "image"]
    pictures += _IMAGE.findall(body)
    if pictures:
        yield f"Pictures left out: {', '.join(dict.fromkeys(pictures))}"


def _is_page(tokens: list[Token]) -> bool:
    """Tell whether a body is HTML, as that of Jekyll's ``.html`` posts is, whose suffix is gone by now.

    It begins with HTML, and none of its blocks is Markdown.
    """
    if not tokens or tokens[0].type != "html_block":
        return False
    blocks = [token for token in tokens if token.type not in ("paragraph_open", "paragraph_close")]
    return all(
        block.type == "html_block"
        or block.type in ("inline", "code_block")
        and block.content.lstrip().startswith(("<", "{%", "{{"))
        for block in blocks
    )


def _without_separator(body: str, separator: Any) -> str:
    """Return ``body`` without the line that parts the excerpt from the rest; an excerpt repeats the beginning."""
    mark = separator.strip() if isinstance(separator, str) else ""
    if not mark or "\n" in mark:
        return body
    before, cut, after = body.partition(f"\n\n{mark}\n")
    return f"{before}\n\n{after}" if cut else body


def _take_heading(tokens: list[Token], headline: str) -> str:
    """Take the headline off ``tokens`` and return its words: a first-level heading that stands first or alone.

    With ``headline`` given, only a heading that repeats it goes.
    """
    places = [at for at, token in enumerate(tokens) if token.type == "heading_open"]
    first = [at for at in places if tokens[at].tag == "h1" and not tokens[at].level]
    if not first or (len(first) > 1 and first[0]):
        return ""
    inline = tokens[first[0] + 1].children or []
    heading = plain_text(sanitise(_PARSER.renderer.render(inline, _PARSER.options, {})))
    heading = " ".join(heading.split())
    if headline and heading != " ".join(headline.split()):
        return ""
    del tokens[first[0] : first[0] + 3]
    return heading
