"""How a quote hangs together with others: what it takes back, repeats, contradicts, makes clear; set and removed."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html

from articles import dates
from articles.admin.base import NewsroomModelAdmin, clean_search_term, warn_ignored_words
from articles.admin.requests import AuthenticatedHttpRequest
from articles.models import Quote, StatementLink
from articles.record.quotes.links import (
    NotLinkable,
    likely_repeats,
    link_statements,
    search_quotes,
    statement_day,
    statement_links,
)
from articles.text.excerpt import shorten

VIEW = ("articles.view_quote", "articles.view_statementlink")
ADD, REMOVE = "articles.add_statementlink", "articles.delete_statementlink"
MAX_WORDS_LENGTH = 160
Kind = StatementLink.Kind
VERBS = {
    Kind.WITHDRAWS: "takes back",
    Kind.CONTRADICTS: "contradicts",
    Kind.CLARIFIES: "makes clear",
    Kind.REPEATS: "repeats",
}


class StatementLinksAdmin(NewsroomModelAdmin):
    """Adds to quotes the page of their statement."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.statements_page)
        own = path("<int:pk>/statements/", view, name="articles_quote_statements")
        return [own, *super().get_urls()]

    @admin.display(description="before and after")
    def statements(self, quote: Quote) -> str:
        """Say how many statements it is linked with, and lead to them."""
        count = statement_links(quote).count()
        count_text = (
            f"{count} link{'' if count == 1 else 's'} to other quotes" if count else "No links"
        )
        return format_html(
            '{}. <a href="{}">Show and set them</a>', count_text, statements_address(quote)
        )

    def statements_page(self, request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
        """Show the links of a quote and look for others; a POST sets or removes one."""
        if not request.user.has_perms(VIEW):
            raise PermissionDenied
        rows = Quote.objects.select_related("person", "organization", "article")
        quote = get_object_or_404(rows, pk=pk)
        if request.method == "POST":
            return self._change(request, quote)
        query = clean_search_term(request.GET.get("q", ""))
        warn_ignored_words(request, request.GET.get("q", ""))
        matches = [match for match in search_quotes(query) if match.pk != quote.pk]
        context = {
            **self.admin_site.each_context(request),
            "title": "What was said before and after",
            "opts": self.opts,
            "quote": _quote_context(quote, quote),
            "links": _links_context(quote),
            "repeats": [_quote_context(match, quote) for match in likely_repeats(quote)],
            "query": query,
            "matches": [_quote_context(match, quote) for match in matches],
            "verbs": list(VERBS.items()),
            "may_add": request.user.has_perm(ADD),
            "may_remove": request.user.has_perm(REMOVE),
            "form_address": reverse("admin:articles_quote_change", args=[quote.pk]),
        }
        return TemplateResponse(request, "admin/articles/quote/statements.html", context)

    def _change(self, request: AuthenticatedHttpRequest, quote: Quote) -> HttpResponse:
        number = request.POST.get("remove", "")
        if not request.user.has_perm(REMOVE if number else ADD):
            raise PermissionDenied
        action = self._remove if number else self._add
        try:
            message = action(request, quote)
        except NotLinkable as reason:
            messages.error(request, f"Not done. {reason}")
        else:
            self.log_change(request, quote, message)
            messages.success(
                request, f"{message} Readers see it while both stand in listed stories."
            )
        return HttpResponseRedirect(statements_address(quote))

    def _add(self, request: AuthenticatedHttpRequest, quote: Quote) -> str:
        key, kind = request.POST.get("earlier", ""), request.POST.get("kind", "")
        rows = Quote.objects.select_related("article")
        earlier = rows.filter(quote_key=key).first() if key.isalnum() else None
        if earlier is None:
            raise NotLinkable("Choose the earlier quote: look for it by words or by its address.")
        statement_link = link_statements(quote, earlier, kind, by=request.user)
        return f"Linked: this {VERBS[Kind(statement_link.kind)]} “{shorten(earlier.text, MAX_WORDS_LENGTH)}”."

    def _remove(self, request: HttpRequest, quote: Quote) -> str:
        number = request.POST["remove"]
        links = {str(row.pk): row for row in statement_links(quote)}
        if number not in links:
            raise NotLinkable("That link was removed already.")
        links[number].delete()
        return "Link removed."


def statements_address(quote: Quote) -> str:
    """Return the page of the statement of ``quote``."""
    return reverse("admin:articles_quote_statements", args=[quote.pk])


def _quote_context(quote: Quote, beside: Quote) -> dict[str, Any]:
    """Return ``quote`` as the page shows it; ``came_later`` than the one that the page is of."""
    day, beside_day = statement_day(quote), statement_day(beside)
    return {
        "key": quote.quote_key,
        "text": shorten(quote.text, MAX_WORDS_LENGTH),
        "speaker": quote.speaker,
        "day": dates.format_date(day) if day else "no day known",
        "story": str(quote.article),
        "address": statements_address(quote),
        "came_later": bool(day and beside_day and day > beside_day),
    }


def _links_context(quote: Quote) -> list[dict[str, Any]]:
    """Return the links of ``quote`` with what is at their other end; None for a quote that left the record."""
    rows = list(statement_links(quote))
    keys = {key for row in rows for key in (row.later, row.earlier)} - {quote.quote_key}
    quotes = Quote.objects.filter(quote_key__in=keys)
    others = {
        linked.quote_key: linked
        for linked in quotes.select_related("person", "organization", "article")
    }
    contexts = []
    for row in rows:
        is_later = row.later == quote.quote_key
        other = others.get(row.earlier if is_later else row.later)
        verb = VERBS[Kind(row.kind)]
        label = f"This {verb}" if is_later else f"This is what the following {verb}"
        contexts.append(
            {
                "pk": row.pk,
                "label": label,
                "by": row.by,
                "other": other and _quote_context(other, quote),
            }
        )
    return contexts
