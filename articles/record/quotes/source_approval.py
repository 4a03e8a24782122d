"""A source that is not named: somebody who may answer for it approves that, by name and time. No identity is kept."""

from typing import Any

from django.db import transaction

from articles import clock
from articles.models import Article, Quote, User
from articles.record.speaker_choice import DecisionError

APPROVE = "articles.approve_source"


def approval_fields(by: User | None) -> dict[str, Any]:
    """Return the fields of ``Quote`` that say who approved and when: ``by`` and now, or nobody who may not."""
    may_approve = by is not None and by.has_perm(APPROVE)
    return {
        "approved_by": by if may_approve else None,
        "approved_at": clock.now() if may_approve else None,
    }


def update_approval(quote: Quote, *, by: User, is_changed: bool) -> None:
    """Set on ``quote``, which is not stored here, whether its source may go unnamed once ``by`` has edited it.

    ``is_changed`` says that its description or reason is another one: the approval was of the old one. A speaker who
    is named needs none.
    """
    fields = approval_fields(by) if is_changed and quote.unnamed else {}
    if not quote.unnamed:
        fields = {"approved_by": None, "approved_at": None}
    for name, value in fields.items():
        setattr(quote, name, value)


def approve_unnamed_source(quote: Quote, *, by: User) -> None:
    """Let the source of ``quote`` go unnamed, on the word of ``by``, under the lock of its article.

    Raises DecisionError when there is nothing to approve, a description or reason is missing, or ``by`` may not.
    """
    with transaction.atomic():
        Article.objects.locked().get(pk=quote.article_id)
        fresh = Quote.objects.filter(pk=quote.pk).first()
        if fresh is None:
            raise DecisionError("It is no longer on record: somebody took the quote off.")
        if not fresh.unnamed:
            raise DecisionError(f"{fresh.speaker} is named: there is nothing to approve.")
        if fresh.approved_at:
            raise DecisionError("It is approved already.")
        if not fresh.unnamed.strip() or not fresh.unnamed_reason.strip():
            raise DecisionError(
                "Say first on the quote how readers see the source, and why it is not named."
            )
        fields = approval_fields(by)
        if fields["approved_at"] is None:
            raise DecisionError(
                "Your role may not approve sources that are not named. Ask an editor."
            )
        fresh.approved_by, fresh.approved_at = fields["approved_by"], fields["approved_at"]
        fresh.save(update_fields=["approved_by", "approved_at"])
