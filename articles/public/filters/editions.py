"""What readers may ask of the list of stories."""

from datetime import datetime
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext, gettext_lazy

from articles.models.editions import Edition, EditionQuerySet
from articles.public.search import FoundStories

from .base import ENTITIES, FilterForm, ListFilter
from .fields import (
    LONGEST_QUERY,
    EntitiesFilter,
    OrderFilter,
    SlugFilter,
    SlugsFilter,
    WordsFilter,
)
from .link_walk import LinkWalk, Target
from .selection import Selection

NEWEST, OLDEST, RELEVANCE = "", "oldest", "relevance"
ORDERS = {
    NEWEST: gettext_lazy("newest first"),
    OLDEST: gettext_lazy("oldest first"),
    RELEVANCE: gettext_lazy("best match first"),
}
ROWS = {"person": "people", "organization": "organizations"}  # the filter, and what it names


class EditionForm(FilterForm):
    """Resolves what a story is to link, and what it is not to link."""

    def clean(self) -> dict[str, Any]:
        values = self.cleaned_data
        keys = {
            name: values.get(name) or [] for prefix in ("", "without_") for name in _names(prefix)
        }
        values.update(dict.fromkeys(keys))
        super().clean()
        for prefix in ("", "without_"):
            for name, plural in ROWS.items():
                rows = self.resolve_entities(name, ENTITIES[name], keys[prefix + name])
                values[prefix + plural] = rows
        targets = [
            *values["tags"],
            *values["sections"],
            *values["people"],
            *values["organizations"],
        ]
        unwanted = [values[f"without_{name}"] for name in ("tags", "people", "organizations")]
        if any(row in targets for rows in unwanted for row in rows):
            self.add_error(None, gettext("A story cannot be about something and not about it."))
        return values


def _names(prefix: str) -> list[str]:
    return [prefix + name for name in ROWS]


class EditionFilter(ListFilter):
    """Parse, validate and apply a reader's filters of stories."""

    section = SlugFilter(label=gettext_lazy("Section"), max_length=120)
    person = EntitiesFilter(label=gettext_lazy("People"))
    organization = EntitiesFilter(label=gettext_lazy("Organizations"))
    without = SlugsFilter(label=gettext_lazy("Tags left out"))
    without_person = EntitiesFilter(label=gettext_lazy("People left out"))
    without_organization = EntitiesFilter(label=gettext_lazy("Organizations left out"))
    name = WordsFilter(label=gettext_lazy("Name"), max_length=LONGEST_QUERY)
    sort = OrderFilter(label=gettext_lazy("Order"), choices=list(ORDERS.items()))

    class Meta:
        model = Edition
        fields: list[str] = []
        form = EditionForm

    def filter_queryset(self, queryset: EditionQuerySet) -> EditionQuerySet:
        """Return all that fits at once, in its order; of words, the first hits of the index."""
        return self.selection.editions

    @cached_property
    def selection(self) -> Selection:
        """All stories that fit, in the order asked for."""
        return self.select(oldest_first=self.is_oldest_first)

    def select(
        self,
        *,
        since: datetime | None = None,
        until: datetime | None = None,
        oldest_first: bool = False,
    ) -> Selection:
        """Return the stories that fit, in the days asked for and ``[since, until)`` (aware), newest or oldest first."""
        since, until = self.bounds_within(since, until)
        values = self.form.cleaned_data
        return Selection(values["q"], self.targets, self.without_rows, since, until, oldest_first)

    @property
    def targets(self) -> list[Target]:
        """What every story links."""
        return [row for name in ("tags", "sections", *ROWS.values()) for row in self._rows(name)]

    @property
    def without_rows(self) -> list[Target]:
        """What no story links."""
        return [row for name in ("tags", *ROWS.values()) for row in self._rows(f"without_{name}")]

    @property
    def hits(self) -> FoundStories | None:
        """The first hits of the words that are looked for; None without words."""
        return self.selection.hits

    @property
    def walk(self) -> LinkWalk:
        """The rows that a story must link, in the order in which their links are looked at."""
        return self.selection.walk

    @property
    def sorting(self) -> str:
        """How the list is sorted: a key of ``ORDERS``. Without words nothing matches better than another."""
        values = self.form.cleaned_data
        order: str = values["sort"] or NEWEST
        return NEWEST if order == RELEVANCE and not values["q"] else order

    @property
    def is_oldest_first(self) -> bool:
        """Whether the oldest story comes first."""
        return self.sorting == OLDEST

    def order(self) -> list[tuple[str, str]]:
        """Return how the list is sorted as a query string of ours has it, empty for its own order."""
        return [("sort", self.sorting)] if self.sorting else []

    def unsorted_query(self) -> str:
        """Return the query string of the same stories in the list's own order."""
        return urlencode([(name, value) for name, value, _ in self.pairs()])

    def orders(self) -> list[tuple[str, Any, bool]]:
        """Return each order that the list can have: its value, what it is called, and whether it is this one."""
        is_ranked = self.form.is_valid() and self.form.cleaned_data["q"]
        current = self.sorting if self.form.is_valid() else NEWEST
        return [
            (value, words, value == current)
            for value, words in ORDERS.items()
            if value != RELEVANCE or is_ranked
        ]

    def subject_pairs(self) -> list[tuple[str, str, str]]:
        """Return ``(name, value, words)`` of each row that is asked for, and of each that is not wanted."""
        pairs = [("section", tag.slug, tag.name) for tag in self._rows("sections")]
        pairs += [("tag", tag.slug, tag.name) for tag in self._rows("tags")]
        for name, plural in ROWS.items():
            pairs += [(name, str(row.pk), row.name) for row in self._rows(plural)]
        unwanted = [("without", tag.slug, tag.name) for tag in self._rows("without_tags")]
        for name, plural in ROWS.items():
            rows = self._rows(f"without_{plural}")
            unwanted += [(f"without_{name}", str(row.pk), row.name) for row in rows]
        not_words = gettext("not %(name)s")
        return pairs + [(name, value, not_words % {"name": word}) for name, value, word in unwanted]

    def _rows(self, name: str) -> list[Any]:
        rows: list[Any] = self.form.cleaned_data[name]
        return rows
