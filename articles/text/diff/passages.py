"""What a difference consists of: passages, one a paragraph, made of pieces."""

from dataclasses import dataclass
from typing import Literal

from articles.text.html.blocks import PLAIN, Style

Op = Literal["equal", "insert", "delete", "restyle"]
ShapeName = Literal["p", "h2", "h3", "ul", "ol", "other"]


@dataclass(frozen=True, slots=True)
class DiffPiece:
    """Words that stayed, came or went; or stayed and are set in another ``style`` than ``old_style``."""

    op: Op
    text: str
    style: Style = PLAIN
    old_style: Style | None = None


@dataclass(frozen=True, slots=True)
class Shape:
    """What a paragraph is: plain, a crosshead ("h2", "h3"), an item of a list ("ul", "ol"), or a block of another kind.

    ``begins`` tells that it begins a list or quoted block of its own, where that is all that differs. ``source`` is
    the HTML of another kind of block, which is compared as one whole.
    """

    name: ShapeName = "p"
    is_quoted: bool = False
    begins: bool = False
    source: str = ""


PARAGRAPH = Shape()


@dataclass(frozen=True, slots=True)
class DiffParagraph:
    """A paragraph to compare. ``runs`` are (end, style), each up to, not including, its end; none: all of it plain."""

    text: str
    runs: tuple[tuple[int, Style], ...] = ()
    shape: Shape = PARAGRAPH


@dataclass(frozen=True, slots=True)
class Passage:
    """One paragraph in pieces; or, without pieces, ``skipped`` unchanged paragraphs that are not shown.

    ``shape`` is what it is now, of one that went what it was; ``old_shape`` what it was before, None if the same.
    """

    pieces: tuple[DiffPiece, ...] = ()
    skipped: int = 0
    shape: Shape = PARAGRAPH
    old_shape: Shape | None = None

    @property
    def is_changed(self) -> bool:
        """Tell whether anything came, went or looks different."""
        return self.old_shape is not None or any(piece.op != "equal" for piece in self.pieces)
