"""One find as an editor decides it: what may be answered, what is answered so far, what each button would do."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from articles.models import Mention, Quote, Suggestion
from articles.record.items import NO_ROLE, Item, Option
from articles.record.waiting import by_name

NEW = "new"  # the key of the quote by hand
CHOOSE = Option("", "Choose who it is")
KINDS = ("person", "organization")
SURE, LIKELY = 0.85, 0.6
UNKEPT = ("new-person", "new-organization")
MOST_BUTTONS = 4  # candidates that have a button each where none is clear


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
    """One find, quote or name. ``key`` is the suggestion's number, ``q`` and the quote's where there is none.

    Its fields are shown when it ``is_opened``; ``others`` are whom else its story names, offered after ``options``.
    """

    key: str
    item: Item | None
    answers: Answers
    options: list[Option]
    number: int = 0
    error: str = ""
    mention: Mention | None = None
    is_opened: bool = False
    others: list[Option] = field(default_factory=list)

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
        return self._pin(self.shown)

    @property
    def rivals(self) -> list[tuple[str, str]]:
        """Where nobody is clear, each row that it may mean: what its button sends, and the label with the role."""
        rows = [] if self.shown or self.is_opened else [one for one in self.options if one.is_row]
        return [(self._pin(one), one.label) for one in rows[:MOST_BUTTONS]]

    def _pin(self, one: Option) -> str:
        return f"{self.item.suggestion.pk}={one.value}={self.item.name}"

    @property
    def shown_name(self) -> str:
        """Who the button says it is: the row's own name, or a new one."""
        if self.shown.value in UNKEPT:
            kind = "person" if self.shown.value == "new-person" else "organization"
            return f"{self.item.name}, new {kind}"
        return self.shown.label.split(" — ")[0]

    @property
    def shown_as(self) -> str:
        """As what the row is known that the button says."""
        as_what = self.shown.label.partition(" — ")[2] if self.shown.is_row else ""
        return "" if as_what.startswith(NO_ROLE) else as_what

    @property
    def printed(self) -> str:
        """How the text names who spoke, where no button says the same: "she", "a senior official", and the verb."""
        found = self.item.suggestion.found
        mention, cue = found.get("mention", ""), found.get("cue", "")
        has_button = self.shown or any(one.is_row for one in self.options)
        is_said = has_button and self.item.name in mention
        if not mention or is_said:
            return ""
        return f"by “{mention}” and “{cue}”" if cue else f"by “{mention}”"

    @property
    def bearer(self) -> Option | None:
        """Whom the other finds of the story may mean too: who this one is, or the name that it gives."""
        for row in (self.mention, self.item.quote):
            kind = "person" if row and row.person_id else "organization"
            who = row and (row.person or row.organization)
            if who:
                return Option(f"{kind}:{who.pk}", f"{who} — {row.role}" if row.role else str(who))
        found = self.item.suggestion.found if self.is_open else {}
        kind = found.get("speaker_type") or found.get("type")
        if not self.item.name or kind not in ("person", "organization"):
            return None
        shown = self.shown
        return shown if shown and shown.is_row else by_name(self.item.name, kind)

    @property
    def sureness(self) -> str:
        """How sure the find is, in words; never sure while nobody is clear."""
        if not any(one.is_chosen for one in self.options):
            return "look closely"
        share = self.item.suggestion.confidence
        return "sure" if share >= SURE else "likely" if share >= LIKELY else "look closely"

    @property
    def choices(self) -> list[Option]:
        """Answers to "who is it?": who it may be, who else is in the story, others; nobody by accident of the order."""
        rows = [one for one in self.options if one.is_row]
        rest = [one for one in self.options if not one.is_row]
        listed = {one.value for one in rows} | {f"named-{kind}={self.name}" for kind in KINDS}
        others = [one for one in self.others if one.value not in listed]
        return [CHOOSE, *rows, *others, *rest]

    @property
    def name(self) -> str:
        """The name that the find gives, empty for a quote by hand."""
        return self.item.name if self.item else ""

    @property
    def call(self) -> str:
        """What a short label calls it: the number that it has on the page, or its name."""
        return str(self.number or "it") if self.is_quote else self.words

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
    def waits_for_approval(self) -> bool:
        """Whether nobody has approved that its source is not named."""
        quote = self.item.quote
        return bool(quote and quote.unnamed and quote.approved_at is None)

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
