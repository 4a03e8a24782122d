"""Bringing back a story that was withdrawn: a right of its own, with a public reason or the choice of none."""

from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.admin.feedback import (
    message_user,
    redirect_to_article,
    require_permissions,
)
from articles.admin.requests import AuthenticatedHttpRequest
from articles.admin.status import PUBLISH, describe_live_since
from articles.models import Article, Edition
from articles.publishing import NotPublishable, publish
from articles.publishing.bring_back import BRING_BACK, NO_REASON_GIVEN, is_taken_away
from articles.text.numbers import parse_number

from .action_form import add_refusal, render_action_form
from .changes.unseen import publish_if_seen, steps_of_others


class BringBackForm(forms.Form):
    """Why readers can read it again."""

    reason = forms.CharField(
        label=_("The reason, as readers will see it"),
        max_length=500,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )
    has_no_reason = forms.BooleanField(label=_("No reason is given"), required=False)

    def clean(self) -> dict[str, Any]:
        """Ask for one of the two, on purpose."""
        values = {**self.cleaned_data}
        if bool(values.get("reason")) is bool(values["has_no_reason"]) and "reason" in values:
            raise ValidationError(
                gettext("Give the reason, or choose that none is given: one of the two.")
            )
        return values

    def public_reason(self) -> str:
        """Return what readers are told."""
        return self.cleaned_data["reason"] or NO_REASON_GIVEN


def bring_back_view(request: AuthenticatedHttpRequest, admin: Any, pk: int) -> HttpResponse:
    """Ask why, or whether no reason is given, then publish the saved text again."""
    require_permissions(request, PUBLISH, BRING_BACK)
    article = get_object_or_404(Article, pk=pk)
    live = Edition.objects.live().filter(article=article).first()
    form = BringBackForm(request.POST if request.method == "POST" else None)
    if form.is_bound and not is_taken_away(live):
        form.add_error(None, gettext("It is not withdrawn."))
    if form.is_valid():
        action = partial(publish, article, by=request.user, reason=form.public_reason())
        try:
            seen = parse_number(request.POST.get("seen"))
            edition = publish_if_seen(article, action, by=request.user, seen=seen)
        except NotPublishable as refusal:
            add_refusal(form, gettext("Not brought back."), refusal)
        else:
            text = gettext("Brought back: %(state)s.") % {"state": describe_live_since(edition)}
            message_user(request, messages.SUCCESS, article, text, edition.get_absolute_url())
            return redirect_to_article(article)
    more = {"steps": steps_of_others(article, request.user), "seen": article.revision_number}
    title = gettext("Bring back")
    return render_action_form(admin, request, pk, form, action="bring_back", title=title, more=more)
