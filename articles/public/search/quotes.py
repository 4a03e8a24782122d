"""Quotes by their words: of the newest stories that have the words, those quotes that have them."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from articles.models.edition_quotes import EditionQuoteQuerySet
from articles.models.editions import Edition
from articles.text.search import SearchQuery
from articles.text.search.index import IndexQuery
from articles.text.search.matching import fits

from .stories import find_stories

MOST_QUOTES = 3000  # of these stories that are read


@dataclass(frozen=True, slots=True)
class FoundQuotes:
    """Quotes by their rows. ``looked_to`` (aware): when the last story looked at was published, None if all were."""

    quotes: list[int]
    looked_to: datetime | None = None


def find_quotes(
    query: SearchQuery,
    quotes: EditionQuoteQuerySet,
    *,
    labels: tuple[str, ...] = (),
    since: int | None = None,
    before: int | None = None,
    oldest_first: bool = False,
) -> FoundQuotes:
    """Return which of ``quotes`` have the words of ``query``: of its first stories, as ``find_stories`` bounds them.

    What a quote may not have may stand elsewhere in its story. ``labels`` narrow the stories. At most four queries.
    """
    index_query = IndexQuery(SearchQuery(query.terms), labels)
    hits = find_stories(index_query, since=since, before=before, oldest_first=oldest_first)
    looked_to = hits.deepest[0] if hits.deepest else None
    if not hits.editions:
        return FoundQuotes([], looked_to)
    rows = quotes.filter(edition__in=hits.editions)
    rows = rows.oldest() if oldest_first else rows.newest()
    texts = rows.values_list("pk", "text")[:MOST_QUOTES]
    fitting = [pk for pk, text in texts if fits(query, text, settings.LANGUAGE_CODE)]
    if hits.count <= len(hits.editions):
        return FoundQuotes(fitting, looked_to)
    last = Edition.objects.filter(pk=hits.editions[-1])
    return FoundQuotes(fitting, last.values_list("published_at", flat=True).get())
