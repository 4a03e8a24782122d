"""The whole record verified: words letter by letter, nothing that leads nowhere, nothing that readers have otherwise.

Nothing is changed. Each check is a stream: however large the paper, one chunk of it is in memory.
"""

from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise

from django.db.models import Exists, OuterRef

from articles.models import Article, Edition, Quote
from articles.models.quotes import JOINT, joined
from articles.publishing.checks import shortened
from articles.text.html import plain_text, sanitise

from .dangling import dangling
from .facts import Sense
from .found import Found, in_chunks
from .stale import Stale, stale_stories

DECIDE = "Decide about the quote in the record of the story."
RESTORE = "An edition never changes by itself: compare it with a backup."
REMEDIES = {
    Sense.WRONG: "Correct the story.",
    Sense.BEHIND: "Publish the story, or its record.",
    Sense.RENAMED: "The name was right in its time: no error.",
}


def verbatim() -> Iterator[Found]:
    """Yield each quote whose words are not those at its places: in working texts, then in every edition."""
    quotes = Quote.objects.confirmed().filter(article=OuterRef("pk"))
    stories = Article.objects.filter(Exists(quotes)).only("body_html")
    for chunk in in_chunks(stories.prefetch_related("quotes__parts")):
        for article in chunk:
            body_text = plain_text(sanitise(article.body_html))
            for quote in article.quotes.all():
                if quote.state == Quote.State.CONFIRMED:
                    yield from _of_quote(quote, body_text)
    editions = Edition.objects.exclude(quotes=[])
    for chunk in in_chunks(editions.only("article_id", "number", "body_text", "quotes")):
        for edition in chunk:
            yield from _of_edition(edition)


def _of_quote(quote: Quote, body_text: str) -> Iterator[Found]:
    """Check the parts of one quote against ``body_text``, and the whole against its parts."""
    parts = list(quote.parts.all())

    def found(field: str, words: str) -> Found:
        return Found("verbatim", field, words, DECIDE, quote.article_id, quote.quote_key)

    for part in parts:
        there = body_text[part.start : part.end]
        if there != part.text:
            words = f"“{shortened(part.text)}” is not at {part.start} to {part.end}: “{shortened(there)}”."
            yield found(f"part {part.ordinal}", words)
    if any(before.end > after.start for before, after in pairwise(parts)):
        yield found("parts", "They overlap, or are not in the order of the text.")
    if parts and quote.text != joined([part.text for part in parts]):
        yield found("text", f"“{shortened(quote.text)}” is not what its parts say.")


def _of_edition(edition: Edition) -> Iterator[Found]:
    for quote in edition.quotes:
        there = JOINT.join(edition.body_text[start:end] for start, end in quote["parts"])
        if there != quote["text"]:
            words = f"“{shortened(quote['text'])}” is not at its places: “{shortened(there)}”."
            field = f"edition {edition.number}"
            yield Found("verbatim", field, words, RESTORE, edition.article_id, quote["key"])


def stale() -> Iterator[Found]:
    """Yield what each live story says otherwise than the record."""
    for story in stale_stories(Edition.objects.listed()):
        yield from _of_story(story)


def _of_story(story: Stale) -> Iterator[Found]:
    for fact in story.facts:
        yield Found(
            "stale",
            fact.what,
            fact.sentence,
            REMEDIES[fact.sense],
            story.article.pk,
            fact.key,
            fact.sense != Sense.RENAMED,
        )


CHECKS: Mapping[str, Callable[[], Iterator[Found]]] = {
    "verbatim": verbatim,
    "dangling": dangling,
    "stale": stale,
}
