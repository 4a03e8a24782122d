"""Feeds that the newsroom takes: the list, the form, and "Ask now"."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from articles.admin.base import NewsroomModelAdmin, datetime_or_dash
from articles.admin_site.submissions import commits_by_itself
from articles.importing.http.ssrf import FetchError, check
from articles.importing.subscriptions import fetch_subscription
from articles.models import Subscription

TRUST = "articles.trust_subscription"


class SubscriptionForm(forms.ModelForm):
    """The form of a feed; its address has to be one that may be fetched."""

    def clean_url(self) -> str:
        """Return the address. Raises ValidationError with the reason why it is never fetched."""
        url = self.cleaned_data["url"]
        try:
            check(url)
        except FetchError as error:
            raise forms.ValidationError(str(error)) from error
        return url


@admin.register(Subscription)
class SubscriptionAdmin(NewsroomModelAdmin):
    form = SubscriptionForm
    list_display = ("name", "source", "is_active", "is_trusted", "state", "next_visit", "failures")
    list_filter = ("is_active", "is_trusted")
    search_fields = ("name", "source", "url")
    filter_horizontal = ("tags",)
    actions = ("ask_now",)
    fieldsets = (
        (None, {"fields": ("name", "url", "source", "tags")}),
        ("How", {"fields": ("minutes", "is_active", "is_trusted")}),
        ("Last visit", {"fields": ("state", "last_visit", "next_visit", "failures")}),
    )
    readonly_fields = ("state", "last_visit", "next_visit", "failures")

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Take an address without its scheme for one of https."""
        options = {"assume_scheme": "https"} if db_field.name == "url" else {}
        return super().formfield_for_dbfield(db_field, request, **kwargs | options)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Show, but do not let everybody change, that a feed publishes by itself.

        Nor the address and the name of one that does: it would publish what somebody else writes.
        """
        if request.user.has_perm(TRUST):
            return self.readonly_fields
        fixed = ("url", "source") if obj and obj.is_trusted else ()
        return (*self.readonly_fields, "is_trusted", *fixed)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Forget what another address had said when the address is changed."""
        if change and "url" in form.changed_data:
            obj.etag = obj.last_modified = ""
        super().save_model(request, obj, form, change)

    @commits_by_itself
    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Hold no lock while servers are asked: of two visits at once one claims the feed, so twice is once."""
        return super().changelist_view(request, extra_context)

    @admin.action(description="Ask now", permissions=["change"])
    def ask_now(self, request: HttpRequest, queryset: QuerySet[Subscription]) -> None:
        """Ask the chosen feeds, five at most: each may take half a minute."""
        for subscription in queryset.filter(is_active=True)[:5]:
            visit_result = fetch_subscription(subscription)
            message = visit_result.message if visit_result else "Another process is asking it."
            is_good = visit_result and not visit_result.is_failed
            level = messages.SUCCESS if is_good else messages.WARNING
            self.message_user(request, f"{subscription}: {message}", level)

    @admin.display(description="last visit", ordering="fetched_at")
    def last_visit(self, subscription: Subscription) -> str:
        return datetime_or_dash(subscription.fetched_at)

    @admin.display(description="next visit", ordering="next_fetch_at")
    def next_visit(self, subscription: Subscription) -> str:
        return datetime_or_dash(subscription.next_fetch_at) if subscription.is_active else "–"
