"""Times in the paper's zone as the desk's forms show and take them, also in the hours that come twice or never."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils import timezone

from articles import dates
from articles.text.dates import YEAR_OUTSIDE, YEARS
from articles.translation.messages import translate

NAMED_ZONE = re.compile(r"(?P<local>.*\d)\s*(?P<name>[A-Za-z]{2,5})", re.DOTALL)
MINUTE = timedelta(minutes=1)


class LocalTimeInput(forms.DateTimeInput):
    """The browser's own input for a date and time; it has no zone: the help text names ours.

    A time that comes twice, when the clocks go back, is a line of text that says which of the two it is.
    """

    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%dT%H:%M:%S")

    def format_value(self, value: Any) -> str | None:
        """Leave out seconds that say nothing; add the zone's name to a time that comes twice."""
        text = super().format_value(value)
        if not text:
            return text
        text = _drop_zero_seconds(text)
        if isinstance(value, datetime) and timezone.is_naive(value) and _comes_twice(value):
            return f"{text.replace('T', ' ')} {_zone_name(value, value.fold)}"
        return text

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        if " " in (context["widget"]["value"] or ""):  # the browser's own input takes no zone
            context["widget"]["type"] = "text"
        return context


class LocalTimeField(forms.DateTimeField):
    """A time in the paper's zone. One that was not touched stays as exact as it is stored, and is not read anew.

    Takes ``2027-10-31T01:30``; where that comes twice ``2027-10-31 01:30 BST`` or an offset, ``+01:00``. Raises
    ValidationError that says which two times it may be, or that there is no such time and which is the next.
    """

    widget = LocalTimeInput
    stored: Any = None

    def __init__(self, **kwargs: Any) -> None:
        zone = f"{timezone.get_default_timezone_name()} time."
        kwargs["help_text"] = f"{kwargs.get('help_text', '')} {zone}".strip()
        super().__init__(**{"required": False} | kwargs)

    def get_bound_field(self, form: Any, field_name: str) -> forms.BoundField:
        """Note what the form shows at first: fields are copied for each form."""
        self.stored = form.initial.get(field_name, self.initial)
        if callable(self.stored):
            self.stored = form.get_initial_for_field(self, field_name)
        return super().get_bound_field(form, field_name)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return not self._is_as_shown(data) and super().has_changed(initial, data)

    def clean(self, value: Any) -> Any:
        if self._is_as_shown(value):
            return self.stored
        try:
            parsed = super().clean(value)
        except forms.ValidationError as error:
            if error.code == "comes_twice":
                self.widget.input_type = "text"
            raise
        if parsed and parsed.year not in YEARS:
            raise forms.ValidationError(translate(YEAR_OUTSIDE))
        return parsed

    def to_python(self, value: Any) -> Any:
        match = NAMED_ZONE.fullmatch(value.strip()) if isinstance(value, str) else None
        name = match["name"].upper() if match else ""
        try:
            parsed = super().to_python(match["local"] if match else value)
        except forms.ValidationError as error:
            local = (error.params or {}).get("datetime")
            if local is None or local.year not in YEARS:
                raise
            return _resolve_ambiguous(local, name)
        actual = timezone.localtime(parsed).tzname() if parsed and name else name
        if actual != name:
            raise forms.ValidationError(
                f"At that time it is {actual} here, not {name}. Leave the zone out, or write an offset such as +00:00."
            )
        return parsed

    def _is_as_shown(self, text: Any) -> bool:
        """Tell whether ``text`` is what the form showed of the stored time, with the zone's name or without."""
        if not isinstance(text, str) or not isinstance(self.stored, datetime):
            return False
        local = timezone.make_naive(self.stored)
        exact = f"{local:%Y-%m-%dT%H:%M:%S}"
        bare, _, zone = text.strip().replace(" ", "T", 1).partition(" ")
        return bare in (exact, _drop_zero_seconds(exact)) and zone in (
            "",
            _zone_name(local, local.fold),
        )


def format_input_datetime(at: datetime) -> str:
    """Return ``at`` (aware) as a form of the desk sends it."""
    return LocalTimeInput().format_value(timezone.make_naive(at)) or ""


def _resolve_ambiguous(local: datetime, name: str) -> datetime:
    """Return which of two times ``local`` (naive) is meant by ``name``, the zone's name then; says why it cannot."""
    day, at = dates.format_date(local), f"{local:%H:%M}"
    if not _comes_twice(local):
        raise forms.ValidationError(
            f"{at} does not exist on {day}: the clocks go forward then. "
            f"The next time is {_after_gap(local):%H:%M}."
        )
    names = [_zone_name(local, fold) for fold in (0, 1)]
    if name in names:
        return local.replace(tzinfo=_zone(), fold=names.index(name)).astimezone(UTC)
    first, second = (f"{_drop_zero_seconds(f'{local:%Y-%m-%d %H:%M:%S}')} {zone}" for zone in names)
    raise forms.ValidationError(
        f"{at} comes twice on {day}, when the clocks go back: first as {at} {names[0]}, then again as {at} {names[1]}. "
        f"Say which: write {first} or {second}.",
        code="comes_twice",
    )


def _comes_twice(local: datetime) -> bool:
    """Tell whether the clocks of the paper show ``local`` (naive) twice."""
    return _offset(local, 0) > _offset(local, 1)


def _after_gap(local: datetime) -> datetime:
    """Return the first time after ``local`` (naive), which does not exist, that does; whole minutes."""
    later = local.replace(second=0, microsecond=0)
    while _offset(later, 0) < _offset(later, 1):
        later += MINUTE
    return later


def _zone_name(local: datetime, fold: int) -> str:
    """Return what the zone is called at ``local``, the first (0) or second (1) time it comes; else its offset."""
    candidates = [local.replace(tzinfo=_zone(), fold=each) for each in (0, 1)]
    names = [candidate.tzname() or "" for candidate in candidates]
    if names[0] != names[1] and all(name.isalpha() for name in names):
        return names[fold].upper()
    return candidates[fold].isoformat(timespec="minutes")[-6:]


def _offset(local: datetime, fold: int) -> timedelta:
    return local.replace(tzinfo=_zone(), fold=fold).utcoffset() or timedelta()


def _zone() -> ZoneInfo:
    return timezone.get_current_timezone()


def _drop_zero_seconds(text: str) -> str:
    return text.removesuffix(":00") if len(text) > len("2026-11-23T09:14") else text
