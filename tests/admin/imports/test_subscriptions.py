"""Editors subscribe to feeds; only who may trust lets one publish by itself."""

import pytest
from django.test import Client
from django.urls import reverse

from articles.importing import subscriptions
from articles.importing.http.client import Fetched
from articles.models import Subscription
from articles.roles import make_roles
from tests.factories import make_user

pytestmark = pytest.mark.django_db

FORM = {"name": "Post", "url": "https://post.example/feed", "source": "post", "minutes": "15"}
ADD = "admin:articles_subscription_add"
LIST = "admin:articles_subscription_changelist"


def signed_in_client(role: str) -> Client:
    make_roles()
    client = Client()
    client.force_login(make_user(groups=(role,), is_staff=True))
    return client


def change(client: Client, row: Subscription, **fields: str) -> Subscription:
    address = reverse("admin:articles_subscription_change", args=[row.pk])
    assert client.post(address, FORM | {"is_active": "on"} | fields).status_code == 302
    row.refresh_from_db()
    return row


@pytest.mark.parametrize(("role", "is_trusted"), [("editor", False), ("chief", True)])
def test_only_a_chief_trusts_a_feed(role: str, is_trusted: bool) -> None:
    client = signed_in_client(role)
    client.post(reverse(ADD), FORM | {"is_active": "on", "is_trusted": "on"})
    row = Subscription.objects.get()
    assert row.is_trusted is is_trusted
    assert change(client, row, is_trusted="on").is_trusted is is_trusted


def test_an_editor_cannot_point_a_trusted_feed_elsewhere() -> None:
    row = Subscription.objects.create(**FORM | {"minutes": 15}, is_trusted=True)
    row = change(signed_in_client("editor"), row, url="https://other.example/", source="other")
    assert (row.url, row.source, row.is_trusted) == (FORM["url"], "post", True)


def test_a_new_address_forgets_what_the_old_one_said() -> None:
    row = Subscription.objects.create(**FORM | {"minutes": 15}, etag='"a"', last_modified="Mon")
    row = change(signed_in_client("editor"), row, url="https://new.example/")
    assert (row.etag, row.last_modified) == ("", "")


@pytest.mark.parametrize(
    "url",
    [
        *("http://127.0.0.1/", "http://169.254.169.254/", "https://post.example:22/"),
        *("ftp://post.example/", "http://u:p@post.example/", "http://2130706433/"),
    ],
)
def test_an_address_that_is_never_fetched_is_refused_with_the_reason(url: str) -> None:
    response = signed_in_client("editor").post(reverse(ADD), FORM | {"url": url})
    assert response.status_code == 200
    assert response.context["adminform"].errors["url"]
    assert not Subscription.objects.exists()


def test_ask_now_asks_and_says_what_came_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subscriptions, "fetch", lambda url, **_: Fetched(404))
    row = Subscription.objects.create(**FORM | {"minutes": 15})
    chosen = {"action": "ask_now", "_selected_action": [row.pk]}
    response = signed_in_client("editor").post(reverse(LIST), chosen, follow=True)
    assert b"Post: There is no feed at this address." in response.content
    row.refresh_from_db()
    assert row.failures == 1
    assert b"There is no feed" in signed_in_client("editor").get(reverse(LIST)).content
