"""What readers may ask of the list of quotes."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.conf import settings
from django.db.models import Q

from articles.models.edition_quotes import EditionQuote, EditionQuoteQuerySet
from articles.models.search import keys_between
from articles.models.visibility import published_between
from articles.public.search.quotes import find_quotes
from articles.text.search import parse_query
from articles.text.search.index import label

from .base import FilterForm, ListFilter
from .profile import with_all_tags


@dataclass(frozen=True, slots=True)
class SelectedQuotes:
    """Quotes that fit, in their order. ``looked_to`` is as in ``FoundQuotes``: whether others may fit behind them."""

    quotes: EditionQuoteQuerySet
    looked_to: datetime | None = None


class QuoteFilter(ListFilter):
    """Parse, validate and apply a reader's filters of quotes."""

    class Meta:
        model = EditionQuote
        fields: list[str] = []
        form = FilterForm

    def filter_queryset(self, queryset: EditionQuoteQuerySet) -> EditionQuoteQuerySet:
        """Return all that fits, newest first; of words, the quotes of the newest stories that have them."""
        return self.selection.quotes

    @cached_property
    def selection(self) -> "SelectedQuotes":
        """The quotes that fit, newest first."""
        return self.select()

    def select(
        self,
        *,
        since: datetime | None = None,
        until: datetime | None = None,
        oldest_first: bool = False,
    ) -> "SelectedQuotes":
        """Return the quotes that fit, of the days asked for and ``[since, until)`` (aware), newest or oldest first."""
        since, until = self.bounds_within(since, until)
        quotes: EditionQuoteQuerySet = EditionQuote.objects.listed()
        quotes = self._narrow(published_between(quotes, since, until))
        quotes = quotes.oldest() if oldest_first else quotes.newest()
        values = self.form.cleaned_data
        if not values["q"]:
            return SelectedQuotes(quotes)
        rows = [("t", tag) for tag in values["tags"]]
        rows += [("p", values["person"]), ("o", values["organization"])]
        matches = find_quotes(
            parse_query(values["q"], settings.LANGUAGE_CODE),
            quotes,
            labels=tuple(label(letter, row.pk) for letter, row in rows if row),
            oldest_first=oldest_first,
            **keys_between(since, until),
        )
        return SelectedQuotes(quotes.filter(pk__in=matches.quotes), matches.looked_to)

    def _narrow(self, queryset: EditionQuoteQuerySet) -> EditionQuoteQuerySet:
        """Narrow ``queryset`` by who spoke and on what. An organization spoke, or was spoken for."""
        values = self.form.cleaned_data
        if person := values["person"]:
            queryset = queryset.filter(person=person)
        if organization := values["organization"]:
            queryset = queryset.filter(Q(organization=organization) | Q(said_for=organization))
        quotes: EditionQuoteQuerySet = with_all_tags(queryset, values["tags"])
        return quotes
