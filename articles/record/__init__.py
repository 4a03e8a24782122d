"""WHAT WAS SAID: what an editor decides about a find, and how the record follows the text."""

from .decisions.accept import (
    Overrides,
    accept_clear_suggestions,
    accept_suggestion,
    reject_suggestion,
)
from .decisions.undo import undo_decision
from .quotes.reanchor import sync_record
from .quotes.source_approval import approve_unnamed_source
from .quotes.store import add_quote_by_hand, delete_quote, find_quote_spans, reattach_quote
from .speaker_choice import DecisionError, SpeakerChoice

__all__ = [
    "SpeakerChoice",
    "Overrides",
    "DecisionError",
    "accept_suggestion",
    "accept_clear_suggestions",
    "add_quote_by_hand",
    "approve_unnamed_source",
    "find_quote_spans",
    "sync_record",
    "reject_suggestion",
    "delete_quote",
    "reattach_quote",
    "undo_decision",
]
