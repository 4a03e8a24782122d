"""What a story's quotes say against publishing: off the record, under embargo, a source whom nobody let go unnamed."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.utils import timezone

from articles import printed
from articles.models import Quote

LONGEST = 80


def reasons_of_quotes(quotes: Iterable[Quote], starts_at: datetime) -> list[str]:
    """Return why a story with ``quotes`` cannot go out at ``starts_at`` (aware), a sentence each.

    Readers get nothing before now, whatever date the story carries. Detached quotes are not looked at: they stand in
    no text. Reads only the quotes and who spoke.
    """
    at = max(starts_at, timezone.now())
    confirmed = (quote for quote in quotes if quote.state == Quote.State.CONFIRMED)
    return [reason for quote in confirmed for reason in _reasons(quote, at)]


def _reasons(quote: Quote, at: datetime) -> Iterator[str]:
    words = f"“{shortened(quote.text, LONGEST)}”"
    if quote.is_off_record:
        yield (
            f"A quote of {quote.speaker} is off the record: {words} Take its words out of the text and off the "
            "record, or clear the mark on the quote once the speaker has agreed."
        )
    if quote.embargoed_until and quote.embargoed_until > at:
        yield (
            f"A quote of {quote.speaker} may not go out before {printed.moment(quote.embargoed_until)}: {words} "
            "Schedule the story for then."
        )
    if not (quote.person_id or quote.organization_id):
        yield from _reasons_of_unnamed(quote, words)


def _reasons_of_unnamed(quote: Quote, words: str) -> Iterator[str]:
    if not quote.unnamed.strip():
        yield f"A quote has nobody who said it: {words} Describe the source on the quote, as readers will see it."
    if not quote.unnamed_reason.strip():
        yield f"Nobody has said why {quote.unnamed} is not named: {words} Fill in the reason on the quote."
    if quote.approved_at is None:
        yield (
            f"Nobody has approved that {quote.unnamed} is not named: {words} Somebody who may approve sources does "
            "that in the record."
        )


def shortened(words: str, length: int = LONGEST) -> str:
    """Return ``words`` as one line, at most ``length`` letters of it."""
    line = " ".join(words.split())
    return line if len(line) <= length else f"{line[: length - 1].rstrip()}…"
