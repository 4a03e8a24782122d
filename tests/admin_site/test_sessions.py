"""A page asks who is signed in, and signs in, without being left."""

import pytest
from django.test import Client
from django.urls import reverse

from articles.models import User
from tests.factories import make_user

pytestmark = pytest.mark.django_db
PASSWORD = "a password for tests"


def address() -> str:
    return reverse("admin:session")


@pytest.fixture
def user(db: None) -> User:
    return make_user(username="nia", groups=())


def sign_in(client: Client, **values: str) -> tuple[int, dict[str, str]]:
    """Ask for a token, sign in with it as a script does; return status and answer."""
    token = client.get(address()).json()["csrf_token"]
    response = client.post(address(), values, headers={"X-CSRFToken": token})
    return response.status_code, response.json()


def test_a_page_is_told_who_is_signed_in_and_no_cache_keeps_it(client, user):
    assert client.get(address()).json()["username"] == ""
    client.force_login(user)
    response = client.get(address())
    assert response.json()["username"] == "nia"
    assert "no-store" in response["Cache-Control"]


def test_who_has_no_place_at_the_desk_is_nobody_there(client):
    client.force_login(make_user(username="reader", is_staff=False))
    assert client.get(address()).json()["username"] == ""


def test_signing_in_gives_a_token_that_forms_can_be_sent_with(user):
    client = Client(enforce_csrf_checks=True)
    status, answer = sign_in(client, username="nia", password=PASSWORD)
    assert (status, answer["username"], answer["error"]) == (200, "nia", "")
    logout = client.post(reverse("admin:logout"), {"csrfmiddlewaretoken": answer["csrf_token"]})
    assert logout.status_code == 200


def test_without_a_token_nobody_is_signed_in(user):
    client = Client(enforce_csrf_checks=True)
    response = client.post(address(), {"username": "nia", "password": PASSWORD})
    assert response.status_code == 403
    assert client.get(address()).json()["username"] == ""


@pytest.mark.parametrize(
    "values",
    [
        {"username": "nia", "password": "wrong"},
        {"username": "nobody", "password": PASSWORD},
        {"username": "reader", "password": PASSWORD},
        {"username": "", "password": ""},
        {"username": "nia\0", "password": "\0"},
    ],
)
def test_who_may_not_sign_in_is_told_why(client, user, values):
    make_user(username="reader", is_staff=False)
    status, answer = sign_in(client, **values)
    assert (status, answer["username"]) == (403, "")
    assert len(answer["error"]) > 20


def test_it_leads_nowhere(client, user):
    status, _ = sign_in(client, username="nia", password=PASSWORD, next="https://evil.example/")
    assert status == 200
    assert "evil" not in client.get(f"{address()}?next=https://evil.example/").content.decode()
    assert client.put(address()).status_code == 405
