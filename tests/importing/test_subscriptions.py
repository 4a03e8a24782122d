"""A feed is asked when it is due, once, gently; what it says new comes in, and nothing is lost on the way."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError
from django.utils import timezone

from articles.importing import subscriptions
from articles.importing.subscriptions import visit
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
        self.heard: list[dict[str, str]] = []
        self.place = ""
        self.answer: Callable[[Any], None] = lambda handler: send(
            handler, 200, FEED.format("a", "They came back.").encode(), ETag='"one"'
        )

    def say(self, status: int, body: str = "", **headers: str) -> None:
        self.answer = lambda handler: send(handler, status, body.encode(), **headers)


@pytest.fixture
def server() -> Iterator[Server]:
    """Give a server on this computer."""
    one = Server()

    def answer(handler: Any) -> None:
        one.heard.append(dict(handler.headers))
        one.answer(handler)

    with serving(answer) as one.place:
        yield one


@pytest.fixture
def post(server: Server) -> Subscription:
    """Give a subscription to its feed."""
    return Subscription.objects.create(
        name="Post", url=f"http://{server.place}/feed", source="post", minutes=10
    )


def ask(post: Subscription, server: Server) -> subscriptions.Visit:
    post.refresh_from_db()
    done = visit(post, allow_private={server.place})
    assert done
    post.refresh_from_db()
    return done


def test_new_stories_come_in_under_its_source_as_drafts(post, server) -> None:
    post.tags.add(Tag.objects.create(name="Harbour", kind="topic"))
    assert ask(post, server).said == "1 new."
    article = Article.objects.get()
    assert (article.source, article.headline) == ("post", "Nets")
    assert [tag.name for tag in article.tags.all()] == ["Harbour"]
    assert not Edition.objects.exists()
    assert (post.state, post.etag, post.failures) == ("1 new.", '"one"', 0)
    assert post.last_run == ImportRun.objects.get()
    assert post.changed_at == post.fetched_at
    pause = post.next_fetch_at - post.fetched_at
    assert pause == timedelta(minutes=10)


def test_a_trusted_feed_publishes_by_itself(post, server) -> None:
    Subscription.objects.update(is_trusted=True)
    ask(post, server)
    assert Edition.objects.live().count() == 1


def test_a_feed_that_has_not_changed_leaves_no_run(post, server) -> None:
    ask(post, server)
    assert ask(post, server).said == "Nothing new."
    server.say(304)
    changed_at = post.changed_at
    assert ask(post, server).said == "Nothing new."
    assert server.heard[-1]["If-None-Match"] == '"one"'
    assert ImportRun.objects.count() == 1
    assert (post.etag, post.changed_at) == ('"one"', changed_at)


def test_a_feed_with_a_bad_entry_leaves_one_run_only(post, server) -> None:
    bad = FEED.format("a", "Text.").replace("</channel>", "<item><guid>b</guid></item></channel>")
    server.say(200, bad)
    assert ask(post, server).said == "1 new, 1 refused."
    assert ask(post, server).said == "Nothing new."
    assert ImportRun.objects.count() == 1


def test_a_changed_story_changes(post, server) -> None:
    ask(post, server)
    server.say(200, FEED.format("a", "They came back on Tuesday."))
    assert ask(post, server).said == "1 changed."
    assert "Tuesday" in Article.objects.get().body_html


@pytest.mark.parametrize(
    ("status", "body", "said"),
    [
        (404, "", "no feed at this address"),
        (500, "", "error 500"),
        (204, "", "error 204"),
        (200, "<html><p>Sign in</p></html>", "could not be read"),
        (200, "", "could not be read"),
        (200, "<!DOCTYPE rss [<!ENTITY a 'b'>]><rss version='2.0'/>", "could not be read"),
    ],
)
def test_a_failure_is_told_and_doubles_the_pause(post, server, status, body, said) -> None:
    server.say(status, body, ETag='"bad"')
    for failures in (1, 2, 3):
        done = ask(post, server)
        assert done.is_failed
        assert said in post.state
        assert post.failures == failures
        assert post.next_fetch_at - post.fetched_at == timedelta(minutes=10 * 2**failures)
    Subscription.objects.update(failures=900)
    ask(post, server)
    assert post.next_fetch_at - post.fetched_at == timedelta(hours=24)
    assert post.etag == ""
    assert not Article.objects.exists()


@pytest.mark.parametrize(
    ("asked", "hours"), [("7200", 2), ("99999999999", 24), ("Fri, 31 Dec 2999 23:59:59 GMT", 24)]
)
def test_the_pause_that_a_server_asks_for_is_kept_up_to_a_day(post, server, asked, hours) -> None:
    server.say(503, Retry_After=asked)
    ask(post, server)
    assert post.next_fetch_at - post.fetched_at == timedelta(hours=hours)


@pytest.mark.parametrize("asked", ["-5", "soon", "²", "Mon, 01 Jan 2001 00:00:00 GMT"])
def test_a_pause_that_makes_no_sense_changes_nothing(post, server, asked) -> None:
    server.say(429, Retry_After=asked.encode().decode("latin-1"))
    ask(post, server)
    assert post.next_fetch_at - post.fetched_at == timedelta(minutes=20)


def test_a_feed_that_is_gone_is_not_asked_again(post, server) -> None:
    server.say(410)
    ask(post, server)
    assert not post.is_active
    assert "gone" in post.state
    assert visit(post, allow_private={server.place}) is None


def test_a_feed_that_moved_for_good_says_so_and_keeps_its_address(post, server) -> None:
    url, home = post.url, server.answer

    def answer(handler: Any) -> None:
        if handler.path == "/new":
            return home(handler)
        return send(handler, 301, Location="/new")

    server.answer = answer
    ask(post, server)
    assert post.url == url
    assert f"change its address to http://{server.place}/new" in post.state
    assert Article.objects.count() == 1


def test_of_two_who_ask_at_once_one_does(post, server) -> None:
    same = Subscription.objects.get()
    assert visit(post, allow_private={server.place})
    assert visit(same, allow_private={server.place}) is None
    assert len(server.heard) == 1


def test_what_was_fetched_and_not_stored_is_asked_for_again(post, server, monkeypatch) -> None:
    def broken(*_: Any, **__: Any) -> None:
        raise DatabaseError("the database is away")

    with monkeypatch.context() as patch:
        patch.setattr(subscriptions, "run_import", broken)
        assert ask(post, server).is_failed
    assert post.etag == ""
    assert ask(post, server).said == "1 new."


def test_a_feed_inside_the_house_is_never_asked(post, server) -> None:
    done = visit(post)
    assert done
    assert done.is_failed
    assert server.heard == []


def test_what_is_due_is_active_and_the_longest_overdue_first(post) -> None:
    now = timezone.now()
    for name, minutes, is_active in (("b", 5, True), ("c", -5, True), ("d", 5, False)):
        Subscription.objects.create(
            name=name,
            url=f"https://{name}.example/",
            source=name,
            is_active=is_active,
            next_fetch_at=now - timedelta(minutes=minutes),
        )
    assert [one.source for one in Subscription.objects.due()] == ["b", "post"]
