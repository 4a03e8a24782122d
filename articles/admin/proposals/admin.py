"""The list of proposals: what waits for an editor, the oldest first, and the way to each."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from articles.admin.base import ReadOnlyAdmin, datetime_or_dash
from articles.admin.requests import authenticated
from articles.models import Proposal
from articles.models.proposals import TARGETS
from articles.record.proposals import proposer_name
from articles.text.numbers import parse_number

from .notices import page_of
from .page import decision_view


class WhichFilter(admin.SimpleListFilter):
    """What waits, unless somebody asks for what is decided or for their own."""

    title = _("which")
    parameter_name = "which"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("own", _("my own, decided ones too")), ("decided", _("decided"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Proposal]) -> QuerySet[Proposal]:
        if self.value() == "own":
            return queryset.filter(by=request.user.pk).order_by("-changed_at", "-pk")
        if self.value() == "decided":
            return queryset.exclude(state=Proposal.State.OPEN).order_by("-decided_at", "-pk")
        return queryset.filter(state=Proposal.State.OPEN)

    def choices(self, changelist: Any) -> Any:
        """Call what is listed by default by its name."""
        waiting, *others = super().choices(changelist)
        return [{**waiting, "display": _("waiting")}, *others]


@admin.register(Proposal)
class ProposalAdmin(ReadOnlyAdmin):
    list_display = ("subject", "kind", "proposer", "proposed", "outcome")
    list_display_links = None
    list_filter = (WhichFilter,)
    list_select_related = ("by", "decided_by", *(name for name in TARGETS if name != "article"))
    search_fields = ("article__headline", *(f"{name}__name" for name in TARGETS[1:]))
    search_help_text = _("Words of the headline or the name")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Proposal]:
        queryset: QuerySet[Proposal] = super().get_queryset(request)
        return queryset.prefetch_related("article").defer("base", "values")

    def has_view_permission(self, request: HttpRequest, obj: Proposal | None = None) -> bool:
        """Let everybody see what they proposed themselves."""
        is_own = obj is not None and obj.by_id is not None and obj.by_id == request.user.pk
        return is_own or super().has_view_permission(request, obj)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: Any = None,
    ) -> HttpResponse:
        proposals = Proposal.objects.select_related("by", "decided_by")
        proposal = get_object_or_404(proposals, pk=parse_number(object_id))
        if not self.has_view_permission(request, proposal):
            raise PermissionDenied
        return decision_view(authenticated(request), self, proposal)

    @admin.display(description=_("what"))
    def subject(self, proposal: Proposal) -> str:
        return format_html('<a href="{}">{}</a>', page_of(proposal), proposal.target)

    @admin.display(description=_("kind"))
    def kind(self, proposal: Proposal) -> str:
        return str(proposal.target._meta.verbose_name)

    @admin.display(description=_("by"))
    def proposer(self, proposal: Proposal) -> str:
        return proposer_name(proposal)

    @admin.display(description=_("since"), ordering="at")
    def proposed(self, proposal: Proposal) -> str:
        return datetime_or_dash(proposal.at)

    @admin.display(description=_("state"))
    def outcome(self, proposal: Proposal) -> str:
        if proposal.is_open:
            return str(proposal.get_state_display())
        editor = proposal.decided_by
        by = f", {editor.display_name}" if editor else ""
        return f"{proposal.get_state_display()}{by}"
