"""What an editor needs to see to decide: one article's suggestions in text order, with the rows that they may mean."""

from dataclasses import dataclass

from articles.models import Article, Quote, Suggestion
from articles.text.html.plain import plain_text

from .accept import story_day
from .items import ReviewItem, SuggestionReader, item_of_quote


@dataclass(frozen=True, slots=True)
class Review:
    """All of one article: ``quotes`` and ``mentions`` in text order, ``folded`` what hardly ever is a quote.

    ``detached`` are quotes on record whose words have gone from the text. ``quotes`` holds quotes by hand too.
    """

    body_text: str
    quotes: list[ReviewItem]
    mentions: list[ReviewItem]
    folded: list[ReviewItem]
    detached: list[ReviewItem]

    @property
    def waiting(self) -> int:
        """How many suggestions wait, those that are folded left out."""
        return sum(item.is_open for item in (*self.quotes, *self.mentions))


def review(article: Article) -> Review:
    """Return what is to be decided about ``article``; the number of queries does not depend on how much it is."""
    body_text, day = plain_text(article.body_html), story_day(article)
    suggestions = list(article.suggestions.select_related("decided_by"))
    rows = article.quotes.select_related("person", "organization").prefetch_related("parts")
    quotes = {quote.pk: quote for quote in rows}
    mentions = article.mentions.select_related("person", "organization")
    reader = SuggestionReader(suggestions, mentions, [body_text])
    items = [
        reader.item(suggestion, body_text, day, quotes.get(suggestion.quote_id or 0))
        for suggestion in suggestions
    ]
    by_hand = quotes.keys() - {suggestion.quote_id for suggestion in suggestions}
    items += [item_of_quote(quotes[pk], body_text) for pk in by_hand]
    items.sort(key=lambda item: item.start)
    attached = [item for item in items if not _is_detached(item)]
    quote_items = [item for item in attached if _is_quote(item)]
    return Review(
        body_text=body_text,
        quotes=[item for item in quote_items if item.quote or not item.is_folded],
        mentions=[item for item in attached if not _is_quote(item)],
        folded=[item for item in quote_items if not item.quote and item.is_folded],
        detached=[item for item in items if _is_detached(item)],
    )


def _is_detached(item: ReviewItem) -> bool:
    return bool(item.quote and item.quote.state == Quote.State.DETACHED)


def _is_quote(item: ReviewItem) -> bool:
    suggestion = item.suggestion
    return bool(item.quote or (suggestion and suggestion.kind == Suggestion.Kind.QUOTE))
