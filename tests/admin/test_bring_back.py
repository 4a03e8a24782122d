"""Publish on a withdrawn story: an editor is told who may bring it back, a chief is asked why."""

import pytest
from django.urls import reverse

from articles.models import Article, Edition
from articles.publishing import withdraw
from articles.roles import make_roles
from tests.factories import make_live, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def withdrawn() -> Article:
    make_roles()
    article = make_live().article
    withdraw(article, by=make_user(groups=("chief",)), reason="A court has ordered it.")
    return article


def press_publish(client, article: Article):
    """Press the button on the page that publishes what is saved."""
    address = reverse("admin:articles_article_confirm_publish", args=[article.pk])
    return client.post(address, {"action": "publish", "seen": article.revision_number}, follow=True)


def page_of(article: Article) -> str:
    return reverse("admin:articles_article_bring_back", args=[article.pk])


def test_an_editor_is_told_who_may(client, withdrawn):
    client.force_login(make_user(groups=("editor",)))
    assert (
        "Your role may not bring it back: ask a chief"
        in press_publish(client, withdrawn).content.decode()
    )
    assert client.post(page_of(withdrawn), {"has_no_reason": "on"}).status_code == 403
    assert not Edition.objects.listed().exists()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ({"reason": "The order is lifted."}, "The order is lifted."),
        ({"has_no_reason": "on"}, "No reason was given."),
    ],
)
def test_a_chief_is_asked_why(client, withdrawn, data, reason):
    client.force_login(make_user(groups=("chief",)))
    response = press_publish(client, withdrawn)
    assert response.redirect_chain[-1][0] == page_of(withdrawn)
    assert not Edition.objects.listed().exists()
    assert b"Brought back" in client.post(page_of(withdrawn), data, follow=True).content
    assert Edition.objects.listed().get().reason == reason
    again = client.post(page_of(withdrawn), data, follow=True).content.decode()
    assert "It is not withdrawn." in again


def test_the_page_says_for_what_reason_it_was_withdrawn(client, withdrawn):
    client.force_login(make_user(groups=("chief",)))
    assert ": A court has ordered it.</span>" in client.get(page_of(withdrawn)).content.decode()


@pytest.mark.parametrize("data", [{}, {"reason": "The order is lifted.", "has_no_reason": "on"}])
def test_one_of_the_two_is_chosen_on_purpose(client, withdrawn, data):
    client.force_login(make_user(groups=("chief",)))
    response = client.post(page_of(withdrawn), data)
    assert (response.status_code, b"one of the two" in response.content) == (400, True)
    assert not Edition.objects.listed().exists()
    assert client.post(page_of(withdrawn), {"reason": "x" * 501}).status_code == 400
