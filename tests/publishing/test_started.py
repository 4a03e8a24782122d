"""A clock that steps back takes nothing out of the record that readers had."""

from contextlib import suppress
from datetime import timedelta

import pytest

from articles import clock as paper_clock
from articles.models import Article, ClockReading, Edition
from articles.models.clock_readings import forget_recording, record_clock
from articles.public import site_context
from articles.publishing import (
    NotPublishable,
    cancel_schedule,
    correct,
    enforce_hold,
    publish,
    schedule,
    withdraw,
)
from tests.factories import make_article
from tests.server_clock import ServerClock
from tests.server_clock import clock as clock

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
YEARS = 9000 * HOUR
STEPS = pytest.mark.parametrize(
    "step", [timedelta(seconds=5), HOUR, 3 * HOUR, YEARS], ids=["seconds", "hour", "hours", "years"]
)
RESTARTS = pytest.mark.parametrize("is_restarted", [False, True], ids=["same", "restarted"])


@pytest.fixture
def article(clock) -> Article:
    return make_article()


def numbers(article: Article) -> list[int]:
    return list(article.editions.order_by("starts_at").values_list("number", flat=True))


@STEPS
@RESTARTS
def test_publishing_by_a_clock_that_went_back_deletes_no_edition(
    clock, article, step, is_restarted
):
    publish(article, by=None)
    clock.at += 2 * HOUR
    second = publish(article, by=None)
    clock.go_back(step, is_restarted=is_restarted)
    third = publish(article, by=None)
    assert numbers(article) == [1, 2, 3]
    assert third.starts_at > second.starts_at
    assert Edition.objects.live(third.starts_at).get() == third


@STEPS
@RESTARTS
def test_the_only_edition_is_not_cancelled_by_a_slow_clock(clock, article, step, is_restarted):
    first = publish(article, by=None)
    clock.go_back(step, is_restarted=is_restarted)
    with suppress(NotPublishable):
        assert cancel_schedule(article, by=None) is None
    assert article.editions.get() == first
    assert not Edition.objects.coming().exists()


def test_that_readers_had_it_by_a_clock_of_years_ago_is_said(clock, article):
    publish(article, by=None)
    clock.at -= YEARS
    with pytest.raises(NotPublishable, match="Edition 1 of it began at .* stays in the record"):
        cancel_schedule(article, by=None)


def save_something(clock: ServerClock) -> None:
    make_article()


def look_at_the_desk(clock: ServerClock) -> None:
    forget_recording()
    record_clock()


@pytest.mark.parametrize("notice", [save_something, look_at_the_desk], ids=lambda f: f.__name__)
@STEPS
@RESTARTS
def test_a_schedule_that_began_is_not_cancelled_by_a_clock_that_went_back(
    clock, article, notice, step, is_restarted
):
    publish(article, by=None)
    schedule(article, by=None, at=clock.at + HOUR)
    clock.at += HOUR + timedelta(seconds=3)
    notice(clock)  # which says how late it was
    clock.go_back(step, is_restarted=is_restarted)
    with suppress(NotPublishable):
        assert cancel_schedule(article, by=None) is None
    assert numbers(article) == [1, 2]
    publish(article, by=None)
    assert numbers(article) == [1, 2, 3]


@STEPS
@RESTARTS
def test_readers_never_get_an_older_text_again(clock, article, step, is_restarted):
    publish(article, by=None)
    clock.at += 4 * HOUR
    second = publish(article, by=None)
    clock.go_back(step)
    if is_restarted:
        paper_clock.forget_latest()
        site_context.reset()
        site_context.current()
    is_waited_for = step < paper_clock.LONGEST_HOLD
    assert list(Edition.objects.live()) == ([second] if is_waited_for else [])


def test_a_clock_years_ahead_starts_a_schedule_that_stays_begun(clock, article):
    publish(article, by=None)
    schedule(article, by=None, at=clock.at + HOUR)
    clock.at += YEARS
    look_at_the_desk(clock)
    clock.go_back(YEARS, is_restarted=True)
    with pytest.raises(NotPublishable, match="Edition 2 of it began"):
        cancel_schedule(article, by=None)
    assert numbers(article) == [1, 2]


def test_a_schedule_that_has_not_begun_is_cancelled_by_a_clock_that_waits(clock, article):
    publish(article, by=None)
    schedule(article, by=None, at=clock.at + 3 * HOUR)
    clock.at += 2 * HOUR
    make_article()
    clock.at -= HOUR
    assert cancel_schedule(article, by=None) is not None
    assert numbers(article) == [1]


def test_nobody_knows_whether_a_schedule_began_by_a_clock_that_went_back_for_years(clock, article):
    publish(article, by=None)
    schedule(article, by=None, at=clock.at + 60 * HOUR)
    clock.at += 50 * HOUR
    make_article()
    clock.at -= 49 * HOUR
    for verb in (cancel_schedule, publish):
        with pytest.raises(NotPublishable, match="The clock of the server has gone back"):
            verb(article, by=None)
    with pytest.raises(NotPublishable, match="The clock of the server has gone back"):
        schedule(article, by=None, at=clock.at + 5 * HOUR)
    with pytest.raises(NotPublishable, match="The clock of the server has gone back"):
        correct(article, by=None, wrong="a", right="b", weight="correction")
    assert numbers(article) == [1, 2]
    clock.at += 49 * HOUR
    assert cancel_schedule(article, by=None) is not None
    assert numbers(article) == [1]


def test_a_clock_that_once_ran_years_ahead_holds_up_no_later_schedule(clock, article):
    clock.at += 9000 * HOUR
    publish(make_article(), by=None)
    clock.at -= 9000 * HOUR
    article.create_revision(None)
    schedule(article, by=None, at=clock.at + HOUR)
    assert cancel_schedule(article, by=None) is not None


def test_clocks_of_two_servers_may_differ_a_little(clock, article):
    schedule(article, by=None, at=clock.at + HOUR)
    clock.at += timedelta(seconds=5)
    make_article()
    clock.at -= timedelta(seconds=4)
    assert cancel_schedule(article, by=None) is not None


def test_what_an_older_version_of_the_code_stored_is_never_deleted(clock, article):
    edition = schedule(article, by=None, at=clock.at + HOUR)
    Edition.objects.filter(pk=edition.pk).update(has_set_start=False, created_at=None)
    with pytest.raises(NotPublishable, match="stays in the record"):
        cancel_schedule(article, by=None)
    assert clock.at < edition.starts_at
    assert numbers(article) == [1]


@STEPS
@RESTARTS
def test_a_story_is_taken_from_readers_at_once_though_the_clock_went_back(
    clock, article, step, is_restarted
):
    publish(article, by=None)
    clock.at += 2 * HOUR
    publish(article, by=None)
    clock.go_back(step, is_restarted=is_restarted)
    withdraw(article, by=None, reason="It named the wrong man.")
    for _ in range(4):
        assert not Edition.objects.listed().exists()
        clock.at += HOUR
    assert numbers(article) == [1, 2, 3]


def test_a_hold_takes_away_what_begins_again_when_the_clock_is_right(clock, article):
    publish(article, by=None)
    clock.at -= HOUR
    article.is_on_hold = True
    article.save()
    assert enforce_hold(article, by=None) == ["The story is withdrawn from readers for the time."]
    assert not Edition.objects.listed(clock.at + 2 * HOUR).exists()


def test_a_hold_takes_away_what_may_have_begun(clock, article):
    at = clock.at + 60 * HOUR
    schedule(article, by=None, at=at)
    clock.at += 50 * HOUR
    make_article()
    clock.at -= 49 * HOUR
    article.is_on_hold = True
    article.save()
    enforce_hold(article, by=None)
    assert numbers(article) == [1, 2]
    assert not Edition.objects.listed(at + HOUR).exists()


@STEPS
def test_an_earlier_start_than_that_of_an_edition_that_began_is_refused(clock, article, step):
    first = publish(article, by=None)
    clock.at -= step
    with pytest.raises(NotPublishable, match=r"Choose a time after that|not in the future"):
        schedule(article, by=None, at=first.starts_at)
    assert schedule(article, by=None, at=first.starts_at + HOUR).number == 2


def test_only_the_latest_times_are_noted_one_for_each_newest_edition(clock, article):
    publish(article, by=None)
    for _ in range(3):
        look_at_the_desk(clock)
        publish(article, by=None)
    look_at_the_desk(clock)
    assert ClockReading.objects.count() == 1
    scheduled = schedule(article, by=None, at=clock.at + HOUR)
    look_at_the_desk(clock)
    publish(make_article(), by=None)
    look_at_the_desk(clock)
    assert ClockReading.objects.filter(newest_edition__gte=scheduled.pk).count() == 2
