"""What somebody said about what is looked for, as a search shows it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.http import urlencode

from articles.models.edition_quotes import EditionQuote
from articles.models.name_words import EntityName
from articles.models.people import Person
from articles.public.search.statements import find_statements
from articles.public.views.quotes.items import QuoteItem, group_repeated, read_quotes
from articles.text.search import SearchQuery, index_words
from articles.text.search.context import Extract, extract_context, mark_words

MOST_SHOWN, MOST_READ = 5, 12
WORDS_SHOWN = 60  # of one statement


@dataclass(frozen=True, slots=True)
class FittingQuote:
    """A quote, with the words that are looked for marked in it and in its story's headline."""

    item: QuoteItem
    words: Extract
    headline: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class Statements:
    """What ``speaker`` (empty for several) said about ``topic``; ``all_url`` leads to all that they said of it."""

    items: list[FittingQuote]
    speaker: str
    topic: str
    all_url: str


def read_statements(
    names: Sequence[EntityName], topic: SearchQuery, text: str
) -> Statements | None:
    """Read what ``names`` said about ``topic``, their own words on it first: two queries for one person.

    ``text`` is the whole search as it was written. None if they said nothing about it.
    """
    keys = find_statements(names, topic, MOST_READ)
    quotes = EditionQuote.objects.listed().filter(pk__in=keys)
    rows = {row["pk"]: row for row in read_quotes(quotes, size=MOST_READ).rows} if keys else {}
    items = group_repeated([rows[key] for key in keys if key in rows])[:MOST_SHOWN]
    if not items:
        return None
    words = _words_of(topic, text)
    speakers = {item.speaker for item in items}
    return Statements(
        [_fitting_quote(item, topic) for item in items],
        speaker=speakers.pop() if len(speakers) == 1 else "",
        topic=words,
        all_url=_all_url(names[0], words) if len(names) == 1 else "",
    )


def _fitting_quote(item: QuoteItem, topic: SearchQuery) -> FittingQuote:
    return FittingQuote(
        item,
        extract_context(topic, item.words, settings.LANGUAGE_CODE, WORDS_SHOWN),
        mark_words(topic, item.headline, settings.LANGUAGE_CODE),
    )


def _words_of(topic: SearchQuery, text: str) -> str:
    """Return the words of ``topic`` as they stand in ``text``."""
    folded = {word for term in topic.terms for word in term.words}
    words = index_words(text, settings.LANGUAGE_CODE)
    return " ".join(text[word.start : word.end] for word in words if word.folded in folded)


def _all_url(name: EntityName, words: str) -> str:
    kind = "person" if isinstance(name.entity, Person) else "organization"
    return f"{reverse('quotes')}?{urlencode([('q', words), (kind, name.entity.pk)])}"
