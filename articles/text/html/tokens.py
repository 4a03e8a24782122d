"""HTML of any origin -> texts and tags in reading order; nothing is judged here."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

from articles.text.characters import printable

# Every alternative may end at the end of the text instead of failing there: so each letter is read once.
TOKEN = re.compile(
    r"""<!--(?:-?>|.*?(?:--!?>|\Z))
    | <(?P<end>/?)(?P<name>[a-zA-Z][^\s/>]*)
      (?P<attributes>(?:[^>"'=]|=\s*(?:"[^"]*(?:"|\Z)|'[^']*(?:'|\Z))?|["'])*+)(?:>|\Z)
    | <[!?/][^>]*(?:>|\Z)""",
    re.DOTALL | re.VERBOSE,
)
_ATTRIBUTE = re.compile(r"""([^\s"'>/=]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s>]*))?""")
_SILENT = {
    name: re.compile(f"</{name}", re.IGNORECASE)
    for name in (
        *("script", "style", "template", "noscript", "iframe", "noembed", "noframes"),
        *("object", "svg", "math", "title"),
    )
}
_LONG_NUMBER = re.compile(r"&#[xX]?[0-9a-fA-F]{20,};?")  # unescape() raises on 4,300 digits


@dataclass(frozen=True, slots=True)
class Token:
    """A text (references resolved, printable; ``name`` is empty), or a tag with its name in lower case."""

    text: str = ""
    name: str = ""
    is_end: bool = False
    attributes: str = ""

    def attribute(self, name: str) -> str:
        """Return the value of the first attribute ``name`` as it stands in the source; empty when there is none."""
        for match in _ATTRIBUTE.finditer(self.attributes):
            if match[1].lower() == name:
                value = match[2] or ""
                return value[1:-1] if value[:1] in ("'", '"') else value
        return ""


def tokens(html: str) -> Iterator[Token]:
    """Yield what a browser would show of ``html``, without comments, scripts and their like; linear, never raises."""
    at = 0
    while match := TOKEN.search(html, at):
        if match.start() > at:
            yield Token(unescaped(html[at : match.start()]))
        at = match.end()
        name = (match["name"] or "").lower()
        if name in _SILENT and not match["end"]:
            end = _SILENT[name].search(html, at)
            at = end.start() if end else len(html)
        elif name:
            yield Token("", name, bool(match["end"]), match["attributes"])
    if at < len(html):
        yield Token(unescaped(html[at:]))


def unescaped(text: str) -> str:
    """Resolve the character references of ``text`` once; what they hid is cleaned as well."""
    return printable(unescape(_LONG_NUMBER.sub("", text)))
