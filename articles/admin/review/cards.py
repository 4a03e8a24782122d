"""One find as an editor decides it: what may be answered, what each button would do."""

from dataclasses import dataclass, field
from functools import cached_property

from articles.models import Mention, Quote, Suggestion
from articles.record.decisions.items import NO_ROLE, Option, ReviewItem
from articles.record.decisions.queue import option_by_name

from .field_values import FieldValues

BY_HAND_KEY = "new"  # the key of the quote by hand
CHOOSE_OPTION = Option("", "Choose who it is")
KINDS = ("person", "organization")
SURE, LIKELY = 0.85, 0.6
NEW_ROW_VALUES = ("new-person", "new-organization")
MAX_OTHERS = 40  # people of the story that are offered for a find
MAX_BUTTONS = 4  # candidates that have a button each where none is clear


@dataclass(frozen=True)
class Card:
    """One find, quote or name. ``key`` is the suggestion's number, ``q`` and the quote's where there is none.

    Its fields are shown when it ``is_opened``; ``others`` are whom else its story names, offered after ``options``.
    """

    key: str
    item: ReviewItem | None
    field_values: FieldValues
    options: list[Option]
    number: int = 0
    error: str = ""
    mention: Mention | None = None
    is_opened: bool = False
    others: list[Option] = field(default_factory=list)

    @property
    def review_item(self) -> ReviewItem:
        """The find or the quote that it shows. Raises AttributeError for a quote by hand, which is not stored yet."""
        if self.item is None:
            raise AttributeError("A quote by hand shows nothing that is stored.")
        return self.item

    @property
    def suggestion(self) -> Suggestion:
        """The find that it shows. Raises AttributeError for a quote that no find led to."""
        if self.review_item.suggestion is None:
            raise AttributeError("No find led to this quote.")
        return self.review_item.suggestion

    @property
    def is_open(self) -> bool:
        return bool(self.item and self.item.is_open)

    @property
    def is_quote(self) -> bool:
        """Whether it is of something said, not only of a name."""
        item = self.item
        is_quote_suggestion = (
            item and item.suggestion and item.suggestion.kind == Suggestion.Kind.QUOTE
        )
        return bool(item is None or item.quote or is_quote_suggestion)

    @property
    def text(self) -> str:
        """The words that were said, or the name that is printed."""
        if self.item is None:
            return ""
        if self.item.quote:
            return self.item.quote.text
        detected = self.suggestion.found
        return detected.get("text") or detected["name"]

    @cached_property
    def suggested_option(self) -> Option | None:
        """The answer that one button can take as it stands; None when the editor has to say more."""
        chosen = next((option for option in self.review_item.options if option.is_chosen), None)
        if chosen is None or chosen.value == "unnamed":
            return None
        is_full = chosen.value != "new-person" or " " in self.review_item.name
        return chosen if is_full else None

    @property
    def button_option(self) -> Option:
        """The answer that its button takes. Raises AttributeError where the editor has to say more."""
        if self.suggested_option is None:
            raise AttributeError("No answer can be taken as it stands.")
        return self.suggested_option

    @property
    def accept_value(self) -> str:
        """What the button sends: the find, the answer and the name that the editor saw beside it."""
        return self._accept_value_of(self.button_option)

    @property
    def alternatives(self) -> list[tuple[str, str]]:
        """Where nobody is clear, each row that it may mean: what its button sends, and the label with the role."""
        rows = (
            []
            if self.suggested_option or self.is_opened
            else [option for option in self.options if option.is_row]
        )
        return [(self._accept_value_of(option), option.label) for option in rows[:MAX_BUTTONS]]

    def _accept_value_of(self, option: Option) -> str:
        return f"{self.suggestion.pk}={option.value}={self.review_item.name}"

    @property
    def suggested_name(self) -> str:
        """Who the button says it is: the row's own name, or a new one."""
        if self.button_option.value in NEW_ROW_VALUES:
            kind = "person" if self.button_option.value == "new-person" else "organization"
            return f"{self.review_item.name}, new {kind}"
        return self.button_option.label.split(" — ")[0]

    @property
    def suggested_role(self) -> str:
        """As what the row is known that the button says."""
        role_label = (
            self.button_option.label.partition(" — ")[2] if self.button_option.is_row else ""
        )
        return "" if role_label.startswith(NO_ROLE) else role_label

    @property
    def attribution_text(self) -> str:
        """How the text names who spoke, where no button says the same: "she", "a senior official", and the verb."""
        detected = self.suggestion.found
        mention, cue = detected.get("mention", ""), detected.get("cue", "")
        has_button = self.suggested_option or any(option.is_row for option in self.options)
        is_on_button = has_button and self.review_item.name in mention
        if not mention or is_on_button:
            return ""
        return f"by “{mention}” and “{cue}”" if cue else f"by “{mention}”"

    @property
    def speaker_option(self) -> Option | None:
        """Whom the other finds of the story may mean too: who this one is, or the name that it gives."""
        for row in (self.mention, self.review_item.quote):
            kind = "person" if row and row.person_id else "organization"
            entity = row and (row.person or row.organization)
            if row and entity:
                return Option(
                    f"{kind}:{entity.pk}", f"{entity} — {row.role}" if row.role else str(entity)
                )
        detected = self.suggestion.found if self.is_open else {}
        entity_type = detected.get("speaker_type") or detected.get("type")
        if not self.review_item.name or entity_type not in ("person", "organization"):
            return None
        suggested = self.suggested_option
        return (
            suggested
            if suggested and suggested.is_row
            else option_by_name(self.review_item.name, entity_type)
        )

    @property
    def confidence_label(self) -> str:
        """How sure the find is, in words; never sure while nobody is clear."""
        if not any(option.is_chosen for option in self.options):
            return "look closely"
        confidence = self.suggestion.confidence
        return (
            "sure" if confidence >= SURE else "likely" if confidence >= LIKELY else "look closely"
        )

    @property
    def choices(self) -> list[Option]:
        """Answers to "who is it?": who it may be, who else is in the story, others; nobody by accident of the order."""
        rows = [option for option in self.options if option.is_row]
        other_answers = [option for option in self.options if not option.is_row]
        listed = {option.value for option in rows} | {f"named-{kind}={self.name}" for kind in KINDS}
        others = [option for option in self.others if option.value not in listed]
        return [CHOOSE_OPTION, *rows, *others, *other_answers]

    @property
    def name(self) -> str:
        """The name that the find gives, empty for a quote by hand."""
        return self.item.name if self.item else ""

    @property
    def short_label(self) -> str:
        """What a short label calls it: the number that it has on the page, or its name."""
        return str(self.number or "it") if self.is_quote else self.text

    @property
    def kinds(self) -> list[tuple[str, str]]:
        return [(value, str(label)) for value, label in Quote.Kind.choices]

    @property
    def is_rejected(self) -> bool:
        return bool(
            self.review_item.suggestion
            and self.review_item.suggestion.state == Suggestion.State.REJECTED
        )

    @property
    def speaker_label(self) -> str:
        """Who it is on record as, with the role as kept."""
        if self.is_rejected:
            return ""
        if not self.mention:
            return ", ".join(filter(None, (self.review_item.name, self.review_item.role)))
        row = str(self.mention.person or self.mention.organization)
        row_name = f"as {row}" if row != self.text else ""
        return ", ".join(filter(None, (row_name, self.mention.role)))

    @property
    def waits_for_approval(self) -> bool:
        """Whether nobody has approved that its source is not named."""
        quote = self.review_item.quote
        return bool(quote and quote.unnamed and quote.approved_at is None)

    @property
    def state(self) -> str:
        """What was decided and by whom."""
        suggestion = self.review_item.suggestion
        if suggestion is None:
            by = self.review_item.quote_on_record.confirmed_by or "somebody"
            return f"on record by hand, by {by}"
        return f"{suggestion.get_state_display()} by {suggestion.decided_by or 'a program'}"
