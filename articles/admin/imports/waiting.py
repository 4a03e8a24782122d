"""A version from the wire that waits beside a story: what an editor decides about it."""

from django.contrib import messages

from articles.admin.already_done import decided_already
from articles.importing.pipeline.storing import pending_changes
from articles.models import User, WaitingChange


def decide_change(change: WaitingChange, decision: str, by: User) -> tuple[int, list[str]]:
    """Take over or leave aside a version that waits; return the level of the message, and its sentences."""
    if message := decided_already(change, by):
        return messages.INFO, [message]
    if decision == "take":
        notes = pending_changes.accept_change(change, by=by)
        message = "The newer version from the wire is taken over. Readers get it when you publish."
        return messages.SUCCESS, [message, *notes]
    if decision == "leave":
        pending_changes.dismiss_change(change, by=by)
        message = "The newer version from the wire is left aside; the text stays as it is."
        return messages.SUCCESS, [message]
    return messages.WARNING, ["Nothing was decided: take it over or leave it aside."]
