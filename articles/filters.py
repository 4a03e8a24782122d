"""What readers may ask of the list of stories: ``?tag=dredging&tag=council`` narrows."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

import django_filters
from django import forms
from django.db.models import Q
from django.utils import timezone

from articles import printed
from articles.models.edition_links import LINKS
from articles.models.editions import DEEPEST_LINKS, Edition, EditionQuerySet
from articles.models.organizations import Organization
from articles.models.people import Person
from articles.models.tags import FormerTagName, Tag
from articles.text.chars import printable

MOST_TAGS, MOST_WORDS, LONGEST_QUERY = 5, 16, 200
YEARS = range(1600, 9000)  # what every time zone can turn into UTC and back


class SlugsField(forms.Field):
    """A few slugs, each once."""

    widget = forms.MultipleHiddenInput

    def clean(self, value: list[str] | None) -> list[str]:
        slugs = list(dict.fromkeys(filter(None, value or [])))
        if len(slugs) > MOST_TAGS:
            raise forms.ValidationError(f"Choose at most {MOST_TAGS} tags at once.")
        for slug in slugs:
            forms.SlugField(
                max_length=120, error_messages={"invalid": "A tag in this address cannot be read."}
            ).clean(slug)
        return slugs


class WordsField(forms.CharField):
    """Plain words to look for."""

    def to_python(self, value: Any) -> str:
        return " ".join(printable(super().to_python(value) or "").split())

    def validate(self, value: str) -> None:
        super().validate(value)
        if len(value.split()) > MOST_WORDS:
            raise forms.ValidationError(f"Search for at most {MOST_WORDS} words at once.")


class DayField(forms.DateField):
    """A day in the paper's time zone, ``YYYY-MM-DD``."""

    widget = forms.DateInput(attrs={"type": "date"})

    def __init__(self, **kwargs: Any) -> None:
        message = {"invalid": "Write a day as 2026-11-23."}
        super().__init__(input_formats=["%Y-%m-%d"], error_messages=message, **kwargs)

    def validate(self, value: date | None) -> None:
        super().validate(value)
        if value and value.year not in YEARS:
            raise forms.ValidationError("No story can be that old or that new.")


class RowField(forms.IntegerField):
    """The number of a row in an address."""

    widget = forms.HiddenInput

    def __init__(self, **kwargs: Any) -> None:
        message = {"invalid": "A number in this address cannot be read."}
        super().__init__(min_value=1, max_value=2**62, error_messages=message, **kwargs)


class SlugsFilter(django_filters.Filter):
    field_class = SlugsField


class WordsFilter(django_filters.Filter):
    field_class = WordsField


class DayFilter(django_filters.Filter):
    field_class = DayField


class RowFilter(django_filters.Filter):
    field_class = RowField


class SlugFilter(django_filters.Filter):
    field_class = forms.SlugField


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
            row = model.objects.public().filter(pk=pk).first() if pk else None
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


class EditionFilter(django_filters.FilterSet):
    """Parse, validate and apply a reader's filters; ``until`` (aware, exclusive) bounds a page further back."""

    q = WordsFilter(label="Words", max_length=LONGEST_QUERY)
    section = SlugFilter(label="Section", max_length=120)
    after = DayFilter(label="From")
    before = DayFilter(label="To")
    tag = SlugsFilter(label="Tags")
    person = RowFilter(label="Person")
    organization = RowFilter(label="Organization")

    class Meta:
        model = Edition
        fields: list[str] = []
        form = FilterForm

    def __init__(self, *args: Any, until: datetime | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.until = until

    def filter_queryset(self, queryset: EditionQuerySet) -> EditionQuerySet:
        """Narrow ``queryset`` by all filters at once, newest first."""
        values = self.form.cleaned_data
        since, until = self.bounds()
        if targets := self.targets():
            queryset = queryset.linked_to(*targets, since=since, until=until)
        else:
            queryset = queryset.newest()
        if since:
            queryset = queryset.filter(published_at__gte=since)
        if until:
            queryset = queryset.filter(published_at__lt=until)
        for word in values["q"].split():
            queryset = queryset.filter(Q(headline__icontains=word) | Q(body_text__icontains=word))
        return queryset

    def bounds(self) -> tuple[datetime | None, datetime | None]:
        """Return the days asked for as aware ``[since, until)``, and no later than the page begins."""
        values = self.form.cleaned_data
        since = _midnight(values["after"]) if values["after"] else None
        until = _midnight(values["before"] + timedelta(days=1)) if values["before"] else None
        ends = [end for end in (until, self.until) if end]
        return since, min(ends, default=None)

    def targets(self) -> list[Tag | Person | Organization]:
        """Return the rows that a story must link, the rarest first; how rare people are is not counted."""
        values = self.form.cleaned_data
        rows = [*values["tags"], *values["sections"], values["person"], values["organization"]]
        once = dict.fromkeys(row for row in rows if row)
        return sorted(once, key=lambda row: getattr(row, "link_count", DEEPEST_LINKS))

    def deepest(self) -> tuple[datetime, int] | None:
        """Return the key of the last link that a list of several tags looked at, None if it saw them all."""
        targets = self.targets()
        if len(targets) < 2 or getattr(targets[0], "link_count", DEEPEST_LINKS) < DEEPEST_LINKS:
            return None
        since, until = self.bounds()
        name = str(targets[0]._meta.model_name)
        link = LINKS[name]
        links = link.objects.filter(**{name: targets[0]})
        if since:
            links = links.filter(published_at__gte=since)
        if until:
            links = links.filter(published_at__lt=until)
        keys = links.newest().values_list("published_at", "edition_id")
        return next(iter(keys[DEEPEST_LINKS - 1 : DEEPEST_LINKS]), None)

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


def _midnight(day: date) -> datetime:
    """Return when ``day`` begins where the paper is (aware)."""
    return timezone.make_aware(datetime.combine(day, time.min))
