"""Quotes on record whose words are no longer in the text, with the passage that may be their new wording."""

from dataclasses import dataclass

from articles.models import Quote
from articles.record.decisions.review import Review
from articles.record.quotes.detached import Paragraphs, suggest_rewording

from .field_values import FieldValues, FormState


@dataclass(frozen=True, slots=True)
class DetachedQuote:
    """A quote whose words are no longer in the text.

    ``passage`` stands there now, ``field_values.words`` may be the new wording.
    """

    key: str
    quote: Quote
    passage: str
    field_values: FieldValues
    error: str


def build_detached_quotes(reviewed: Review, form_state: FormState) -> list[DetachedQuote]:
    """Return the detached quotes of a story, what was sent in vain (``form_state``) in their fields."""
    texts = Paragraphs(reviewed.body_text if reviewed.detached else "")
    detached = []
    for item in reviewed.detached:
        key, words = f"q{item.quote_on_record.pk}", item.quote_on_record.text
        passage = texts.nearest(words)
        field_values = FieldValues(words=suggest_rewording(words, passage)).with_posted(
            key, form_state.data
        )
        detached.append(
            DetachedQuote(
                key, item.quote_on_record, passage, field_values, form_state.error_of(key)
            )
        )
    return detached
