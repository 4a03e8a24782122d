"""A feed is asked when it is due, once, gently; what it says new comes in, and nothing is lost on the way."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError
from django.utils import timezone

from articles.importing import subscriptions
from articles.importing.subscriptions import fetch_subscription
from articles.models import Article, Edition, ImportRun, Subscription, Tag
from tests.importing.web import send, serving

pytestmark = pytest.mark.django_db

FEED = (
    "<rss version='2.0'><channel><title>Post</title><item><guid>{}</guid><title>Nets</title>"
    "<pubDate>Wed, 04 Mar 2026 08:00:00 GMT</pubDate><description>{}</description></item>"
    "</channel></rss>"
)


class Server:
    """What the feed's server says, and what it heard."""

    def __init__(self) -> None:
        self.requests: list[dict[str, str]] = []
        self.netloc = ""
        self.answer: Callable[[Any], None] = lambda handler: send(
            handler, 200, FEED.format("a", "They came back.").encode(), ETag='"one"'
        )

    def respond_with(self, status: int, body: str = "", **headers: str) -> None:
        self.answer = lambda handler: send(handler, status, body.encode(), **headers)


@pytest.fixture
def server() -> Iterator[Server]:
    """Give a server on this computer."""
    feed_server = Server()

    def answer(handler: Any) -> None:
        feed_server.requests.append(dict(handler.headers))
        feed_server.answer(handler)

    with serving(answer) as feed_server.netloc:
        yield feed_server


@pytest.fixture
def subscription(server: Server) -> Subscription:
    """Give a subscription to its feed."""
    return Subscription.objects.create(
        name="Post", url=f"http://{server.netloc}/feed", source="post", minutes=10
    )


def fetch_now(subscription: Subscription, server: Server) -> subscriptions.FetchResult:
    subscription.refresh_from_db()
    result = fetch_subscription(subscription, allow_private={server.netloc})
    assert result
    subscription.refresh_from_db()
    return result


def test_new_stories_come_in_under_its_source_as_drafts(subscription, server) -> None:
    subscription.tags.add(Tag.objects.create(name="Harbour", kind="topic"))
    assert fetch_now(subscription, server).message == "1 new."
    article = Article.objects.get()
    assert (article.source, article.headline) == ("post", "Nets")
    assert [tag.name for tag in article.tags.all()] == ["Harbour"]
    assert not Edition.objects.exists()
    assert (subscription.state, subscription.etag, subscription.failures) == ("1 new.", '"one"', 0)
    assert subscription.last_run == ImportRun.objects.get()
    assert subscription.changed_at == subscription.fetched_at
    pause = subscription.next_fetch_at - subscription.fetched_at
    assert pause == timedelta(minutes=10)


def test_a_trusted_feed_publishes_by_itself(subscription, server) -> None:
    Subscription.objects.update(is_trusted=True)
    fetch_now(subscription, server)
    assert Edition.objects.live().count() == 1


def test_a_feed_that_has_not_changed_leaves_no_run(subscription, server) -> None:
    fetch_now(subscription, server)
    assert fetch_now(subscription, server).message == "Nothing new."
    server.respond_with(304)
    changed_at = subscription.changed_at
    assert fetch_now(subscription, server).message == "Nothing new."
    assert server.requests[-1]["If-None-Match"] == '"one"'
    assert ImportRun.objects.count() == 1
    assert (subscription.etag, subscription.changed_at) == ('"one"', changed_at)


def test_a_feed_with_a_bad_entry_leaves_one_run_only(subscription, server) -> None:
    bad = FEED.format("a", "Text.").replace("</channel>", "<item><guid>b</guid></item></channel>")
    server.respond_with(200, bad)
    assert fetch_now(subscription, server).message == "1 new, 1 refused."
    assert fetch_now(subscription, server).message == "Nothing new."
    assert ImportRun.objects.count() == 1


def test_a_changed_story_changes(subscription, server) -> None:
    fetch_now(subscription, server)
    server.respond_with(200, FEED.format("a", "They came back on Tuesday."))
    assert fetch_now(subscription, server).message == "1 changed."
    assert "Tuesday" in Article.objects.get().body_html


@pytest.mark.parametrize(
    ("status", "body", "message"),
    [
        (404, "", "no feed at this address"),
        (500, "", "error 500"),
        (204, "", "error 204"),
        (200, "<html><p>Sign in</p></html>", "could not be read"),
        (200, "", "could not be read"),
        (200, "<!DOCTYPE rss [<!ENTITY a 'b'>]><rss version='2.0'/>", "could not be read"),
    ],
)
def test_a_failure_is_told_and_doubles_the_pause(
    subscription, server, status, body, message
) -> None:
    server.respond_with(status, body, ETag='"bad"')
    for failures in (1, 2, 3):
        result = fetch_now(subscription, server)
        assert result.is_failed
        assert message in subscription.state
        assert subscription.failures == failures
        assert subscription.next_fetch_at - subscription.fetched_at == timedelta(
            minutes=10 * 2**failures
        )
    Subscription.objects.update(failures=900)
    fetch_now(subscription, server)
    assert subscription.next_fetch_at - subscription.fetched_at == timedelta(hours=24)
    assert subscription.etag == ""
    assert not Article.objects.exists()


@pytest.mark.parametrize(
    ("retry_after", "hours"),
    [("7200", 2), ("99999999999", 24), ("Fri, 31 Dec 2999 23:59:59 GMT", 24)],
)
def test_the_pause_that_a_server_asks_for_is_kept_up_to_a_day(
    subscription, server, retry_after, hours
) -> None:
    server.respond_with(503, Retry_After=retry_after)
    fetch_now(subscription, server)
    assert subscription.next_fetch_at - subscription.fetched_at == timedelta(hours=hours)


@pytest.mark.parametrize("retry_after", ["-5", "soon", "²", "Mon, 01 Jan 2001 00:00:00 GMT"])
def test_a_pause_that_makes_no_sense_changes_nothing(subscription, server, retry_after) -> None:
    server.respond_with(429, Retry_After=retry_after.encode().decode("latin-1"))
    fetch_now(subscription, server)
    assert subscription.next_fetch_at - subscription.fetched_at == timedelta(minutes=20)


def test_a_feed_that_is_gone_is_not_asked_again(subscription, server) -> None:
    server.respond_with(410)
    fetch_now(subscription, server)
    assert not subscription.is_active
    assert "gone" in subscription.state
    assert fetch_subscription(subscription, allow_private={server.netloc}) is None


def test_a_feed_that_moved_for_good_says_so_and_keeps_its_address(subscription, server) -> None:
    url, home = subscription.url, server.answer

    def answer(handler: Any) -> None:
        if handler.path == "/new":
            return home(handler)
        return send(handler, 301, Location="/new")

    server.answer = answer
    fetch_now(subscription, server)
    assert subscription.url == url
    assert f"change its address to http://{server.netloc}/new" in subscription.state
    assert Article.objects.count() == 1


def test_of_two_who_ask_at_once_one_does(subscription, server) -> None:
    same = Subscription.objects.get()
    assert fetch_subscription(subscription, allow_private={server.netloc})
    assert fetch_subscription(same, allow_private={server.netloc}) is None
    assert len(server.requests) == 1


def test_what_was_fetched_and_not_stored_is_asked_for_again(
    subscription, server, monkeypatch
) -> None:
    def broken(*_: Any, **__: Any) -> None:
        raise DatabaseError("the database is away")

    with monkeypatch.context() as patch:
        patch.setattr(subscriptions, "run_import", broken)
        assert fetch_now(subscription, server).is_failed
    assert subscription.etag == ""
    assert fetch_now(subscription, server).message == "1 new."


def test_a_feed_inside_the_house_is_never_asked(subscription, server) -> None:
    result = fetch_subscription(subscription)
    assert result
    assert result.is_failed
    assert server.requests == []


def test_what_is_due_is_active_and_the_longest_overdue_first(subscription) -> None:
    now = timezone.now()
    for name, minutes, is_active in (("b", 5, True), ("c", -5, True), ("d", 5, False)):
        Subscription.objects.create(
            name=name,
            url=f"https://{name}.example/",
            source=name,
            is_active=is_active,
            next_fetch_at=now - timedelta(minutes=minutes),
        )
    assert [due.source for due in Subscription.objects.due()] == ["b", "post"]
