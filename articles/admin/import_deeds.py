"""Taking a whole import back: what would go, why it cannot, and the deed."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html, format_html_join

from articles.importing.undo import MADE, STEP, NotUndoable, reasons_against, undo
from articles.models import Article, Author, Edition, FormerAddress, ImportRun

from .import_report import KINDS

UNDO = "articles.undo_importrun"
WORDS = {
    "article": ("story", "stories"),
    "edition": ("published version", "published versions"),
    "tag": ("tag", "tags"),
    "author": ("author", "authors"),
    "person": ("person", "people"),
    "organization": ("organization", "organizations"),
}
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


def would_go(run: ImportRun) -> dict[str, int]:
    """Return how many rows of each kind an undo of ``run`` deletes now; for a run that can be undone.

    Then its stories are those that it was the last to bring: nothing has changed them since.
    """
    stories = Article.objects.filter(pk__in=run.items.values("article"))
    editions = Edition.objects.filter(article__in=stories.values("pk"))
    gone = {"article": stories.count(), "edition": editions.count()}
    rows = list(run.batches.values_list(*(f"made__{kind}" for kind in KINDS)))
    for place, kind in enumerate(KINDS):
        keys = [key for row in rows for key in row[place] or []]
        gone[kind] = 0
        for start in range(0, len(keys), STEP):
            made = MADE[kind]._base_manager.filter(pk__in=keys[start : start + STEP])
            gone[kind] += _only_of(made, stories.values("pk")).count()
    return gone


def _only_of(rows: QuerySet[Any], stories: QuerySet[Any]) -> QuerySet[Any]:
    """Leave out, as ``undo`` does, what an editor has worked on and what anything but ``stories`` links to."""
    history = getattr(rows.model, "history", None)
    if history:
        changes = history.filter(history_type="~")
        rows = rows.exclude(Exists(changes.filter(id=OuterRef("pk"))))
    if rows.model is Author:
        rows = rows.filter(user=None)
    if any(field.name == "is_confirmed" for field in rows.model._meta.concrete_fields):
        rows = rows.filter(is_confirmed=False)
    for relation in rows.model._meta.get_fields(include_hidden=True):
        is_link = relation.auto_created and not relation.concrete and relation.one_to_many
        other = relation.related_model
        if is_link and other is not FormerAddress and not hasattr(other, "history_date"):
            links = other._base_manager.filter(**{relation.field.name: OuterRef("pk")})
            rows = rows.exclude(Exists(links.exclude(_goes_with(other, stories))))
    return rows


def _goes_with(other: type[Model], stories: QuerySet[Any]) -> Q:
    """Say which links of a kind disappear together with ``stories``."""
    names = {field.name for field in other._meta.concrete_fields}
    if "article" in names:
        return Q(article__in=stories)
    return Q(edition__article__in=stories) if "edition" in names else Q(pk__in=[])


def in_words(gone: dict[str, int]) -> list[str]:
    """Return the counts as words, what is none left out."""
    return [f"{count:,} {WORDS[kind][count != 1]}" for kind, count in gone.items() if count]


def address_of(run: ImportRun) -> str:
    """Return the address of the report of ``run``."""
    return reverse("admin:articles_importrun_change", args=[run.pk])
