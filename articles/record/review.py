"""What an editor needs to see to decide: the finds of one article in text order, with the rows that they may mean."""

from dataclasses import dataclass

from articles.models import Article, Quote, Suggestion
from articles.text.html import plain_text

from .accept import day_of
from .items import Item, Reader, on_record


@dataclass(frozen=True, slots=True)
class Review:
    """All of one article: ``said`` and ``named`` in text order, ``folded`` are finds that hardly ever are quotes.

    ``detached`` are quotes on record whose words have gone from the text. ``said`` holds quotes by hand too.
    """

    body_text: str
    said: list[Item]
    named: list[Item]
    folded: list[Item]
    detached: list[Item]

    @property
    def waiting(self) -> int:
        """How many finds wait, those that are folded left out."""
        return sum(item.is_open for item in (*self.said, *self.named))


def review(article: Article) -> Review:
    """Return what is to be decided about ``article``; the number of queries does not depend on how much it is."""
    body_text, day = plain_text(article.body_html), day_of(article)
    finds = list(article.suggestions.select_related("decided_by"))
    kept = article.quotes.select_related("person", "organization").prefetch_related("parts")
    quotes = {quote.pk: quote for quote in kept}
    mentions = article.mentions.select_related("person", "organization")
    reader = Reader(finds, mentions, [body_text])
    items = [reader.item(one, body_text, day, quotes.get(one.quote_id or 0)) for one in finds]
    by_hand = quotes.keys() - {one.quote_id for one in finds}
    items += [on_record(quotes[pk], body_text) for pk in by_hand]
    items.sort(key=lambda item: item.start)
    shown = [item for item in items if not _is_loose(item)]
    said = [item for item in shown if _is_said(item)]
    return Review(
        body_text=body_text,
        said=[item for item in said if item.quote or not item.suggestion.is_folded],
        named=[item for item in shown if not _is_said(item)],
        folded=[item for item in said if not item.quote and item.suggestion.is_folded],
        detached=[item for item in items if _is_loose(item)],
    )


def _is_loose(item: Item) -> bool:
    return bool(item.quote and item.quote.state == Quote.State.DETACHED)


def _is_said(item: Item) -> bool:
    return bool(item.quote or item.suggestion.kind == Suggestion.Kind.QUOTE)
