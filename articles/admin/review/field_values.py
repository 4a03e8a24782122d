"""The values in the fields of one find: as it was detected, or as they were sent."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from articles.models import Quote
from articles.record.decisions.items import ReviewItem


@dataclass(frozen=True, slots=True)
class FieldValues:
    """What stands in the fields of one find: as it was found, or as it was sent."""

    who: str = ""
    name: str = ""
    role: str = ""
    kind: str = ""
    seat: str = ""
    reason: str = ""
    namesake: str = ""
    words: str = ""
    number: str = ""

    def with_posted(self, key: str, data: Mapping[str, str]) -> "FieldValues":
        """Return these answers with what ``data`` says of the find ``key``: ``who-17``, ``role-17`` …"""
        if f"sent-{key}" not in data:
            return self
        return FieldValues(**{name: data.get(f"{name}-{key}", "") for name in self.__slots__})


@dataclass(frozen=True, slots=True)
class FormState:
    """What was sent for the find ``key`` in vain, and why: ``error`` is a sentence for the editor."""

    data: Mapping[str, str] = field(default_factory=dict)
    key: str = ""
    error: str = ""

    def error_of(self, key: str) -> str:
        """Return what stands at the find ``key``."""
        return self.error if key == self.key else ""


def initial_values(item: ReviewItem) -> FieldValues:
    """Return the answers that stand in the fields before an editor changes any."""
    chosen = next((option.value for option in item.options if option.is_chosen), "")
    detected = item.suggestion.found if item.suggestion else {}
    return FieldValues(
        who=chosen, name=item.name, role=item.role, kind=suggested_kind(detected), number=""
    )


def suggested_kind(detected: Mapping[str, Any]) -> str:
    """Return the kind that a find has when it becomes a quote."""
    kind = detected.get("kind", "")
    return kind if kind in Quote.Kind.values else Quote.Kind.PARTIAL.value
