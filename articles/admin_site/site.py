"""The site itself: its name, its order, its autocomplete. (Outside ``articles.admin``, which registers with it.)"""

from typing import Any, cast

from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path

from articles.models import CorrectionDraft, Proposal, Suggestion, UnsavedForm, User
from articles.models.clock_readings import record_clock
from articles.translation.languages import desk_languages

from .refused_forms import stores_refused_forms
from .sessions import session_view
from .submissions import DeskView, once_per_form
from .unsaved_forms import discard_view

MODEL_GROUPS = (
    (
        "Stories",
        (
            "Article",
            "RightOfReply",
            "WaitingChange",
            "Proposal",
            "Image",
            "Author",
            "Correction",
            "TrashEntry",
        ),
    ),
    ("The record", ("Person", "Organization", "Quote", "Tag")),
    ("The house", ("ImportRun", "User", "Group")),
)


class LabelledResults(AutocompleteJsonView):
    """Tell rows of one name apart: ``label_for`` says more than ``str()``; pictures send a thumbnail along."""

    def serialize_result(self, obj: Any, to_field_name: str) -> dict[str, str]:
        label = getattr(self.model_admin, "label_for", str)
        result = {"id": str(getattr(obj, to_field_name)), "text": label(obj)}
        if hasattr(self.model_admin, "thumbnail_address"):
            result["thumbnail"] = self.model_admin.thumbnail_address(obj)
        return result


class NewsroomAdminSite(AdminSite):
    """The newsroom's desk."""

    index_title = "The desk"
    site_url = "/"
    enable_nav_sidebar = False

    @property
    def site_header(self) -> str:  # type: ignore[override]  # read when asked for: a setting
        return settings.PAPER_NAME

    site_title = site_header

    def has_permission(self, request: HttpRequest) -> bool:
        """Note the time, whenever somebody of the newsroom is at the desk: it tells what readers have had by then."""
        is_allowed = super().has_permission(request)
        if is_allowed:
            record_clock()
        return is_allowed

    def admin_view(self, view: DeskView, cacheable: bool = False) -> Any:
        """Let each form of every view of the site do its work once, and none be lost with its session."""
        return stores_refused_forms(super().admin_view(once_per_form(view), cacheable))

    def get_urls(self) -> list[Any]:
        discard = self.admin_view(discard_view)
        return [
            path("session/", self.session_view, name="session"),
            path("unsaved/<int:pk>/discard/", discard, name="discard_unsaved"),
            *super().get_urls(),
        ]

    def session_view(self, request: HttpRequest) -> HttpResponse:
        return session_view(request, self)

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        return super().each_context(request) | {"desk_languages": desk_languages()}

    def autocomplete_view(self, request: HttpRequest) -> HttpResponse:
        return LabelledResults.as_view(admin_site=self)(request)  # type: ignore[return-value]  # a JsonResponse

    def index(self, request: HttpRequest, extra_context: Any = None) -> TemplateResponse:
        """Show the first page, with how many suggestions, corrections and proposals wait: 1,001 stands for any more."""
        counts: dict[str, Any] = {}
        if request.user.has_perm("articles.change_article"):
            counts["unsaved_forms"] = UnsavedForm.objects.offered(cast(User, request.user))
        if request.user.has_perm("articles.view_suggestion"):
            suggestions = Suggestion.objects.open().likely()
            counts["waiting_suggestions"] = suggestions.order_by()[:1001].count()
        if request.user.has_perm("articles.view_correctiondraft"):
            counts["waiting_corrections"] = CorrectionDraft.objects.order_by()[:1001].count()
        if request.user.has_perm("articles.view_proposal"):
            counts["waiting_proposals"] = Proposal.objects.open().order_by()[:1001].count()
        return super().index(request, counts | (extra_context or {}))

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """List the models under the newsroom's headings, in the order of the day's work."""
        if app_label:
            return super().get_app_list(request, app_label)
        apps = super().get_app_list(request)
        models = {model["object_name"]: model for app in apps for model in app["models"]}
        groups = [(name, [models[m] for m in names if m in models]) for name, names in MODEL_GROUPS]
        home = apps[0] if apps else {}
        return [home | {"name": name, "models": listed} for name, listed in groups if listed]
