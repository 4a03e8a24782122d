"""Feeds that the newsroom takes: which are to be asked now, in which order."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from articles.models import Subscription

pytestmark = pytest.mark.django_db


def make_feed(name: str, **fields) -> Subscription:
    url = f"https://{name}.example/feed"
    return Subscription.objects.create(name=name, source=name, url=url, **fields)


def test_an_active_feed_is_due_from_its_instant_the_longest_overdue_first():
    at = timezone.now()
    make_feed("late", next_fetch_at=at + timedelta(microseconds=1))
    due = [make_feed(name, next_fetch_at=at) for name in ("b", "a")]
    overdue = make_feed("overdue", next_fetch_at=at - timedelta(days=1))
    make_feed("paused", next_fetch_at=at - timedelta(days=2), is_active=False)
    assert list(Subscription.objects.due(at)) == [overdue, *due]
    assert [str(feed) for feed in Subscription.objects.all()][:2] == ["a", "b"]


def test_a_new_feed_is_active_due_and_not_trusted():
    feed = make_feed("new")
    assert Subscription.objects.due().get() == feed
    assert (feed.is_trusted, feed.failures, feed.minutes) == (False, 0, 15)


@pytest.mark.parametrize(
    ("minutes", "is_right"), [(4, False), (5, True), (1440, True), (1441, False)]
)
def test_a_feed_is_asked_between_every_five_minutes_and_once_a_day(minutes, is_right):
    feed = make_feed("new", minutes=minutes)
    if is_right:
        feed.full_clean()
        return
    with pytest.raises(ValidationError) as refusal:
        feed.full_clean()
    assert list(refusal.value.message_dict) == ["minutes"]
