"""What readers may ask of the list of stories."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q

from articles.models.edition_links import LINKS
from articles.models.editions import DEEPEST_LINKS, Edition, EditionQuerySet
from articles.models.organizations import Organization
from articles.models.people import Person
from articles.models.tags import Tag

from .base import FilterForm, ListFilter
from .fields import SlugFilter

Target = Tag | Person | Organization


class EditionFilter(ListFilter):
    """Parse, validate and apply a reader's filters of stories."""

    section = SlugFilter(label="Section", max_length=120)

    class Meta:
        model = Edition
        fields: list[str] = []
        form = FilterForm

    def filter_queryset(self, queryset: EditionQuerySet) -> EditionQuerySet:
        """Narrow ``queryset`` by all filters at once, newest first."""
        since, until = self.bounds()
        if targets := self.targets():
            queryset = queryset.linked_to(*targets, since=since, until=until)
        else:
            queryset = queryset.newest()
        queryset = self.within(queryset)
        for word in self.form.cleaned_data["q"].split():
            queryset = queryset.filter(Q(headline__icontains=word) | Q(body_text__icontains=word))
        return queryset

    def targets(self) -> list[Target]:
        """Return the rows that a story must link, the rarest first; how rare people are is not counted."""
        values = self.form.cleaned_data
        rows = [*values["tags"], *values["sections"], values["person"], values["organization"]]
        return rarest_first(row for row in rows if row)

    def deepest(self) -> tuple[datetime, int] | None:
        """Return the key of the last link that a list of several tags looked at, None if it saw them all."""
        targets = self.targets()
        if len(targets) < 2 or getattr(targets[0], "link_count", DEEPEST_LINKS) < DEEPEST_LINKS:
            return None
        name = str(targets[0]._meta.model_name)
        links = self.within(LINKS[name].objects.filter(**{name: targets[0]}))
        keys = links.newest().values_list("published_at", "edition_id")
        return next(iter(keys[DEEPEST_LINKS - 1 : DEEPEST_LINKS]), None)


def rarest_first(rows: Iterable[Target]) -> list[Target]:
    """Return ``rows``, each once, as ``linked_to`` wants them; how rare people are is not counted."""
    once = dict.fromkeys(rows)
    return sorted(once, key=lambda row: getattr(row, "link_count", DEEPEST_LINKS))
