"""What a hold, an embargo or the wire's word does to editions that are out or about to come out."""

from django.db import transaction
from django.utils import timezone

from articles import printed
from articles.models import Article, Edition, User

from .publish import cancel_schedule, withdraw
from .quote_checks import reasons_of_quotes


def settle(article: Article, *, by: User | None) -> list[str]:
    """Cancel the schedule and withdraw the live edition of ``article`` if it is held back; say what was done.

    Called after each save of a working copy. Returns sentences for the editor, empty when nothing had to be done.
    """
    reason = held_back(article)
    if not reason:
        return []
    done = []
    with transaction.atomic():
        Article.objects.locked().get(pk=article.pk)
        editions = Edition.objects.filter(article=article)
        scheduled = editions.coming().first()
        if scheduled and _comes_too_early(article, scheduled):
            cancel_schedule(article, by=by)
            done.append(
                f"The publication scheduled for {printed.moment(scheduled.starts_at)} is cancelled."
            )
        if editions.listed().exists():
            withdraw(article, by=by, reason=reason)
            done.append("The story is withdrawn from readers for the time.")
    return done


def settle_quotes(article: Article, *, by: User | None) -> list[str]:
    """Cancel the schedule of ``article`` if one of its quotes may not go out at that time; say what was done.

    Called after a quote was changed. What readers have already stays: an editor withdraws or corrects it.
    """
    with transaction.atomic():
        Article.objects.locked().get(pk=article.pk)
        scheduled = Edition.objects.filter(article=article).coming().first()
        if scheduled is None:
            return []
        quotes = article.quotes.select_related("person", "organization")
        reasons = reasons_of_quotes(quotes, scheduled.starts_at)
        if not reasons:
            return []
        cancel_schedule(article, by=by)
    until = printed.moment(scheduled.starts_at)
    return [f"The publication scheduled for {until} is cancelled.", *reasons]


def held_back(article: Article) -> str:
    """Return the public reason for which readers may not see ``article`` now, empty if there is none."""
    if article.is_on_hold:
        return "This story is on hold while the newsroom checks it."
    if article.pub_status == Article.PubStatus.CANCELED:
        return "The agency that sent this story has cancelled it."
    if article.pub_status == Article.PubStatus.WITHHELD:
        return "The agency that sent this story has withheld it."
    if article.embargoed_until and article.embargoed_until > timezone.now():
        return "This story is not yet free for publication."
    return ""


def _comes_too_early(article: Article, scheduled: Edition) -> bool:
    """An embargo leaves alone what is scheduled for after it; a hold leaves nothing."""
    if article.is_on_hold or article.pub_status != Article.PubStatus.USABLE:
        return True
    return bool(article.embargoed_until and scheduled.starts_at < article.embargoed_until)
