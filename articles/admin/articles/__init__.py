"""Stories: their list, their form and what its buttons do."""

from . import admin, correction_drafts, right_of_reply

__all__ = ["admin", "correction_drafts", "right_of_reply"]
