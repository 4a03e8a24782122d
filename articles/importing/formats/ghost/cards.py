"""What Ghost's editors store when there is no HTML beside it (mobiledoc, lexical) -> HTML, not yet sanitised.

Sources: https://github.com/bustle/mobiledoc-kit/blob/master/MOBILEDOC.md, https://lexical.dev/docs/concepts/serialization
"""

import json
from collections.abc import Callable, Iterator
from html import escape
from typing import Any

from markdown_it import MarkdownIt

from articles.importing.formats.types import RecordError
from articles.text.messages import Message

MARKDOWN_LIMIT = 300_000  # letters; Markdown takes up to 40 s a megabyte

_PARSER = MarkdownIt("commonmark").enable("table")
_BLOCKS = {"paragraph": "p", "quote": "blockquote", "aside": "blockquote", "listitem": "li"}
_TAGS = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "aside", "ul", "ol", "li"}
_TAGS |= {"a", "em", "i", "strong", "b"}
_SILENT = {"hr", "horizontalrule", "paywall", "soft-return"}
_BOLD, _ITALIC = 1, 2
_REMEDY = "Open the post in Ghost, save it and export it again."

Note = Callable[[str], object]


def mobiledoc_to_html(text: str, note: Note) -> str:
    """Return the HTML of a mobiledoc 0.3; cards that hold no text go to ``note`` by name. Raises RecordError."""
    return _render("mobiledoc", text, lambda value: _Mobiledoc(value, note).html())


def lexical_to_html(text: str, note: Note) -> str:
    """Return the HTML of a lexical state; cards that hold no text go to ``note`` by name. Raises RecordError."""
    return _render("lexical", text, lambda value: "".join(_lexical(value["root"], note)))


def markdown_to_html(text: str) -> str:
    """Return the HTML of a Markdown card. Raises RecordError when it is too long."""
    if len(text) > MARKDOWN_LIMIT:
        raise RecordError(
            "markdown",
            Message("it has more than 300,000 letters", code="ghost.text_size"),
            "Split the post.",
        )
    return str(_PARSER.render(text))


def _render(field: str, text: str, render: Callable[[Any], str]) -> str:
    """Return what ``render`` makes of the JSON ``text``; what has another shape is RecordError."""
    try:
        return render(json.loads(text))
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError) as error:
        raise RecordError(
            field, Message("the text is not stored as Ghost stores it", code="ghost.text"), _REMEDY
        ) from error


class _Mobiledoc:
    """One mobiledoc: ``sections`` point to ``markups``, ``atoms`` and ``cards`` by number."""

    def __init__(self, value: dict[str, Any], note: Note) -> None:
        self.sections: list[list[Any]] = value["sections"]
        self.markups: list[list[Any]] = value.get("markups", [])
        self.atoms: list[list[Any]] = value.get("atoms", [])
        self.cards: list[list[Any]] = value.get("cards", [])
        self.note = note

    def html(self) -> str:
        """Return all sections."""
        return "".join(self._section(*section) for section in self.sections)

    def _section(self, kind: int, value: Any, markers: Any = (), *_: Any) -> str:
        if kind == 1:
            return _tagged(value, self._inline(markers))
        if kind == 3:
            return _tagged(value, "".join(_tagged("li", self._inline(item)) for item in markers))
        if kind == 10:
            name, payload = self.cards[value][:2]
            return _card(name, payload, self.note)
        self.note("image")
        return ""

    def _inline(self, markers: list[list[Any]]) -> str:
        parts: list[str] = []
        open_tags: list[str] = []
        for kind, opened, closed, value in markers:
            for number in opened:
                name, *attributes = self.markups[number]
                name = name if name in _TAGS else "span"
                parts.append(_start(name, attributes[0] if attributes else []))
                open_tags.append(name)
            parts.append(escape(value) if kind == 0 else self._atom(value))
            parts += [f"</{open_tags.pop()}>" for _ in range(closed)]
        return "".join(parts)

    def _atom(self, number: int) -> str:
        name, text = self.atoms[number][:2]
        return "<br>" if name == "soft-return" else escape(text)


def _start(name: str, attributes: list[str]) -> str:
    """Return an opening tag; a link keeps its address, in a list of names and values by turns."""
    pairs = dict(zip(attributes[::2], attributes[1::2], strict=True))
    return f'<a href="{escape(pairs.get("href", ""))}">' if name == "a" else f"<{name}>"


def _tagged(name: str, inner: str) -> str:
    """Return ``inner`` as a block; an aside is a quoted block, an unknown one a paragraph."""
    name = "blockquote" if name in ("aside", "pull-quote") else name if name in _TAGS else "p"
    return f"<{name}>{inner}</{name}>\n"


def _card(name: str, payload: dict[str, Any], note: Note) -> str:
    """Return the text that a card holds; one without a text goes to ``note``."""
    match name:
        case "html":
            return f"{payload['html']}\n"
        case "markdown" | "card-markdown":
            return markdown_to_html(payload["markdown"])
        case "callout":
            return _tagged("p", payload.get("calloutText") or "")
        case "toggle":
            return _tagged("h3", payload.get("heading") or "") + (payload.get("content") or "")
        case _ if name not in _SILENT:
            note(str(name)[:40])
    return ""


def _lexical(node: dict[str, Any], note: Note) -> Iterator[str]:
    """Yield the HTML of the children of ``node``."""
    for child in node.get("children", []):
        kind = child["type"].removeprefix("extended-")
        inner = "".join(_lexical(child, note))
        match kind:
            case "text" | "code-highlight":
                yield _formatted(child["text"], child.get("format", 0))
            case "linebreak":
                yield "<br>"
            case "tab":
                yield " "
            case "link" | "autolink":
                yield f'<a href="{escape(child["url"])}">{inner}</a>'
            case "heading" | "list":
                yield _tagged(child["tag"], inner)
            case _ if kind in _BLOCKS:
                yield _tagged(_BLOCKS[kind], inner)
            case _ if "children" in child:
                yield inner
            case _:
                yield _card(kind, child, note)


def _formatted(text: str, style: int) -> str:
    html = escape(text)
    html = f"<em>{html}</em>" if style & _ITALIC else html
    return f"<strong>{html}</strong>" if style & _BOLD else html
