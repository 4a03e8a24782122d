"""What every list that can be narrowed shares: names resolved, days, chips, its own query string."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy, pgettext_lazy

from articles import dates
from articles.models.organizations import Organization
from articles.models.people import Person
from articles.models.tags import FormerTagName, Tag
from articles.models.visibility import published_between
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


ENTITIES: dict[str, Any] = {"person": Person, "organization": Organization}


class FilterForm(forms.Form):
    """Resolves what the address names; what is not public is as unknown as what does not exist."""

    def clean(self) -> dict[str, Any]:
        values = self.cleaned_data
        after, before = values.get("after"), values.get("before")
        if after and before and after > before:
            self.add_error("before", gettext("The last day is before the first."))
        self.resolve_tags(values)
        for name, model in ENTITIES.items():
            pk = values.get(name)
            rows = self.resolve_entities(name, model, [pk] if pk else [])
            values[name] = rows[0] if rows else None
        return values

    def resolve_tags(self, values: dict[str, Any]) -> None:
        """Put the tags and the section that the address names into ``values``: at most two queries."""
        slugs, section = values.get("tag") or [], values.get("section")
        unwanted = values.get("without") or []
        tags = tags_by_slug([*slugs, *([section] if section else []), *unwanted])
        values["tags"] = self._reject_unknown("tag", [tags.get(slug) for slug in slugs])
        values["without_tags"] = self._reject_unknown("tag", [tags.get(slug) for slug in unwanted])
        in_section = tags.get(section) if section else None
        if in_section and in_section.kind != Tag.Kind.SECTION:
            in_section = None
        values["sections"] = self._reject_unknown("section", [in_section] if section else [])

    def resolve_entities(self, name: str, model: Any, keys: list[int]) -> list[Any]:
        """Return the public people or organizations (``name`` is what one of them is) of ``keys``, merged ones once."""
        if not keys:
            return []
        public = model.objects.public()
        rows_by_key = {row.pk: row for row in public.filter(pk__in=keys)}
        rows = [rows_by_key.get(pk) or public.resolve(pk) for pk in keys]
        return self._reject_unknown(name, rows)

    def _reject_unknown(self, name: str, rows: list[Any]) -> list[Any]:
        if None in rows:
            self.add_error(None, UNKNOWN[name])
        return list(dict.fromkeys(row for row in rows if row))


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
    """What narrows a page, as chips and as a query string."""

    def pairs(self) -> list[tuple[str, str, str]]:
        """Return ``(name, value, words)`` of each filter that is on, as a query string of ours has them."""
        raise NotImplementedError

    def etag_parts(self) -> tuple[object, object]:
        """Return what was asked for as it was written, and what it names: all that a page shows of its filters."""
        return dict(self.data.lists()), self.pairs()

    def bounds(self) -> tuple[datetime | None, datetime | None]:
        """Return the time asked for as aware ``[since, until)``."""
        return None, None

    def bounds_within(
        self, since: datetime | None, until: datetime | None
    ) -> tuple[datetime | None, datetime | None]:
        """Return what of ``[since, until)`` (aware) the time asked for holds."""
        first, last = self.bounds()
        starts, ends = [at for at in (first, since) if at], [at for at in (last, until) if at]
        return max(starts, default=None), min(ends, default=None)

    def within(self, rows: "QuerySet[Any]") -> Any:
        """Return those of ``rows`` (anything with ``published_at``) that the time asked for holds."""
        return published_between(rows, *self.bounds())

    def reasons(self) -> list[str]:
        """Return why what was asked for cannot be read."""
        return [error for field in self.form.errors.values() for error in field]

    def order(self) -> list[tuple[str, str]]:
        """Return how the list is sorted as a query string of ours has it, empty for its own order."""
        return []

    def query(self, *more: tuple[str, str]) -> str:
        """Return the query string of this list, in one order, with ``more``."""
        return self.query_without((), more)

    def query_without(
        self, fewer: Iterable[tuple[str, str]], more: Iterable[tuple[str, str]] = ()
    ) -> str:
        """Return the query string of this list without the filters ``fewer``, by name and value, and with ``more``."""
        taken_away = set(fewer)
        pairs = [(name, value) for name, value, _ in self.pairs()]
        remaining = [pair for pair in pairs if pair not in taken_away]
        return urlencode([*remaining, *self.order(), *more])

    def chips(self) -> list[Chip]:
        """Return what is filtered by, each with the way to be rid of it."""
        return [
            Chip(label, name, self.query_without([(name, value)]))
            for name, value, label in self.pairs()
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
        """Return the days asked for as aware ``[since, until)``."""
        values = self.form.cleaned_data
        since = midnight(values["after"]) if values["after"] else None
        until = midnight(values["before"] + timedelta(days=1)) if values["before"] else None
        return since, until

    def pairs(self) -> list[tuple[str, str, str]]:
        """Return ``(name, value, words)`` of each filter that is on, as a query string of ours has them."""
        values = self.form.cleaned_data
        pairs = [("q", values["q"], f"“{values['q']}”")] if values["q"] else []
        pairs += self.subject_pairs()
        for name, words in (("after", gettext("from %(day)s")), ("before", gettext("to %(day)s"))):
            if day := values[name]:
                pairs.append((name, day.isoformat(), words % {"day": dates.format_date(day)}))
        return pairs

    def subject_pairs(self) -> list[tuple[str, str, str]]:
        """Return ``(name, value, words)`` of each row that is asked for."""
        values = self.form.cleaned_data
        pairs = [("tag", tag.slug, tag.name) for tag in values["tags"]]
        for name in ENTITIES:
            if row := values[name]:
                pairs.append((name, str(row.pk), row.name))
        return pairs


def midnight(day: date) -> datetime:
    """Return when ``day`` begins where the paper is (aware)."""
    return timezone.make_aware(datetime.combine(day, time.min))
