"""What somebody said about something: their newest quotes that have the words, or stand in a story that has them."""

from collections.abc import Iterator, Sequence

from django.conf import settings

from articles.models.edition_quotes import EditionQuote, EditionQuoteQuerySet
from articles.models.name_words import EntityName
from articles.models.people import Person
from articles.text.search import SearchQuery
from articles.text.search.matching import fits

MOST_READ = 300  # newest quotes of all who are meant
MOST_SPEAKERS = 3


def find_statements(names: Sequence[EntityName], topic: SearchQuery, most: int) -> list[int]:
    """Return the rows of at most ``most`` listed quotes of ``names`` about ``topic``.

    First those whose own words have it, then those of stories whose headline has it or what is missing of it; each
    newest first. One query a person, two an organization: what it said, and what was said for it.
    """
    querysets = [queryset for name in names[:MOST_SPEAKERS] for queryset in _quotes_of(name)]
    own, others = {}, {}
    for queryset in querysets if topic else []:
        columns = ("pk", "published_at", "text", "edition__headline")
        for pk, at, text, headline in queryset.values_list(*columns)[: MOST_READ // len(querysets)]:
            if fits(topic, text, settings.LANGUAGE_CODE):
                own[pk] = at
            elif fits(topic, f"{text}\n{headline}", settings.LANGUAGE_CODE):
                others[pk] = at
    newest = [sorted(rows, key=lambda pk: (rows[pk], pk), reverse=True) for rows in (own, others)]
    return [*newest[0], *newest[1]][:most]


def _quotes_of(name: EntityName) -> Iterator[EditionQuoteQuerySet]:
    quotes = EditionQuote.objects.listed().newest()
    if isinstance(name.entity, Person):
        yield quotes.filter(person=name.entity)
    else:
        yield quotes.filter(organization=name.entity)
        yield quotes.filter(said_for=name.entity)
