"""A decision taken back: what it made goes, as far as nothing else has come to use it."""

from typing import Any

from django.db import transaction
from django.db.models import ProtectedError

from articles.models import Article, DeskNameWord, Membership, Organization, Person, Suggestion
from articles.record.quotes.links import delete_statement_links
from articles.record.speaker_choice import DecisionError

State = Suggestion.State
CreatedModel = type[Person] | type[Organization] | type[Membership]
_CREATED_MODELS: dict[str, CreatedModel] = {
    "person": Person,
    "organization": Organization,
    "membership": Membership,
}


def undo_decision(suggestion: Suggestion) -> None:
    """Open a decided suggestion again; what the decision made goes, unless something uses it. Raises DecisionError."""
    with transaction.atomic():
        Article.objects.locked().get(pk=suggestion.article_id)
        fresh = Suggestion.objects.select_related("quote", "mention").get(pk=suggestion.pk)
        if fresh.state == State.OPEN:
            raise DecisionError("It is open already.")
        if fresh.quote:
            key = fresh.quote.quote_key
            fresh.quote.delete()
            delete_statement_links(key)
        if fresh.mention and not _is_named_twice(fresh):
            fresh.mention.delete()
        remaining = [
            [model, key] for model, key in reversed(fresh.made) if not _delete_created(model, key)
        ]
        fresh.quote = fresh.mention = fresh.decided_by = fresh.decided_at = None
        fresh.state, fresh.made = State.OPEN, []
        fresh.save()
        _reassign_created(fresh, remaining)


def _is_named_twice(suggestion: Suggestion) -> bool:
    """Tell whether another accepted name of the story led to the same mention."""
    others = Suggestion.objects.filter(mention=suggestion.mention).exclude(pk=suggestion.pk)
    return others.exists()


def _reassign_created(suggestion: Suggestion, remaining: list[list[Any]]) -> None:
    """Let another decision of the story answer for rows that it uses: with its undo they go."""
    others = Suggestion.objects.decided().filter(article_id=suggestion.article_id)
    other = others.exclude(pk=suggestion.pk).exclude(state=State.REJECTED).first()
    if other and remaining:
        other.made = [*reversed(remaining), *other.made]
        other.save(update_fields=["made"])


def _delete_created(model: str, key: int) -> bool:
    """Delete a row that a decision created, unless something else has come to use it; tell whether it is gone."""
    row = _CREATED_MODELS[model].objects.filter(pk=key).first()
    if row is None:
        return True
    if _is_used(row):
        return False
    try:
        with transaction.atomic():
            DeskNameWord.objects.of(row).delete()
            row.delete()
    except ProtectedError:
        return False
    return True


def _is_used(row: Any) -> bool:
    if isinstance(row, Membership):
        return False
    field = "people" if isinstance(row, Person) else "organizations"
    return Article.all_objects.filter(**{field: row}).exists() or row.memberships.exists()
