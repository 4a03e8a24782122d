"""Who has a story open is known for two minutes."""

from datetime import timedelta
from typing import Any

import pytest

from articles import clock
from articles.models import Presence
from articles.models.presences import PRESENT_FOR, ROWS_LAST
from tests.factories import make_article, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def nia() -> Any:
    return make_user(username="nia")


def pass_time(time: timedelta) -> None:
    """Let all rows be of a time that is past."""
    for row in Presence.objects.all():
        row.opened_at, row.seen_at = row.opened_at - time, row.seen_at - time
        row.typed_at = row.typed_at and row.typed_at - time
        row.save()


def test_who_has_the_story_open_is_seen_by_others_and_not_by_himself(nia):
    article, tom = make_article(), make_user(username="tom")
    Presence.objects.record(nia, article.pk)
    Presence.objects.record(tom, make_article().pk)
    assert Presence.objects.others(nia, article.pk) == []
    assert [row.user for row in Presence.objects.others(tom, article.pk)] == [nia]


def test_a_page_that_stays_open_keeps_when_it_was_opened_and_last_typed_in(nia):
    article = make_article()
    Presence.objects.record(nia, article.pk)
    assert Presence.objects.get().typed_at is None
    Presence.objects.record(nia, article.pk, is_typing=True)
    pass_time(timedelta(minutes=1))
    before = Presence.objects.get()
    Presence.objects.record(nia, article.pk)
    after = Presence.objects.get()
    assert (after.opened_at, after.typed_at) == (before.opened_at, before.typed_at)
    assert clock.now() - after.seen_at < timedelta(seconds=30)


def test_who_comes_back_has_opened_it_anew(nia):
    article = make_article()
    Presence.objects.record(nia, article.pk, is_typing=True)
    pass_time(PRESENT_FOR)
    assert Presence.objects.others(make_user(username="tom"), article.pk) == []
    Presence.objects.record(nia, article.pk)
    row = Presence.objects.get()
    assert clock.now() - row.opened_at < timedelta(seconds=30)
    assert row.typed_at is None


def test_rows_that_say_nothing_any_more_go(nia):
    Presence.objects.record(nia, make_article().pk)
    pass_time(ROWS_LAST)
    Presence.objects.record(make_user(username="tom"), make_article().pk)
    assert Presence.objects.get().user.username == "tom"


def test_one_query_notes_a_page_that_stays_open(nia, django_assert_num_queries):
    article = make_article()
    Presence.objects.record(nia, article.pk)
    with django_assert_num_queries(1):
        Presence.objects.record(nia, article.pk)
    with django_assert_num_queries(1):
        Presence.objects.others(nia, article.pk)
