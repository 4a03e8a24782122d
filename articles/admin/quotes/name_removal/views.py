"""Removing the name of a source: a look first, which changes nothing, then the removal with what stays."""

from typing import Any

from django.apps import apps
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext

from articles import dates
from articles.admin.base import NewsroomModelAdmin
from articles.admin.requests import AuthenticatedHttpRequest
from articles.models import NameRemoval, Quote
from articles.publishing import cancel_if_blocked
from articles.record import DecisionError
from articles.record.name_removal.hits import MAX_HITS
from articles.record.name_removal.remove import (
    NameReport,
    preview_name_removal,
    remove_source_name,
)
from articles.record.quotes.source_approval import APPROVE

from .form import NameRemovalForm, initial_of_removal
from .places import group_hits

TEMPLATE = "admin/articles/quote/name_removal.html"
VIEW = "articles.view_quote"


class NameRemovalAdmin(NewsroomModelAdmin):
    """Adds to quotes the page that removes the name of their source, for who may approve sources."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.name_removal_page)
        own = path("<int:pk>/remove-name/", view, name="articles_quote_remove_name")
        return [own, *super().get_urls()]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Lead to the page, and say when it was done, to nobody who may not approve sources."""
        quote = kwargs.get("obj")
        if quote and request.user.has_perm(APPROVE):
            removal = NameRemoval.objects.filter(quote=quote).select_related("by").first()
            context["name_removal"] = describe_removal(removal) if removal else ""
            context["name_removal_address"] = reverse(
                "admin:articles_quote_remove_name", args=[quote.pk]
            )
        return super().render_change_form(request, context, *args, **kwargs)

    def name_removal_page(self, request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
        """Show the form; a POST looks, or removes with the button for that. The list of what stays is kept nowhere."""
        if not request.user.has_perms([VIEW, APPROVE]):
            raise PermissionDenied
        rows = Quote.objects.select_related("person", "organization", "article")
        quote = get_object_or_404(rows, pk=pk)
        if request.method != "POST":
            form = NameRemovalForm(initial=initial_of_removal(quote))
            return self._answer(request, quote, form)
        form = NameRemovalForm(request.POST)
        is_done = "remove" in request.POST
        report = self._report(request, quote, form, is_done) if form.is_valid() else None
        return self._answer(request, quote, form, report, is_done=is_done)

    def _report(
        self,
        request: AuthenticatedHttpRequest,
        quote: Quote,
        form: NameRemovalForm,
        is_done: bool,
    ) -> NameReport | None:
        """Look, or remove; None where that is refused, for the reason that the form says then."""
        try:
            if not is_done:
                return preview_name_removal(quote, form.decision([]), by=request.user)
            decision = form.decision(request.POST.getlist("rows"))
            report = remove_source_name(quote, decision, by=request.user)
        except DecisionError as reason:
            form.add_error(None, str(reason))
            return None
        self.log_change(request, quote, gettext("The name of the source was removed."))
        for warning in cancel_if_blocked(quote.article, by=request.user):
            messages.warning(request, warning)
        return report

    def _answer(
        self,
        request: AuthenticatedHttpRequest,
        quote: Quote,
        form: NameRemovalForm,
        report: NameReport | None = None,
        *,
        is_done: bool = False,
    ) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Remove the name of a source"),
            "opts": self.opts,
            "quote": quote,
            "form": form,
            "form_address": reverse("admin:articles_quote_change", args=[quote.pk]),
            "is_looked": report is not None and not is_done,
            "is_done": report is not None and is_done,
        }
        if report:
            context |= removal_context(report, request)
        status = 400 if form.is_bound and report is None else 200
        return TemplateResponse(request, TEMPLATE, context, status=status)


def removal_context(report: NameReport, request: AuthenticatedHttpRequest) -> dict[str, Any]:
    """Return what the page says of a look or of a removal."""
    places = [
        (place, not place.reasons and request.user.has_perm(f"articles.delete_{place.kind}"))
        for place in report.places
    ]
    return {
        "done": describe_removal(report.removal),
        "changed_count": sum(report.counts.values()),
        "changed_tables": sorted(
            (capfirst(table_name(label)), count) for label, count in report.counts.items()
        ),
        "groups": group_hits(report.hits),
        "is_cut": len(report.hits) >= MAX_HITS,
        "places": places,
    }


def table_name(label: str) -> str:
    """Return what the rows of the table ``label`` are called."""
    return str(apps.get_model(label)._meta.verbose_name_plural)


def describe_removal(removal: NameRemoval) -> str:
    """Say on which day the name was removed, and by whom."""
    by = removal.by.display_name if removal.by else ""
    day = dates.format_date(timezone.localdate(removal.at))
    return gettext("Name removed everywhere on %(day)s, by %(by)s.") % {
        "day": day,
        "by": by or gettext("an account deleted since"),
    }
