"""A warning dismissed, with the reason; and reinstated."""

from django.db import transaction

from articles.models import Article, User, WavedOff
from articles.record.speaker_choice import MAX_REASON_LENGTH, DecisionError

from .quote_checks import quote_warnings


def dismiss_warning(article: Article, fingerprint: str, *, reason: str, by: User) -> WavedOff:
    """Keep that ``by`` has looked at the warning with this ``fingerprint`` about ``article`` and lets it be.

    Raises DecisionError without a reason, and for one that is none any more or was dismissed already.
    """
    reason = " ".join(reason.split())
    if not reason:
        raise DecisionError("Say why you dismiss it: the next editor reads the reason.")
    if len(reason) > MAX_REASON_LENGTH:
        raise DecisionError(f"A reason has at most {MAX_REASON_LENGTH} letters.")
    with transaction.atomic():
        Article.objects.locked().get(pk=article.pk)
        stored = Article.objects.with_everything().get(pk=article.pk)
        warning = next(
            (
                candidate
                for candidate in quote_warnings(stored)
                if candidate.fingerprint == fingerprint
            ),
            None,
        )
        if warning is None:
            raise DecisionError(
                "There is no such warning any more: the text or the record has changed."
            )
        row, is_new = WavedOff.objects.get_or_create(
            article=article,
            fingerprint=fingerprint,
            defaults={"check_name": warning.check, "reason": reason, "by": by},
        )
        if not is_new:
            raise DecisionError(f"{row.by or 'Somebody'} has dismissed it already: {row.reason}")
        return row


def reinstate_warning(article: Article, fingerprint: str) -> None:
    """Let the warning with this ``fingerprint`` stand again. Raises DecisionError when nobody had dismissed it."""
    with transaction.atomic():
        Article.objects.locked().get(pk=article.pk)
        deleted_count, _ = article.waved_off.filter(fingerprint=fingerprint).delete()
    if not deleted_count:
        raise DecisionError("It stands already: somebody else reinstated it.")
