"""What every list that can be narrowed shares: names resolved, days, chips, its own query string."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy, pgettext_lazy

from articles import dates
from articles.models.organizations import Organization
from articles.models.people import Person
from articles.models.tags import FormerTagName, Tag
from articles.models.visibility import filter_first
from articles.text.characters import printable
from articles.text.search_words import describe_omitted
from articles.translation.messages import translate

from .fields import LONGEST_QUERY, DayFilter, RowFilter, SlugsFilter, WordsFilter

UNKNOWN = {
    "tag": gettext_lazy("This paper has no such tag."),
    "section": gettext_lazy("This paper has no such section."),
    "person": gettext_lazy("This paper has no such person."),
    "organization": gettext_lazy("This paper has no such organization."),
}


class FilterForm(forms.Form):
    """Resolves what the address names; what is not public is as unknown as what does not exist."""

    def clean(self) -> dict[str, Any]:
        values = self.cleaned_data
        after, before = values.get("after"), values.get("before")
        if after and before and after > before:
            self.add_error("before", gettext("The last day is before the first."))
        slugs, section = values.get("tag") or [], values.get("section")
        tags = tags_by_slug([*slugs, *([section] if section else [])])
        values["tags"] = self._reject_unknown("tag", [tags.get(slug) for slug in slugs])
        in_section = tags.get(section) if section else None
        if in_section and in_section.kind != Tag.Kind.SECTION:
            in_section = None
        values["sections"] = self._reject_unknown("section", [in_section] if section else [])
        for name, model in (("person", Person), ("organization", Organization)):
            pk = values.get(name)
            row = model.objects.public().resolve(pk) if pk else None
            values[name] = (self._reject_unknown(name, [row]) or [None])[0] if pk else None
        return values

    def _reject_unknown(self, field: str, rows: list[Any]) -> list[Any]:
        if None in rows:
            self.add_error(field, UNKNOWN[field])
        return [row for row in rows if row]


def tags_by_slug(slugs: list[str]) -> dict[str, Tag]:
    """Return public tags by the slugs that name them now or did formerly: at most two queries."""
    if not slugs:
        return {}
    tags = {tag.slug: tag for tag in Tag.objects.public().filter(slug__in=slugs)}
    if missing := set(slugs) - tags.keys():
        former = FormerTagName.objects.filter(slug__in=missing, tag__in=Tag.objects.public())
        tags |= {name.slug: name.tag for name in former.select_related("tag")}
    return tags


@dataclass(frozen=True, slots=True)
class Chip:
    """One filter that is on, in words, and the query string of the list without it."""

    label: str
    name: str
    without: str


class BaseFilterSet(django_filters.FilterSet):
    """What narrows a page, as chips and as a query string; ``until`` (aware, exclusive) bounds one further back."""

    def __init__(self, *args: Any, until: datetime | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.until = until

    def pairs(self) -> list[tuple[str, str, str]]:
        """Return ``(name, value, words)`` of each filter that is on, as a query string of ours has them."""
        raise NotImplementedError

    def etag_parts(self) -> tuple[object, object]:
        """Return what was asked for as it was written, and what it names: all that a page shows of its filters."""
        return dict(self.data.lists()), self.pairs()

    def bounds(self) -> tuple[datetime | None, datetime | None]:
        """Return the time asked for as aware ``[since, until)``, and no later than the page begins."""
        return None, self.until

    def within(self, rows: "QuerySet[Any]") -> Any:
        """Return those of ``rows`` (anything with ``published_at``) that the time asked for holds."""
        since, until = self.bounds()
        bounds = {"published_at__gte": since, "published_at__lt": until}
        conditions = [Q((name, at)) for name, at in bounds.items() if at]
        return filter_first(rows, *conditions) if conditions else rows

    def reasons(self) -> list[str]:
        """Return why what was asked for cannot be read."""
        return [error for field in self.form.errors.values() for error in field]

    def query(self, *more: tuple[str, str]) -> str:
        """Return the query string of this list, in one order, with ``more``."""
        return urlencode([(name, value) for name, value, _ in self.pairs()] + list(more))

    def chips(self) -> list[Chip]:
        """Return what is filtered by, each with the way to be rid of it."""
        pairs = self.pairs()
        return [
            Chip(
                label, name, urlencode([pair[:2] for pair in pairs if pair != (name, value, label)])
            )
            for name, value, label in pairs
        ]


class ListFilter(BaseFilterSet):
    """Parse and validate what any list can be narrowed by."""

    q = WordsFilter(label=gettext_lazy("Words"), max_length=LONGEST_QUERY)
    after = DayFilter(label=pgettext_lazy("the first day", "From"))
    before = DayFilter(label=pgettext_lazy("the last day", "To"))
    tag = SlugsFilter(label=gettext_lazy("Tags"))
    person = RowFilter(label=gettext_lazy("Person"))
    organization = RowFilter(label=gettext_lazy("Organization"))

    def ignored_words(self) -> str:
        """Say which words of the search were not looked for, empty when all were."""
        return translate(describe_omitted(printable(self.data.get("q", ""))))

    def bounds(self) -> tuple[datetime | None, datetime | None]:
        """Return the days asked for as aware ``[since, until)``, and no later than the page begins."""
        values = self.form.cleaned_data
        since = midnight(values["after"]) if values["after"] else None
        until = midnight(values["before"] + timedelta(days=1)) if values["before"] else None
        ends = [end for end in (until, self.until) if end]
        return since, min(ends, default=None)

    def pairs(self) -> list[tuple[str, str, str]]:
        """Return ``(name, value, words)`` of each filter that is on, as a query string of ours has them."""
        values = self.form.cleaned_data
        pairs = [("q", values["q"], f"“{values['q']}”")] if values["q"] else []
        pairs += [("section", tag.slug, tag.name) for tag in values["sections"]]
        pairs += [("tag", tag.slug, tag.name) for tag in values["tags"]]
        for name in ("person", "organization"):
            if row := values[name]:
                pairs.append((name, str(row.pk), row.name))
        for name, words in (("after", gettext("from %(day)s")), ("before", gettext("to %(day)s"))):
            if day := values[name]:
                pairs.append((name, day.isoformat(), words % {"day": dates.format_date(day)}))
        return pairs


def midnight(day: date) -> datetime:
    """Return when ``day`` begins where the paper is (aware)."""
    return timezone.make_aware(datetime.combine(day, time.min))
