"""What an editor decides about a newer version that waits beside an edited article."""

from django.db import transaction
from django.utils import timezone

from articles.models import Article, User, WaitingChange
from articles.record import follow


def take(change: WaitingChange, *, by: User) -> list[str]:
    """Write the waiting version over the article, as a revision by ``by``; what readers have stays as it is.

    Does nothing if the change was decided already. Returns what a hold or a kill in it did to the live story.
    """
    with transaction.atomic():
        article = Article.objects.locked().get(pk=change.article_id)
        if not _decide(change, WaitingChange.State.TAKEN, by):
            return []
        article.original = change.original
        article.take_over(change.values)
        article.keep_revision(by)
        return follow(article, by=by)


def leave(change: WaitingChange, *, by: User) -> None:
    """Set the waiting version aside; the article stays as the editors made it."""
    with transaction.atomic():
        Article.objects.locked().get(pk=change.article_id)
        _decide(change, WaitingChange.State.LEFT, by)


def _decide(change: WaitingChange, state: str, by: User) -> bool:
    """Close ``change`` once; tell whether it was open."""
    still_open = WaitingChange.objects.filter(pk=change.pk, state=WaitingChange.State.OPEN)
    return bool(still_open.update(state=state, decided_by=by, decided_at=timezone.now()))
