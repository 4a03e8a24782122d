"""Quotes on record: found again, corrected, taken off. They are made in the review of a story, never here."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html

from articles import clock
from articles.admin.base import datetime_or_dash
from articles.admin.entities.history import HistoryAdmin
from articles.admin.entities.outdated_stories import (
    OutdatedStoriesAdminMixin,
    warn_outdated_stories,
)
from articles.admin.requests import AuthenticatedHttpRequest, authenticated
from articles.admin.source_audit.views import SourceAuditAdmin
from articles.models import Article, EditionQuote, Quote
from articles.publishing import cancel_if_blocked
from articles.record import DecisionError, approve_unnamed_source, delete_quote
from articles.record.quotes.source_approval import APPROVE, update_approval
from articles.record.quotes.store import save_quote

from .form import QuoteForm
from .links import StatementLinksAdmin
from .name_removal.views import NameRemovalAdmin

MAX_WORDS_LENGTH = 90
NO_ROLE = (
    "A source who is not named has no role and speaks for nobody: that was left out. What readers may know "
    "belongs in the description."
)


class QuoteSourceFilter(admin.SimpleListFilter):
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
            "embargoed": Q(embargoed_until__gt=clock.now()),
        }
        chosen = meaning.get(self.value() or "")
        return queryset.filter(chosen) if chosen is not None else queryset


@admin.register(Quote)
class QuoteAdmin(
    OutdatedStoriesAdminMixin, StatementLinksAdmin, NameRemovalAdmin, SourceAuditAdmin, HistoryAdmin
):
    form = QuoteForm
    change_form_template = "admin/articles/quote/change_form.html"
    list_display = ("short_text", "speaker", "role", "story", "state", "confirmed")
    list_display_links = ("short_text",)
    list_filter = ("state", "kind", QuoteSourceFilter)
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
        listed = EditionQuote.objects.listed().filter(quote_key=quote.quote_key)
        return reverse("quote", args=[quote.quote_key]) if listed.exists() else None

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
        request = authenticated(request)
        Article.objects.locked().get(pk=obj.article_id)
        changed = set(form.changed_data)
        update_approval(
            obj, by=request.user, is_changed=bool(changed & {"unnamed", "unnamed_reason"})
        )
        if form.has_dropped_capacity:
            messages.info(request, NO_ROLE)
        save_quote(obj)
        if "_approve" in request.POST and obj.approved_at is None:
            self._approve(request, obj)
        for warning in cancel_if_blocked(obj.article, by=request.user):
            messages.warning(request, warning)
        self._warn_if_public(request, obj, changed)

    def _approve(self, request: AuthenticatedHttpRequest, quote: Quote) -> None:
        try:
            approve_unnamed_source(quote, by=request.user)
        except DecisionError as reason:
            messages.error(request, f"Not approved. {reason}")

    def _warn_if_public(self, request: HttpRequest, quote: Quote, changed: set[str]) -> None:
        """Warn that words which are to be kept back are out already: the record cannot take them from readers."""
        is_restricted = quote.is_off_record or quote.embargoed_until
        if not is_restricted or not changed & {"is_off_record", "embargoed_until"}:
            return
        if EditionQuote.objects.listed().filter(quote_key=quote.quote_key).exists():
            messages.warning(
                request,
                "Readers have these words already. Change the text and publish it, or withdraw the story.",
            )

    def delete_model(self, request: HttpRequest, quote: Quote) -> None:
        """Take it off the record, so that its find is not asked again; say whether readers have it still."""
        request = authenticated(request)
        delete_quote(quote, by=request.user)
        warn_outdated_stories(request, quote.article)

    @admin.display(description="words", ordering="text")
    def short_text(self, quote: Quote) -> str:
        line = " ".join(quote.text.split())
        return (
            line if len(line) <= MAX_WORDS_LENGTH else f"{line[: MAX_WORDS_LENGTH - 1].rstrip()}…"
        )

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
        return f"Approved{by}, {datetime_or_dash(quote.approved_at)}."

    @admin.display(description="story")
    def story(self, quote: Quote) -> str:
        address = reverse("admin:articles_article_record", args=[quote.article_id])
        return format_html('<a href="{}">{}</a>', address, quote.article)

    @admin.display(description="confirmed", ordering="confirmed_at")
    def confirmed(self, quote: Quote) -> str:
        by = f" by {quote.confirmed_by}" if quote.confirmed_by else ""
        return f"{datetime_or_dash(quote.confirmed_at)}{by}"
