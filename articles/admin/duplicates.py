"""Rows that may be one, offered: over the whole table, beside a row's form, and before another is created."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from articles.models import Distinct
from articles.record.duplicates import duplicates_of, pairs, tell_apart

from .deeds import demand
from .record_deeds import number

SHOWN, BESIDE, TOLD_APART = 50, 5, 30


class NamesakeForm(forms.ModelForm):
    """Refuses a new row once when one of that name may be meant."""

    is_namesake = forms.BooleanField(
        required=False,
        label="Create it all the same",
        help_text="Only when rows that may be the same are named above, and none of them is.",
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        name = (cleaned.get("name") or "").strip()
        if self.instance.pk or not name or cleaned.get("is_namesake"):
            return cleaned
        found = duplicates_of(self._meta.model(name=name))[:BESIDE]
        if found:
            known = "; ".join(f"{row}, no. {row.pk} ({why.reason})" for row, why in found)
            self.add_error(
                "name", f"It may be here already: {known}. Use that, or create it all the same."
            )
        return cleaned


class OffersDuplicates:
    """Adds to the admin of people or of organizations the offer of what may be one."""

    def get_urls(self) -> list[URLPattern]:
        view, name = self.admin_site.admin_view, f"articles_{self.opts.model_name}"
        own = [path("duplicates/", view(self.duplicates_view), name=f"{name}_duplicates")]
        return own + super().get_urls()

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Ask on a new row's form whether a namesake is meant."""
        sets = super().get_fieldsets(request, obj)
        if obj is not None or not self.has_add_permission(request):
            return sets
        (title, options), *others = sets
        return [(title, options | {"fields": (*options["fields"], "is_namesake")}), *others]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Name beside a row which others may be the same."""
        row = context.get("original")
        if row and request.user.has_perm(self._permission):
            names = [other.name for other in row.other_names.all()]
            context["alike"] = duplicates_of(row, names=names)[:BESIDE]
        return super().render_change_form(request, context, *args, **kwargs)

    def duplicates_view(self, request: HttpRequest) -> HttpResponse:
        """List pairs that may be one, the likeliest first; a POST tells two apart, or takes that back."""
        demand(request, self._permission)
        if request.method == "POST":
            return self._decide(request)
        kind = self.opts.model_name
        found = pairs(kind)
        shown = found[:SHOWN]
        keys = {key for pair in shown for key in (pair.low, pair.high)}
        rows = {row.pk: row for row in self.get_queryset(request).filter(pk__in=keys)}
        apart = list(Distinct.objects.filter(kind=kind).order_by("-at", "-pk")[:TOLD_APART])
        names = self.model.objects.in_bulk({key for one in apart for key in (one.low, one.high)})
        context = {
            **self.admin_site.each_context(request),
            "title": "Possible duplicates",
            "opts": self.opts,
            "list_address": reverse(f"admin:articles_{kind}_changelist"),
            "pairs": [
                (one, self._label(rows, one.low), self._label(rows, one.high)) for one in shown
            ],
            "more": len(found) - len(shown),
            "apart": [(one, names.get(one.low), names.get(one.high)) for one in apart],
        }
        return TemplateResponse(request, "admin/articles/merge/duplicates.html", context)

    def _decide(self, request: HttpRequest) -> HttpResponse:
        back = HttpResponseRedirect(reverse(f"admin:articles_{self.opts.model_name}_duplicates"))
        again = number(request.POST.get("again", ""))
        if again:
            Distinct.objects.filter(pk=again, kind=self.opts.model_name).delete()
            messages.success(request, "They are offered again.")
            return back
        keys = [number(request.POST.get(name, "")) for name in ("low", "high")]
        rows = self.model.objects.in_bulk(keys)
        if len(rows) != 2:
            messages.error(request, "One of the two is gone meanwhile: nothing was decided.")
            return back
        one, other = (rows[key] for key in keys)
        tell_apart(one, other, by=request.user)
        messages.success(
            request, f"{one} and {other} are not the same: they are not offered again."
        )
        return back

    def _label(self, rows: dict[int, Any], key: int) -> str:
        return self.label_for(rows[key]) if key in rows else f"no. {key}"

    @property
    def _permission(self) -> str:
        return f"articles.merge_{self.opts.model_name}"
