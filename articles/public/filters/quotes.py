"""What readers may ask of the list of quotes."""

from django.conf import settings
from django.db.models import Q

from articles.models.edition_quotes import EditionQuote, EditionQuoteQuerySet
from articles.models.search import key_at
from articles.public.search.quotes import FoundQuotes, find_quotes
from articles.text.search import parse_query
from articles.text.search.index import label

from .base import FilterForm, ListFilter
from .profile import with_all_tags


class QuoteFilter(ListFilter):
    """Parse, validate and apply a reader's filters of quotes."""

    hits: FoundQuotes | None = (
        None  # of the words that are looked for, once the list has been filtered
    )

    class Meta:
        model = EditionQuote
        fields: list[str] = []
        form = FilterForm

    def filter_queryset(self, queryset: EditionQuoteQuerySet) -> EditionQuoteQuerySet:
        """Narrow ``queryset`` by all filters at once, newest first. An organization spoke, or was spoken for.

        Of words, to the quotes of the newest stories that have them (``hits``).
        """
        values = self.form.cleaned_data
        queryset = self.within(queryset.newest())
        if person := values["person"]:
            queryset = queryset.filter(person=person)
        if organization := values["organization"]:
            queryset = queryset.filter(Q(organization=organization) | Q(said_for=organization))
        queryset = with_all_tags(queryset, values["tags"])
        if not values["q"]:
            return queryset
        labels = [("t", tag) for tag in values["tags"]]
        labels += [("p", person), ("o", organization)]
        since, until = self.bounds()
        self.hits = find_quotes(
            parse_query(values["q"], settings.LANGUAGE_CODE),
            queryset,
            labels=tuple(label(letter, row.pk) for letter, row in labels if row),
            since=key_at(since) if since else None,
            before=key_at(until) if until else None,
        )
        return queryset.filter(pk__in=self.hits.quotes)
