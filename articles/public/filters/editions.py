"""What readers may ask of the list of stories."""

from datetime import datetime
from functools import cached_property

from django.conf import settings
from django.utils.translation import gettext_lazy

from articles.models.editions import Edition, EditionQuerySet
from articles.models.search import key_at
from articles.public.search import FoundStories, find_stories
from articles.text.search import parse_query
from articles.text.search.index import IndexQuery, label

from .base import FilterForm, ListFilter
from .fields import SlugFilter
from .link_walk import LinkWalk, plan_walk


class EditionFilter(ListFilter):
    """Parse, validate and apply a reader's filters of stories."""

    section = SlugFilter(label=gettext_lazy("Section"), max_length=120)

    class Meta:
        model = Edition
        fields: list[str] = []
        form = FilterForm

    def filter_queryset(self, queryset: EditionQuerySet) -> EditionQuerySet:
        """Narrow ``queryset`` by all filters at once, newest first; of words, to the newest hits of the index."""
        if hits := self.hits:
            return queryset.filter(pk__in=hits.editions).newest()
        since, until = self.bounds()
        if targets := self.walk.targets:
            queryset = queryset.linked_to(*targets, since=since, until=until)
        else:
            queryset = queryset.newest()
        return self.within(queryset)

    @cached_property
    def hits(self) -> FoundStories | None:
        """The newest hits of the words that are looked for, and how many there are in all; None without words."""
        values = self.form.cleaned_data
        if not values["q"]:
            return None
        query = parse_query(values["q"], settings.LANGUAGE_CODE)
        rows = [("t", tag) for tag in (*values["tags"], *values["sections"])]
        rows += [("p", values["person"]), ("o", values["organization"])]
        labels = tuple(label(letter, row.pk) for letter, row in rows if row)
        since, until = self.bounds()
        return find_stories(
            IndexQuery(query, labels),
            since=key_at(since) if since else None,
            before=key_at(until) if until else None,
        )

    @cached_property
    def walk(self) -> LinkWalk:
        """The rows that a story must link, in the order in which their links are looked at."""
        values = self.form.cleaned_data
        rows = [*values["tags"], *values["sections"], values["person"], values["organization"]]
        return plan_walk((row for row in rows if row), self.within)

    def deepest(self) -> tuple[datetime, int] | None:
        """Return the key of the last link that a list of several tags looked at, None if it saw them all."""
        return self.walk.deepest
