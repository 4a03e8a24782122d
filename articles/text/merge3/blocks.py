"""The HTML of a body -> its outermost blocks, and three versions of one block -> one."""

import re
from collections.abc import Sequence

from .choices import MergeChoice
from .sentences import join_pieces, split_pieces
from .sequence import merge_sequence

_TAG = re.compile(r"<(?P<end>/?)(?P<name>[a-zA-Z][a-zA-Z0-9-]*)(?P<rest>[^<>]*)>")
_VOID = {"br", "hr", "img", "wbr", "source", "track", "col", "embed", "input"}
_TEXT = re.compile(r"<(p|h2|h3|li)>(.*)</\1>", re.DOTALL)
_CONTAINER = re.compile(r"<(ul|ol|blockquote)>\n(.*)\n</\1>", re.DOTALL)
_BLOCKS_WITHIN = re.compile(r"</?(?:p|h[1-6]|li|ul|ol|blockquote|div|figure|table)\b")


def split_blocks(html: str) -> list[str]:
    """Return the outermost elements of ``html`` in order, whatever they are; ``join_blocks`` puts them together.

    Text between two is a block of its own; an element that is never closed takes the rest.
    """
    blocks: list[str] = []
    depth = start = 0
    for tag in _TAG.finditer(html):
        if tag["name"].lower() in _VOID or tag["rest"].endswith("/"):
            continue
        if not tag["end"]:
            if not depth:
                blocks.append(html[start : tag.start()])
                start = tag.start()
            depth += 1
        elif depth:
            depth -= 1
            if not depth:
                blocks.append(html[start : tag.end()])
                start = tag.end()
    blocks.append(html[start:])
    return [block.strip() for block in blocks if block.strip()]


def join_blocks(blocks: Sequence[str]) -> str:
    """Return ``blocks`` as one body, as ``sanitise`` writes it: each on a line of its own."""
    return "\n".join(blocks)


def merge_block(base: str, mine: str, theirs: str) -> str | None:
    """Return one block that both sides have reworded, None where a person has to choose.

    Lists and quoted blocks are merged item by item, paragraphs and crossheads sentence by sentence. All else
    (figures, tables, what this room has never heard of) is one whole.
    """
    blocks = (base, mine, theirs)
    if parts := _match_all(_CONTAINER, blocks):
        name, *children = parts
        merged = merge_sequence(*map(split_blocks, children), merge_item=merge_block)
        inner = _without_choices(merged)
        return None if inner is None else f"<{name}>\n{join_blocks(inner)}\n</{name}>"
    if parts := _match_all(_TEXT, blocks):
        name, *texts = parts
        if any(_BLOCKS_WITHIN.search(text) for text in texts):
            return None
        merged = merge_sequence(*map(split_pieces, texts), merge_item=_choose_sentence)
        sentences = _without_choices(merged)
        return None if sentences is None else f"<{name}>{join_pieces(sentences)}</{name}>"
    return None


def _match_all(pattern: re.Pattern[str], blocks: Sequence[str]) -> tuple[str, str, str, str] | None:
    """Return the element's name and what is in each of three ``blocks`` of one kind; None when they are not."""
    matches = [match for block in blocks if (match := pattern.fullmatch(block))]
    names = {match[1] for match in matches}
    if len(matches) != 3 or len(names) != 1:
        return None
    base, mine, theirs = matches
    return base[1], base[2], mine[2], theirs[2]


def _without_choices(merged: Sequence[str | MergeChoice]) -> list[str] | None:
    items = [item for item in merged if isinstance(item, str)]
    return items if len(items) == len(merged) and items else None


def _choose_sentence(base: str, mine: str, theirs: str) -> None:
    """Merge nothing within a sentence: of two wordings it would make a third that nobody has written."""
