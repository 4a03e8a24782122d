"""The state of a story in plain words, and which deeds it allows."""

from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format

from articles import printed
from articles.models import Article, Edition, User

PUBLISH, WITHDRAW, HIDE = (
    "articles.publish_article",
    "articles.withdraw_article",
    "articles.hide_edition",
)


def moment(at: datetime) -> str:
    """Return an aware time with its zone: ``09:14 GMT`` today, with the date on any other day."""
    local = timezone.localtime(at)
    if local.date() == timezone.localdate():
        return f"{date_format(local, 'H:i')} {local.tzname()}"
    return printed.moment(at)


def parts_of(article: Article, reason: str = "") -> list[str]:
    """Return the state of ``article`` (as ``with_state`` reads it) in short phrases, what readers have first."""
    changes = article.revision_number - (article.live_revision or 0)
    if article.live_kind is None:
        parts = ["Draft, never published"]
    elif article.live_kind == Edition.Kind.WITHDRAWAL:
        parts = [
            f"Withdrawn on {printed.moment(article.live_since)}" + (f": {reason}" if reason else "")
        ]
    else:
        parts = [f"Live since {moment(article.live_since)}"]
        if changes:
            parts.append(f"{changes} unpublished change{'s' if changes > 1 else ''}")
    if article.scheduled_for:
        parts.append(f"scheduled for {moment(article.scheduled_for)}")
    if article.is_on_hold:
        parts.append("on hold")
    if article.embargoed_until and article.embargoed_until > timezone.now():
        parts.append(f"under embargo until {moment(article.embargoed_until)}")
    if article.pub_status != Article.PubStatus.USABLE:
        parts.append(f"{article.get_pub_status_display()} by the wire")
    return parts


def in_plain_words(article: Article, reason: str = "") -> str:
    """Return the whole state: ``Live since 09:14 GMT · 2 unpublished changes · scheduled for 18:00 GMT``."""
    return " · ".join(parts_of(article, reason))


def mark_of(article: Article) -> str:
    """Name the state's mark: live, changed, scheduled, draft, withdrawn or held."""
    if article.is_on_hold:
        return "held"
    if article.live_kind == Edition.Kind.WITHDRAWAL:
        return "withdrawn"
    if article.live_kind is None:
        return "scheduled" if article.scheduled_for else "draft"
    return "changed" if article.live_revision != article.revision_number else "live"


def why_not(article: Article, user: User) -> dict[str, str]:
    """Return for each deed why it cannot be done now, in words; empty where it can."""
    is_live = article.live_kind not in (None, Edition.Kind.WITHDRAWAL)
    publish = "" if user.has_perm(PUBLISH) else "Your role may not publish."
    held = _held(article)
    not_live = "" if is_live else "It is not live."
    first_is_scheduled = article.scheduled_for and article.live_kind is None
    return {
        "publish": publish
        or held
        or ("Its first publication is scheduled: cancel that first." if first_is_scheduled else ""),
        "schedule": publish or held,
        "cancel": publish or ("" if article.scheduled_for else "Nothing is scheduled."),
        "correct": publish or not_live or held,
        "withdraw": ("" if user.has_perm(WITHDRAW) else "Your role may not withdraw.") or not_live,
    }


def why_not_yet(user: User) -> dict[str, str]:
    """Return the same for a story that is not saved yet."""
    unsaved = Article()
    unsaved.live_kind = unsaved.scheduled_for = None
    return why_not(unsaved, user)


def _held(article: Article) -> str:
    """Say what an editor has to undo on purpose before anything goes out."""
    if article.is_on_hold:
        return "It is on hold: release the hold and save first."
    if article.pub_status != Article.PubStatus.USABLE:
        return f"The wire says that it is {article.get_pub_status_display()}."
    return ""


def with_state(pk: int) -> Article:
    """Read an article with its state and all that the checks look at. Raises ``Article.DoesNotExist``."""
    return Article.objects.with_state().with_everything().get(pk=pk)


def withdrawal_reason(article: Article) -> str:
    """Return the public reason for which readers cannot read ``article`` now, empty if they can."""
    live = Edition.objects.live().filter(article=article, kind=Edition.Kind.WITHDRAWAL).first()
    return live.reason if live else ""
