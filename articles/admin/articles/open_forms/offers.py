"""Which texts that are not saved the page of a story's form offers, and what differs in the one that is opened."""

from typing import Any

from django.http import HttpRequest

from articles.admin.articles.conflicts import is_as_stored, submitted_snapshot
from articles.admin.changes.snapshot_diff import Difference, diff_snapshots
from articles.admin.requests import authenticated
from articles.admin_site.submissions import path_of
from articles.admin_site.unsaved_forms import opened_form, page_token
from articles.models import Article, NameRemoval, SavedForm, UnsavedForm
from articles.models.unsaved_forms import OFFERED_FOR


def unsaved_context(
    request: HttpRequest, admin: Any, article: Article | None, form: Any
) -> dict[str, Any]:
    """Return what the page around ``form`` needs to store its text, and to offer what was stored before.

    ``unsaved_form`` is what is opened there, with ``unsaved_differences`` from what is stored now (None for a new
    story, and where others saved meanwhile: that page shows more). ``unsaved_forms`` are the others, the newest first;
    what holds nothing but what is stored by now is deleted instead.
    """
    user = authenticated(request).user
    opened = (
        opened_form(request, user) if request.method == "GET" else None
    )  # else it shows what was sent
    token = page_token(request, opened)
    offered = UnsavedForm.objects.offered(user).filter(path=path_of(request)).exclude(token=token)
    return {
        "unsaved_form": opened,
        "unsaved_differences": _differences(article, form) if opened else None,
        "unsaved_forms": [
            draft for draft in offered if not _drop_stored(request, admin, article, draft)
        ],
        "draft_token": token,
        "draft_days": OFFERED_FOR.days,
        "saved_tokens": SavedForm.objects.tokens_of(user),
        "drafts_void_before": _void_before(article),
    }


def _void_before(article: Article | None) -> int:
    """Return before when what browsers keep of ``article`` is thrown away (milliseconds since 1970), 0 for never."""
    at = article and NameRemoval.objects.drafts_void_before(article.pk)
    return int(at.timestamp() * 1000) if at else 0


def _differences(article: Article | None, form: Any) -> list[Difference] | None:
    if article is None or not form.is_bound or form.is_stale:
        return None
    stored = _stored(article).snapshot()
    return diff_snapshots(stored, stored | submitted_snapshot(form))


def _drop_stored(
    request: HttpRequest, admin: Any, article: Article | None, draft: UnsavedForm
) -> bool:
    """Delete ``draft`` when all of it is stored by now; tell whether that was so."""
    if article is None:
        return False
    form_class = admin.get_form(request, article, change=True)
    form_class.unsaved_form = draft
    if not is_as_stored(form_class(instance=_stored(article))):
        return False
    draft.delete()
    return True


def _stored(article: Article) -> Article:
    """Return the story as the database has it: a form writes into the row that it is made for."""
    return Article.objects.with_everything().get(pk=article.pk)
