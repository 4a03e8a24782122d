"""What every list that can be narrowed shares: names resolved, days, chips, its own query string."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from articles import printed
from articles.models.organizations import Organization
from articles.models.people import Person
from articles.models.tags import FormerTagName, Tag

from .fields import LONGEST_QUERY, DayFilter, RowFilter, SlugsFilter, WordsFilter


class FilterForm(forms.Form):
    """Resolves what the address names; what is not public is as unknown as what does not exist."""

    def clean(self) -> dict[str, Any]:
        values = self.cleaned_data
        after, before = values.get("after"), values.get("before")
        if after and before and after > before:
            self.add_error("before", "The last day is before the first.")
        slugs, section = values.get("tag") or [], values.get("section")
        found = tags_by_slug([*slugs, *([section] if section else [])])
        values["tags"] = self._known("tag", [found.get(slug) for slug in slugs], "tag")
        in_section = found.get(section) if section else None
        if in_section and in_section.kind != Tag.Kind.SECTION:
            in_section = None
        values["sections"] = self._known("section", [in_section] if section else [], "section")
        for name, model in (("person", Person), ("organization", Organization)):
            pk = values.get(name)
            row = model.objects.public().standing_for(pk) if pk else None
            values[name] = (self._known(name, [row], name) or [None])[0] if pk else None
        return values

    def _known(self, field: str, rows: list[Any], noun: str) -> list[Any]:
        if None in rows:
            self.add_error(field, f"This paper has no such {noun}.")
        return [row for row in rows if row]


def tags_by_slug(slugs: list[str]) -> dict[str, Tag]:
    """Return public tags by the slugs that name them now or did formerly: at most two queries."""
    if not slugs:
        return {}
    found = {tag.slug: tag for tag in Tag.objects.public().filter(slug__in=slugs)}
    if missing := set(slugs) - found.keys():
        former = FormerTagName.objects.filter(slug__in=missing, tag__in=Tag.objects.public())
        found |= {name.slug: name.tag for name in former.select_related("tag")}
    return found


@dataclass(frozen=True, slots=True)
class Chip:
    """One filter that is on, in words, and the query string of the list without it."""

    label: str
    name: str
    without: str


class Narrowing(django_filters.FilterSet):
    """What narrows a page, as chips and as a query string; ``until`` (aware, exclusive) bounds one further back."""

    def __init__(self, *args: Any, until: datetime | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.until = until

    def pairs(self) -> list[tuple[str, str, str]]:
        """Return ``(name, value, words)`` of each filter that is on, as a query string of ours has them."""
        raise NotImplementedError

    def bounds(self) -> tuple[datetime | None, datetime | None]:
        """Return the time asked for as aware ``[since, until)``, and no later than the page begins."""
        return None, self.until

    def within(self, rows: "QuerySet[Any]") -> Any:
        """Return those of ``rows`` (anything with ``published_at``) that the time asked for holds."""
        since, until = self.bounds()
        if since:
            rows = rows.filter(published_at__gte=since)
        return rows.filter(published_at__lt=until) if until else rows

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
                words, name, urlencode([pair[:2] for pair in pairs if pair != (name, value, words)])
            )
            for name, value, words in pairs
        ]


class ListFilter(Narrowing):
    """Parse and validate what any list can be narrowed by."""

    q = WordsFilter(label="Words", max_length=LONGEST_QUERY)
    after = DayFilter(label="From")
    before = DayFilter(label="To")
    tag = SlugsFilter(label="Tags")
    person = RowFilter(label="Person")
    organization = RowFilter(label="Organization")

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
        found = [("q", values["q"], f"“{values['q']}”")] if values["q"] else []
        found += [("section", tag.slug, tag.name) for tag in values["sections"]]
        found += [("tag", tag.slug, tag.name) for tag in values["tags"]]
        for name in ("person", "organization"):
            if row := values[name]:
                found.append((name, str(row.pk), row.name))
        for name, word in (("after", "from"), ("before", "to")):
            if day := values[name]:
                found.append((name, day.isoformat(), f"{word} {printed.day(day)}"))
        return found


def midnight(day: date) -> datetime:
    """Return when ``day`` begins where the paper is (aware)."""
    return timezone.make_aware(datetime.combine(day, time.min))
