"""The form of a new story makes one story: the way back to it leads to that story, also without scripts."""

from typing import Any

import pytest
from django.test import Client

from articles.models import Article
from articles.roles import make_roles
from tests.admin.forms import fields_of, form_of, messages_of
from tests.factories import make_user

from .forms import signed_in

pytestmark = pytest.mark.django_db
MOVE = {"Sec-Fetch-Mode": "navigate"}


@pytest.fixture
def client(db: None) -> Client:
    make_roles()
    return signed_in(make_user(username="nia", groups=("editor",)))


def move_to_new(client: Client) -> str:
    """Go to the form of a new story as a browser does; return where that leads."""
    return str(client.get(form_of(None), headers=MOVE)["Location"])


def add(client: Client, address: str, **changes: Any) -> Any:
    fields = fields_of(client.get(address, headers=MOVE), "article_form")
    return client.post(address, fields | {"headline": "New", "_save": "1"} | changes, follow=True)


def test_each_new_form_has_an_address_of_its_own(client):
    first, second = move_to_new(client), move_to_new(client)
    assert first != second
    token = fields_of(client.get(first, headers=MOVE), "article_form")["form_token"]
    assert first.endswith(f"?form={token}")


def test_the_way_back_leads_to_the_story_that_was_made(client):
    address = move_to_new(client)
    add(client, address)
    back = client.get(address, headers=MOVE, follow=True)
    assert back.redirect_chain == [(form_of(Article.objects.get()), 302)]
    assert "It is saved already" in messages_of(back)
    add(client, move_to_new(client))
    assert Article.objects.count() == 2


def test_a_form_with_errors_stays_the_same_form(client):
    address = move_to_new(client)
    response = add(client, address, headline="")
    token = fields_of(response, "article_form")["form_token"]
    assert address.endswith(token)
    add(client, address)
    assert client.get(address, headers=MOVE).status_code == 302


def test_somebody_else_is_not_led_to_it(client):
    address = move_to_new(client)
    add(client, address)
    tom = signed_in(make_user(username="tom", groups=("editor",)))
    assert tom.get(address, headers=MOVE).status_code == 200


@pytest.mark.parametrize("query", ["?_popup=1", "?_popup=1&form=", "?form=" + "x" * 20])
def test_small_windows_and_forms_with_a_name_stay_where_they_are(client, query):
    assert client.get(form_of(None) + query, headers=MOVE).status_code == 200


def test_what_else_the_address_says_stays_in_it(client):
    location = client.get(f"{form_of(None)}?unsaved=7", headers=MOVE)["Location"]
    assert location.startswith(f"{form_of(None)}?unsaved=7&form=")
