"""Counts of days, months and years: right at every moment, whatever publishing does and whenever it does it."""

import random
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from typing import Literal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import clock
from articles.models import Edition, PeriodCount
from articles.models.period_counts import SETTLED
from articles.publishing import (
    NotPublishable,
    cancel_schedule,
    correct,
    publish,
    schedule,
    withdraw,
)
from articles.publishing.reschedule import ScheduleDecision
from articles.text.periods import periods_of
from tests.factories import make_article, make_live, make_live_many, make_withdrawn

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 14, 12, tzinfo=UTC)
ALL_DAYS = (date(1000, 1, 1), date(3000, 1, 1))


def totals(
    precision: Literal["day", "month", "year"], at: datetime | None = None
) -> dict[date, int]:
    return PeriodCount.objects.totals(precision, *ALL_DAYS, at)


def counted_rows(at: datetime) -> dict[str, dict[date, int]]:
    """Count the listed editions themselves, one by one."""
    counts: dict[str, Counter[date]] = {name: Counter() for name in ("day", "month", "year")}
    for edition in Edition.objects.listed(at):
        day = timezone.localtime(edition.published_at).date()
        for precision, first_day in periods_of(day, edition.date_precision):
            counts[precision][first_day] += 1
    return {name: dict(count) for name, count in counts.items()}


def stored_counts(at: datetime) -> dict[str, dict[date, int]]:
    return {name: totals(name, at) for name in ("day", "month", "year")}


def test_a_story_counts_in_its_day_month_and_year():
    make_live(published_at=NOON)
    make_live(published_at=NOON + timedelta(days=1))
    assert totals("day") == {date(2026, 3, 14): 1, date(2026, 3, 15): 1}
    assert totals("month") == {date(2026, 3, 1): 2}
    assert totals("year") == {date(2026, 1, 1): 2}


@pytest.mark.parametrize(
    ("precision", "days", "months"),
    [("minute", 1, 1), ("day", 1, 1), ("month", 0, 1), ("year", 0, 0)],
)
def test_what_is_known_by_its_month_or_year_alone_counts_in_no_day(precision, days, months):
    make_live(published_at=datetime(2012, 1, 1, tzinfo=UTC), date_precision=precision)
    assert (len(totals("day")), len(totals("month")), len(totals("year"))) == (days, months, 1)


@pytest.mark.parametrize(("zone", "day"), [("Pacific/Auckland", 15), ("UTC", 14)])
def test_a_day_is_that_of_the_paper(settings, zone, day):
    settings.TIME_ZONE = zone
    make_live(published_at=datetime(2026, 3, 14, 23, 30, tzinfo=UTC))
    assert totals("day") == {date(2026, 3, day): 1}


def test_a_draft_and_a_withdrawn_story_count_nowhere():
    make_article(published_at=NOON)
    make_withdrawn(published_at=NOON)
    assert stored_counts(clock.now()) == {"day": {}, "month": {}, "year": {}}


def test_a_scheduled_story_counts_from_its_instant_on_without_a_write():
    at = clock.now() + timedelta(hours=2)
    schedule(make_article(), by=None, at=at)
    assert totals("year", at - timedelta(microseconds=1)) == {}
    assert list(totals("year", at).values()) == [1]


def test_a_cancelled_schedule_counts_at_no_time():
    article = make_article()
    schedule(article, by=None, at=clock.now() + timedelta(hours=2))
    cancel_schedule(article, by=None)
    assert totals("year", clock.now() + timedelta(days=1)) == {}


def test_a_story_that_gets_another_date_moves():
    edition = make_live(published_at=NOON)
    edition.article.published_at = NOON - timedelta(days=40)
    edition.article.save()
    publish(edition.article, by=None)
    assert list(totals("day")) == [(NOON - timedelta(days=40)).date()]


def test_a_story_that_stays_in_its_day_writes_no_count():
    edition = make_live(published_at=NOON)
    with CaptureQueriesContext(connection) as queries:
        publish(edition.article, by=None)
    assert not [q for q in queries.captured_queries if "periodcount" in q["sql"]]


def test_rows_whose_time_has_come_are_settled_by_the_next_publication():
    at = clock.now() + timedelta(hours=2)
    schedule(make_article(), by=None, at=at)
    PeriodCount.objects.update(since=clock.now() - timedelta(hours=1))
    make_live(published_at=NOON)
    assert set(PeriodCount.objects.values_list("since", flat=True)) == {SETTLED}
    assert sum(totals("year").values()) == 2


def test_whatever_is_done_to_stories_the_counts_are_those_of_the_editions_now_and_later():
    source = random.Random(7)  # noqa: S311 - no secret
    articles = [
        make_article(
            published_at=source.choice([None, NOON - timedelta(days=source.randrange(70))]),
            date_precision=source.choice(["minute", "day", "month", "year"]),
        )
        for _ in range(8)
    ]
    actions = {
        "publish": lambda a, d: publish(a, by=None, decision=d),
        "correct": lambda a, d: correct(
            a, by=None, wrong="x", right="y", weight="correction", decision=d
        ),
        "withdraw": lambda a, d: withdraw(a, by=None, reason="Wrong."),
        "schedule": lambda a, d: schedule(
            a, by=None, at=clock.now() + timedelta(hours=source.randrange(1, 50)), decision=d
        ),
        "cancel": lambda a, d: cancel_schedule(a, by=None),
    }
    done = Counter[str]()
    for _ in range(80):
        article, name = source.choice(articles), source.choice(list(actions))
        waiting = Edition.objects.coming().filter(article=article).first()
        decision = waiting and ScheduleDecision(waiting.pk, is_kept=source.random() < 0.5)
        if source.random() < 0.2:
            article.published_at = NOON - timedelta(days=source.randrange(70))
            article.save()
        try:
            actions[name](article, decision)
        except NotPublishable:
            continue
        done[name] += 1
    assert min(done[name] for name in actions) > 1, done
    for hours in (0, 1, 10, 30, 60):
        at = clock.now() + timedelta(hours=hours)
        assert stored_counts(at) == counted_rows(at), hours
    assert PeriodCount.objects.find_differing(clock.now()) == []


def test_the_counts_made_anew_are_the_same():
    make_live_many(3)
    make_withdrawn()
    schedule(make_article(), by=None, at=clock.now() + timedelta(hours=2))
    now, later = clock.now(), clock.now() + timedelta(days=1)
    before = stored_counts(now), stored_counts(later)
    PeriodCount.objects.update(count=7)
    assert PeriodCount.objects.find_differing(now)
    PeriodCount.objects.rebuild()
    assert (stored_counts(now), stored_counts(later)) == before
    assert PeriodCount.objects.find_differing(now) == []


def test_the_nearest_period_with_stories_is_found():
    for day in (1, 14, 20):
        make_live(published_at=NOON.replace(day=day))
    make_withdrawn(published_at=NOON.replace(day=16))
    counts = PeriodCount.objects
    assert counts.nearest_from("day", date(2026, 3, 15)) == date(2026, 3, 20)
    assert counts.nearest_before("day", date(2026, 3, 20)) == date(2026, 3, 14)
    assert counts.nearest_before("day", date(2026, 3, 1)) is None
    assert counts.nearest_from("day", date(2026, 3, 21)) is None
