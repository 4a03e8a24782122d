"""What readers may ask of two people side by side."""

from typing import Any

from django.utils.translation import gettext_lazy

from articles.models.edition_quotes import EditionQuote, EditionQuoteQuerySet
from articles.models.people import Person
from articles.models.tags import Tag

from .base import BaseFilterSet, FilterForm
from .fields import SAME_PERSON_MESSAGE, RowsFilter, SlugsFilter
from .profile import with_all_tags


class CompareForm(FilterForm):
    """Resolves two people instead of one."""

    def clean(self) -> dict[str, Any]:
        numbers = self.cleaned_data.pop("person", None) or []
        values = super().clean()
        people = [Person.objects.public().resolve(pk) for pk in numbers]
        if len({row.pk for row in people if row}) < len([row for row in people if row]):
            self.add_error("person", SAME_PERSON_MESSAGE)  # one was merged into the other
        values["people"] = self._reject_unknown("person", people)
        return values


class CompareFilter(BaseFilterSet):
    """Parse, validate and apply: at most two people, and the tags that their quotes are about."""

    person = RowsFilter(label=gettext_lazy("People"))
    tag = SlugsFilter(label=gettext_lazy("Tags"))

    class Meta:
        model = EditionQuote
        fields: list[str] = []
        form = CompareForm

    @property
    def people(self) -> list[Person]:
        """The people asked for, in their order."""
        people: list[Person] = self.form.cleaned_data["people"]
        return people

    @property
    def tags(self) -> list[Tag]:
        """The tags asked for."""
        tags: list[Tag] = self.form.cleaned_data["tags"]
        return tags

    def filter_queryset(self, queryset: EditionQuoteQuerySet) -> EditionQuoteQuerySet:
        """Narrow ``queryset`` to the tags, newest first; whose quotes they are is asked for each column."""
        filtered: EditionQuoteQuerySet = with_all_tags(queryset, self.tags).newest()
        return filtered

    def pairs(self) -> list[tuple[str, str, str]]:
        """Return ``(name, value, words)`` of each filter that is on."""
        pairs = [("person", str(person.pk), person.name) for person in self.people]
        return [*pairs, *(("tag", tag.slug, tag.name) for tag in self.tags)]
