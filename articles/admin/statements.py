"""How a quote hangs together with others: what it takes back, repeats, contradicts, makes clear; set and removed."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html

from articles import printed
from articles.models import Quote, StatementLink
from articles.record.statements import (
    NotLinkable,
    day_of,
    find_quotes,
    likely_repeats,
    link,
    links_of,
)
from articles.text.quoted import clipped

from .base import DeskAdmin, searchable

SEE = ("articles.view_quote", "articles.view_statementlink")
ADD, REMOVE = "articles.add_statementlink", "articles.delete_statementlink"
SHORT = 160
Kind = StatementLink.Kind
VERBS = {
    Kind.WITHDRAWS: "takes back",
    Kind.CONTRADICTS: "contradicts",
    Kind.CLARIFIES: "makes clear",
    Kind.REPEATS: "repeats",
}


class StatementPages(DeskAdmin):
    """Adds to quotes the page of their statement."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.statements_page)
        own = path("<int:pk>/statements/", view, name="articles_quote_statements")
        return [own, *super().get_urls()]

    @admin.display(description="before and after")
    def statements(self, quote: Quote) -> str:
        """Say how many statements it is linked with, and lead to them."""
        count = links_of(quote).count()
        said = f"{count} link{'' if count == 1 else 's'} to other quotes" if count else "No links"
        return format_html('{}. <a href="{}">Show and set them</a>', said, address_of(quote))

    def statements_page(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the links of a quote and look for others; a POST sets or removes one."""
        if not request.user.has_perms(SEE):
            raise PermissionDenied
        rows = Quote.objects.select_related("person", "organization", "article")
        quote = get_object_or_404(rows, pk=pk)
        if request.method == "POST":
            return self._change(request, quote)
        asked = searchable(request.GET.get("q", ""))
        found = [one for one in find_quotes(asked) if one.pk != quote.pk]
        context = {
            **self.admin_site.each_context(request),
            "title": "What was said before and after",
            "opts": self.opts,
            "quote": _line(quote, quote),
            "links": _links(quote),
            "repeats": [_line(one, quote) for one in likely_repeats(quote)],
            "asked": asked,
            "found": [_line(one, quote) for one in found],
            "verbs": list(VERBS.items()),
            "may_add": request.user.has_perm(ADD),
            "may_remove": request.user.has_perm(REMOVE),
            "form_address": reverse("admin:articles_quote_change", args=[quote.pk]),
        }
        return TemplateResponse(request, "admin/articles/quote/statements.html", context)

    def _change(self, request: HttpRequest, quote: Quote) -> HttpResponse:
        number = request.POST.get("remove", "")
        if not request.user.has_perm(REMOVE if number else ADD):
            raise PermissionDenied
        deed = self._remove if number else self._add
        try:
            said = deed(request, quote)
        except NotLinkable as reason:
            messages.error(request, f"Not done. {reason}")
        else:
            self.log_change(request, quote, said)
            messages.success(request, f"{said} Readers see it while both stand in listed stories.")
        return HttpResponseRedirect(address_of(quote))

    def _add(self, request: HttpRequest, quote: Quote) -> str:
        key, kind = request.POST.get("earlier", ""), request.POST.get("kind", "")
        rows = Quote.objects.select_related("article")
        earlier = rows.filter(quote_key=key).first() if key.isalnum() else None
        if earlier is None:
            raise NotLinkable("Choose the earlier quote: look for it by words or by its address.")
        made = link(quote, earlier, kind, by=request.user)
        return f"Linked: this {VERBS[Kind(made.kind)]} “{clipped(earlier.text, SHORT)}”."

    def _remove(self, request: HttpRequest, quote: Quote) -> str:
        number = request.POST["remove"]
        known = {str(row.pk): row for row in links_of(quote)}
        if number not in known:
            raise NotLinkable("That link is gone already.")
        known[number].delete()
        return "Link removed."


def address_of(quote: Quote) -> str:
    """Return the page of the statement of ``quote``."""
    return reverse("admin:articles_quote_statements", args=[quote.pk])


def _line(quote: Quote, beside: Quote) -> dict[str, Any]:
    """Return ``quote`` as the page shows it; ``came_later`` than the one that the page is of."""
    day, own = day_of(quote), day_of(beside)
    return {
        "key": quote.quote_key,
        "words": clipped(quote.text, SHORT),
        "speaker": quote.speaker,
        "day": printed.day(day) if day else "no day known",
        "story": str(quote.article),
        "address": address_of(quote),
        "came_later": bool(day and own and day > own),
    }


def _links(quote: Quote) -> list[dict[str, Any]]:
    """Return the links of ``quote`` with what is at their other end; None for a quote that left the record."""
    rows = list(links_of(quote))
    keys = {key for row in rows for key in (row.later, row.earlier)} - {quote.quote_key}
    quotes = Quote.objects.filter(quote_key__in=keys)
    others = {q.quote_key: q for q in quotes.select_related("person", "organization", "article")}
    found = []
    for row in rows:
        is_later = row.later == quote.quote_key
        other = others.get(row.earlier if is_later else row.later)
        verb = VERBS[Kind(row.kind)]
        said = f"This {verb}" if is_later else f"This is what the following {verb}"
        found.append(
            {"pk": row.pk, "said": said, "by": row.by, "other": other and _line(other, quote)}
        )
    return found
