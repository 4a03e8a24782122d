"""The form of an author: who may say what readers get, and its history."""

import pytest
from django.urls import reverse

from articles.models import Author, Proposal
from articles.roles import make_roles
from tests.factories import make_image, make_live, make_user

pytestmark = pytest.mark.django_db


def send(client, author: Author, **values):
    address = reverse("admin:articles_author_change", args=[author.pk])
    client.get(address)
    fields = {"name": author.name, "beat": "", "biography": "", "email": ""}
    inlines = {"links-TOTAL_FORMS": "0", "links-INITIAL_FORMS": "0"}
    return client.post(address, {**fields, **inlines, **values})


def login(client, role: str) -> None:
    make_roles()
    client.force_login(make_user(groups=(role,)))


def public_author() -> Author:
    return make_live(bylines=("Kit Wetherall",)).article.bylines.get().author


def test_an_editor_says_what_readers_get_and_the_history_says_who_did(client):
    author = public_author()
    login(client, "editor")
    link = {"links-0-url": "https://kit.example/", "links-0-is_public": "on"}
    values = {"biography": "Sits.", "is_biography_public": "on", "links-TOTAL_FORMS": "1"}
    assert send(client, author, **values, **link).status_code == 302
    author.refresh_from_db()
    assert author.public_biography == "Sits."
    assert [row.url for row in author.links.public()] == ["https://kit.example/"]
    page = client.get(reverse("admin:articles_author_history", args=[author.pk])).content.decode()
    assert "Sits." in page
    assert "kit.example" in page


def test_what_a_reporter_says_of_an_author_whom_readers_have_is_a_proposal(client):
    author = public_author()
    login(client, "reporter")
    values = {"biography": "Sits.", "is_biography_public": "on", "is_email_public": "on"}
    send(client, author, **values)
    author.refresh_from_db()
    assert (author.biography, author.is_biography_public, author.is_email_public) == (
        "",
        False,
        False,
    )
    assert Proposal.objects.get().values == {"biography": "Sits."}


def test_a_portrait_that_is_not_described_is_refused(client):
    author, image = public_author(), make_image(alt="")
    login(client, "editor")
    response = send(client, author, portrait=image.pk)
    assert "describe the picture first" in response.content.decode()
