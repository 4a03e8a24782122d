"""manage.py fetch_feeds asks what is due, and says a line a feed."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from articles.importing import subscriptions
from articles.importing.http.client import Fetched
from articles.importing.http.ssrf import FetchError
from articles.models import Subscription

pytestmark = pytest.mark.django_db


@pytest.fixture
def fetched_urls(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Give the addresses that were fetched; one has no server."""
    addresses: list[str] = []

    def fetch(url: str, **_: object) -> Fetched:
        addresses.append(url)
        if "away" in url:
            raise FetchError("There is no server by this name.")
        return Fetched(304)

    monkeypatch.setattr(subscriptions, "fetch", fetch)
    return addresses


def subscribe(source: str, **fields: object) -> None:
    Subscription.objects.create(
        name=source, url=f"https://{source}.example/", source=source, **fields
    )


def run(*args: str) -> tuple[str, int]:
    out = StringIO()
    try:
        call_command("fetch_feeds", *args, stdout=out)
    except SystemExit as over:
        return out.getvalue(), int(str(over.code))
    return out.getvalue(), 0


def test_what_is_due_is_asked_once(fetched_urls: list[str]) -> None:
    subscribe("post")
    subscribe("later", next_fetch_at=timezone.now() + timedelta(hours=1))
    assert run() == ("post: Nothing new.\n", 0)
    assert run() == ("", 0)
    assert fetched_urls == ["https://post.example/"]


def test_all_and_one_are_asked_though_not_due(fetched_urls: list[str]) -> None:
    subscribe("later", next_fetch_at=timezone.now() + timedelta(hours=1))
    subscribe("post")
    subscribe("off", is_active=False)
    assert run("--all") == ("later: Nothing new.\npost: Nothing new.\n", 0)
    assert run("--subscription", "later") == ("later: Nothing new.\n", 0)


def test_one_that_fails_keeps_no_other_from_being_asked(fetched_urls: list[str]) -> None:
    subscribe("away", next_fetch_at=timezone.now() - timedelta(hours=1))
    subscribe("post")
    output, code = run()
    assert output == "away: There is no server by this name.\npost: Nothing new.\n"
    assert code == 1


@pytest.mark.parametrize("slug", ["nobody", "off"])
def test_a_source_that_is_not_subscribed_is_named(fetched_urls: list[str], slug: str) -> None:
    subscribe("off", is_active=False)
    with pytest.raises(CommandError, match=slug):
        run("--subscription", slug)
