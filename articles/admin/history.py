"""The history of a story: every revision of the working copy, every edition that readers got."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_POST

from articles.models import Article, Edition
from articles.record import follow

from .compare import differences
from .deeds import back_to, demand, tell
from .preview import page_of
from .states import HIDE, with_state

MOST_SHOWN = 200


class HideForm(forms.Form):
    """Why an edition is taken out of the public history."""

    reason = forms.CharField(
        label="The reason, as readers will see it",
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
    )


def history_view(request: HttpRequest, admin: Any, pk: int) -> HttpResponse:
    """List revisions and editions, the newest first."""
    article = with_state(pk)
    editions = Edition.objects.filter(article=article).select_related("by", "correction")
    context = admin.page_context(request, article, "History")
    context |= {
        "revisions": article.revisions.select_related("by").defer("snapshot")[:MOST_SHOWN],
        "editions": editions.defer("card_html", "page_html").order_by("-starts_at")[:MOST_SHOWN],
        "now": timezone.now(),
        "may_hide": request.user.has_perm(HIDE),
    }
    return TemplateResponse(request, "admin/articles/article/history.html", context)


def revision_view(request: HttpRequest, admin: Any, pk: int, number: int) -> HttpResponse:
    """Show what one revision changed against the one before it."""
    article = with_state(pk)
    revision = get_object_or_404(article.revisions.select_related("by"), number=number)
    before = article.revisions.filter(number__lt=number).first()
    context = admin.page_context(request, article, f"Revision {number}")
    context |= {
        "revision": revision,
        "before": before,
        "differences": differences(before.snapshot, revision.snapshot) if before else [],
        "may_restore": admin.has_change_permission(request, article)
        and number != article.revision_number,
    }
    return TemplateResponse(request, "admin/articles/article/revision.html", context)


@require_POST
def restore_view(request: HttpRequest, admin: Any, pk: int, number: int) -> HttpResponse:
    """Make an old revision the working copy again, as a new revision; readers keep what they have."""
    demand(request, "articles.change_article")
    with transaction.atomic():
        article = get_object_or_404(Article.objects.locked(), pk=pk)
        revision = get_object_or_404(article.revisions, number=number)
        held = {
            "is_on_hold",
            "pub_status",
            "embargoed_until",
        }  # an old version lifts no hold of today
        values = {name: value for name, value in revision.snapshot.items() if name not in held}
        article.take_over(still_there(values))
        article.keep_revision(request.user)
        notes = follow(article, by=request.user)
    said = f"Revision {number} is the working copy again, as revision {article.revision_number}."
    for words in [said, *notes]:
        tell(request, messages.SUCCESS, article, words)
    return back_to(article)


def still_there(values: dict[str, Any]) -> dict[str, Any]:
    """Leave out of a snapshot the links to what was deleted since."""
    for name in ("tags", "people", "organizations"):
        model = Article._meta.get_field(name).related_model
        values[name] = sorted(model.objects.in_bulk(values.get(name, [])))
    image = Article._meta.get_field("lead_image").related_model.objects
    if not image.filter(pk=values.get("lead_image")).exists():
        values["lead_image"] = None
    return values


def edition_view(request: HttpRequest, admin: Any, pk: int, number: int) -> HttpResponse:
    """Show an edition as readers got it; a chief may take it out of the public history, with a reason."""
    article = with_state(pk)
    edition = get_object_or_404(Edition, article=article, number=number)
    is_superseded = edition.ends_at <= timezone.now()
    form = HideForm(request.POST or None)
    if request.method == "POST":
        demand(request, HIDE)
    if request.method == "POST" and is_superseded and form.is_valid():
        Edition.objects.filter(pk=edition.pk).hide(form.cleaned_data["reason"])
        tell(request, messages.SUCCESS, article, f"Edition {number} is out of the public history.")
        address = reverse("admin:articles_article_history", args=[pk])
        return HttpResponseRedirect(address)
    context = admin.page_context(request, article, f"Edition {number}")
    context |= {
        "edition": edition,
        "story": mark_safe(page_of(edition.composed)),  # noqa: S308 (escaped by the readers' template)
        "form": form,
        "may_hide": request.user.has_perm(HIDE) and is_superseded and not edition.is_hidden,
    }
    return TemplateResponse(request, "admin/articles/article/edition.html", context)
