"""A doubt waved off, with the reason; and taken up again."""

from django.db import transaction

from articles.models import Article, User, WavedOff

from .choice import LONGEST_REASON, Undecided
from .lint import findings


def wave_off(article: Article, mark: str, *, reason: str, by: User) -> WavedOff:
    """Keep that ``by`` has looked at the doubt with the fingerprint ``mark`` about ``article`` and lets it be.

    Raises Undecided without a reason, and for a doubt that is none any more or was waved off already.
    """
    reason = " ".join(reason.split())
    if not reason:
        raise Undecided("Say why you wave it off: the next editor reads the reason.")
    if len(reason) > LONGEST_REASON:
        raise Undecided(f"A reason has at most {LONGEST_REASON} letters.")
    with transaction.atomic():
        Article.objects.locked().get(pk=article.pk)
        stored = Article.objects.with_everything().get(pk=article.pk)
        found = next((one for one in findings(stored) if one.fingerprint == mark), None)
        if found is None:
            raise Undecided("There is no such doubt any more: the text or the record has changed.")
        row, is_new = WavedOff.objects.get_or_create(
            article=article,
            fingerprint=mark,
            defaults={"check_name": found.check, "reason": reason, "by": by},
        )
        if not is_new:
            raise Undecided(f"{row.by or 'Somebody'} has waved it off already: {row.reason}")
        return row


def take_up(article: Article, mark: str) -> None:
    """Let the doubt with the fingerprint ``mark`` stand again. Raises Undecided when nobody had waved it off."""
    with transaction.atomic():
        Article.objects.locked().get(pk=article.pk)
        gone, _ = article.waved_off.filter(fingerprint=mark).delete()
    if not gone:
        raise Undecided("It stands already: somebody else took it up.")
