"""The record follows the text: after each save of a working copy quotes are found again, new finds are looked for."""

import re

from django.db import transaction

from articles.extraction.known import Known
from articles.extraction.suggest import Find, find, suggest
from articles.models import Article, Quote, User
from articles.publishing import settle
from articles.text.html import plain_text

from .anchor import Anchor, find_again
from .keep import put_parts


def follow(article: Article, *, by: User | None, looks_for_more: bool = True) -> list[str]:
    """Bring record, suggestions and what readers have in step with ``article`` as it was just saved, under its lock.

    Quotes whose words are gone are detached, those whose words are back are confirmed again. Without ``looks_for_more``
    nothing new is suggested. Returns sentences for the editor: what came loose, what a hold did.
    """
    body_text = plain_text(article.body_html)
    notes = follow_quotes(article, body_text)
    finds: list[Find] = []
    if looks_for_more:
        known = Known([body_text])
        finds = find(body_text, known)
        suggest(article, finds, known)
    follow_mentions(article, body_text, finds)
    return notes + settle(article, by=by)


def look_again(article_id: int) -> int:
    """Look for people and quotes in a stored article, under its lock; return how many finds wait then."""
    with transaction.atomic():
        article = Article.objects.locked().filter(pk=article_id).first()
        if article is None:
            return 0
        body_text = plain_text(article.body_html)
        known = Known([body_text])
        suggest(article, find(body_text, known), known)
        return article.suggestions.open().likely().count()


def follow_quotes(article: Article, body_text: str) -> list[str]:
    """Find the quotes of ``article`` in ``body_text`` again; return a sentence on each that came loose."""
    notes = []
    for quote in article.quotes.prefetch_related("parts").select_related("person", "organization"):
        parts = quote.parts.all()
        before = [Anchor(p.start, p.end, p.text, p.prefix, p.suffix) for p in parts]
        found = find_again(before, body_text)
        if found and found != before:
            put_parts(quote, found)
        state = Quote.State.CONFIRMED if found else Quote.State.DETACHED
        if quote.state != state:
            quote.state = state
            quote.save(update_fields=["state"])
            if not found:
                notes.append(
                    f"The words of a quote of {quote.speaker} are no longer in the text: “{quote.text[:80]}”. "
                    "It cannot be published until you decide about the quote."
                )
    return notes


def follow_mentions(article: Article, body_text: str, finds: list[Find]) -> None:
    """Note where accepted names stand now: where they were found again, else wherever the full name is printed."""
    found = {one.found["name"]: one.found["spans"] for one in finds if "name" in one.found}
    for mention in article.mentions.all():
        spans = found.get(mention.name) or [
            list(place.span())
            for place in re.finditer(rf"(?<!\w){re.escape(mention.name)}(?!\w)", body_text)
        ]
        if spans != mention.spans:
            mention.spans = spans
            mention.save(update_fields=["spans"])
