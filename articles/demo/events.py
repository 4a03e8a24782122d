"""What happened to some sample stories after they came in: each happens once."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from articles import clock
from articles.models import Article, Edition, User
from articles.publishing import correct, schedule, withdraw
from articles.record import sync_record

SOURCE = "aldermouth-courier"


def apply_events(events: dict[str, Any]) -> None:
    """Correct, schedule, embargo and withdraw the stories that ``events`` names by their ids, but for spiked ones."""
    chief = User.objects.get(username="chief")
    for article in _articles(events["correction"]["id"]):
        _correct(article, events["correction"], chief)
    for article in _articles(events["scheduled"]):
        _schedule(article, chief)
    for article in _articles(events["embargoed"]):
        _embargo(article, chief)
    for article in _articles(events["withdrawn"]["id"]):
        _withdraw(article, events["withdrawn"]["reason"], chief)


def _articles(ref: str) -> QuerySet[Article]:
    """Return the story with the id ``ref``, none once it is spiked."""
    return Article.objects.filter(imported_items__source=SOURCE, imported_items__ref=ref)


def _correct(article: Article, event: dict[str, str], by: User) -> None:
    if event["find"] not in article.body_html:
        return
    article.body_html = article.body_html.replace(event["find"], event["replace"])
    article.save()
    article.create_revision(by)
    sync_record(article, by=by)
    correct(article, by=by, wrong=event["wrong"], right=event["right"], weight=event["weight"])


def _schedule(article: Article, by: User) -> None:
    if Edition.objects.filter(article=article).exists():
        return
    at = _tomorrow_at(7)
    article.published_at, article.date_precision = at, Article.Precision.MINUTE
    article.stage = Article.Stage.READY
    article.save()
    article.create_revision(by)
    schedule(article, by=by, at=at)


def _embargo(article: Article, by: User) -> None:
    if article.embargoed_until:
        return
    article.embargoed_until = article.published_at = _tomorrow_at(18)
    article.stage = Article.Stage.READY
    article.save()
    article.create_revision(by)


def _withdraw(article: Article, reason: str, by: User) -> None:
    if Edition.objects.listed().filter(article=article).exists():
        withdraw(article, by=by, reason=reason)


def _tomorrow_at(hour: int) -> datetime:
    """Return ``hour`` o'clock of tomorrow in the paper's time zone, aware."""
    tomorrow = timezone.localtime(clock.now()) + timedelta(days=1)
    return tomorrow.replace(hour=hour, minute=0, second=0, microsecond=0)
