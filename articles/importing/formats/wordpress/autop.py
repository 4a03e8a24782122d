"""The text of a WordPress post -> HTML as WordPress would show it, not yet sanitised.

Blank lines part paragraphs and single ones break lines, unless the post is made of blocks; shortcodes go.
Sources: https://developer.wordpress.org/reference/functions/wpautop/, https://codex.wordpress.org/Shortcode_API
"""

import re
from html import escape
from itertools import pairwise

from articles.text.html.tokens import TOKEN

_BLOCKS = {
    *("table", "thead", "tfoot", "caption", "col", "colgroup", "tbody", "tr", "td", "th", "div"),
    *("dl", "dd", "dt", "ul", "ol", "li", "pre", "form", "map", "area", "blockquote", "address"),
    *("style", "script", "p", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "fieldset", "legend"),
    *("section", "article", "aside", "hgroup", "header", "footer", "nav", "figure", "figcaption"),
    *("details", "menu", "summary", "br"),
}
_PAGES = re.compile(r"<!--\s*(?:more\b[^<>]*|nextpage\s*)-->")
_BLOCK_MARK = "<!-- wp:"
_SHORTCODE = re.compile(
    r"\[(?P<outer>\[?)(?P<end>/?)(?P<name>[a-zA-Z][\w-]*)(?P<given>(?:[\s/][^\[\]]*+)?)\](?P<close>\]?)"
)
_SHORTCODE_ATTRIBUTES = re.compile(r"""\s[\w-]+=["'&“”″\w/]|/\s*\Z""")
_EMBED = re.compile(r"\[embed(?:\s[^\[\]]*+)?\]\s*(https?://[^\s<>\[\]\"]++)\s*\[/embed\]")
_CAPTIONS = {"caption", "wp_caption"}
_MEDIA = {"audio", "embed", "gallery", "playlist", "video", "wp_playlist"}
_MEDIA |= {"instagram", "slideshow", "soundcloud", "tweet", "twitter", "vimeo", "youtube"}


def wordpress_to_html(text: str) -> tuple[str, list[str]]:
    """Return ``text`` with its paragraphs, without shortcodes, and the names of the media left out with them.

    A word in brackets (``[sic]``) is no shortcode: one has values, an end, or a name that WordPress itself knows.
    Linear, never raises.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = _PAGES.sub("\n\n", text)
    text, media = _without_shortcodes(text)
    return text if _BLOCK_MARK in text else _with_paragraphs(text), media


def _without_shortcodes(text: str) -> tuple[str, list[str]]:
    text = _EMBED.sub(lambda m: f'<a href="{escape(m[1])}">{m[1]}</a>', text)
    shortcodes = list(_SHORTCODE.finditer(text))
    paired = {shortcode["name"] for shortcode in shortcodes if shortcode["end"]}
    media: dict[str, None] = {}

    def replacement(code: re.Match[str]) -> str:
        name, is_end = code["name"], bool(code["end"])
        if code["outer"] and code["close"]:
            return code[0][1:-1]  # doubled brackets are how one writes about them
        if name in _CAPTIONS:
            rest = "</figure>" if is_end else "<figure>"
        elif name in _MEDIA:
            media[name] = None
            rest = ""
        elif name in paired or _SHORTCODE_ATTRIBUTES.search(code["given"]):
            rest = ""
        else:
            return code[0]
        return f"{code['outer']}{rest}{code['close']}"

    return _SHORTCODE.sub(replacement, text), list(media)


def _with_paragraphs(text: str) -> str:
    """Return ``text`` with a tag for each blank line and each line break that stands between words."""
    text = re.sub(r"<!--(?:-?>|.*?(?:--!?>|\Z))", "", text, flags=re.DOTALL)
    tags = [(0, 0, ""), *((m.start(), m.end(), _name(m)) for m in TOKEN.finditer(text))]
    tags.append((len(text), len(text), "p"))
    parts: list[str] = []
    pre = 0
    for (start, end, name), (until, _, after) in pairwise(tags):
        parts.append(text[start:end])
        pre += {"pre": 1, "/pre": -1}.get(name, 0)
        words = text[end:until]
        if pre <= 0 and "\n" in words:
            words = _with_breaks(words, name.removeprefix("/"), after.removeprefix("/"))
        parts.append(words)
    return "".join(parts)


def _name(tag: re.Match[str]) -> str:
    """Return the name of a tag, behind a slash when it ends an element."""
    return f"{tag['end'] or ''}{tag['name'] or ''}".lower()


def _with_breaks(text: str, before: str, after: str) -> str:
    """Return ``text`` with paragraphs and line breaks; those next to the tag of a block mean nothing."""
    if before in _BLOCKS or not before:
        blanks = len(text) - len(text.lstrip())
        prefix = "\n\n" if before and "\n\n" in re.sub(r"[ \t]", "", text[:blanks]) else ""
        text = prefix + text.lstrip()
    if after in _BLOCKS:
        text = text.rstrip()
    lines = text.split("\n")
    for at in range(1, len(lines)):
        lines[at - 1], lines[at] = lines[at - 1].rstrip(" \t"), lines[at].lstrip(" \t")
    text = re.sub(r"\n{2,}", "\0", "\n".join(lines))
    text = text.replace("\n", "<br>\n").replace("\0", "\n<p>")
    return text + ("\n" if after in _BLOCKS else "")
