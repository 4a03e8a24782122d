"""Taking a whole import back: what would go, why it cannot, and the deed."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html, format_html_join

from articles.importing.undo import NotUndoable, in_words, reasons_against, undo, would_go
from articles.models import ImportRun

UNDO = "articles.undo_importrun"
MANY = 5000  # stories that take more than a moment


def undo_view(request: HttpRequest, admin: Any, pk: int) -> HttpResponse:
    """Ask with all that would go, or say why nothing can; a POST takes the import back."""
    if not request.user.has_perms((UNDO, "articles.view_importrun")):
        raise PermissionDenied
    run = get_object_or_404(ImportRun.objects.select_related("undone_by"), pk=pk)
    if request.method == "POST":
        return _undo(request, admin, run)
    reasons = reasons_against(run)
    gone = {} if reasons else would_go(run)
    context = {
        **admin.admin_site.each_context(request),
        "title": "Undo the import",
        "subtitle": str(run),
        "opts": admin.opts,
        "run": run,
        "address": address_of(run),
        "reasons": reasons,
        "gone": in_words(gone),
        "takes_long": gone.get("article", 0) > MANY,
    }
    return TemplateResponse(request, "admin/articles/importrun/undo.html", context)


def _undo(request: HttpRequest, admin: Any, run: ImportRun) -> HttpResponse:
    try:
        with transaction.atomic():
            gone = undo(run, by=request.user)
            words = ", ".join(in_words(gone)) or "nothing"
            admin.log_change(request, run, f"Import undone. Gone: {words}.")
    except NotUndoable as refusal:
        reasons = format_html_join("", "<li>{}</li>", ((reason,) for reason in refusal.reasons))
        messages.error(request, format_html("Not undone: {} <ul>{}</ul>", run, reasons))
    else:
        messages.success(
            request, f"Undone: {run}. Gone: {words}. The same input can come in again."
        )
    return HttpResponseRedirect(address_of(run))


def address_of(run: ImportRun) -> str:
    """Return the address of the report of ``run``."""
    return reverse("admin:articles_importrun_change", args=[run.pk])
