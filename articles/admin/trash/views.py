"""The page before rows go to the trash: what would go, what keeps it, why; and what came of it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from articles.admin.requests import AuthenticatedHttpRequest
from articles.models import Article
from articles.record.trash.moves import NotTrashable, describe_move, move_to_trash

MAX_ROWS = 100  # at once


class TrashForm(forms.Form):
    """Why; of a story the newsroom has to say it."""

    reason = forms.CharField(
        label=_("Why? Whoever looks into the trash reads it"),
        max_length=500,
        widget=forms.Textarea({"rows": 2, "maxlength": 500}),
        error_messages={"required": _("Say why the story is spiked.")},
    )

    def __init__(self, *args: Any, is_story: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = is_story


def confirm_view(
    request: AuthenticatedHttpRequest, admin: Any, rows: Sequence[Any], action: str = ""
) -> HttpResponse:
    """Ask before ``rows`` go, with the reason; a POST from that page moves them and tells what it did.

    ``action`` is the one of the list by which they were chosen, empty for a row's own page.
    """
    is_story = admin.model is Article
    list_address = reverse(f"admin:articles_{admin.opts.model_name}_changelist")
    if len(rows) > MAX_ROWS:
        sentence = gettext("At most %(count)s at once: narrow the list, or choose fewer.")
        messages.error(request, sentence % {"count": MAX_ROWS})
        return HttpResponseRedirect(list_address)
    is_confirmed = request.method == "POST" and "confirmed" in request.POST
    form = TrashForm(request.POST if is_confirmed else None, is_story=is_story)
    if is_confirmed and form.is_valid():
        moved_count = _move(request, admin, rows, form.cleaned_data["reason"])
        if moved_count or action:
            return HttpResponseRedirect(list_address)
    described = [(row, describe_move(row)) for row in rows]
    context = {
        **admin.admin_site.each_context(request),
        "title": gettext("Spike") if is_story else gettext("Move to the trash"),
        "subtitle": str(rows[0]) if len(rows) == 1 else "",
        "opts": admin.opts,
        "form": form,
        "is_story": is_story,
        "described": described,
        "movable_count": sum(not references.blockers for _, references in described),
        "list_address": list_address,
        "action": action,
        "checkbox_name": ACTION_CHECKBOX_NAME,
    }
    status = 400 if form.is_bound and not form.is_valid() else 200
    return TemplateResponse(request, "admin/articles/trash/confirm.html", context, status=status)


def _move(request: AuthenticatedHttpRequest, admin: Any, rows: Sequence[Any], reason: str) -> int:
    """Move what can go, each row by itself; say what went, and why others stay. Return how many went."""
    moved, refused = [], []
    for row in rows:
        try:
            if not admin.has_delete_permission(request, row):
                raise NotTrashable([gettext("Your role may not: readers have it.")])
            with transaction.atomic():
                move_to_trash(row, by=request.user, reason=reason)
                if not isinstance(row, Article):  # a story's history is its revisions
                    admin.log_change(request, row, gettext("Moved to the trash."))
        except NotTrashable as refusal:
            refused.append((row, refusal.reasons))
        else:
            moved.append(row)
    if moved:
        messages.success(request, _moved_message(moved))
    for row, reasons in refused:
        listed = format_html_join("", "<li>{}</li>", ((text,) for text in reasons))
        level = messages.WARNING if moved else messages.ERROR
        messages.add_message(
            request, level, format_html("{}: {} <ul>{}</ul>", row, gettext("it stays."), listed)
        )
    return len(moved)


def _moved_message(rows: Sequence[Any]) -> str:
    address = reverse("admin:articles_trashentry_changelist")
    count = len(rows)
    if isinstance(rows[0], Article):
        text = ngettext("%(count)s story is spiked", "%(count)s stories are spiked", count)
    else:
        text = ngettext("%(count)s row is in the trash", "%(count)s rows are in the trash", count)
    names = ", ".join(f"“{row}”" for row in rows[:3]) + (" …" if count > 3 else "")
    link = gettext("Restore from the trash")
    summary = text % {"count": count}
    return format_html('{}: {}. <a href="{}">{}</a>', summary, names, address, link)
