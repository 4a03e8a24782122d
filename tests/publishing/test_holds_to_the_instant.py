"""Holds and embargoes at their very ends, and what is said where nothing can be done."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Article, Edition
from articles.publishing import cancel_if_blocked, enforce_hold, schedule
from articles.publishing.bring_back import EMBARGOED
from articles.publishing.holds import hold_reason
from tests.factories import make_article, make_live, make_live_quote, make_person, make_quote

pytestmark = pytest.mark.django_db
HOUR, INSTANT = timedelta(hours=1), timedelta(microseconds=1)
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture
def set_clock(monkeypatch):
    """Let the clock of the server stand at a moment."""
    return lambda at: monkeypatch.setattr(timezone, "now", lambda: at)


def test_an_embargo_holds_up_to_its_end_not_at_it(set_clock):
    article = make_article(embargoed_until=NOON)
    set_clock(NOON - INSTANT)
    assert hold_reason(article) == EMBARGOED
    set_clock(NOON)
    assert hold_reason(article) == ""


def test_a_story_that_is_free_has_no_reason():
    assert hold_reason(make_article()) == ""


@pytest.mark.parametrize(("before", "stays"), [(timedelta(0), True), (INSTANT, False)])
def test_a_schedule_exactly_at_the_end_of_an_embargo_stays(before, stays):
    article, end = make_article(), timezone.now() + 2 * HOUR
    schedule(article, by=None, at=end - before)
    Article.objects.update(embargoed_until=end)
    article.refresh_from_db()
    assert bool(enforce_hold(article, by=None)) is not stays
    assert Edition.objects.coming().exists() is stays


def test_a_hold_leaves_nothing_scheduled_however_late():
    for fields in ({"is_on_hold": True}, {"pub_status": "canceled"}):
        article = make_article()
        schedule(article, by=None, at=timezone.now() + HOUR)
        for name, value in fields.items():
            setattr(article, name, value)
        article.save()
        assert "is cancelled" in enforce_hold(article, by=None)[0]
        assert not Edition.objects.coming().exists()


def test_who_asks_for_a_blocked_schedule_hears_that_the_clock_is_in_the_way(set_clock):
    article, person = make_article(body_html="<p>“It holds,” she said.</p>"), make_person()
    make_quote(article, "It holds,", person=person)
    set_clock(NOON)
    schedule(article, by=None, at=NOON + 60 * HOUR)
    set_clock(NOON + 50 * HOUR)
    make_article()  # says how late it was already
    set_clock(NOON + HOUR)
    article.quotes.update(is_off_record=True)
    clock, reason = cancel_if_blocked(article, by=None)
    assert "clock of the server has gone back" in clock
    assert "off the record" in reason
    assert Edition.objects.coming().exists()


def test_the_story_is_locked_before_its_editions_are_read():
    held_article = make_live().article
    held_article.is_on_hold = True
    held_article.save()
    quoted_article = make_live_quote("It holds.", person=make_person()).article
    for verb, article in ((enforce_hold, held_article), (cancel_if_blocked, quoted_article)):
        with CaptureQueriesContext(connection) as queries:
            verb(article, by=None)
        reads = [query["sql"] for query in queries if query["sql"].startswith("SELECT")]
        assert 'FROM "articles_article"' in reads[0]
        if connection.vendor == "postgresql":
            assert "FOR UPDATE" in reads[0]
