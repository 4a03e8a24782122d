"""What readers may ask of two people side by side."""

from typing import Any

from articles.models.edition_quotes import EditionQuote, EditionQuoteQuerySet
from articles.models.people import Person
from articles.models.tags import Tag

from .base import FilterForm, Narrowing
from .fields import SAME, RowsFilter, SlugsFilter
from .subject import of_tags


class CompareForm(FilterForm):
    """Resolves two people instead of one."""

    def clean(self) -> dict[str, Any]:
        numbers = self.cleaned_data.pop("person", None) or []
        values = super().clean()
        found = [Person.objects.public().standing_for(pk) for pk in numbers]
        if len({row.pk for row in found if row}) < len([row for row in found if row]):
            self.add_error("person", SAME)  # one was merged into the other
        values["people"] = self._known("person", found, "person")
        return values


class CompareFilter(Narrowing):
    """Parse, validate and apply: at most two people, and the tags that their quotes are about."""

    person = RowsFilter(label="People")
    tag = SlugsFilter(label="Tags")

    class Meta:
        model = EditionQuote
        fields: list[str] = []
        form = CompareForm

    @property
    def people(self) -> list[Person]:
        """The people asked for, in their order."""
        found: list[Person] = self.form.cleaned_data["people"]
        return found

    @property
    def tags(self) -> list[Tag]:
        """The tags asked for."""
        found: list[Tag] = self.form.cleaned_data["tags"]
        return found

    def filter_queryset(self, queryset: EditionQuoteQuerySet) -> EditionQuoteQuerySet:
        """Narrow ``queryset`` to the tags, newest first; whose quotes they are is asked for each column."""
        found: EditionQuoteQuerySet = of_tags(queryset, self.tags).newest()
        return found

    def pairs(self) -> list[tuple[str, str, str]]:
        """Return ``(name, value, words)`` of each filter that is on."""
        found = [("person", str(person.pk), person.name) for person in self.people]
        return [*found, *(("tag", tag.slug, tag.name) for tag in self.tags)]
