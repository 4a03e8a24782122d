"""S1: what waits for its time is dropped or overtaken by nothing that did not say so."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from articles import dates
from articles.models import Article, Edition
from articles.models.visibility import FOREVER
from articles.publishing import (
    NotPublishable,
    ScheduleConflictError,
    ScheduleDecision,
    correct,
    publish,
    schedule,
)
from tests.factories import make_live, make_person, make_quote, scheduled_of

pytestmark = pytest.mark.django_db


def now(article: Article, **fields: Any) -> Edition:
    return publish(article, by=None, **fields)


def corrected(article: Article, **fields: Any) -> Edition:
    return correct(article, by=None, wrong="Two.", right="Three.", weight="correction", **fields)


def later(article: Article, **fields: Any) -> Edition:
    return schedule(article, by=None, at=timezone.now() + timedelta(hours=9), **fields)


ACTIONS = pytest.mark.parametrize("action", [now, corrected, later], ids=lambda f: f.__name__)


@pytest.fixture
def at() -> datetime:
    return timezone.now() + timedelta(hours=2)


@pytest.fixture
def story(at: datetime) -> Article:
    """A live story whose next version waits for ``at``, and whose working copy is another one by now."""
    article = make_live(headline="As it is").article
    Article.objects.update(headline="Tomorrow's")
    schedule(Article.objects.get(), by=None, at=at)
    Article.objects.update(headline="A typo less")
    return Article.objects.get(pk=article.pk)


def headlines(article: Article) -> list[str]:
    return [row.headline for row in Edition.objects.filter(article=article).order_by("starts_at")]


@ACTIONS
def test_what_would_drop_a_schedule_says_so_and_names_its_time(
    action: Callable[..., Edition], story: Article, at: datetime
):
    with pytest.raises(ScheduleConflictError) as refusal:
        action(story)
    assert dates.format_datetime(at) in str(refusal.value)
    assert refusal.value.scheduled.starts_at == at
    assert headlines(story) == ["As it is", "Tomorrow's"]


@ACTIONS
def test_a_schedule_made_since_is_another_one(action: Callable[..., Edition], story: Article):
    decision = ScheduleDecision(scheduled_of(story).pk)
    schedule(story, by=None, at=timezone.now() + timedelta(hours=3), decision=decision)
    with pytest.raises(ScheduleConflictError):
        action(story, decision=decision)
    assert headlines(story) == ["As it is", "A typo less"]


@pytest.mark.parametrize("action", [now, corrected], ids=lambda f: f.__name__)
def test_a_schedule_that_is_kept_follows_with_its_own_words(
    action: Callable[..., Edition], story: Article, at: datetime
):
    edition = action(story, decision=ScheduleDecision(scheduled_of(story).pk, is_kept=True))
    assert headlines(story) == ["As it is", "A typo less", "Tomorrow's"]
    edition_then = scheduled_of(story)
    edition.refresh_from_db()
    assert (edition_then.starts_at, edition_then.ends_at, edition_then.number) == (
        at,
        FOREVER,
        edition.number + 1,
    )
    assert edition.ends_at == at
    assert edition_then.has_set_start


def test_a_schedule_that_is_kept_tells_of_the_correction_too(story: Article):
    corrected(story, decision=ScheduleDecision(scheduled_of(story).pk, is_kept=True))
    edition_then = scheduled_of(story)
    assert [note.wrong for note in edition_then.composed.corrections] == ["Two."]
    assert "Two." in edition_then.page_html


def test_a_schedule_that_is_kept_keeps_its_quotes_and_revision():
    article = make_live(body_html="<p>“We shall see,” said Ada Lund.</p>").article
    make_quote(article, "We shall see,", person=make_person("Ada Lund"))
    article.create_revision(None)
    scheduled = later(article)
    article.quotes.all().delete()
    now(article, decision=ScheduleDecision(scheduled.pk, is_kept=True))
    edition_then = scheduled_of(article)
    assert [quote.text for quote in edition_then.composed.quotes] == ["We shall see,"]
    assert edition_then.revision_number == scheduled.revision_number
    assert edition_then.quote_links.count() == 1


@ACTIONS
def test_a_schedule_is_dropped_where_somebody_says_so(
    action: Callable[..., Edition], story: Article
):
    action(story, decision=ScheduleDecision(scheduled_of(story).pk))
    assert headlines(story) == ["As it is", "A typo less"]


def test_only_one_publication_waits(story: Article):
    with pytest.raises(NotPublishable, match="Only one"):
        later(story, decision=ScheduleDecision(scheduled_of(story).pk, is_kept=True))
    assert headlines(story) == ["As it is", "Tomorrow's"]


def test_what_is_not_publishable_leaves_the_schedule_alone(story: Article):
    story.headline = ""
    story.save()
    with pytest.raises(NotPublishable, match="no headline"):
        now(story, decision=ScheduleDecision(scheduled_of(story).pk, is_kept=True))
    assert headlines(story) == ["As it is", "Tomorrow's"]
