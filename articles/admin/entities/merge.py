"""Two rows that are one: whom to merge with, what it would do, the merge, and its undo."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.widgets import AutocompleteSelect
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from articles.admin.already_done import merged_already, undone_already
from articles.admin.base import AdminMixin
from articles.admin.feedback import require_permissions
from articles.admin.requests import AuthenticatedHttpRequest
from articles.models import Article, Merge
from articles.record import DecisionError
from articles.record.merging.merge import merge_rows, preview_merge, undo_merge
from articles.text.numbers import parse_number

MAX_MERGES = 100


class MergeAdminMixin(AdminMixin):
    """Adds to the admin of people or of organizations what merges two of them."""

    label_for: Callable[[Any], str]
    change_form_template = "admin/articles/merge/change_form.html"
    change_list_template = "admin/articles/merge/change_list.html"

    def get_urls(self) -> list[URLPattern]:
        view, name = self.admin_site.admin_view, f"articles_{self.opts.model_name}"
        own = [
            path("merges/", view(self.merges_view), name=f"{name}_merges"),
            path("merges/<int:pk>/undo/", view(self.unmerge_view), name=f"{name}_unmerge"),
            path("<int:pk>/merge/", view(self.merge_with_view), name=f"{name}_merge_with"),
            path("<int:pk>/merge/<int:other>/", view(self.merge_view), name=f"{name}_merge"),
        ]
        return own + super().get_urls()

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Lead to the merges who may merge."""
        may = {"may_merge": request.user.has_perm(self._permission)}
        return super().changelist_view(request, may | (extra_context or {}))

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Lead to merging who may merge."""
        context["may_merge"] = request.user.has_perm(self._permission)
        return super().render_change_form(request, context, *args, **kwargs)

    def merge_with_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask with whom to merge, then show what it would do."""
        require_permissions(request, self._permission)
        row = get_object_or_404(self.model, pk=pk)
        form = self._other_form()(
            request.GET if parse_number(request.GET.get("other", "")) else None
        )
        if form.is_valid() and form.cleaned_data["other"].pk != pk:
            return self._redirect_to("merge", pk, form.cleaned_data["other"].pk)
        context = self._context(
            request, gettext("Merge %(row)s with another") % {"row": row}, row=row, form=form
        )
        context["media"] = self.media + form.media
        return TemplateResponse(request, "admin/articles/merge/choose.html", context)

    def merge_view(self, request: AuthenticatedHttpRequest, pk: int, other: int) -> HttpResponse:
        """Show what merging ``other`` into ``pk`` would do; a POST does it, uphill only on a second word."""
        require_permissions(request, self._permission)
        if response := self._merged_before(request, pk, other):
            return response
        target, source = (get_object_or_404(self.model, pk=key) for key in (pk, other))
        if pk == other:
            return self._redirect_to("merge_with", pk)
        if request.method == "POST":
            return self._merge(request, target, source)
        report = preview_merge(target, source)
        labels = [self.label_for(row) for row in (target, source)]
        context = self._context(
            request,
            gettext("Merge %(source)s into %(target)s") % {"source": source, "target": target},
            preview=report,
        )
        context |= {
            "target_label": labels[0],
            "source_label": labels[1],
            "swap_address": self._address("merge", other, pk),
        }
        return TemplateResponse(request, "admin/articles/merge/preview.html", context)

    def merges_view(self, request: HttpRequest) -> HttpResponse:
        """List the newest merges, each with its undo."""
        require_permissions(request, self._permission, "articles.view_merge")
        rows = Merge.objects.filter(kind=self.opts.model_name).select_related("by", "undone_by")
        newest = list(rows[:MAX_MERGES])
        names = self.model.objects.in_bulk({row.survivor for row in newest})
        merges = [(row, names.get(row.survivor)) for row in newest]
        context = self._context(request, "Merges", merges=merges, max_shown=MAX_MERGES)
        return TemplateResponse(request, "admin/articles/merge/list.html", context)

    def unmerge_view(self, request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
        """Undo a merge."""
        return require_POST(self._unmerge)(request, pk)

    def _merge(self, request: AuthenticatedHttpRequest, target: Any, source: Any) -> HttpResponse:
        name, keys = str(source), (target.pk, source.pk)
        try:
            with transaction.atomic():
                merge_rows(target, source, by=request.user, is_sure="sure" in request.POST)
                self.log_change(request, target, f"Merged with {name}, no. {keys[1]}.")
        except DecisionError as error:
            if response := self._merged_before(request, *keys):
                return response
            messages.error(request, gettext("Not merged. %(reason)s") % {"reason": error})
            return self._redirect_to("merge", *keys)
        message = gettext(
            "%(source)s was merged into %(target)s. Old addresses lead here. “Merges” can undo it."
        ) % {"source": name, "target": target}
        messages.success(request, message)
        return self._redirect_to("change", target.pk)

    def _merged_before(self, request: AuthenticatedHttpRequest, *keys: int) -> HttpResponse | None:
        """Say that one of the rows is merged already and lead to the other; None when both are here, or deleted."""
        rows = self.model.objects.in_bulk(keys)
        missing = [key for key in keys if key not in rows]
        merges = Merge.objects.active().filter(kind=self.opts.model_name, gone__in=missing)
        merge = merges.select_related("by").first()
        target = merge and self.model.objects.resolve(merge.gone)
        if merge is None or target is None:
            return None
        messages.info(request, merged_already(merge, target, request.user))
        return self._redirect_to("change", target.pk)

    def _unmerge(self, request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
        require_permissions(request, self._permission, "articles.view_merge")
        row = get_object_or_404(Merge, pk=pk, kind=self.opts.model_name)
        try:
            with transaction.atomic():
                restored = undo_merge(row, by=request.user)
                self.log_change(request, restored, "Parted again from what it was merged into.")
        except DecisionError as error:
            row.refresh_from_db()
            if message := undone_already(row, request.user):
                messages.info(request, message)
                return self._redirect_to("merges")
            messages.error(request, gettext("Not undone. %(reason)s") % {"reason": error})
            return self._redirect_to("merges")
        messages.success(
            request,
            gettext("Undone: %(row)s is back, with all that led to it.") % {"row": restored},
        )
        return self._redirect_to("change", restored.pk)

    def _other_form(self) -> type[forms.Form]:
        """Return a form that asks for another row, found as its list finds it."""
        field = "people" if self.opts.model_name == "person" else "organizations"
        widget = AutocompleteSelect(Article._meta.get_field(field), self.admin_site)
        other = forms.ModelChoiceField(
            self.model.objects.all(), label=gettext("The other"), widget=widget
        )
        return type("OtherForm", (forms.Form,), {"other": other})

    @property
    def _permission(self) -> str:
        return f"articles.merge_{self.opts.model_name}"

    def _address(self, name: str, *args: int) -> str:
        return reverse(f"admin:articles_{self.opts.model_name}_{name}", args=args)

    def _redirect_to(self, name: str, *args: int) -> HttpResponseRedirect:
        return HttpResponseRedirect(self._address(name, *args))

    def _context(self, request: HttpRequest, title: str, **values: Any) -> dict[str, Any]:
        context = {**self.admin_site.each_context(request), "title": title, "opts": self.opts}
        addresses = {"list_address": self._address("changelist"), "merges": self._address("merges")}
        return context | addresses | values
