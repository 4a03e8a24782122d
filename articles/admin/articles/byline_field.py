"""The byline of a story as one field: rows of name, role and place, which work without a script."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting
from django.utils.safestring import SafeString

from articles.models import Author
from articles.text.numbers import parse_number

MAX_OFFERED = 1000
BylineRows = list[list[str]]


class BylineWidget(forms.Widget):
    """Rows of inputs; a name is offered from the authors known, and may be a new one."""

    template_name = "admin/articles/article/byline.html"

    def get_context(self, name: str, value: BylineRows | None, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        rows = [*(value or [["", ""]]), ["", ""]]
        context["widget"]["rows"] = [
            {"place": place, "name": row[0], "role": row[1]} for place, row in enumerate(rows, 1)
        ]
        context["widget"]["authors"] = Author.objects.values_list("name", flat=True)[:MAX_OFFERED]
        return context

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """Render with the project's templates; the forms' own renderer does not see them."""
        return super().render(name, value, attrs, TemplatesSetting())

    def value_from_datadict(self, data: Any, files: Mapping[str, Any], name: str) -> BylineRows:
        """Return ``[name, role]`` rows in the order of their places; rows without a name are left out."""
        if not hasattr(data, "getlist"):
            return data.get(name) or []
        columns = (data.getlist(f"{name}_{suffix}") for suffix in ("place", "name", "role"))
        rows = [
            (parse_number(place, default=99), [author_name.strip(), role.strip()])
            for place, author_name, role in zip(*columns, strict=False)
        ]
        return [row for _, row in sorted(rows, key=lambda row: row[0]) if row[0]]

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return f"{name}_name" not in data


class BylineField(forms.Field):
    """Rows of ``[name, role]``; each at most once, names as long as an author's may be."""

    widget = BylineWidget

    def clean(self, value: BylineRows | None) -> BylineRows:
        rows = value or []
        for name, role in rows:
            if len(name) > 200 or len(role) > 80:
                raise forms.ValidationError("A name has at most 200 letters, a role at most 80.")
            if "\0" in name + role:
                raise forms.ValidationError("A name holds a character that cannot be stored.")
        if len({tuple(row) for row in rows}) < len(rows):
            raise forms.ValidationError("The same name stands twice in the same role.")
        return rows

    def has_changed(self, initial: BylineRows | None, data: BylineRows | None) -> bool:
        return (initial or []) != (data or [])
