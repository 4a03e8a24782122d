"""The inside of a paragraph -> pieces of which each can stand without the others."""

import re
from collections.abc import Sequence

_END = re.compile(r"[.!?…](?:[\"'”’»)\]]|</[a-z]+>)* (?!$)")
_SHORT = re.compile(
    r"\b(?:\w|Mr|Mrs|Ms|Mx|Dr|Prof|St|Sgt|Lt|Capt|Col|Gen|Gov|Sen|Rep|Rev|Hon|Jr|Sr|No|vs|cf|etc"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\. $"
)
_TAG = re.compile(r"<(/?)([a-z0-9]+)[^<>]*>")
_PAIRS = (("“", "”"), ("«", "»"), ("„", "“"), ("(", ")"))


def split_pieces(html: str) -> list[str]:
    """Return the sentences of ``html``, the inside of a block, to be joined by one space.

    A quotation, a bracket and an element (a link, emphasis) are never parted: what stands within is one piece.
    """
    sentences: list[str] = []
    start = 0
    for end in _END.finditer(html):
        sentence = html[start : end.end()]
        if _is_complete(sentence):
            sentences.append(sentence[:-1])
            start = end.end()
    return [*sentences, html[start:]]


def join_pieces(sentences: Sequence[str]) -> str:
    """Return ``sentences`` as the inside of one block."""
    return " ".join(sentences)


def _is_complete(sentence: str) -> bool:
    text = _TAG.sub("", sentence)
    depth = 0
    for tag in _TAG.finditer(sentence):
        if tag[2] != "br":
            depth += -1 if tag[1] else 1
    is_open = any(text.count(first) > text.count(last) for first, last in _PAIRS)
    return not (depth or is_open or text.count('"') % 2 or _SHORT.search(text))
