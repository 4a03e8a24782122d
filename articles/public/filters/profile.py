"""What readers may ask of the page of a person or an organization: a subject, a year."""

from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy

from articles.models.edition_links import EditionTag
from articles.models.edition_quotes import EditionQuote, EditionQuoteQuerySet
from articles.models.editions import DEEPEST_LINKS, EditionQuerySet
from articles.models.organizations import Organization
from articles.models.people import Person
from articles.models.tags import Tag

from .base import BaseFilterSet, FilterForm, midnight
from .fields import SlugsFilter, YearFilter
from .selection import Selection


class ProfileFilter(BaseFilterSet):
    """Parse, validate and apply what narrows the quotes and the stories of one person or organization."""

    tag = SlugsFilter(label=gettext_lazy("Tags"))
    year = YearFilter(label=gettext_lazy("Year"))

    class Meta:
        model = EditionQuote
        fields: list[str] = []
        form = FilterForm

    def bounds(self) -> tuple[datetime | None, datetime | None]:
        """Return the year asked for as aware ``[since, until)``."""
        year = self.form.cleaned_data["year"]
        if not year:
            return None, None
        return midnight(date(year, 1, 1)), midnight(date(year + 1, 1, 1))

    def pairs(self) -> list[tuple[str, str, str]]:
        """Return ``(name, value, words)`` of each filter that is on."""
        year = self.form.cleaned_data["year"]
        pairs = [("tag", tag.slug, tag.name) for tag in self.tags]
        return [*pairs, ("year", str(year), str(year))] if year else pairs

    @property
    def tags(self) -> list[Tag]:
        """The tags asked for."""
        tags: list[Tag] = self.form.cleaned_data["tags"]
        return tags

    @property
    def chosen_year(self) -> int | None:
        """The year asked for, None for all."""
        year: int | None = self.form.cleaned_data["year"]
        return year

    def with_all_tags(self, quotes: EditionQuoteQuerySet) -> EditionQuoteQuerySet:
        """Narrow ``quotes`` to stories that bear all tags asked for, of any year, newest first."""
        return with_all_tags(quotes, self.tags).newest()

    def stories(
        self,
        target: Person | Organization,
        *,
        since: datetime | None = None,
        until: datetime | None = None,
        oldest_first: bool = False,
    ) -> EditionQuerySet:
        """Return the listed stories of ``target`` that fit, of ``[since, until)`` (aware), newest or oldest first."""
        since, until = self.bounds_within(since, until)
        rows = [target, *self.tags]
        return Selection("", rows, (), since, until, oldest_first).editions

    def as_quote_filters(self) -> list[tuple[str, str]]:
        """Return the filters as the list of all quotes reads them in an address."""
        pairs = [("tag", tag.slug) for tag in self.tags]
        if self.chosen_year:
            pairs += [
                ("after", f"{self.chosen_year:04}-01-01"),
                ("before", f"{self.chosen_year:04}-12-31"),
            ]
        return pairs


def with_all_tags(quotes: EditionQuoteQuerySet, tags: list[Tag]) -> Any:
    """Narrow ``quotes`` to those of stories that bear all ``tags``.

    Of a tag of few stories they are looked up, so that no walk through all quotes looks for them.
    """
    rarest = min(tags, key=lambda tag: tag.link_count, default=None)
    if rarest and rarest.link_count < DEEPEST_LINKS:
        links = EditionTag.objects.filter(tag=rarest)
        quotes = quotes.filter(edition__in=links.values("edition_id")[:DEEPEST_LINKS])
        tags = [tag for tag in tags if tag != rarest]
    for tag in tags:
        links = EditionTag.objects.filter(edition=OuterRef("edition"), tag=tag)
        quotes = quotes.filter(Exists(links))
    return quotes
