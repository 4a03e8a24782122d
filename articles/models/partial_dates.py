"""Dates as far as they are known: ``2025``, ``2025-12`` or ``2025-12-04`` (Popolo)."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from articles.text.dates import parse_partial


def validate_partial_date(value: str) -> None:
    """Raise ValidationError unless ``value`` is ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD`` and exists in the calendar."""
    try:
        parse_partial(value)
    except ValueError as error:
        raise ValidationError(
            "Write a date as 2025, 2025-12 or 2025-12-04.", code="partial_date"
        ) from error


class PartialDateField(models.CharField):
    """A partial date as text; sorts as text, earliest first, the unknown (empty) before all."""

    default_validators = [validate_partial_date]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 10)
        kwargs.setdefault("blank", True)
        kwargs.setdefault("default", "")
        super().__init__(*args, **kwargs)
