"""The form of a story that readers have, for who may not publish: what it saves is a proposal."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.admin.utils import flatten_fieldsets, unquote
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import DateTimeField
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext, gettext_lazy

from articles.admin.feedback import message_user, redirect_to_article
from articles.admin.proposals.notices import list_notices, own_proposal, page_of
from articles.admin.proposals.rules import (
    CHANGED_ELSEWHERE,
    SEEN,
    must_propose,
    proposal_problem,
    seen_version,
)
from articles.admin.requests import AuthenticatedHttpRequest, authenticated
from articles.admin_site.unsaved_forms import delete_saved
from articles.models import Article, Proposal
from articles.models.snapshots import comparable_values, editable_fields
from articles.record.proposals import HOLD_FIELDS, current_snapshot, store_proposal
from articles.text.numbers import parse_number

from .conflicts import submitted_snapshot
from .saving import ArticleSaveMixin

SAVED = gettext_lazy(
    "Saved as a proposal: an editor takes or leaves it. Readers and the working copy stay as they are."
)
EDITORS_BUTTONS = {"_publish", "_schedule", "_correct"}


class StoryProposalMixin(ArticleSaveMixin):
    """Stores a proposal where a save would change a story that its sender may not publish; the story stays as it is."""

    def serve_form(
        self, request: HttpRequest, object_id: str | None = None, *args: Any
    ) -> HttpResponse:
        if request.method != "POST" or object_id is None:
            return super().serve_form(request, object_id, *args)
        with transaction.atomic():
            response = self._propose(authenticated(request), object_id)
            return response or super().serve_form(request, object_id, *args)

    def _propose(self, request: AuthenticatedHttpRequest, object_id: str) -> HttpResponse | None:
        """Store the form as a proposal, under the lock of the story; None where it is none, or is not valid."""
        article = self.get_object(request, unquote(object_id))
        if article is None or not self.has_change_permission(request, article):
            return None
        if not must_propose(request.user, article):
            return None
        if EDITORS_BUTTONS & set(request.POST):
            raise PermissionDenied
        fields = flatten_fieldsets(self.get_fieldsets(request, article))
        form = self.get_form(request, article, change=True, fields=fields)(
            request.POST, instance=article
        )
        if not form.is_valid():
            return None  # Django's own view shows it with its errors
        delete_saved(request, request.user)
        return save_story_proposal(request, form)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Say what waits; show the user's own proposal instead of the text that it would change."""
        article, form = kwargs.get("obj"), context["adminform"].form
        if article:
            context |= self._proposal_context(authenticated(request), article, form)
        response = super().render_change_form(request, context, *args, **kwargs)
        if form.is_bound and form.has_error("__all__", CHANGED_ELSEWHERE):
            response.status_code = 409
        return response

    def _proposal_context(
        self, request: AuthenticatedHttpRequest, article: Article, form: Any
    ) -> dict[str, Any]:
        user = request.user
        proposes = self.has_change_permission(request, article) and must_propose(user, article)
        proposal = own_proposal(user, article) if proposes else None
        if proposal and not form.is_bound:
            form.initial |= proposal_initial(proposal)
        notices = list_notices(user, article, shows_own=bool(proposal))
        seen = seen_version(user, article) if proposes else ""
        return {"proposes": proposes, "proposal_notices": notices, "seen_proposal": seen}


def save_story_proposal(request: AuthenticatedHttpRequest, form: Any) -> HttpResponse:
    """Store what a valid ``form`` holds as the user's proposal, tell them, and lead on; the story is locked."""
    number, base = seen_snapshot(form)
    values = proposed_snapshot(form, base)
    article = Article.objects.get(pk=form.instance.pk)
    proposal = own_proposal(request.user, article)
    level, message = messages.INFO, gettext("Nothing had changed; nothing was saved.")
    if values == base:
        if proposal:
            rows = Proposal.objects.filter(pk=proposal.pk)
            rows.close(Proposal.State.WITHDRAWN, by=request.user)
            message = gettext("Nothing differs from the story any more: the proposal is withdrawn.")
        proposal = None
    elif proposal and (proposal.values, proposal.base_number) == (values, number):
        message = gettext("Nothing had changed; your proposal waits as it is.")
    else:
        level, message = messages.SUCCESS, str(SAVED)
        proposal = store_proposal(
            article, by=request.user, base=base, values=values, base_number=number
        )
    message_user(request, level, article, message)
    if "_preview" in request.POST and proposal:
        return HttpResponseRedirect(page_of(proposal))
    return redirect_to_article(article)


def propose_restored(
    request: AuthenticatedHttpRequest, article: Article, values: Mapping[str, Any]
) -> HttpResponse:
    """Store what an old revision of a locked ``article`` says in ``values`` as the user's proposal, over no other."""
    base, user = comparable_values(Article, article.snapshot()), request.user
    restored = {**base, **comparable_values(Article, {**base, **current_snapshot(values)})}
    if own_proposal(user, article):
        level, text = (
            messages.WARNING,
            gettext("Nothing was done: your proposal for this story waits. Withdraw it first."),
        )
    elif restored == base:
        level, text = messages.INFO, gettext("Nothing had changed; nothing was saved.")
    else:
        number = article.revision_number
        store_proposal(article, by=user, base=base, values=restored, base_number=number)
        level, text = messages.SUCCESS, str(SAVED)
    message_user(request, level, article, text)
    return redirect_to_article(article)


def check_proposed(form: Any) -> None:
    """Add to a story's form what keeps it from being a proposal: a hold or an embargo, or another window's save."""
    base = seen_snapshot(form)[1]
    submitted = submitted_snapshot(form)
    for name in HOLD_FIELDS:
        if name in submitted and submitted[name] != base[name]:
            sentence = gettext(
                "It is live or scheduled, and your role may not take it from readers. Ask an editor."
            )
            form.add_error(name, sentence)
            return
    if problem := proposal_problem(form.user, form.instance, form.data.get(SEEN, "")):
        form.add_error(None, problem)


def seen_snapshot(form: Any) -> tuple[int, dict[str, Any]]:
    """Return the revision from which the sender of a story's ``form`` wrote, and its snapshot.

    That is the one the form names, or what is stored where there is no such revision.
    """
    article = Article.objects.with_everything().get(pk=form.instance.pk)
    number = parse_number(form.data.get("seen_revision"))
    revision = article.revisions.filter(number=number).first()
    if revision is None:
        return article.revision_number, comparable_values(Article, article.snapshot())
    return revision.number, comparable_values(Article, revision.snapshot)


def proposed_snapshot(form: Any, base: Mapping[str, Any]) -> dict[str, Any]:
    """Return ``base`` as the sender of a valid ``form`` would have it."""
    values = {**base, **submitted_snapshot(form)}
    if values["headline"] != base["headline"]:
        values["is_headline_derived"] = False
    return values


def proposal_initial(proposal: Proposal) -> dict[str, Any]:
    """Return what the fields of a story's form begin with to show ``proposal``."""
    fields = editable_fields(Article)
    values = current_snapshot(proposal.values)
    initial = {
        name: datetime.fromisoformat(value)
        if isinstance(fields.get(name), DateTimeField) and value
        else value
        for name, value in values.items()
    }
    return initial | {"byline": values["bylines"], "seen_revision": proposal.base_number}
