from datetime import timedelta

import pytest
from django.utils import timezone

from articles.models import Edition
from articles.publishing import enforce_hold, schedule
from tests.factories import make_article, make_live

pytestmark = pytest.mark.django_db


def hour(count: int):
    return timezone.now() + timedelta(hours=count)


@pytest.mark.parametrize(
    "change",
    [
        {"is_on_hold": True},
        {"pub_status": "canceled"},
        {"pub_status": "withheld"},
        {"embargoed_until": timezone.now() + timedelta(days=1)},
    ],
)
def test_holding_a_live_story_back_withdraws_it(change):
    article = make_live().article
    for name, value in change.items():
        setattr(article, name, value)
    article.save()
    assert enforce_hold(article, by=None) == ["The story is withdrawn from readers for the time."]
    assert not Edition.objects.listed().exists()
    assert Edition.objects.live().get().reason


def test_an_embargo_cancels_what_is_scheduled_before_its_end():
    article = make_article()
    schedule(article, by=None, at=hour(1))
    article.embargoed_until = hour(2)
    article.save()
    assert "cancelled" in enforce_hold(article, by=None)[0]
    assert not Edition.objects.exists()


def test_an_embargo_leaves_what_is_scheduled_for_after_it():
    article = make_article()
    edition = schedule(article, by=None, at=hour(3))
    article.embargoed_until = hour(2)
    article.save()
    assert enforce_hold(article, by=None) == []
    assert Edition.objects.get() == edition


def test_nothing_is_done_to_a_story_that_is_free():
    article = make_live().article
    assert enforce_hold(article, by=None) == []
    assert Edition.objects.listed().exists()
