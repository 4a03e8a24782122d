"""Many imported stories at once: each at its own date, none of the future, none without a word why."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles.models import Article, Correction, Edition
from articles.publishing import publish, publish_batch, withdraw
from articles.publishing.bring_back import CANCELED
from articles.publishing.editor_decisions import CORRECTED
from tests.factories import make_article, make_live, make_user

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def stored(*articles: Article) -> list[Article]:
    keys = [article.pk for article in articles]
    return list(Article.objects.with_everything().filter(pk__in=keys).order_by("pk"))


def test_a_story_of_the_archive_begins_at_its_own_date():
    old = timezone.now() - 400 * DAY
    first, second = make_article(published_at=old), make_article(published_at=old + DAY)
    assert publish_batch(stored(first, second)) == {}
    editions = Edition.objects.listed().order_by("article_id")
    assert [(e.article, e.starts_at, e.number) for e in editions] == [
        (first, old, 1),
        (second, old + DAY, 1),
    ]
    assert not Edition.objects.filter(created_at__lt=old + 2 * DAY).exists()


def test_a_story_without_a_date_begins_now():
    before = timezone.now()
    assert publish_batch(stored(make_article())) == {}
    edition = Edition.objects.listed().get()
    assert before <= edition.starts_at <= timezone.now()
    assert edition.published_at == edition.starts_at


def test_a_story_of_the_future_stays_a_draft_and_says_why():
    article = make_article(published_at=timezone.now() + DAY)
    refused = publish_batch(stored(article))
    assert "is later than its publication" in refused[article.pk][0]
    assert not Edition.objects.exists()


def test_what_stands_in_the_way_of_one_story_stops_no_other():
    bad, good = make_article(headline=" "), make_article()
    assert publish_batch(stored(bad, good)) == {bad.pk: ["It has no headline."]}
    assert Edition.objects.get().article == good


def test_a_story_that_readers_have_gets_its_next_edition():
    live = make_live()
    assert publish_batch(stored(live.article)) == {}
    edition = Edition.objects.listed().get()
    assert (edition.number, edition.kind) == (2, Edition.Kind.UPDATE)
    Article.objects.update(headline=" ")
    assert publish_batch(stored(live.article)) == {live.article.pk: ["It has no headline."]}


def test_what_the_source_says_is_right_now_is_a_correction_that_readers_see():
    live = make_live()
    publish_batch(stored(live.article), corrections={live.article.pk: "It was 21 boats."})
    correction = Correction.objects.get()
    assert (correction.wrong, correction.right) == (CORRECTED, "It was 21 boats.")
    assert Edition.objects.listed().get().kind == Edition.Kind.CORRECTION


def test_a_story_that_readers_no_longer_have_is_published_not_corrected():
    live = make_live()
    withdraw(live.article, by=None, reason=CANCELED)
    publish_batch(stored(live.article), corrections={live.article.pk: "It was 21 boats."})
    assert Edition.objects.listed().get().number == 3
    assert not Correction.objects.exists()


def test_a_machine_publishes_nothing_over_a_decision_and_a_person_does():
    user = make_user()
    live = publish(make_article(by=user), by=user)
    refused = publish_batch(stored(live.article))
    assert refused == {live.article.pk: ["Somebody has edited the story here."]}
    assert publish_batch(stored(live.article), by=user) == {}
    assert Edition.objects.listed().get().by == user
