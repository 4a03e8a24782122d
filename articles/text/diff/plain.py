"""Two plain texts -> what changed, word by word, for readers and editors."""

from .paragraphs import collapse, diff_paragraphs
from .passages import DiffParagraph, Passage


def diff(old: str, new: str, *, context: int | None = 1) -> list[Passage]:
    """Return the paragraphs of both texts in reading order, with what stayed, came and went.

    Shows ``context`` unchanged paragraphs around each change, all with None; nothing when nothing changed. With None
    the equal and deleted pieces are the old text and the equal and inserted ones the new, paragraphs joined by a blank
    line. Time is bounded: texts that are too long or too different are compared by paragraph only.
    """
    passages = diff_paragraphs(_paragraphs(old), _paragraphs(new))
    return passages if context is None else collapse(passages, context)


def _paragraphs(text: str) -> list[DiffParagraph]:
    return [DiffParagraph(part) for part in text.split("\n\n")] if text else []
