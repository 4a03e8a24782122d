"""Quotes on record: found again, corrected, taken off. They are made in the review of a story, never here."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminURLFieldWidget
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html

from articles.models import EditionQuote, Quote
from articles.record import remove

from .base import when
from .kept import KeptHistory

SHORT = 90


class QuoteForm(forms.ModelForm):
    """Who said it and how; the words follow the text of the story and are decided there."""

    source_url = forms.URLField(
        label="Recording or document",
        required=False,
        max_length=200,
        assume_scheme="https",
        widget=AdminURLFieldWidget,
    )

    class Meta:
        model = Quote
        fields = (
            "person organization unnamed unnamed_reason on_behalf_of role kind said_on said_how "
            "source_url is_translated"
        ).split()

    def clean(self) -> dict[str, Any]:
        """Demand one speaker, and a reason for one who is not named."""
        cleaned = super().clean()
        if "unnamed" not in self.fields:  # somebody who may only look
            return cleaned
        unnamed = (cleaned.get("unnamed") or "").strip()
        speakers = [cleaned.get("person"), cleaned.get("organization"), unnamed]
        count = sum(bool(one) for one in speakers)
        if count != 1:
            said = "Say who it was" if not count else "Choose only one speaker"
            raise forms.ValidationError(
                f"{said}: a person, an organization, or the description of an unnamed source."
            )
        if unnamed and not (cleaned.get("unnamed_reason") or "").strip():
            self.add_error("unnamed_reason", "Say why the source is not named.")
        if not unnamed:
            cleaned["unnamed"] = cleaned["unnamed_reason"] = ""
        return cleaned


@admin.register(Quote)
class QuoteAdmin(KeptHistory):
    form = QuoteForm
    list_display = ("words", "speaker", "role", "story", "state", "confirmed")
    list_display_links = ("words",)
    list_filter = ("state", "kind")
    list_select_related = ("person", "organization", "article", "confirmed_by")
    search_fields = (
        "text",
        "person__name",
        "person__other_names__name",
        "organization__name",
        "unnamed",
    )
    autocomplete_fields = ("person", "organization", "on_behalf_of")
    readonly_fields = ("printed", "story", "state")
    fieldsets = (
        (None, {"fields": ("printed", "story", "state")}),
        ("Who", {"fields": ("person", "organization", "unnamed", "unnamed_reason")}),
        ("In what capacity", {"fields": ("role", "on_behalf_of")}),
        (
            "What and when",
            {"fields": ("kind", ("said_on", "said_how"), "source_url", "is_translated")},
        ),
    )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def view_on_site(self, quote: Quote) -> str | None:
        """Lead to the readers' page when they have the quote."""
        found = EditionQuote.objects.listed().filter(quote_key=quote.quote_key)
        return reverse("quote", args=[quote.quote_key]) if found.exists() else None

    def delete_model(self, request: HttpRequest, quote: Quote) -> None:
        """Take it off the record, so that its find is not asked again."""
        remove(quote, by=request.user)

    @admin.display(description="words", ordering="text")
    def words(self, quote: Quote) -> str:
        line = " ".join(quote.text.split())
        return line if len(line) <= SHORT else f"{line[: SHORT - 1].rstrip()}…"

    @admin.display(description="words as printed")
    def printed(self, quote: Quote) -> str:
        return quote.text

    @admin.display(description="story")
    def story(self, quote: Quote) -> str:
        address = reverse("admin:articles_article_record", args=[quote.article_id])
        return format_html('<a href="{}">{}</a>', address, quote.article)

    @admin.display(description="confirmed", ordering="confirmed_at")
    def confirmed(self, quote: Quote) -> str:
        by = f" by {quote.confirmed_by}" if quote.confirmed_by else ""
        return f"{when(quote.confirmed_at)}{by}"
