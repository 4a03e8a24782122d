"""Kind W1: what a person took away comes back by a right of its own, with a public reason, by every way."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles.models import Article, Edition
from articles.publishing import (
    NotPublishable,
    enforce_hold,
    publish,
    publish_batch,
    schedule,
    withdraw,
)
from articles.publishing.bring_back import NO_REASON_GIVEN
from articles.roles import make_roles
from tests.factories import make_live, make_user

pytestmark = pytest.mark.django_db

LATER = timezone.now() + timedelta(days=1)


@pytest.fixture
def withdrawn() -> Article:
    make_roles()
    article = make_live().article
    withdraw(article, by=make_user(groups=("chief",)), reason="A court has ordered it.")
    return article


ACTIONS = {
    "publish": lambda article, by, **more: publish(article, by=by, **more),
    "minor": lambda article, by, **more: publish(article, by=by, kind=Edition.Kind.MINOR, **more),
    "schedule": lambda article, by, **more: schedule(article, by=by, at=LATER, **more),
}


@pytest.mark.parametrize("act", ACTIONS.values(), ids=ACTIONS)
def test_only_who_has_the_right_brings_a_story_back(withdrawn, act):
    for by in (make_user(groups=("editor",)), None):
        with pytest.raises(NotPublishable, match="ask a chief|Only a person"):
            act(withdrawn, by, reason="The order is lifted.")
    with pytest.raises(NotPublishable, match="say why, or choose that no reason is given"):
        act(withdrawn, make_user(groups=("chief",)))
    assert withdrawn.editions.count() == 2
    edition = act(withdrawn, make_user(groups=("chief",)), reason="The order is lifted.")
    assert edition.reason == "The order is lifted."


def test_a_batch_is_no_way_round(withdrawn):
    stories = Article.objects.with_everything()
    for by in (None, make_user(groups=("editor",)), make_user(groups=("chief",))):
        assert withdrawn.pk in publish_batch(list(stories), by=by)
    assert not Edition.objects.listed().exists()


def test_a_hold_that_is_released_needs_no_right_and_no_reason():
    make_roles()
    editor = make_user(groups=("editor",))
    article = make_live().article
    article.is_on_hold = True
    article.save()
    enforce_hold(article, by=editor)
    assert not Edition.objects.listed().exists()
    article.is_on_hold = False
    article.save()
    assert publish(article, by=editor).reason == ""


def test_a_reason_is_kept_of_what_comes_back_only():
    article = make_live().article
    assert publish(article, by=make_user(), reason="Nothing was withdrawn.").reason == ""


@pytest.mark.parametrize("reason", ["The court has lifted its order.", NO_REASON_GIVEN])
def test_readers_are_told_in_the_history_of_the_story(withdrawn, client, reason):
    edition = publish(withdrawn, by=make_user(groups=("chief",)), reason=reason)
    text = client.get(f"{edition.get_absolute_url()}changes/").content.decode()
    assert f"The story was brought back. {reason}" in text
    assert text.index("brought back") < text.index(
        "The story was withdrawn. A court has ordered it."
    )
