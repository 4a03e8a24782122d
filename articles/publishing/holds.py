"""What a hold, an embargo or the wire's word does to editions that are out or about to come out."""

from django.db import transaction
from django.utils.translation import gettext

from articles import clock, dates
from articles.models import Article, Edition, User

from .bring_back import CANCELED, EMBARGOED, ON_HOLD, WITHHELD
from .checks import NotPublishable
from .publish import cancel_schedule, withdraw
from .quote_checks import quote_blockers
from .started import read_clock, read_edition_chain


def enforce_hold(article: Article, *, by: User | None) -> list[str]:
    """Cancel the schedule and withdraw the live edition of ``article`` if it is held back; say what was done.

    Called after each save of a working copy. Returns sentences for the editor, empty when nothing had to be done.
    """
    reason = hold_reason(article)
    if not reason:
        return []
    messages = []
    with transaction.atomic():
        Article.objects.locked().get(pk=article.pk)
        chain = read_edition_chain(article, read_clock())
        scheduled, started = chain.scheduled, chain.started
        is_early = scheduled is not None and comes_too_early(article, scheduled)
        if scheduled and is_early and not chain.clock_problem:
            cancel_schedule(article, by=by)
            messages.append(
                gettext("The publication scheduled for %(when)s is cancelled.")
                % {"when": dates.format_datetime(scheduled.starts_at)}
            )
        is_out = started is not None and not started.is_withdrawal
        if is_out or (is_early and chain.clock_problem):
            withdraw(article, by=by, reason=reason)
            messages.append(gettext("The story is withdrawn from readers for the time."))
    return messages


def cancel_if_blocked(article: Article, *, by: User | None) -> list[str]:
    """Cancel the schedule of ``article`` if one of its quotes may not go out at that time; say what was done.

    Called after a quote was changed. What readers have already stays: an editor withdraws or corrects it.
    """
    with transaction.atomic():
        Article.objects.locked().get(pk=article.pk)
        scheduled = Edition.objects.filter(article=article).coming().first()
        if scheduled is None:
            return []
        quotes = article.quotes.select_related("person", "organization")
        reasons = quote_blockers(quotes, scheduled.starts_at)
        if not reasons:
            return []
        try:
            cancel_schedule(article, by=by)
        except NotPublishable as refusal:
            return [*refusal.reasons, *reasons]
    until = dates.format_datetime(scheduled.starts_at)
    message = gettext("The publication scheduled for %(when)s is cancelled.") % {"when": until}
    return [message, *reasons]


def hold_reason(article: Article) -> str:
    """Return the public reason for which readers may not see ``article`` now, empty if there is none."""
    if article.is_on_hold:
        return ON_HOLD
    if article.pub_status == Article.PubStatus.CANCELED:
        return CANCELED
    if article.pub_status == Article.PubStatus.WITHHELD:
        return WITHHELD
    if article.embargoed_until and article.embargoed_until > clock.now():
        return EMBARGOED
    return ""


def comes_too_early(article: Article, scheduled: Edition) -> bool:
    """Tell whether what ``article`` says holds ``scheduled`` back: an embargo only what is scheduled before its end."""
    if article.is_on_hold or article.pub_status != Article.PubStatus.USABLE:
        return True
    return bool(article.embargoed_until and scheduled.starts_at < article.embargoed_until)
