"""The kinds of values that an address of a list may hold, each read with care."""

from datetime import date
from typing import Any

import django_filters
from django import forms

from articles.text.chars import printable

MOST_TAGS, MOST_WORDS, LONGEST_QUERY = 5, 16, 200
YEARS = range(1600, 9000)  # what every time zone can turn into UTC and back

SAME = "Choose two different people."


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


class RowsField(forms.Field):
    """The numbers of at most two rows, which differ."""

    widget = forms.MultipleHiddenInput

    def clean(self, value: list[str] | None) -> list[int]:
        numbers = [RowField().clean(one) for one in filter(None, value or [])]
        if len(numbers) > 2:
            raise forms.ValidationError("Two can stand side by side, not more.")
        if len(set(numbers)) < len(numbers):
            raise forms.ValidationError(SAME)
        return numbers


class YearField(forms.IntegerField):
    """A year where the paper is."""

    def __init__(self, **kwargs: Any) -> None:
        message = dict.fromkeys(("invalid", "min_value", "max_value"), "Write a year as 2026.")
        bounds = {"min_value": YEARS[0], "max_value": YEARS[-1]}
        super().__init__(error_messages=message, **bounds, **kwargs)


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
