"""What an editor may ask of the source audit."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext, gettext_lazy

from articles import clock
from articles.admin.choices import MAX_CHOICES
from articles.models import Quote, Tag
from articles.public.filters.fields import DayField
from articles.record.source_audit import AuditQuery, default_period
from articles.record.source_audit.query import MAX_MONTHS, OWN, WIRE, months_between
from articles.text.characters import printable
from articles.text.dates import YEARS

from .tables import TABLES

FILTER_FIELDS = ("after", "before", "desk", "tag", "origin", "kind")
ANY_CHOICE = ("", gettext_lazy("all"))


class AuditForm(forms.Form):
    """A period, filled in where it is not asked for, what narrows it, and which table as a file."""

    after = DayField(label=gettext_lazy("From"))
    before = DayField(label=gettext_lazy("To"))
    desk = forms.ChoiceField(
        required=False,
        error_messages={
            "invalid_choice": gettext_lazy(
                "This paper has no desk “%(value)s”: choose one from the list."
            )
        },
    )
    tag = forms.CharField(
        required=False,
        max_length=120,
        widget=forms.TextInput(
            {"list": "audit-tags", "placeholder": gettext_lazy("its name"), "size": 12}
        ),
    )
    origin = forms.ChoiceField(
        label=gettext_lazy("Reporting"),
        required=False,
        choices=[ANY_CHOICE, (OWN, gettext_lazy("own")), (WIRE, gettext_lazy("wire and imports"))],
        error_messages={
            "invalid_choice": gettext_lazy("Reporting is own or wire, not “%(value)s”.")
        },
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind of quote"),
        required=False,
        choices=[ANY_CHOICE, *Quote.Kind.choices],
        error_messages={
            "invalid_choice": gettext_lazy(
                "There is no kind of quote “%(value)s”: choose one from the list."
            )
        },
    )
    table = forms.ChoiceField(
        required=False,
        choices=[(name, name) for name in TABLES],
        error_messages={
            "invalid_choice": format_lazy(
                gettext_lazy("There is no such table. There are: {tables}."),
                tables=", ".join(TABLES),
            )
        },
    )
    format = forms.ChoiceField(
        required=False,
        choices=[("csv", "CSV")],
        error_messages={"invalid_choice": gettext_lazy("A table can be had as a page or as csv.")},
    )

    def __init__(self, data: Mapping[str, Any]) -> None:
        super().__init__(with_period(data))
        desk: Any = self.fields["desk"]
        desk.choices = [
            ANY_CHOICE,
            *Tag.objects.sections().values_list("slug", "name"),
        ]

    @property
    def filter_fields(self) -> list[forms.BoundField]:
        """The fields that stand on the page."""
        return [self[name] for name in FILTER_FIELDS]

    @property
    def query(self) -> AuditQuery:
        """What is asked for, once it is valid."""
        values = self.cleaned_data
        return AuditQuery(
            first_on=values["after"],
            last_on=values["before"],
            desk=Tag.objects.get(slug=values["desk"]) if values["desk"] else None,
            tag=values["tag"],
            origin=values["origin"],
            kind=values["kind"],
        )

    def tag_names(self) -> list[str]:
        """Return the names of the tags most used, to choose from while typing."""
        tags = Tag.objects.exclude(kind=Tag.Kind.SECTION).order_by("-link_count", "name")
        return list(tags.values_list("name", flat=True)[:MAX_CHOICES])

    def clean_tag(self) -> Tag | None:
        """Return the tag that is or was called so."""
        name = " ".join(printable(self.cleaned_data["tag"]).split())
        if not name:
            return None
        called = Q(slug=name) | Q(name__iexact=name)
        formerly = Q(former_names__slug=name) | Q(former_names__name__iexact=name)
        tags = list(Tag.objects.filter(called | formerly).distinct()[:MAX_CHOICES])
        chosen = [tag for tag in tags if tag.slug == name] or tags
        if len(chosen) == 1:
            return chosen[0]
        if not chosen:
            raise forms.ValidationError(
                gettext("This paper has no tag “%(tag)s”. Leave it empty for all.") % {"tag": name}
            )
        slugs = ", ".join(tag.slug for tag in chosen)
        raise forms.ValidationError(
            gettext("Several tags are called %(name)s: write one of %(slugs)s.")
            % {"name": name, "slugs": slugs}
        )

    def clean(self) -> dict[str, Any]:
        """Demand a period that can be shown, and a table to write to a file."""
        super().clean()
        values = self.cleaned_data
        first, last = values.get("after"), values.get("before")
        if first and last and first > last:
            self.add_error("before", gettext("The last day is before the first."))
        elif first and last and months_between(first, last) >= MAX_MONTHS:
            self.add_error(
                "after", gettext("Look at ten years at once at most: choose a later first day.")
            )
        if values.get("format") and not values.get("table") and "table" not in self.errors:
            self.add_error(
                "table", gettext("Say which table: %(tables)s.") % {"tables": ", ".join(TABLES)}
            )
        return values


def with_period(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return ``data`` with the usual period where it says none."""
    first, last = default_period(_day(data.get("before", "")) or timezone.localdate(clock.now()))
    defaults = {"after": first.isoformat(), "before": last.isoformat()}
    return defaults | {name: value for name, value in data.items() if value}


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.year in YEARS else None
