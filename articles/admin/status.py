"""The state of a story in plain words, and which actions it allows."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext

from articles import clock, dates
from articles.models import Article, Edition, User
from articles.publishing.bring_back import BRING_BACK, is_taken_away

PUBLISH, WITHDRAW, HIDE = (
    "articles.publish_article",
    "articles.withdraw_article",
    "articles.hide_edition",
)


compact_datetime = dates.format_compact


def describe_live_since(edition: Edition, noun: str = "it", verb: str = "have") -> str:
    """Say since when readers have what was just published, or from when on, should the clock have gone back."""
    at = compact_datetime(edition.starts_at)
    if edition.starts_at <= clock.now():
        return f"readers {verb} {noun} since {at}"
    return f"the clock has gone back to before the edition that it follows, so readers {verb} {noun} from {at} on"


def state_phrases(article: Article, reason: str = "") -> list[str]:
    """Return the state of ``article`` (read with its state) in short phrases, what readers have first."""
    changes = article.revision_number - (article.live_revision or 0)
    if article.live_kind is None and article.unreached_start:
        phrases = ["Not live by the present clock"]
    elif article.live_kind is None or article.live_since is None:
        phrases = ["Draft, never published"]
    elif article.live_kind == Edition.Kind.WITHDRAWAL:
        phrases = [
            f"Withdrawn on {dates.format_datetime(article.live_since)}"
            + (f": {reason}" if reason else "")
        ]
    else:
        phrases = [f"Live since {compact_datetime(article.live_since)}"]
        if changes:
            phrases.append(f"{changes} unpublished change{'s' if changes > 1 else ''}")
    if article.unreached_start:
        phrases.append(
            "the clock has gone back: readers get the edition of "
            f"{compact_datetime(article.unreached_start)} from then on"
        )
    if article.scheduled_for:
        phrases.append(f"scheduled for {compact_datetime(article.scheduled_for)}")
    if article.is_on_hold:
        phrases.append("on hold")
    if article.embargoed_until and article.embargoed_until > clock.now():
        phrases.append(f"under embargo until {compact_datetime(article.embargoed_until)}")
    if article.pub_status != Article.PubStatus.USABLE:
        phrases.append(f"{article.get_pub_status_display()} by the wire")
    return phrases


def describe_state(article: Article, reason: str = "") -> str:
    """Return the whole state: ``Live since 09:14 GMT · 2 unpublished changes · scheduled for 18:00 GMT``."""
    return " · ".join(state_phrases(article, reason))


def state_code(article: Article) -> str:
    """Name the state's mark: live, changed, scheduled, draft, withdrawn or held."""
    if article.is_on_hold:
        return "held"
    if article.live_kind == Edition.Kind.WITHDRAWAL:
        return "withdrawn"
    if article.live_kind is None and not article.unreached_start:
        return "scheduled" if article.scheduled_for else "draft"
    return "changed" if article.live_revision != article.revision_number else "live"


def disabled_reasons(article: Article, user: User) -> dict[str, str]:
    """Return for each action why it cannot be done now, in words; empty where it can."""
    is_live = article.live_kind not in (None, Edition.Kind.WITHDRAWAL) or article.unreached_start
    publish_reason = "" if user.has_perm(PUBLISH) else "Your role may not publish."
    hold_reason = _hold_reason(article)
    bring_back_reason = (
        "" if user.has_perm(BRING_BACK) else gettext("Your role may not bring back stories.")
    )
    not_live_reason = "" if is_live else "It is not live."
    is_withdrawn = article.live_kind == Edition.Kind.WITHDRAWAL
    not_withdrawn_reason = "" if is_withdrawn else gettext("It is not withdrawn.")
    first_is_scheduled = article.scheduled_for and article.live_kind is None
    return {
        "publish": publish_reason
        or hold_reason
        or ("Its first publication is scheduled: cancel that first." if first_is_scheduled else ""),
        "schedule": publish_reason or hold_reason,
        "cancel": publish_reason or ("" if article.scheduled_for else "Nothing is scheduled."),
        "correct": publish_reason or not_live_reason or hold_reason,
        "bring_back": bring_back_reason or not_withdrawn_reason or hold_reason,
        "withdraw": ("" if user.has_perm(WITHDRAW) else "Your role may not withdraw.")
        or not_live_reason,
    }


def disabled_reasons_unsaved(user: User) -> dict[str, str]:
    """Return the same for a story that is not saved yet."""
    unsaved = Article()
    unsaved.live_kind = unsaved.scheduled_for = unsaved.unreached_start = None
    return disabled_reasons(unsaved, user)


def _hold_reason(article: Article) -> str:
    """Say what an editor has to undo on purpose before anything goes out."""
    if article.is_on_hold:
        return "It is on hold: release the hold and save first."
    if article.pub_status != Article.PubStatus.USABLE:
        return f"The wire says that it is {article.get_pub_status_display()}."
    return ""


def get_article_with_state(pk: int) -> Article:
    """Read an article with its state and all that the checks look at. Raises ``Article.DoesNotExist``."""
    return Article.objects.with_state().with_everything().get(pk=pk)


@contextmanager
def locked_article(pk: int) -> Iterator[Article]:
    """Hold the lock of an article for a block, one transaction. Raises Http404."""
    with transaction.atomic():
        yield get_object_or_404(Article.objects.locked(), pk=pk)


def withdrawal_reason(article: Article) -> str:
    """Return the public reason for which readers cannot read ``article`` (read with its state), empty if they can."""
    if article.live_kind != Edition.Kind.WITHDRAWAL:
        return ""
    live = Edition.objects.live().filter(article=article, kind=Edition.Kind.WITHDRAWAL).first()
    return live.reason if live else ""


def may_bring_back(user: User, article: Article) -> bool:
    """Tell whether ``article`` was taken away from readers and ``user`` may undo that."""
    live = Edition.objects.live().filter(article=article).first()
    return is_taken_away(live) and user.has_perm(BRING_BACK)
