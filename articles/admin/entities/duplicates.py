"""Rows that may be one, offered: over the whole table, beside a row's form, and before another is created."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext, gettext_lazy

from articles.admin.base import AdminMixin
from articles.admin.feedback import require_permissions
from articles.admin.requests import AuthenticatedHttpRequest
from articles.models import Distinct
from articles.record.merging.duplicates import duplicate_pairs, duplicates_of, mark_distinct
from articles.text.numbers import parse_number

MAX_PAIRS, MAX_BESIDE_FORM, MAX_DISTINCT = 50, 5, 30


class DuplicateCheckForm(forms.ModelForm):
    """Refuses a new row once when one of that name may be meant."""

    is_namesake = forms.BooleanField(
        required=False,
        label=gettext_lazy("Create it all the same"),
        help_text=gettext_lazy(
            "Only when rows that may be the same are named above, and none of them is."
        ),
    )

    def clean(self) -> dict[str, Any]:
        super().clean()
        cleaned = self.cleaned_data
        name = (cleaned.get("name") or "").strip()
        if self.instance.pk or not name or cleaned.get("is_namesake"):
            return cleaned
        duplicates = duplicates_of(self._meta.model(name=name))[:MAX_BESIDE_FORM]
        if duplicates:
            listed = "; ".join(f"{row}, no. {row.pk} ({match.reason})" for row, match in duplicates)
            self.add_error(
                "name",
                gettext("It may be here already: %(rows)s. Use that, or create it all the same.")
                % {"rows": listed},
            )
        return cleaned


class DuplicatesAdminMixin(AdminMixin):
    """Adds to the admin of people or of organizations the offer of what may be one."""

    label_for: Callable[[Any], str]

    def get_urls(self) -> list[URLPattern]:
        view, name = self.admin_site.admin_view, f"articles_{self.opts.model_name}"
        own = [path("duplicates/", view(self.duplicates_view), name=f"{name}_duplicates")]
        return own + super().get_urls()

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Ask on a new row's form whether a namesake is meant."""
        fieldsets = super().get_fieldsets(request, obj)
        if obj is not None or not self.has_add_permission(request):
            return fieldsets
        (title, options), *others = fieldsets
        return [(title, options | {"fields": (*options["fields"], "is_namesake")}), *others]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Name beside a row which others may be the same."""
        row = context.get("original")
        if row and request.user.has_perm(self._permission):
            names = [other.name for other in row.other_names.all()]
            context["duplicates"] = duplicates_of(row, names=names)[:MAX_BESIDE_FORM]
        return super().render_change_form(request, context, *args, **kwargs)

    def duplicates_view(self, request: AuthenticatedHttpRequest) -> HttpResponse:
        """List pairs that may be one, the likeliest first; a POST tells two apart, or takes that back."""
        require_permissions(request, self._permission)
        if request.method == "POST":
            return self._decide(request)
        kind = str(self.opts.model_name)
        all_pairs = duplicate_pairs(kind)
        pairs_shown = all_pairs[:MAX_PAIRS]
        keys = {key for pair in pairs_shown for key in (pair.low, pair.high)}
        rows = {row.pk: row for row in self.get_queryset(request).filter(pk__in=keys)}
        distinct = list(Distinct.objects.filter(kind=kind).order_by("-at", "-pk")[:MAX_DISTINCT])
        names = self.model.objects.in_bulk(
            {key for entry in distinct for key in (entry.low, entry.high)}
        )
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Possible duplicates"),
            "opts": self.opts,
            "list_address": reverse(f"admin:articles_{kind}_changelist"),
            "pairs": [
                (entry, self._label(rows, entry.low), self._label(rows, entry.high))
                for entry in pairs_shown
            ],
            "more_count": len(all_pairs) - len(pairs_shown),
            "distinct_pairs": [
                (entry, names.get(entry.low), names.get(entry.high)) for entry in distinct
            ],
        }
        return TemplateResponse(request, "admin/articles/merge/duplicates.html", context)

    def _decide(self, request: AuthenticatedHttpRequest) -> HttpResponse:
        response = HttpResponseRedirect(
            reverse(f"admin:articles_{self.opts.model_name}_duplicates")
        )
        distinct_pk = parse_number(request.POST.get("again", ""))
        if distinct_pk:
            Distinct.objects.filter(pk=distinct_pk, kind=self.opts.model_name).delete()
            messages.success(request, gettext("They are offered again."))
            return response
        keys = [parse_number(request.POST.get(name, "")) for name in ("low", "high")]
        rows = self.model.objects.in_bulk(keys)
        if len(rows) != 2:
            messages.error(
                request, gettext("One of the two no longer exists: nothing was decided.")
            )
            return response
        first, second = (rows[key] for key in keys)
        mark_distinct(first, second, by=request.user)
        messages.success(
            request,
            gettext("%(first)s and %(second)s are not the same: they are not offered again.")
            % {"first": first, "second": second},
        )
        return response

    def _label(self, rows: dict[int, Any], key: int) -> str:
        return self.label_for(rows[key]) if key in rows else f"no. {key}"

    @property
    def _permission(self) -> str:
        return f"articles.merge_{self.opts.model_name}"
