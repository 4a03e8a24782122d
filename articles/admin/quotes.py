"""Quotes on record: found again, corrected, taken off. They are made in the review of a story, never here."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from articles.models import Article, EditionQuote, Quote
from articles.publishing import settle_quotes
from articles.record import Undecided, approve, remove
from articles.record.approve import APPROVE, settle_approval

from .base import when
from .kept import KeptHistory
from .quote_form import QuoteForm
from .source_audit import AuditPage
from .stale import TellsStale, tell_stale
from .statements import StatementPages

SHORT = 90


class SourceFilter(admin.SimpleListFilter):
    """Sources that are not named, and what is kept from readers."""

    title = "source"
    parameter_name = "source"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [
            ("unapproved", "not named, not approved"),
            ("unnamed", "not named"),
            ("off", "off the record"),
            ("embargoed", "not before a time to come"),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Quote]) -> QuerySet[Quote]:
        unnamed = ~Q(unnamed="")
        meaning = {
            "unapproved": unnamed & Q(approved_at__isnull=True),
            "unnamed": unnamed,
            "off": Q(is_off_record=True),
            "embargoed": Q(embargoed_until__gt=timezone.now()),
        }
        chosen = meaning.get(self.value() or "")
        return queryset.filter(chosen) if chosen is not None else queryset


@admin.register(Quote)
class QuoteAdmin(TellsStale, StatementPages, AuditPage, KeptHistory):
    form = QuoteForm
    change_form_template = "admin/articles/quote/change_form.html"
    list_display = ("words", "speaker", "role", "story", "state", "confirmed")
    list_display_links = ("words",)
    list_filter = ("state", "kind", SourceFilter)
    list_select_related = ("person", "organization", "article", "confirmed_by", "approved_by")
    search_fields = (
        "text",
        "person__name",
        "person__other_names__name",
        "organization__name",
        "unnamed",
    )
    autocomplete_fields = ("person", "organization", "on_behalf_of")
    readonly_fields = ("printed", "story", "state", "statements", "approval")
    fieldsets = (
        (None, {"fields": ("printed", "story", "state", "statements")}),
        ("Who", {"fields": ("person", "organization", "unnamed", "unnamed_reason", "approval")}),
        ("In what capacity", {"fields": ("role", "on_behalf_of")}),
        (
            "What and when",
            {
                "fields": (
                    "kind",
                    ("said_on", "said_how"),
                    "said_where",
                    "source_url",
                    "locator",
                    ("is_translated", "original_language"),
                )
            },
        ),
        ("What keeps it from readers", {"fields": ("is_off_record", "embargoed_until")}),
    )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def view_on_site(self, quote: Quote) -> str | None:
        """Lead to the readers' page when they have the quote."""
        found = EditionQuote.objects.listed().filter(quote_key=quote.quote_key)
        return reverse("quote", args=[quote.quote_key]) if found.exists() else None

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Say whether the one at the desk can approve the source."""
        quote = kwargs.get("obj")
        waits = bool(quote and quote.unnamed and quote.approved_at is None)
        context["may_approve"] = waits and request.user.has_perm(APPROVE)
        return super().render_change_form(request, context, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: Quote, form: Any, change: bool) -> None:
        """Save it under the lock of its story, so that nobody publishes it as it was; say what that did."""
        Article.objects.locked().get(pk=obj.article_id)
        changed = set(form.changed_data)
        settle_approval(
            obj, by=request.user, is_changed=bool(changed & {"unnamed", "unnamed_reason"})
        )
        super().save_model(request, obj, form, change)
        if "_approve" in request.POST and obj.approved_at is None:
            self._approve(request, obj)
        for words in settle_quotes(obj.article, by=request.user):
            messages.warning(request, words)
        self._tell_readers_have_it(request, obj, changed)

    def _approve(self, request: HttpRequest, quote: Quote) -> None:
        try:
            approve(quote, by=request.user)
        except Undecided as reason:
            messages.error(request, f"Not approved. {reason}")

    def _tell_readers_have_it(self, request: HttpRequest, quote: Quote, changed: set[str]) -> None:
        """Warn that words which are to be kept back are out already: the record cannot take them from readers."""
        is_kept_back = quote.is_off_record or quote.embargoed_until
        if not is_kept_back or not changed & {"is_off_record", "embargoed_until"}:
            return
        if EditionQuote.objects.listed().filter(quote_key=quote.quote_key).exists():
            messages.warning(
                request,
                "Readers have these words already. Change the text and publish it, or withdraw the story.",
            )

    def delete_model(self, request: HttpRequest, quote: Quote) -> None:
        """Take it off the record, so that its find is not asked again; say whether readers have it still."""
        remove(quote, by=request.user)
        tell_stale(request, quote.article)

    @admin.display(description="words", ordering="text")
    def words(self, quote: Quote) -> str:
        line = " ".join(quote.text.split())
        return line if len(line) <= SHORT else f"{line[: SHORT - 1].rstrip()}…"

    @admin.display(description="words as printed")
    def printed(self, quote: Quote) -> str:
        return quote.text

    @admin.display(description="approval")
    def approval(self, quote: Quote) -> str:
        if not quote.unnamed:
            return "Not needed: the speaker is named."
        if quote.approved_at is None:
            return "Nobody has approved yet that the source is not named. The story cannot go out with it."
        by = f" by {quote.approved_by}" if quote.approved_by else ""
        return f"Approved{by}, {when(quote.approved_at)}."

    @admin.display(description="story")
    def story(self, quote: Quote) -> str:
        address = reverse("admin:articles_article_record", args=[quote.article_id])
        return format_html('<a href="{}">{}</a>', address, quote.article)

    @admin.display(description="confirmed", ordering="confirmed_at")
    def confirmed(self, quote: Quote) -> str:
        by = f" by {quote.confirmed_by}" if quote.confirmed_by else ""
        return f"{when(quote.confirmed_at)}{by}"
