"""What came and what went, marked so that it is read aloud, copied and printed without styles as it is seen."""

from collections.abc import Iterable

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from articles.text.diff import DiffPiece

register = template.Library()

# The brackets and words are for who sees no underline: without them "18" that became "8" reads as "188".
_WORDS = '<span class="visually-hidden">[{}: </span>{}<span class="visually-hidden">]</span>'
_REMOVED, _ADDED = f"<del>{_WORDS}</del>", f"<ins>{_WORDS}</ins>"


@register.simple_tag
def removed(words: str) -> SafeString:
    """Mark ``words`` as taken out."""
    return format_html(_REMOVED, "removed", words)


@register.simple_tag
def added(words: str) -> SafeString:
    """Mark ``words`` as new."""
    return format_html(_ADDED, "added", words)


@register.filter
def as_marked(pieces: Iterable[DiffPiece]) -> SafeString:
    """Return one paragraph of a difference as HTML, escaped; a space parts what went from what came."""
    marked: list[tuple[SafeString | str]] = []
    before = ""
    for piece in pieces:
        if not piece.text:
            continue
        if piece.op == "insert" and before == "delete":
            marked.append((" ",))
        marked.append((_as_html(piece),))
        before = piece.op
    return format_html_join("", "{}", marked)


def _as_html(piece: DiffPiece) -> SafeString | str:
    if piece.op == "equal":
        return piece.text
    return removed(piece.text) if piece.op == "delete" else added(piece.text)
