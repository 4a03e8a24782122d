"""The one canonical form of a body: paragraphs, crossheads, lists and quoted blocks, each on its own line."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import escape
from typing import Literal

BlockKind = Literal["p", "h2", "h3", "li"]

_SPACE = re.compile("[ \t\n\f\r]+")


@dataclass(frozen=True, slots=True)
class Style:
    """How a run of letters is set; ``href`` is percent-encoded and empty outside a link."""

    href: str = ""
    is_strong: bool = False
    is_em: bool = False

    def tags(self) -> list[tuple[str, str]]:
        """Return the opening and closing tag of each element, from the outermost inwards."""
        link = [(f'<a href="{escape(self.href, quote=False)}">', "</a>")] if self.href else []
        strong = [("<strong>", "</strong>")] if self.is_strong else []
        return link + strong + ([("<em>", "</em>")] if self.is_em else [])


PLAIN = Style()


@dataclass(slots=True)
class Block:
    """One block. A newline in a run is a line break; ``listed`` is "ul", "ol" or empty.

    ``list_id`` and ``quote_id`` keep neighbouring lists and quoted blocks apart; 0 is none.
    """

    kind: BlockKind
    list_tag: str = ""
    list_id: int = 0
    quote_id: int = 0
    runs: list[tuple[str, Style]] = field(default_factory=list)
    ends_with: str = "\n"

    def add(self, text: str, style: Style) -> None:
        """Append ``text``, white space run together as browsers show it."""
        text = _SPACE.sub(" ", text)
        if self.ends_with in " \n":
            text = text.lstrip(" ")
        self._push(text, style)

    def break_line(self) -> None:
        """Append a line break, unless the block is empty or has just got one."""
        self._trim(" ")
        if self.ends_with != "\n":
            self._push("\n", PLAIN)

    def close(self) -> bool:
        """Cut what trails; tell whether anything is left."""
        self._trim(" \n")
        return bool(self.runs)

    def _push(self, text: str, style: Style) -> None:
        if text:
            self.ends_with = text[-1]
            self.runs.append((text, style))

    def _trim(self, characters: str) -> None:
        while self.runs:
            text, style = self.runs.pop()
            if text := text.rstrip(characters):
                self._push(text, style)
                return
        self.ends_with = "\n"

    def html(self) -> str:
        """Return the block as one line of HTML."""
        return f"<{self.kind}>{''.join(_inline(self.runs))}</{self.kind}>"


def serialise(blocks: Iterable[Block]) -> str:
    """Return closed ``blocks`` as HTML, each on its own line, lists and quoted blocks opened and closed around them."""
    lines: list[str] = []
    quote_id = list_id = 0
    list_tag = ""
    for block in blocks:
        moved = block.quote_id != quote_id
        if list_tag and (moved or block.list_id != list_id):
            lines.append(f"</{list_tag}>")
            list_tag = ""
        if moved:
            lines += ["</blockquote>"] * bool(quote_id) + ["<blockquote>"] * bool(block.quote_id)
        if block.list_tag and not list_tag:
            lines.append(f"<{block.list_tag}>")
        quote_id, list_id, list_tag = block.quote_id, block.list_id, block.list_tag
        lines.append(block.html())
    lines += [f"</{list_tag}>"] * bool(list_tag) + ["</blockquote>"] * bool(quote_id)
    return "\n".join(lines)


def _inline(runs: list[tuple[str, Style]]) -> Iterator[str]:
    open_tags: list[tuple[str, str]] = []
    for text, style in runs:
        target_tags = open_tags if text == "\n" else style.tags()
        shared = 0
        while (
            shared < min(len(open_tags), len(target_tags))
            and open_tags[shared] == target_tags[shared]
        ):
            shared += 1
        yield from (closing for _, closing in reversed(open_tags[shared:]))
        yield from (opening for opening, _ in target_tags[shared:])
        open_tags = target_tags
        yield escape(text, quote=False).replace("\n", "<br>")
    yield from (closing for _, closing in reversed(open_tags))
