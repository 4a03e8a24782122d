"""WHAT WAS SAID: what an editor decides about a find, and how the record follows the text."""

from .accept import Details, accept, accept_clear, reject
from .approve import approve
from .choice import Choice, Undecided
from .follow import follow
from .keep import add_by_hand, find_words, reword
from .remove import remove
from .undo import undo

__all__ = [
    "Choice",
    "Details",
    "Undecided",
    "accept",
    "accept_clear",
    "add_by_hand",
    "approve",
    "find_words",
    "follow",
    "reject",
    "remove",
    "reword",
    "undo",
]
