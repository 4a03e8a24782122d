"""A quote taken off the record: its row goes, its history and the decision stay."""

from django.db import transaction
from django.utils import timezone

from articles.models import Article, Quote, Suggestion, User

from .statements import forget


def remove(quote: Quote, *, by: User) -> None:
    """Delete ``quote``, under the lock of its article; the find that it came from counts as rejected by ``by``.

    Readers keep it until the record is published again, and so long its links to other statements stay.
    """
    with transaction.atomic():
        Article.objects.locked().get(pk=quote.article_id)
        Suggestion.objects.filter(quote=quote.pk).update(
            state=Suggestion.State.REJECTED, decided_by=by, decided_at=timezone.now(), quote=None
        )
        quote.delete()
        forget(quote.quote_key)
