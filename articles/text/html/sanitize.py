"""HTML of any origin -> the few tags that a story may have."""

import re
from collections.abc import Iterable
from html import escape
from urllib.parse import quote

import nh3

from articles.text.characters import printable
from articles.text.html.blocks import Block, BlockKind, Style, serialise
from articles.text.html.tokens import Token, tokens, unescaped

TAGS = {"p", "h2", "h3", "ul", "ol", "li", "blockquote", "a", "em", "strong", "br"}
SCHEMES = {"http", "https", "mailto"}

_HEADINGS: dict[str, BlockKind] = {"h1": "h2", "h2": "h2"}
_HEADINGS |= dict.fromkeys(("h3", "h4", "h5", "h6"), "h3")
_BREAKS = {
    *("p", "div", "section", "article", "main", "header", "footer", "aside", "nav", "figure"),
    *("figcaption", "address", "details", "summary", "center", "hr", "table", "caption", "thead"),
    *("tbody", "tfoot", "tr", "dl", "dt", "dd", "pre", "form", "fieldset", "legend", "body"),
}

_PARAGRAPH_BREAK = re.compile(r"\n[ \t]*\n\s*")
# nh3 takes quadratic time on these: each is one letter while it looks, and no printable text holds those.
_STAND_INS = {"&amp;": "\x01", "&lt;": "\x02", "&gt;": "\x03", "\xa0": "\x04"}
_UNSAFE_IN_URL = re.compile(r"[\s\"<>\\^`{|}]")


# Paragraphs and headings of plain words, as ``sanitise`` writes them: there is nothing left to do.
_WORD = r"(?:[^\s<>&\x00-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff]++|&(?:amp|lt|gt);)++"
_WORDS = rf"{_WORD}(?: {_WORD})*+"
_PLAIN_BLOCK = rf"<(?:p>{_WORDS}</p|h2>{_WORDS}</h2|h3>{_WORDS}</h3)>"
_PLAIN = re.compile(rf"{_PLAIN_BLOCK}(?:\n{_PLAIN_BLOCK})*+")


def sanitise(html: str) -> str:
    """Return ``html`` with the tags of a story only, well-formed, each block on its own line.

    b, i, h1, h4 to h6 and div become their allowed kin; bare text gets paragraphs (a blank line or two line breaks
    end one); lists and quoted blocks are one level deep; ``q`` becomes quotation marks; links lead to http, https,
    mailto or relative addresses; scripts, styles, comments, pictures and control characters go.
    Idempotent, linear, never raises. What we built goes through nh3, which by itself would take quadratic time on
    nested tags and on texts with many ampersands.
    """
    if _PLAIN.fullmatch(html):
        return html
    built = serialise(parse_blocks(html))
    for written, letter in _STAND_INS.items():
        built = built.replace(written, letter)
    cleaned = nh3.clean(
        built, tags=TAGS, attributes={"a": {"href"}}, url_schemes=SCHEMES, link_rel=None
    )
    for written, letter in _STAND_INS.items():
        cleaned = cleaned.replace(letter, written)
    return sanitise(cleaned) if "<a>" in cleaned else cleaned  # an address that only nh3 refused


def parse_blocks(html: str) -> list[Block]:
    """Return ``html`` as the closed blocks that ``sanitise`` would write."""
    return _Builder().build(printable(html))


def paragraphs_to_html(paragraphs: Iterable[tuple[str, str]]) -> str:
    """Return ``(kind, plain text)`` pairs as HTML, as ``sanitise`` would: "p", "h2", "h3", "li" or "blockquote".

    A newline in a text is a line break. Neighbouring list items, and neighbouring quoted paragraphs, go together.
    """
    paragraphs = list(paragraphs)
    if all(kind == "p" for kind, _ in paragraphs):
        html = "\n".join([f"<p>{escape(text, quote=False)}</p>" for _, text in paragraphs])
        if _PLAIN.fullmatch(html):
            return html
    blocks: list[Block] = []
    before, groups = "", 0
    for kind, text in paragraphs:
        groups += kind != before
        before = kind
        block = _plain_block(kind, groups)
        for number, line in enumerate(printable(text).split("\n")):
            if number:
                block.break_line()
            block.add(line, Style())
        if block.close():
            blocks.append(block)
    return serialise(blocks)


def safe_href(address: str) -> str:
    """Return ``address`` (character references unresolved) fit for a link, percent-encoded.

    Empty when it is neither http, https, mailto nor relative.
    """
    address = re.sub(r"[\t\n]", "", unescaped(address)).strip()
    scheme, colon, _ = re.split(r"[/?#]", address, maxsplit=1)[0].partition(":")
    if colon and scheme.lower() not in SCHEMES:
        return ""
    return _UNSAFE_IN_URL.sub(lambda match: quote(match[0]), address)


def _plain_block(kind: str, group: int) -> Block:
    if kind == "li":
        return Block("li", list_tag="ul", list_id=group)
    if kind == "blockquote":
        return Block("p", quote_id=group)
    return Block("h2" if kind == "h2" else "h3" if kind == "h3" else "p")


class _Builder:
    """Walks the tokens of one text once and collects its blocks."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.block: Block | None = None
        self.kind: BlockKind = "p"
        self.is_bare = True
        self.lists: list[str] = []
        self.href = ""
        self.quotes = self.strong = self.em = self.pre = self.list_id = self.quote_id = 0

    def build(self, html: str) -> list[Block]:
        """Return the closed blocks of ``html``."""
        for token in tokens(html):
            if token.text:
                self.text(token.text)
            elif token.name in ("ul", "ol"):
                self.list(token.name, token.is_end)
            elif token.name == "blockquote":
                self.quote(token.is_end)
            elif token.name in _HEADINGS or token.name in _BREAKS or token.name == "li":
                self.boundary(token.name, token.is_end)
            else:
                self.inline(token)
        self.flush()
        return self.blocks

    def text(self, text: str) -> None:
        """Add ``text``, with the line breaks it means."""
        if not self.pre and not self.is_bare:
            return self.words(text)
        for number, part in enumerate(re.split("\n" if self.pre else _PARAGRAPH_BREAK, text)):
            if number and self.pre:
                self.br()
            elif number:
                self.flush()
            self.words(part)

    def words(self, text: str) -> None:
        """Add ``text`` to the open block, or open one unless it is only white space."""
        if not self.block and not text.strip(" \t\n"):
            return
        self.open().add(text, Style(self.href, bool(self.strong), bool(self.em)))

    def open(self) -> Block:
        """Return the open block; open one of the kind that the place asks for."""
        if self.block:
            return self.block
        quote_id = self.quote_id if self.quotes else 0
        if self.lists:
            self.block = Block("li", self.lists[0], self.list_id, quote_id)
        else:
            self.block = Block("p" if quote_id else self.kind, quote_id=quote_id)
        return self.block

    def flush(self) -> None:
        """Close the open block and keep it when it says anything."""
        if self.block and self.block.close():
            self.blocks.append(self.block)
        self.block = None

    def br(self) -> None:
        """Break the line; a second break in a row ends the paragraph."""
        if not self.block:
            return
        is_second = self.block.ends_with == "\n"
        if is_second and self.block.kind == "p":
            self.flush()
        else:
            self.block.break_line()

    def boundary(self, name: str, is_end: bool) -> None:
        """Begin or end a paragraph, heading or item; inside a list item it is a line break."""
        if self.lists and name != "li":
            return self.block.break_line() if self.block else None
        self.flush()
        self.kind = _HEADINGS.get(name, "p") if not is_end else "p"
        self.is_bare = is_end or name not in _HEADINGS and name not in ("p", "li")
        if name == "pre":
            self.pre = int(not is_end)

    def list(self, name: str, is_end: bool) -> None:
        """Enter or leave a list; an inner list goes on in the outer one."""
        self.flush()
        if is_end:
            self.lists = self.lists[:-1]
            return
        self.list_id += not self.lists
        self.lists.append(name)

    def quote(self, is_end: bool) -> None:
        """Enter or leave a quoted block; inside a list it is a line break."""
        if self.lists:
            return self.boundary("div", is_end)
        self.flush()
        self.quote_id += not is_end and not self.quotes
        self.quotes = max(0, self.quotes + (-1 if is_end else 1))

    def inline(self, token: Token) -> None:
        """Note how what follows is set."""
        step = -1 if token.is_end else 1
        match token.name:
            case "br":
                self.br()
            case "b" | "strong":
                self.strong = max(0, self.strong + step)
            case "i" | "em":
                self.em = max(0, self.em + step)
            case "a":
                self.href = "" if token.is_end else safe_href(token.attribute("href"))
            case "q":
                self.words("”" if token.is_end else "“")
            case "td" | "th":
                self.words(" ")
