"""The cards of a page: a numbered one for each find, and one for a quote by hand."""

from collections.abc import Iterable, Mapping

from articles.models import Mention, Quote
from articles.record.decisions.items import Option, ReviewItem

from .cards import BY_HAND_KEY, MAX_OTHERS, NEW_ROW_VALUES, Card
from .field_values import FieldValues, FormState, initial_values


def build_cards(
    items: Iterable[ReviewItem], mentions: Mapping[int, Mention], form_state: FormState
) -> list[Card]:
    """Return the finds numbered from 1."""
    cards = []
    for number, item in enumerate(items, 1):
        suggestion = item.suggestion
        key = str(suggestion.pk) if suggestion else f"q{item.quote_on_record.pk}"
        mention = mentions.get(suggestion.mention_id or 0) if suggestion else None
        field_values = initial_values(item).with_posted(key, form_state.data)
        error = form_state.error_of(key)
        cards.append(Card(key, item, field_values, item.options, number, error, mention))
    return cards


def build_by_hand_card(cards: Iterable[Card], form_state: FormState) -> Card:
    """Return the fields of a quote by hand: of anybody in the story, of somebody else, of nobody named."""
    field_values = FieldValues(kind=Quote.Kind.DIRECT).with_posted(BY_HAND_KEY, form_state.data)
    speakers = {
        card.speaker_option.value: card.speaker_option for card in cards if card.speaker_option
    }
    labels = ("New person", "New organization")
    options = [
        *list(speakers.values())[:MAX_OTHERS],
        Option("known", "Somebody on record, by name"),
        *(Option(value, label) for value, label in zip(NEW_ROW_VALUES, labels, strict=True)),
        Option("unnamed", "Somebody not named"),
    ]
    return Card(
        BY_HAND_KEY,
        None,
        field_values,
        [],
        error=form_state.error_of(BY_HAND_KEY),
        is_opened=True,
        others=options,
    )
