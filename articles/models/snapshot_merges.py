"""Three snapshots of a story -> one, and the sides that a person chose of it; the rules that hold beyond one field."""

from collections.abc import Mapping
from typing import Any

from articles.story_fields import FIELDS_BY_NAME
from articles.text.merge3 import MergeChoice, apply_choices, merge3

FIELD_KINDS = {name: str(field.kind) for name, field in FIELDS_BY_NAME.items()}
HEADLINE_ORIGIN = "is_headline_derived"

Snapshot = Mapping[str, Any]  # as ``Article.snapshot()`` gives it


def merge_snapshots(
    base: Snapshot, mine: Snapshot, theirs: Snapshot, *, choose_all: bool = False
) -> dict[str, Any]:
    """Return ``mine`` and ``theirs``, both made from ``base``, as one; ``merge3`` says where a choice stands.

    Where a headline comes from is never a question: it goes with the headline (``choose_sides``).
    """
    merged = merge3(base, mine, theirs, FIELD_KINDS, choose_all=choose_all)
    if isinstance(merged.get(HEADLINE_ORIGIN), MergeChoice):
        merged[HEADLINE_ORIGIN] = mine.get(HEADLINE_ORIGIN, False)
    return merged


def choose_sides(
    merged: Snapshot, sides: Mapping[str, str], *, mine: Snapshot, theirs: Snapshot
) -> dict[str, Any]:
    """Return ``merged`` with ``sides`` of its parts ("mine" or "theirs" by key; mine of what is not named).

    Raises ChoiceError, see ``apply_choices``.
    """
    values = apply_choices(merged, sides)
    if HEADLINE_ORIGIN in values and "headline" in values:
        is_theirs = mine.get("headline") != values["headline"] == theirs.get("headline")
        side = theirs if is_theirs else mine
        values[HEADLINE_ORIGIN] = side.get(HEADLINE_ORIGIN, False)
    return values
