"""What a story's quotes say against publishing: off the record, under embargo, a source whom nobody let go unnamed."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.utils.translation import gettext

from articles import clock, dates
from articles.models import Quote
from articles.text.excerpt import shorten


def quote_blockers(quotes: Iterable[Quote], starts_at: datetime) -> list[str]:
    """Return why a story with ``quotes`` cannot go out at ``starts_at`` (aware), a sentence each.

    Readers get nothing before now, whatever date the story carries. Detached quotes are not looked at: they stand in
    no text. Reads only the quotes and who spoke.
    """
    at = max(starts_at, clock.now())
    confirmed = (quote for quote in quotes if quote.state == Quote.State.CONFIRMED)
    return [reason for quote in confirmed for reason in _reasons(quote, at)]


def _reasons(quote: Quote, at: datetime) -> Iterator[str]:
    words = f"“{shorten(quote.text)}”"
    if quote.is_off_record:
        yield (
            f"A quote of {quote.speaker} is off the record: {words} Take its words out of the text and off the "
            "record, or clear the mark on the quote once the speaker has agreed."
        )
    if quote.embargoed_until and quote.embargoed_until > at:
        yield (
            f"A quote of {quote.speaker} may not go out before {dates.format_datetime(quote.embargoed_until)}: {words} "
            "Schedule the story for then."
        )
    for _, problem in quote.problems():
        yield gettext(
            "Something is wrong with the quote %(words)s %(problem)s Mend it on the quote."
        ) % {"words": words, "problem": problem}
    if quote.unnamed.strip() and quote.approved_at is None:
        yield (
            f"Nobody has approved that {quote.unnamed} is not named: {words} Somebody who may approve sources does "
            "that in the record."
        )
