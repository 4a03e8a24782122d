"""What a person took away, put right or planned, no import undoes: the newer version waits and says why.

By the real commands: the same rule for every format, for files and for feeds.
"""

import json
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone

from articles.importing.formats.types import ParsedArticle
from articles.importing.pipeline.storing.match import IncomingItem, _verdict
from articles.importing.pipeline.storing.pending_changes import accept_change, dismiss_change
from articles.importing.subscriptions import fetch_subscription
from articles.models import Article, Edition, ImportedItem, ImportRun, Subscription, WaitingChange
from articles.publishing import cancel_schedule, correct, publish, schedule, withdraw
from tests.factories import make_user
from tests.importing.web import send, serving

pytestmark = pytest.mark.django_db

G2 = """<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" standard="NewsML-G2" standardversion="2.30"
 guid="urn:x:1" version="2" xml:lang="en"><itemMeta><itemClass qcode="ninat:text"/>
<provider literal="Wire"/><versionCreated>2026-03-04T12:00:00Z</versionCreated>
<pubStatus qcode="stat:usable"/></itemMeta><contentMeta><contentCreated>2026-03-04T10:00:00Z</contentCreated>
<headline>Again</headline></contentMeta><contentSet><inlineXML contenttype="application/xhtml+xml">
<html xmlns="http://www.w3.org/1999/xhtml"><body><p>The ferry is off again.</p></body></html>
</inlineXML></contentSet></newsItem>"""
KILL = {"headline": "KILL", "pubstatus": "canceled", "body_html": ""}


@pytest.fixture
def send_in(tmp_path: Path) -> Callable[..., None]:
    """Give a function that imports one version of a story by the command."""

    def import_version(
        *args: str, name: str = "story.json", content: str = "", **fields: Any
    ) -> None:
        item = {"uri": "urn:x:1", "type": "text", "headline": "Ferry aground", "version": "1"}
        item |= {"firstcreated": "2026-03-04T10:00:00Z", "pubstatus": "usable"}
        item |= {"body_html": "<p>The ferry went aground off Skerry.</p>"} | fields
        item = {key: value for key, value in item.items() if value is not None}
        (tmp_path / name).write_text(content or json.dumps(item))
        call_command("import_articles", str(tmp_path / name), "--source", "wire", *args)

    return import_version


@pytest.fixture
def published(send_in) -> Callable[..., None]:
    """Give the same with ``--publish``."""
    return partial(send_in, "--publish")


@pytest.fixture
def withdrawn(published) -> Article:
    """Give a story from the wire that an editor has withdrawn and nobody has edited."""
    published()
    article = Article.objects.get()
    withdraw(article, by=make_user(), reason="A court has ordered it.")
    return article


AGAIN = {
    "a newer version": {"version": "2", "headline": "Again"},
    "other bytes of the same version": {"headline": "Again"},
    "no version": {"version": None, "headline": "Again"},
    "another format": {"name": "again.xml", "content": G2},
    "a correction": {"version": "2", "headline": "Again", "ednote": "CORRECTION: two ferries."},
}


@pytest.mark.parametrize("again", AGAIN.values(), ids=AGAIN.keys())
def test_an_import_never_brings_back_what_a_person_withdrew(
    withdrawn, published, again, capsys, client
):
    address = Edition.objects.filter(article=withdrawn).first().get_absolute_url()
    for _ in range(2):
        published(**again)
    assert client.get(address).status_code == 410
    withdrawn.refresh_from_db()
    assert (withdrawn.headline, withdrawn.editions.count()) == ("Ferry aground", 2)
    assert WaitingChange.objects.get().values["headline"] == "Again"
    out, err = capsys.readouterr()
    assert "0 created, 0 updated, 0 unchanged, 1 waiting, 0 refused" in out
    assert "wait beside their story: 1 withdrawn here" in out
    assert "Ferry aground: a newer version waits. It was withdrawn on" in err
    run = ImportRun.objects.filter(waiting=1).get()
    assert run.met["waits:withdrawn"] == 1
    assert "It was withdrawn on" in run.notes[0]


def test_without_publish_the_working_copy_stays_too(withdrawn, send_in):
    send_in(version="2", headline="Again")
    withdrawn.refresh_from_db()
    assert withdrawn.headline == "Ferry aground"
    assert WaitingChange.objects.filter(state="open").count() == 1


def test_what_an_editor_brings_back_follows_the_wire_again(withdrawn, published):
    publish(withdrawn, by=make_user(is_superuser=True), reason="The court has lifted its order.")
    published(version="2", headline="Again")
    assert Edition.objects.listed().get().headline == "Again"


@pytest.mark.parametrize("decide", [accept_change, dismiss_change])
def test_a_decision_about_one_version_lets_the_next_wait_too(withdrawn, published, decide):
    published(version="2", headline="Again")
    decide(WaitingChange.objects.get(), by=make_user())
    published(version="3", headline="Once more")
    assert not Edition.objects.listed().exists()
    assert WaitingChange.objects.get(state="open").values["headline"] == "Once more"


def test_a_feed_never_brings_back_what_a_person_withdrew(capsys, monkeypatch):
    item = "<item><guid>a</guid><title>{0}</title><pubDate>Wed, 04 Mar 2026 08:00:00 GMT</pubDate>"
    feed = f"<rss version='2.0'><channel>{item}<description>{{0}}.</description></item></channel></rss>"
    titles = ["Nets"]
    with serving(lambda handler: send(handler, 200, feed.format(titles[-1]).encode())) as place:
        visit_here = partial(fetch_subscription, allow_private={place})
        monkeypatch.setattr(
            "articles.management.commands.fetch_feeds.fetch_subscription", visit_here
        )
        post = Subscription.objects.create(
            name="Post", url=f"http://{place}/feed", source="post", is_trusted=True
        )
        call_command("fetch_feeds", "--all")
        article = Edition.objects.listed().get().article
        withdraw(article, by=make_user(), reason="A court has ordered it.")
        titles.append("Nets again")
        call_command("fetch_feeds", "--all")
    assert not Edition.objects.listed().exists()
    assert "post: 1 waiting (1 withdrawn here)." in capsys.readouterr().out
    post.refresh_from_db()
    assert post.state == "1 waiting (1 withdrawn here)."


def test_an_import_deletes_no_schedule_that_a_person_set(published, capsys):
    published()
    article = Article.objects.get()
    coming = schedule(article, by=make_user(), at=timezone.now() + timedelta(days=1))
    published(version="2", headline="Again")
    assert Edition.objects.coming().get() == coming
    assert Edition.objects.listed().get().headline == "Ferry aground"
    assert "A publication is scheduled for" in capsys.readouterr().err
    cancel_schedule(article, by=None)
    published(version="3", headline="Once more")
    assert Edition.objects.listed().get().headline == "Once more"


def test_a_first_publication_that_a_person_scheduled_keeps_its_text(send_in, published):
    send_in()
    schedule(Article.objects.get(), by=make_user(), at=timezone.now() + timedelta(days=1))
    published(version="2", headline="Again")
    assert Edition.objects.get().headline == Article.objects.get().headline == "Ferry aground"
    assert WaitingChange.objects.get().values["headline"] == "Again"


def test_an_import_replaces_no_correction_that_a_person_made(published):
    published()
    article = Article.objects.get()
    correct(article, by=make_user(), wrong="One.", right="Two.", weight="correction")
    published(version="2", headline="Again", ednote="CORRECTION: three.")
    live = Edition.objects.listed().get()
    assert (live.headline, live.correction.right) == ("Ferry aground", "Two.")


def test_a_kill_stops_what_is_scheduled_and_says_so(published, capsys):
    published()
    schedule(Article.objects.get(), by=make_user(), at=timezone.now() + timedelta(days=1))
    published(**KILL | {"version": "2"})
    assert not Edition.objects.coming().exists()
    assert not Edition.objects.listed().exists()
    assert "is cancelled. The story is withdrawn" in capsys.readouterr().err


LATER = {"version": "2", "headline": "Free again"}
UNKNOWN = {"version": None, "headline": "Free again"}


@pytest.mark.parametrize(
    ("first", "kill", "later", "is_public"),
    [
        (None, {"version": None}, UNKNOWN, False),
        ({}, {"version": None}, UNKNOWN, False),
        ({}, {"version": None}, {"headline": "The same version"}, False),
        ({}, {"version": "2"}, UNKNOWN, False),
        ({}, {"version": "2"}, LATER, False),
        (None, {"version": "2"}, {}, False),
        ({}, {"version": None}, LATER, True),
        ({}, {"version": "1"}, LATER, True),
        ({}, {"version": "2"}, {"version": "3"}, True),
    ],
)
def test_a_kill_holds_until_a_version_says_that_it_is_later(
    published, first, kill, later, is_public
):
    if first is not None:
        published(**first)
    published(**KILL | kill)
    published(**later)
    assert Edition.objects.listed().exists() == is_public
    assert (Article.objects.get().pub_status == "usable") == is_public


def test_moments_of_making_lift_a_kill_as_versions_do(published):
    published(version=None, versioncreated="2026-03-04T10:00:00Z")
    published(**KILL | {"version": None, "versioncreated": "2026-03-04T11:00:00Z"})
    published(version=None, versioncreated="2026-03-04T10:30:00Z")
    assert not Edition.objects.listed().exists()
    published(version=None, versioncreated="2026-03-04T12:00:00Z")
    assert Edition.objects.listed().exists()


def test_what_a_kill_holds_up_lifts_no_kill_for_the_next(published, capsys):
    published(**KILL | {"version": "5"})
    published(**UNKNOWN)
    published(version="4", headline="Older than the kill")
    assert not Edition.objects.listed().exists()
    assert "1 cancelled by the source" in capsys.readouterr().out
    assert WaitingChange.objects.get().values["headline"] == "Free again"


def test_a_kill_holds_beside_a_story_that_somebody_has_edited(published):
    published()
    Article.objects.get().create_revision(make_user())
    published(**KILL | {"version": None})
    published(**UNKNOWN)
    assert Article.objects.get().pub_status == "canceled"
    assert not Edition.objects.listed().exists()


def test_a_kill_counts_though_the_story_stands_further_on_in_the_input(published):
    story = {"uri": "urn:x:1", "type": "text", "headline": "Ferry aground", "body_text": "Aground."}
    story |= {"firstcreated": "2026-03-04T10:00:00Z"}
    items = [{"uri": "urn:x:1", "type": "text"} | KILL, story]
    published(content=json.dumps(items))
    assert not Edition.objects.listed().exists()


def test_a_kill_counts_though_another_process_has_stored_what_follows_it():
    run = ImportRun(pk=1)
    item = ImportedItem(run=run, position=2)
    kill = IncomingItem(ParsedArticle("1", b"", pub_status="canceled"), "its hash", 1)
    story = IncomingItem(ParsedArticle("1", b""), "its hash", 1)
    assert _verdict(kill, item, run, set(), is_killed=False) == "newer"
    assert _verdict(story, item, run, set(), is_killed=False) == "unchanged"
