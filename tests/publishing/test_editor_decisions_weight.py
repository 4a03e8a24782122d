"""Of several decisions of a person the weightiest counts, and what begins now waits for nothing."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles.publishing import correct, decisions_by_hand, schedule
from tests.factories import make_article, make_live, make_user

pytestmark = pytest.mark.django_db


def test_a_correction_outweighs_a_schedule_after_it():
    article = make_live().article
    correct(article, by=make_user(), wrong="One.", right="Two.", weight="correction")
    schedule(article, by=make_user(), at=timezone.now() + timedelta(hours=1))
    assert decisions_by_hand([article.pk])[article.pk].kind == "corrected"


def test_what_is_scheduled_waits_up_to_the_instant_at_which_it_begins(monkeypatch):
    article, at = make_article(), timezone.now() + timedelta(hours=1)
    schedule(article, by=make_user(), at=at)
    monkeypatch.setattr(timezone, "now", lambda: at - timedelta(microseconds=1))
    assert decisions_by_hand([article.pk])[article.pk].kind == "scheduled"
    monkeypatch.setattr(timezone, "now", lambda: at)
    assert decisions_by_hand([article.pk]) == {}


def test_of_no_story_nobody_decided_anything(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert decisions_by_hand([]) == {}
