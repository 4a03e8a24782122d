"""One find as an editor decides it: what may be answered, what is answered so far, what each button would do."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from articles.models import Mention, Quote, Suggestion
from articles.record.review import Item, Option

NEW = "new"  # the key of the quote by hand
CHOOSE = Option("", "Choose who it is")
SURE, LIKELY = 0.85, 0.6
UNKEPT = ("new-person", "new-organization")


@dataclass(frozen=True, slots=True)
class Answers:
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

    def after(self, key: str, data: Mapping[str, str]) -> "Answers":
        """Return these answers with what ``data`` says of the find ``key``: ``who-17``, ``role-17`` …"""
        if f"sent-{key}" not in data:
            return self
        return Answers(**{name: data.get(f"{name}-{key}", "") for name in self.__slots__})


@dataclass(frozen=True)
class Card:
    """One find, quote or name. ``key`` is the suggestion's number, ``q`` and the quote's where there is none."""

    key: str
    item: Item | None
    answers: Answers
    options: list[Option]
    number: int = 0
    error: str = ""
    mention: Mention | None = None

    @property
    def is_open(self) -> bool:
        return bool(self.item and self.item.is_open)

    @property
    def is_quote(self) -> bool:
        """Whether it is of something said, not only of a name."""
        item = self.item
        is_said = item and item.suggestion and item.suggestion.kind == Suggestion.Kind.QUOTE
        return bool(item is None or item.quote or is_said)

    @property
    def words(self) -> str:
        """The words that were said, or the name that is printed."""
        if self.item is None:
            return ""
        if self.item.quote:
            return self.item.quote.text
        found = self.item.suggestion.found
        return found.get("text") or found["name"]

    @cached_property
    def shown(self) -> Option | None:
        """The answer that one button can take as it stands; None when the editor has to say more."""
        chosen = next((one for one in self.item.options if one.is_chosen), None)
        if chosen is None or chosen.value == "unnamed":
            return None
        is_full = chosen.value != "new-person" or " " in self.item.name
        return chosen if is_full else None

    @property
    def pinned(self) -> str:
        """What the button sends: the find, the answer and the name that the editor saw beside it."""
        return f"{self.item.suggestion.pk}={self.shown.value}={self.item.name}"

    @property
    def shown_name(self) -> str:
        """Who the button says it is: the row's own name, or a new one."""
        if self.shown.value in UNKEPT:
            kind = "person" if self.shown.value == "new-person" else "organization"
            return f"{self.item.name}, new {kind}"
        return self.shown.label.split(" — ")[0]

    @property
    def is_unfolded(self) -> bool:
        """Whether the fields stand open by themselves."""
        return bool(self.error) or self.shown is None

    @property
    def sureness(self) -> str:
        """How sure the find is, in words; never sure while nobody is clear."""
        if not any(one.is_chosen for one in self.options):
            return "look closely"
        share = self.item.suggestion.confidence
        return "sure" if share >= SURE else "likely" if share >= LIKELY else "look closely"

    @property
    def choices(self) -> list[Option]:
        """Answers to "who is it?"; nobody stands there by accident of the order."""
        return [CHOOSE, *self.options]

    @property
    def kinds(self) -> list[tuple[str, str]]:
        return [(value, str(label)) for value, label in Quote.Kind.choices]

    @property
    def is_rejected(self) -> bool:
        return bool(
            self.item.suggestion and self.item.suggestion.state == Suggestion.State.REJECTED
        )

    @property
    def who(self) -> str:
        """Who it is on record as, with the role as kept."""
        if self.is_rejected:
            return ""
        if not self.mention:
            return ", ".join(filter(None, (self.item.name, self.item.role)))
        row = str(self.mention.person or self.mention.organization)
        other = f"as {row}" if row != self.words else ""
        return ", ".join(filter(None, (other, self.mention.role)))

    @property
    def state(self) -> str:
        """What was decided and by whom."""
        one = self.item.suggestion
        if one is None:
            return f"on record by hand, by {self.item.quote.confirmed_by or 'somebody'}"
        return f"{one.get_state_display()} by {one.decided_by or 'a program'}"


def as_found(item: Item) -> Answers:
    """Return the answers that stand in the fields before an editor changes any."""
    chosen = next((one.value for one in item.options if one.is_chosen), "")
    found = item.suggestion.found if item.suggestion else {}
    return Answers(who=chosen, name=item.name, role=item.role, kind=kind_as_found(found), number="")


def kind_as_found(found: Mapping[str, Any]) -> str:
    """Return the kind that a find has when it becomes a quote."""
    kind = found.get("kind", "")
    return kind if kind in Quote.Kind.values else Quote.Kind.PARTIAL.value
