"""The address of a story is fixed by its first publication, and moves only where an editor moves it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from articles.models import Article, Edition
from articles.publishing import cancel_schedule, correct, publish, publish_batch, schedule, withdraw
from articles.roles import make_roles
from tests.factories import make_article, make_live, make_user

pytestmark = pytest.mark.django_db


def renamed(edition: Edition) -> Article:
    """Return the story of ``edition`` under another headline."""
    article = edition.article
    article.headline = "Mayor resigns after the vote"
    article.save()
    return article


def publish_as_wire(article: Article, by: None) -> Edition:
    publish_batch(list(Article.objects.with_everything()))
    return Edition.objects.listed().get()


def publish_correction(article: Article, by: None) -> Edition:
    return correct(article, by=by, wrong="Two.", right="Three.", weight="correction")


def bring_back(article: Article, by: None) -> Edition:
    make_roles()
    chief = make_user(groups=("chief",))
    withdraw(article, by=chief, reason="Checking.")
    return publish(article, by=chief, reason="It holds.")


@pytest.mark.parametrize(
    "action", [publish, publish_correction, bring_back, publish_as_wire], ids=lambda f: f.__name__
)
def test_another_headline_does_not_move_the_story(client, action):
    first = make_live(headline="Council votes on the quay")
    edition = action(renamed(first), by=None)
    assert (edition.headline, edition.slug) == ("Mayor resigns after the vote", first.slug)
    assert client.get(first.get_absolute_url()).status_code == 200


def test_an_editor_moves_it_on_purpose_and_the_old_address_leads_there_at_once(client):
    first = make_live(headline="Council votes on the quay")
    article = renamed(first)
    for slug in ("mayor-resigns", "mayor-stays"):
        article.slug = slug
        article.save()
        publish(article, by=None)
    for old in (first.slug, "mayor-resigns"):
        response = client.get(reverse("article", args=[article.pk, old]))
        assert response["Location"] == reverse("article", args=[article.pk, "mayor-stays"])


def test_to_empty_the_field_does_not_move_it_back():
    article = make_live(headline="Council votes", slug="quay-vote").article
    article.slug = ""
    article.save()
    assert publish(article, by=None).slug == "quay-vote"


def test_what_is_only_scheduled_has_no_address_yet():
    article = make_article(headline="Council votes")
    at = timezone.now() + timedelta(hours=1)
    assert schedule(article, by=None, at=at).slug == "council-votes"
    cancel_schedule(article, by=None)
    article.headline = "Council does not vote"
    article.save()
    assert schedule(article, by=None, at=at).slug == "council-does-not-vote"


def test_an_update_that_is_scheduled_keeps_the_address():
    first = make_live(headline="Council votes")
    at = timezone.now() + timedelta(hours=1)
    assert schedule(renamed(first), by=None, at=at).slug == "council-votes"


def test_restoring_an_old_revision_does_not_move_it_back(client):
    make_roles()
    client.force_login(make_user(groups=("chief",)))
    article = make_live(slug="first-words").article
    article.create_revision(None)
    number = article.revision_number
    article.slug = "second-words"
    article.save()
    article.create_revision(None)
    publish(article, by=None)
    client.post(reverse("admin:articles_article_restore", args=[article.pk, number]))
    article.refresh_from_db()
    assert publish(article, by=None).slug == "second-words"


def test_the_identity_in_feeds_is_the_same_after_a_move(client):
    def ids() -> list[str]:
        page = client.get("/feed/").content.decode()
        return [part.split("<")[0] for part in page.split("<id>")[2:]]

    first = make_live(slug="first-words")
    before = ids()
    first.article.slug = "second-words"
    first.article.save()
    publish(first.article, by=None)
    assert ids() == before
