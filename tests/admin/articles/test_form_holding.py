"""A hold takes a story from readers: it needs the right to publish, whatever the form says."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles.models import Article, Edition
from articles.publishing import schedule
from articles.roles import make_roles
from tests.admin.forms import send
from tests.factories import make_article, make_live, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def sign_in(client):
    make_roles()

    def sign_in_as(role: str):
        client.force_login(make_user(groups=(role,)))
        return client

    return sign_in_as


def scheduled() -> Article:
    article = make_article()
    schedule(article, by=None, at=timezone.now() + timedelta(hours=1))
    return article


@pytest.mark.parametrize(
    "story", [lambda: make_live().article, scheduled], ids=["live", "scheduled"]
)
@pytest.mark.parametrize("change", [{"is_on_hold": "on"}, {"embargoed_until": "2199-01-01T12:00"}])
def test_who_may_not_publish_cannot_take_a_story_from_readers(sign_in, story, change):
    article = story()
    response = send(sign_in("reporter"), article, **change)
    assert "your role may not take it from readers" in response.content.decode()
    assert Edition.objects.exclude(kind="withdrawal").filter(article=article).exists()
    assert not Edition.objects.filter(kind="withdrawal").exists()
    article.refresh_from_db()
    assert (article.is_on_hold, article.embargoed_until) == (False, None)


def test_who_may_publish_can(sign_in):
    article = make_live().article
    send(sign_in("editor"), article, is_on_hold="on")
    assert Edition.objects.live().get(article=article).is_withdrawal


def test_a_draft_may_be_held_by_anybody_who_writes(sign_in):
    article = make_article()
    send(sign_in("reporter"), article, is_on_hold="on")
    article.refresh_from_db()
    assert article.is_on_hold
