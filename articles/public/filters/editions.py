"""What readers may ask of the list of stories."""

from datetime import datetime
from functools import cached_property

from django.db.models import Q
from django.utils.translation import gettext_lazy

from articles.models.editions import Edition, EditionQuerySet

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
        """Narrow ``queryset`` by all filters at once, newest first."""
        since, until = self.bounds()
        if targets := self.walk.targets:
            queryset = queryset.linked_to(*targets, since=since, until=until)
        else:
            queryset = queryset.newest()
        queryset = self.within(queryset)
        for word in self.form.cleaned_data["q"].split():
            queryset = queryset.filter(Q(headline__icontains=word) | Q(body_text__icontains=word))
        return queryset

    @cached_property
    def walk(self) -> LinkWalk:
        """The rows that a story must link, in the order in which their links are looked at."""
        values = self.form.cleaned_data
        rows = [*values["tags"], *values["sections"], values["person"], values["organization"]]
        return plan_walk((row for row in rows if row), self.within)

    def deepest(self) -> tuple[datetime, int] | None:
        """Return the key of the last link that a list of several tags looked at, None if it saw them all."""
        return self.walk.deepest
