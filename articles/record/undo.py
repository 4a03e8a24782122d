"""A decision taken back: what it made goes, as far as nothing else has come to use it."""

from typing import Any

from django.db import transaction
from django.db.models import ProtectedError

from articles.models import Article, Membership, Organization, Person, Suggestion

from .choice import Undecided
from .statements import forget

State = Suggestion.State
_MADE = {"person": Person, "organization": Organization, "membership": Membership}


def undo(suggestion: Suggestion) -> None:
    """Open a decided find again; what the decision made goes, as far as nothing else uses it. Raises Undecided."""
    with transaction.atomic():
        Article.objects.locked().get(pk=suggestion.article_id)
        fresh = Suggestion.objects.select_related("quote", "mention").get(pk=suggestion.pk)
        if fresh.state == State.OPEN:
            raise Undecided("It is open already.")
        if fresh.quote:
            key = fresh.quote.quote_key
            fresh.quote.delete()
            forget(key)
        if fresh.mention and not _is_named_twice(fresh):
            fresh.mention.delete()
        left = [[model, key] for model, key in reversed(fresh.made) if not _unmake(model, key)]
        fresh.quote = fresh.mention = fresh.decided_by = fresh.decided_at = None
        fresh.state, fresh.made = State.OPEN, []
        fresh.save()
        _hand_over(fresh, left)


def _is_named_twice(suggestion: Suggestion) -> bool:
    """Tell whether another accepted name of the story led to the same mention."""
    others = Suggestion.objects.filter(mention=suggestion.mention).exclude(pk=suggestion.pk)
    return others.exists()


def _hand_over(suggestion: Suggestion, left: list[list[Any]]) -> None:
    """Let another decision of the story answer for rows that it uses: with its undo they go."""
    heir = Suggestion.objects.decided().filter(article_id=suggestion.article_id)
    heir = heir.exclude(pk=suggestion.pk).exclude(state=State.REJECTED).first()
    if heir and left:
        heir.made = [*reversed(left), *heir.made]
        heir.save(update_fields=["made"])


def _unmake(model: str, key: int) -> bool:
    """Delete a row that a decision created, unless something else has come to use it; tell whether it is gone."""
    row = _MADE[model].objects.filter(pk=key).first()
    if row is None:
        return True
    if _is_used(row):
        return False
    try:
        with transaction.atomic():
            row.delete()
    except ProtectedError:
        return False
    return True


def _is_used(row: Any) -> bool:
    if isinstance(row, Membership):
        return False
    field = "people" if isinstance(row, Person) else "organizations"
    return Article.objects.filter(**{field: row}).exists() or row.memberships.exists()
