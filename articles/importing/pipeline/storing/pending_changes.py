"""What an editor decides about a version that waits beside an article."""

from django.db import transaction

from articles import clock
from articles.models import Article, User, WaitingChange
from articles.record import sync_record


def accept_change(change: WaitingChange, *, by: User) -> list[str]:
    """Write the waiting version over the article, as a revision by ``by``; what readers have stays as it is.

    Does nothing if the change was decided already. Returns sentences: what it named that was
    deleted since, what a hold or a kill in it did to the live story.
    """
    with transaction.atomic():
        article = Article.objects.locked().get(pk=change.article_id)
        if not _close(change, WaitingChange.State.TAKEN, by):
            return []
        article.original = change.original
        notes = article.apply_snapshot(change.values)
        article.create_revision(by)
        number = article.revision_number
        WaitingChange.objects.filter(pk=change.pk).update(revision_number=number)
        items = article.imported_items.filter(source=article.source)
        items.update(base_revision=None, base_values=change.values)
        return notes + sync_record(article, by=by)


def dismiss_change(change: WaitingChange, *, by: User) -> None:
    """Set the waiting version aside; the article stays as the editors made it."""
    with transaction.atomic():
        Article.objects.locked().get(pk=change.article_id)
        _close(change, WaitingChange.State.LEFT, by)


def _close(change: WaitingChange, state: str, by: User) -> bool:
    """Close ``change`` once; tell whether it was open."""
    still_open = WaitingChange.objects.filter(pk=change.pk, state=WaitingChange.State.OPEN)
    return bool(still_open.update(state=state, decided_by=by, decided_at=clock.now()))
