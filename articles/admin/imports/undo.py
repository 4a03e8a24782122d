"""Taking a whole import back: what would go, why it cannot, and the action."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html, format_html_join

from articles.admin.requests import AuthenticatedHttpRequest
from articles.importing.pipeline.runs.undo import (
    NotUndoable,
    count_removals,
    describe_removals,
    find_undo_blockers,
    undo,
)
from articles.models import ImportRun

UNDO = "articles.undo_importrun"
SLOW_UNDO_COUNT = 5000  # stories that take more than a moment


def undo_view(request: AuthenticatedHttpRequest, admin: Any, pk: int) -> HttpResponse:
    """Ask with all that would go, or say why nothing can; a POST takes the import back."""
    if not request.user.has_perms((UNDO, "articles.view_importrun")):
        raise PermissionDenied
    run = get_object_or_404(ImportRun.objects.select_related("undone_by"), pk=pk)
    if request.method == "POST":
        return _undo(request, admin, run)
    reasons = find_undo_blockers(run)
    removals = {} if reasons else count_removals(run)
    context = {
        **admin.admin_site.each_context(request),
        "title": "Undo the import",
        "subtitle": str(run),
        "opts": admin.opts,
        "run": run,
        "address": run_address(run),
        "reasons": reasons,
        "removals": describe_removals(removals),
        "takes_long": removals.get("article", 0) > SLOW_UNDO_COUNT,
    }
    return TemplateResponse(request, "admin/articles/importrun/undo.html", context)


def _undo(request: AuthenticatedHttpRequest, admin: Any, run: ImportRun) -> HttpResponse:
    try:
        with transaction.atomic():
            removed = undo(run, by=request.user)
            removed_text = ", ".join(describe_removals(removed)) or "nothing"
            admin.log_change(request, run, f"Import undone. Deleted: {removed_text}.")
    except NotUndoable as refusal:
        reasons = format_html_join("", "<li>{}</li>", ((reason,) for reason in refusal.reasons))
        messages.error(request, format_html("Not undone: {} <ul>{}</ul>", run, reasons))
    else:
        messages.success(
            request, f"Undone: {run}. Deleted: {removed_text}. The same input can come in again."
        )
    return HttpResponseRedirect(run_address(run))


def run_address(run: ImportRun) -> str:
    """Return the address of the report of ``run``."""
    return reverse("admin:articles_importrun_change", args=[run.pk])
