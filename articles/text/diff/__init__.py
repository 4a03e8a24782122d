"""Two texts or two bodies -> what changed, word by word, with formatting, links and kinds of blocks."""

from .bodies import diff_bodies
from .passages import DiffPiece, Op, Passage, Shape
from .plain import diff

__all__ = ["DiffPiece", "Op", "Passage", "Shape", "diff", "diff_bodies"]
