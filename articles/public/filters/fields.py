"""The kinds of values that an address of a list may hold, each read with care."""

from datetime import date
from typing import Any

import django_filters
from django import forms
from django.utils.translation import gettext, gettext_lazy

from articles.text.characters import printable
from articles.text.dates import YEARS
from articles.text.search_words import limit_words

MOST_TAGS, MOST_ENTITIES, LONGEST_QUERY = 5, 3, 200

SAME_PERSON_MESSAGE = gettext_lazy("Choose two different people.")


class SlugsField(forms.Field):
    """A few slugs, each once."""

    widget = forms.MultipleHiddenInput

    def clean(self, value: list[str] | None) -> list[str]:
        slugs = list(dict.fromkeys(filter(None, value or [])))
        if len(slugs) > MOST_TAGS:
            raise forms.ValidationError(
                gettext("Choose at most %(most)s tags at once.") % {"most": MOST_TAGS}
            )
        for slug in slugs:
            unreadable = {"invalid": gettext("A tag in this address cannot be read.")}
            forms.SlugField(max_length=120, error_messages=unreadable).clean(slug)
        return slugs


class WordsField(forms.CharField):
    """Plain words to look for, so many that a search does not take for ever."""

    def to_python(self, value: Any) -> str:
        return limit_words(printable(super().to_python(value) or ""))


class DayField(forms.DateField):
    """A day in the paper's time zone, ``YYYY-MM-DD``."""

    widget = forms.DateInput(attrs={"type": "date"})

    def __init__(self, **kwargs: Any) -> None:
        message = {"invalid": gettext_lazy("Write a day as 2026-11-23.")}
        super().__init__(input_formats=["%Y-%m-%d"], error_messages=message, **kwargs)

    def validate(self, value: date | None) -> None:
        super().validate(value)
        if value and value.year not in YEARS:
            raise forms.ValidationError(gettext("No story can be that old or that new."))


class RowField(forms.IntegerField):
    """The number of a row in an address."""

    widget = forms.HiddenInput

    def __init__(self, **kwargs: Any) -> None:
        message = {"invalid": gettext_lazy("A number in this address cannot be read.")}
        super().__init__(min_value=1, max_value=2**62, error_messages=message, **kwargs)


class EntitiesField(forms.Field):
    """The numbers of a few people or organizations, each once."""

    widget = forms.MultipleHiddenInput

    def clean(self, value: list[str] | None) -> list[int]:
        texts = list(dict.fromkeys(filter(None, value or [])))
        if len(texts) > MOST_ENTITIES:
            reason = gettext("Choose at most %(most)s people and %(most)s organizations at once.")
            raise forms.ValidationError(reason % {"most": MOST_ENTITIES})
        return list(dict.fromkeys(RowField().clean(text) for text in texts))


class OrderField(forms.ChoiceField):
    """How a list is sorted; empty for the order that it has by itself."""

    def __init__(self, **kwargs: Any) -> None:
        message = {"invalid_choice": gettext_lazy("A list cannot be sorted like that.")}
        super().__init__(error_messages=message, **kwargs)


class RowsField(forms.Field):
    """The numbers of at most two rows, which differ."""

    widget = forms.MultipleHiddenInput

    def clean(self, value: list[str] | None) -> list[int]:
        numbers = [RowField().clean(text) for text in filter(None, value or [])]
        if len(numbers) > 2:
            raise forms.ValidationError(gettext("Two can stand side by side, not more."))
        if len(set(numbers)) < len(numbers):
            raise forms.ValidationError(SAME_PERSON_MESSAGE)
        return numbers


class YearField(forms.IntegerField):
    """A year where the paper is."""

    def __init__(self, **kwargs: Any) -> None:
        text = gettext_lazy("Write a year as 2026.")
        message = dict.fromkeys(("invalid", "min_value", "max_value"), text)
        super().__init__(error_messages=message, min_value=YEARS[0], max_value=YEARS[-1], **kwargs)


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


class RowsFilter(django_filters.Filter):
    field_class = RowsField


class YearFilter(django_filters.Filter):
    field_class = YearField


class EntitiesFilter(django_filters.Filter):
    field_class = EntitiesField


class OrderFilter(django_filters.Filter):
    field_class = OrderField
