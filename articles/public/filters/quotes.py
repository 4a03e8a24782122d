"""What readers may ask of the list of quotes."""

from django.db.models import Q

from articles.models.edition_quotes import EditionQuote, EditionQuoteQuerySet

from .base import FilterForm, ListFilter
from .profile import with_all_tags


class QuoteFilter(ListFilter):
    """Parse, validate and apply a reader's filters of quotes."""

    class Meta:
        model = EditionQuote
        fields: list[str] = []
        form = FilterForm

    def filter_queryset(self, queryset: EditionQuoteQuerySet) -> EditionQuoteQuerySet:
        """Narrow ``queryset`` by all filters at once, newest first. An organization spoke, or was spoken for."""
        values = self.form.cleaned_data
        queryset = self.within(queryset.newest())
        if person := values["person"]:
            queryset = queryset.filter(person=person)
        if organization := values["organization"]:
            queryset = queryset.filter(Q(organization=organization) | Q(said_for=organization))
        queryset = with_all_tags(queryset, values["tags"])
        for word in values["q"].split():
            queryset = queryset.filter(text__icontains=word)
        return queryset
