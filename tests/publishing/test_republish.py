"""What readers have, published anew with something left out, and what is scheduled with it."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from articles import clock
from articles.models import Article, Edition
from articles.models.visibility import FOREVER
from articles.publishing import schedule, withdraw
from articles.publishing.republish import republish
from tests.factories import make_article, make_image, make_live, make_user

pytestmark = pytest.mark.django_db
WORD = "secret"


def at() -> datetime:
    return timezone.now() + timedelta(hours=1)


def without_word(edition: Edition):
    """Leave the word out of the kicker; a story without it stays as it is."""
    story = edition.composed
    return replace(story, kicker="") if story.kicker == WORD else None


def chain(article: Article) -> list[tuple[int, str, str]]:
    rows = article.editions.order_by("starts_at")
    assert [row.ends_at for row in rows] == [row.starts_at for row in rows[1:]] + [FOREVER]
    return [(row.number, row.kind, row.kicker) for row in rows]


def test_a_story_that_changes_nothing_stays_as_it_is():
    live = make_live()
    schedule(live.article, by=None, at=at())
    before = list(Edition.objects.values())
    assert republish(live.article, without_word, by=None) == []
    assert list(Edition.objects.values()) == before


def test_the_live_edition_is_followed_by_a_minor_one_of_the_same_story():
    user = make_user()
    live = make_live(kicker=WORD, lead_image=make_image())
    Article.objects.update(headline="Not for readers yet")
    live.article.create_revision(None)
    (edition,) = republish(live.article, without_word, by=user)
    assert chain(live.article) == [(1, "update", WORD), (2, "minor", "")]
    edition.refresh_from_db()
    assert (edition.headline, edition.by, edition.has_set_start) == (live.headline, user, False)
    assert edition.lead_image == live.lead_image
    assert (edition.published_at, edition.modified_at) == (live.published_at, live.modified_at)
    assert edition.revision_number == live.revision_number == 1
    assert edition.created_at is not None


def test_what_is_scheduled_is_scheduled_again_without_the_word():
    article, when, user = make_article(kicker=WORD), at(), make_user()
    schedule(article, by=user, at=when)
    (edition,) = republish(article, without_word, by=None)
    assert chain(article) == [(1, "update", "")]
    assert (edition.starts_at, edition.by, edition.has_set_start) == (when, user, True)
    assert not Edition.objects.live().exists()


def test_what_is_scheduled_follows_the_changed_edition_as_it_was():
    live, when = make_live(kicker=WORD), at()
    Article.objects.update(kicker="Clean")
    schedule(live.article, by=None, at=when)
    (edition,) = republish(live.article, without_word, by=None)
    assert edition.number == 2
    assert chain(live.article) == [(1, "update", WORD), (2, "minor", ""), (3, "update", "Clean")]
    assert Edition.objects.coming().get().starts_at == when


def test_only_what_is_scheduled_changes_when_readers_have_nothing_of_it():
    live, when = make_live(), at()
    Article.objects.update(kicker=WORD)
    schedule(live.article, by=None, at=when)
    (edition,) = republish(live.article, without_word, by=None)
    assert chain(live.article) == [(1, "update", ""), (2, "update", "")]
    assert edition.starts_at == when


def test_both_change_when_both_have_it():
    live = make_live(kicker=WORD)
    schedule(live.article, by=None, at=at())
    editions = republish(live.article, without_word, by=None)
    assert [edition.number for edition in editions] == [2, 3]
    assert chain(live.article) == [(1, "update", WORD), (2, "minor", ""), (3, "update", "")]


def test_a_withdrawn_story_is_not_published_anew():
    live = make_live(kicker=WORD)
    withdraw(live.article, by=None, reason="Checking.")
    assert republish(live.article, lambda edition: edition.composed, by=None) == []
    assert Edition.objects.count() == 2


def test_it_follows_now_or_at_the_next_instant_by_a_clock_that_stands_still(monkeypatch):
    live = make_live(kicker=WORD)
    monkeypatch.setattr(timezone, "now", lambda: live.starts_at)
    clock.forget_latest()
    (edition,) = republish(live.article, without_word, by=None)
    assert edition.starts_at == live.starts_at + timedelta(microseconds=1)
    monkeypatch.setattr(timezone, "now", lambda: live.starts_at + timedelta(hours=2))
    (again,) = republish(live.article, lambda row: row.composed, by=None)
    assert again.starts_at == live.starts_at + timedelta(hours=2)
