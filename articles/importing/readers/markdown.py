"""Markdown, one story a file, with or without YAML front matter as Jekyll, Hugo and their like have it.

Source: https://spec.commonmark.org/0.31.2/, https://jekyllrb.com/docs/front-matter/
"""

import re
from collections.abc import Iterator
from typing import BinaryIO

from markdown_it import MarkdownIt
from markdown_it.token import Token

from articles.importing.front_fields import fields_of
from articles.importing.front_matter import has_front_matter, split_front_matter
from articles.importing.json_text import looks_like_json
from articles.importing.markup import story_part, take_dateline
from articles.importing.parsed import ParsedArticle, Refused
from articles.importing.unfit import Unfit
from articles.text.encoding import decode, is_binary
from articles.text.html import plain_text, sanitise

NAME = "markdown"
IS_ONE_STORY = True
LIMIT = 300_000  # bytes; Markdown takes up to 40 s a megabyte

_SUFFIX = re.compile(r"\.(?:md|markdown|mdown|mkdn?)\Z")
_TEXT = re.compile(
    r"(?:\A|/)[^./]*\Z|\.te?xt\Z"
)  # names that may hold Markdown, when they have front matter
_TEMPLATE = re.compile(r"\{%|\{\{|\{<")
_PARSER = MarkdownIt("commonmark").enable("table")


def identify(head: bytes, name: str) -> bool:
    """Tell whether a file is Markdown: by its suffix, or a text that begins with front matter."""
    if is_binary(head) or looks_like_json(head):
        return False
    name = name.casefold()
    return bool(_SUFFIX.search(name) or _TEXT.search(name) and has_front_matter(decode(head)[0]))


def read(stream: BinaryIO, name: str) -> Iterator[ParsedArticle | Refused]:
    """Yield the one story of ``stream``; its ref is ``name`` (the file's, no suffix) unless it has an id."""
    data = stream.read(LIMIT + 1)
    try:
        if len(data) > LIMIT:
            raise Unfit("file", "the file has more than 300 KB", "Split it: one story a file.")
        if is_binary(data):
            raise Unfit("file", "the file is not text", "Save the story as plain text.")
        if not data.strip():
            raise Unfit("file", "the file is empty", "Export it again or leave it out.")
        yield _parsed(data, name)
    except Unfit as error:
        yield Refused("1", error.field, str(error), error.remedy, data[:LIMIT])


def _parsed(data: bytes, name: str) -> ParsedArticle:
    front, body = split_front_matter(decode(data)[0])
    fields = fields_of(front, name)
    tokens = _PARSER.parse(body)
    heading = _take_heading(tokens, fields.get("headline", ""))
    markup, removed = story_part(_PARSER.renderer.render(tokens, _PARSER.options, {}))
    body_html, place, signed = take_dateline(sanitise(markup))
    fields["ed_note"] = "\n".join(filter(None, (fields["ed_note"], *_notes(body, tokens))))
    found = {"headline": heading, "dateline": place, "credit": signed, "removed": tuple(removed)}
    return ParsedArticle(record="1", original=data, body_html=body_html, **(found | fields))


def _notes(body: str, tokens: list[Token]) -> Iterator[str]:
    """Yield what an editor has to look after."""
    if _TEMPLATE.search(body):
        yield "The text holds tags of a template: look it through."
    inner = (child for token in tokens for child in token.children or [])
    pictures = [str(child.attrGet("src")) for child in inner if child.type == "image"]
    if pictures:
        yield f"Pictures left out: {', '.join(pictures)}"


def _take_heading(tokens: list[Token], headline: str) -> str:
    """Take the headline off ``tokens`` and return its words: a first-level heading that stands first or alone.

    With ``headline`` given, only a heading that repeats it goes.
    """
    places = [at for at, token in enumerate(tokens) if token.type == "heading_open"]
    first = [at for at in places if tokens[at].tag == "h1" and not tokens[at].level]
    if not first or (len(first) > 1 and first[0]):
        return ""
    inline = tokens[first[0] + 1].children or []
    words = plain_text(sanitise(_PARSER.renderer.render(inline, _PARSER.options, {})))
    words = " ".join(words.split())
    if headline and words != " ".join(headline.split()):
        return ""
    del tokens[first[0] : first[0] + 3]
    return words
