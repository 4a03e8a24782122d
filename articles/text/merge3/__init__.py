"""Two versions of a story that both come from a third one -> one version, with a marked choice where they collide."""

from .choices import MergeChoice, find_choices, join_parts
from .fields import merge3, merge_body
from .parts import (
    SIDES,
    ChoiceError,
    ConflictPart,
    apply_choices,
    keep_both_sides,
    list_parts,
)
from .sentences import split_pieces

__all__ = [
    "SIDES",
    "ChoiceError",
    "ConflictPart",
    "MergeChoice",
    "apply_choices",
    "find_choices",
    "join_parts",
    "keep_both_sides",
    "list_parts",
    "merge3",
    "merge_body",
    "split_pieces",
]
