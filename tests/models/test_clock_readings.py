"""What the paper's clock showed is noted twice a minute, and believed unless it ran ahead by days."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from articles import clock
from articles.models import ClockReading, Edition, clock_readings
from articles.models.clock_readings import forget_recording, record_clock
from articles.publishing import schedule
from tests.factories import make_article, make_live

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
DAYS = timedelta(days=9)
INSTANT = timedelta(microseconds=1)


@pytest.fixture
def at(monkeypatch) -> datetime:
    """Stop the server's clock at a time after all that is made before."""
    at = timezone.now() + HOUR
    monkeypatch.setattr("django.utils.timezone.now", lambda: at)
    return at


def test_a_reading_is_raised_and_never_lowered():
    at = timezone.now()
    for reading, latest in ((at, at), (at - HOUR, at), (at + HOUR, at + HOUR)):
        ClockReading.objects.record(reading)
        assert ClockReading.objects.get().at == latest
    assert str(ClockReading.objects.get()) == (at + HOUR).isoformat()


def test_before_the_first_edition_readings_are_of_none():
    ClockReading.objects.record(timezone.now())
    assert ClockReading.objects.get().newest_edition == 0


def test_readings_of_editions_before_go_but_not_those_that_say_more():
    early, late = make_live(), make_live()
    at = timezone.now()
    ClockReading.objects.create(newest_edition=early.pk, at=at + HOUR)
    ClockReading.objects.create(newest_edition=early.pk - 1, at=at)
    ClockReading.objects.record(at)
    rows = set(ClockReading.objects.values_list("newest_edition", "at"))
    assert rows == {(early.pk, at + HOUR), (early.pk - 1, at), (late.pk, at)}
    later = make_live()
    ClockReading.objects.record(at + INSTANT)
    rows = set(ClockReading.objects.values_list("newest_edition", "at"))
    assert rows == {(early.pk, at + HOUR), (later.pk, at + INSTANT)}


def test_readings_since_what_is_scheduled_stay():
    before = make_live()
    scheduled = schedule(make_article(), by=None, at=timezone.now() + HOUR)
    newest = make_live()
    at = timezone.now()
    for edition in (before, scheduled):
        ClockReading.objects.create(newest_edition=edition.pk, at=at - HOUR)
    ClockReading.objects.record(at)
    keys = set(ClockReading.objects.values_list("newest_edition", flat=True))
    assert keys == {scheduled.pk, newest.pk}


def test_the_latest_reading_since_an_edition_is_that_of_it_or_of_a_later_one():
    at = timezone.now()
    for key, reading in ((1, at + HOUR), (2, at), (3, at - HOUR)):
        ClockReading.objects.create(newest_edition=key, at=reading)
    latest = ClockReading.objects.latest_since
    assert [latest(key) for key in (1, 2, 3, 4)] == [at + HOUR, at, at - HOUR, None]


def test_before_the_first_edition_the_paper_had_no_time():
    ClockReading.objects.create(newest_edition=0, at=timezone.now())
    assert ClockReading.objects.latest_believed() is None


def test_the_latest_of_reading_making_and_start_is_believed(at):
    edition = make_live(published_at=at - DAYS)
    rows = Edition.objects.filter(pk=edition.pk)
    reading = ClockReading.objects.create(newest_edition=edition.pk, at=at)
    for changes, latest in (
        ({"created_at": at - HOUR, "starts_at": at - HOUR}, at),
        ({"created_at": at + HOUR, "starts_at": at - HOUR}, at + HOUR),
        ({"created_at": at, "starts_at": at + HOUR}, at + HOUR),
        ({"created_at": at, "starts_at": at + HOUR, "has_set_start": True}, at),
        ({"created_at": None, "starts_at": at + HOUR, "has_set_start": False}, at),
    ):
        rows.update(**changes)
        assert ClockReading.objects.latest_believed() == latest, changes
    reading.delete()
    assert ClockReading.objects.latest_believed() is None, "of an old row nothing is known"


def test_what_a_clock_showed_that_ran_ahead_by_days_is_left_out(at):
    edition = make_live()
    limit = at + clock.LONGEST_HOLD
    for reading in (at - HOUR, limit, limit + INSTANT):
        ClockReading.objects.create(newest_edition=ClockReading.objects.count(), at=reading)
    rows = Edition.objects.filter(pk=edition.pk)
    rows.update(created_at=at)
    assert ClockReading.objects.latest_believed() == limit
    ClockReading.objects.filter(at=limit).delete()
    assert ClockReading.objects.latest_believed() == at
    rows.update(created_at=limit + INSTANT, starts_at=limit + INSTANT)
    assert ClockReading.objects.latest_believed() == at - HOUR


def test_only_the_newest_edition_tells_when_it_was_made(at):
    for created_at in (at + HOUR, at - HOUR):
        pk = make_live(published_at=at - DAYS).pk
        Edition.objects.filter(pk=pk).update(created_at=created_at, starts_at=at - 2 * HOUR)
    assert ClockReading.objects.latest_believed() == at - HOUR


def test_a_process_notes_the_time_every_thirty_seconds_at_most(monkeypatch):
    seconds = [100.0]
    monkeypatch.setattr(clock_readings, "monotonic", lambda: seconds[0])
    forget_recording()
    record_clock()
    for passed, is_noted in ((29.9, False), (30.0, True), (59.9, False), (60.0, True)):
        seconds[0] = 100 + passed
        ClockReading.objects.all().delete()
        record_clock()
        assert ClockReading.objects.exists() is is_noted, passed


def test_a_new_process_notes_the_time_and_takes_the_paper_s(at):
    edition = make_live()
    ClockReading.objects.create(newest_edition=edition.pk, at=at + HOUR)
    forget_recording()
    clock.forget_latest()
    record_clock()
    assert clock.now() == at + HOUR
    assert ClockReading.objects.get().at == at + HOUR
