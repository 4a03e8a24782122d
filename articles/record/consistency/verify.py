"""The whole record verified: words letter by letter, nothing that leads nowhere, nothing that readers have otherwise.

Nothing is changed. Each check is a stream: however large the paper, one chunk of it is in memory.
"""

from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext

from articles.models import Article, Edition, Quote
from articles.models.quotes import JOINT, joined
from articles.record.integrity import IntegrityIssue, in_chunks
from articles.record.private_roles.editions import private_role_issues
from articles.text.excerpt import shorten
from articles.text.html.plain import plain_text
from articles.text.html.sanitize import sanitise

from .discrepancies import Sense
from .orphans import orphaned_rows
from .outdated import OutdatedStory, outdated_stories
from .period_counts import period_count_issues
from .search_words import search_issues
from .unnamed_sources import unnamed_source_issues

DECIDE = "Decide about the quote in the record of the story."
RESTORE = "An edition never changes by itself: compare it with a backup."
REMEDIES = {
    Sense.WRONG: "Correct the story.",
    Sense.PRIVATE: "Publish the story, or its record, then hide the edition before: no correction.",
    Sense.OUTDATED: "Publish the story, or its record.",
    Sense.RENAMED: "The name was right in its time: no error.",
}


def verbatim_issues() -> Iterator[IntegrityIssue]:
    """Yield each quote whose words are not those at its places: in working texts, then in every edition."""
    quotes = Quote.objects.confirmed().filter(article=OuterRef("pk"))
    stories = Article.objects.filter(Exists(quotes)).only("body_html")
    prefetched = ("quotes__parts", "quotes__person", "quotes__organization")
    for chunk in in_chunks(stories.prefetch_related(*prefetched)):
        for article in chunk:
            body_text = plain_text(sanitise(article.body_html))
            quotes_by_span: dict[tuple[int, int], Quote] = {}
            for quote in article.quotes.all():
                if quote.state == Quote.State.CONFIRMED:
                    yield from _quote_issues(quote, body_text)
                    yield from _duplicate_issues(quote, quotes_by_span)
    editions = Edition.objects.filter(article__trashed_at=None).exclude(quotes=[])
    for chunk in in_chunks(editions.only("article_id", "number", "body_text", "quotes")):
        for edition in chunk:
            yield from _edition_issues(edition)


def _quote_issues(quote: Quote, body_text: str) -> Iterator[IntegrityIssue]:
    """Check the parts of one quote against ``body_text``, and the whole against its parts."""
    parts = list(quote.parts.all())

    def issue(field: str, message: str) -> IntegrityIssue:
        return IntegrityIssue("verbatim", field, message, DECIDE, quote.article_id, quote.quote_key)

    for part in parts:
        actual = body_text[part.start : part.end]
        if actual != part.text:
            message = (
                f"“{shorten(part.text)}” is not at {part.start} to {part.end}: “{shorten(actual)}”."
            )
            yield issue(f"part {part.ordinal}", message)
    if any(before.end > after.start for before, after in pairwise(parts)):
        yield issue("parts", "They overlap, or are not in the order of the text.")
    if parts and quote.text != joined([part.text for part in parts]):
        yield issue("text", f"“{shorten(quote.text)}” is not what its parts say.")


def _duplicate_issues(
    quote: Quote, quotes_by_span: dict[tuple[int, int], Quote]
) -> Iterator[IntegrityIssue]:
    """Check that no other quote in ``quotes_by_span`` has a place of ``quote``; then put it there too."""
    for part in quote.parts.all():
        other = quotes_by_span.setdefault((part.start, part.end), quote)
        if other is not quote:
            message = (
                f"“{shorten(part.text)}” is a quote of {other.speaker} too, at the same place."
            )
            field = f"part {part.ordinal}"
            yield IntegrityIssue(
                "verbatim", field, message, DECIDE, quote.article_id, quote.quote_key
            )


def _edition_issues(edition: Edition) -> Iterator[IntegrityIssue]:
    for quote in edition.quotes:
        actual = JOINT.join(edition.body_text[start:end] for start, end in quote["parts"])
        if actual != quote["text"]:
            message = f"“{shorten(quote['text'])}” is not at its places: “{shorten(actual)}”."
            field = f"edition {edition.number}"
            yield IntegrityIssue(
                "verbatim", field, message, RESTORE, edition.article_id, quote["key"]
            )


def invalid_quote_issues() -> Iterator[IntegrityIssue]:
    """Yield what is wrong with each quote that was stored before its door asked, or past it."""
    for chunk in in_chunks(Quote.objects.all()):
        for quote in chunk:
            for field, problem in quote.problems():
                yield IntegrityIssue(
                    "quotes",
                    field,
                    problem,
                    gettext("Mend it on the quote in the admin."),
                    quote.article_id,
                    quote.quote_key,
                )


def outdated_issues() -> Iterator[IntegrityIssue]:
    """Yield what each live story says otherwise than the record."""
    for story in outdated_stories(Edition.objects.listed()):
        yield from _story_issues(story)


def _story_issues(story: OutdatedStory) -> Iterator[IntegrityIssue]:
    for fact in story.facts:
        yield IntegrityIssue(
            "stale",
            fact.kind,
            fact.sentence,
            REMEDIES[fact.sense],
            story.article.pk,
            fact.key,
            fact.sense != Sense.RENAMED,
        )


CHECKS: Mapping[str, Callable[[], Iterator[IntegrityIssue]]] = {
    "verbatim": verbatim_issues,
    "quotes": invalid_quote_issues,
    "dangling": orphaned_rows,
    "stale": outdated_issues,
    "roles": private_role_issues,
    "search": search_issues,
    "archive": period_count_issues,
    "sources": unnamed_source_issues,
}
