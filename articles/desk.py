"""The admin's site: its name, its order, its autocomplete. (Outside ``articles.admin``, which registers with it.)"""

from typing import Any

from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from articles.models import CorrectionDraft, Suggestion

ORDER = (
    (
        "Stories",
        (
            "Article",
            "RightOfReply",
            "WaitingChange",
            "Image",
            "Author",
            "Correction",
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


class Desk(AdminSite):
    """The newsroom's desk."""

    index_title = "The desk"
    site_url = "/"
    enable_nav_sidebar = False

    @property
    def site_header(self) -> str:
        return settings.PAPER_NAME

    site_title = site_header

    def autocomplete_view(self, request: HttpRequest) -> HttpResponse:
        return LabelledResults.as_view(admin_site=self)(request)

    def index(self, request: HttpRequest, extra_context: Any = None) -> TemplateResponse:
        """Show the first page, with how many finds and corrections wait: 1,001 stands for any more."""
        counted = {}
        if request.user.has_perm("articles.view_suggestion"):
            waiting = Suggestion.objects.open().likely()
            counted["waiting_finds"] = waiting.order_by()[:1001].count()
        if request.user.has_perm("articles.view_correctiondraft"):
            counted["waiting_corrections"] = CorrectionDraft.objects.order_by()[:1001].count()
        return super().index(request, counted | (extra_context or {}))

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """List the models under the newsroom's headings, in the order of the day's work."""
        if app_label:
            return super().get_app_list(request, app_label)
        apps = super().get_app_list(request)
        models = {model["object_name"]: model for app in apps for model in app["models"]}
        groups = [(name, [models[m] for m in names if m in models]) for name, names in ORDER]
        home = apps[0] if apps else {}
        return [home | {"name": name, "models": listed} for name, listed in groups if listed]
