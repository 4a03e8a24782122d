"""The form of a row that readers get as it is, for who may not publish: what it saves is a proposal."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core import signing
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.html import format_html
from django.utils.translation import gettext

from articles.admin.requests import AuthenticatedHttpRequest
from articles.models import Proposal, User
from articles.models.proposals import PROPOSED_FIELDS
from articles.models.snapshots import editable_fields
from articles.record.proposals import plain_lines, row_values, store_proposal

from .notices import form_of_target, list_notices, own_proposal
from .rules import CHANGED_ELSEWHERE, SEEN, proposal_problem, seen_version

SEEN_VALUES = "seen_values"  # the field of a form that says, signed, what its sender had in view
SALT = "articles.proposals.rows"


class ProposedRowForm(forms.ModelForm):
    """Stands before the form of a row: refuses once what another window of its sender has overtaken."""

    user: User

    def clean(self) -> Any:
        cleaned = super().clean()
        problem = proposal_problem(self.user, self.instance, self.data.get(SEEN, ""))
        if problem:
            self.add_error(None, problem)
        return cleaned


def proposed_form(form_class: Any, user: User) -> Any:
    """Return the class of a row's form as one whose save is a proposal of ``user``."""
    return type(form_class.__name__, (ProposedRowForm, form_class), {"user": user})


def settled_fields(row: Any) -> tuple[str, ...]:
    """Return the fields of ``row`` that nobody proposes: who sees it, its address, what it belongs to."""
    proposed = PROPOSED_FIELDS[row._meta.model_name]
    model: Any = type(row)
    return tuple(name for name in editable_fields(model) if name not in proposed)


def make_read_only(inline: Any) -> Any:
    """Return an inline that is shown and not changed."""
    for name in ("has_add_permission", "has_change_permission", "has_delete_permission"):
        setattr(inline, name, lambda request, obj=None: False)
    inline.max_num = 0
    return inline


def save_row_proposal(request: AuthenticatedHttpRequest, row: Any, form: Any) -> HttpResponse:
    """Store what a valid ``form`` of ``row`` (as it is stored, locked) holds as the user's proposal; lead on."""
    seen = _seen_values(request, row)
    cleaned = {name: plain_lines(form.cleaned_data[name]) for name in seen if name in form.fields}
    values = {name: text for name, text in cleaned.items() if text != seen[name]}
    base = {name: seen[name] for name in values}
    proposal = own_proposal(request.user, row)
    level, text = (
        messages.SUCCESS,
        gettext("Saved as a proposal: an editor takes or leaves it. Readers have what they had."),
    )
    if not values:
        level, text = messages.INFO, gettext("Nothing had changed; nothing was saved.")
        if proposal:
            rows = Proposal.objects.filter(pk=proposal.pk)
            rows.close(Proposal.State.WITHDRAWN, by=request.user)
            text = gettext("Nothing differs any more: the proposal is withdrawn.")
    elif proposal and (proposal.values, proposal.base) == (values, base):
        level, text = messages.INFO, gettext("Nothing had changed; your proposal waits as it is.")
    else:
        store_proposal(row, by=request.user, base=base, values=values)
    address = form_of_target(row)
    messages.add_message(request, level, format_html('<a href="{}">{}</a>: {}', address, row, text))
    return HttpResponseRedirect(address)


def row_context(
    request: AuthenticatedHttpRequest, row: Any, form: Any, *, proposes: bool
) -> dict[str, Any]:
    """Return what the form of ``row`` says of proposals; the user's own stands in a ``form`` that ``proposes``."""
    if not proposes:
        return {"proposal_notices": list_notices(request.user, row, shows_own=False)}
    stored = type(row).objects.get(pk=row.pk)
    proposal = own_proposal(request.user, stored)
    seen = row_values(stored) | (proposal.base if proposal else {})
    if proposal and not form.is_bound:
        form.initial |= proposal.values
    if form.is_bound:
        seen = _seen_values(request, stored)
    label = type(row)._meta.get_field
    return {
        "proposal_notices": list_notices(request.user, stored, shows_own=bool(proposal)),
        "readers_have": [
            (label(name).verbose_name, getattr(stored, name))
            for name in (proposal.values if proposal else ())
        ],
        "seen_proposal": seen_version(request.user, stored),
        "seen_values": signing.dumps({"row": _name(row), "values": seen}, salt=SALT),
        "show_save": False,
        "show_save_and_continue": False,
        "show_save_and_add_another": False,
    }


def is_overtaken(form: Any) -> bool:
    """Tell whether ``form`` was refused for what another window of its sender has saved."""
    return form.is_bound and form.has_error("__all__", CHANGED_ELSEWHERE)


def _seen_values(request: AuthenticatedHttpRequest, row: Any) -> dict[str, str]:
    """Return what the sender of a form of ``row`` had in view; what is stored where the form does not say."""
    try:
        seen = signing.loads(request.POST.get(SEEN_VALUES, ""), salt=SALT)
    except signing.BadSignature:
        return row_values(row)
    return seen["values"] if seen["row"] == _name(row) else row_values(row)


def _name(row: Any) -> str:
    return f"{row._meta.model_name} {row.pk}"
