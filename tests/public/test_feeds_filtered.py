"""The feed of a list: the same stories, whatever narrows it, newest first, and no more than others have."""

from xml.etree import ElementTree as ET

import pytest

from articles.public import feeds
from tests.factories import make_live, make_live_many, make_person, make_tag, make_withdrawn

from .test_feeds import ATOM, titles

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "query",
    ["", "q=seal", "tag=harbour", "without=fish", "tag=harbour&without=fish&q=seal", "tag=fish"],
)
def test_the_feed_has_the_stories_of_the_list(client, query):
    harbour, fish = make_tag("Harbour"), make_tag("Fish")
    rows = {"Seal a": (harbour,), "Seal b": (harbour, fish), "Seal c": (fish,), "Crab": (harbour,)}
    for headline, tags in rows.items():
        make_live(headline=headline, tags=tags)
    make_withdrawn(headline="Seal gone", tags=(harbour,))
    in_list = client.get(f"/articles/?{query}").content.decode()
    in_feed = titles(client.get(f"/articles/feed/?{query}"))
    assert in_feed == [name for name in reversed(rows) if f">{name}</a></h3>" in in_list]
    assert in_feed


def test_a_feed_is_newest_first_and_capped_whatever_the_list(client, monkeypatch):
    monkeypatch.setattr(feeds, "SIZE", 3)
    stories = make_live_many(5, headline="Seal")
    newest = [story.get_absolute_url() for story in stories[:3]]
    for query in ("sort=oldest", "q=seal&sort=relevance", "from=1-1", "name=seal"):
        content = client.get(f"/articles/feed/?{query}").content
        feed = ET.fromstring(content)  # noqa: S314 - our own answer
        links = [entry.find(f"{ATOM}link").get("href") for entry in feed.findall(f"{ATOM}entry")]
        assert [link.removeprefix("http://testserver") for link in links] == newest, query


def test_a_feed_is_called_after_its_filters_and_has_an_id_of_its_own(client):
    person = make_person("Nerys Callow")
    make_live(tags=(make_tag("Harbour"),), people=(person,))
    make_live(tags=(make_tag("Fish"),))
    content = client.get(f"/articles/feed/?without=fish&person={person.pk}&x=1").content
    feed = ET.fromstring(content)  # noqa: S314 - our own answer
    assert feed.findtext(f"{ATOM}title").startswith("Nerys Callow, not Fish · ")
    query = f"person={person.pk}&without=fish"
    assert feed.findtext(f"{ATOM}id").endswith(f":feed:/articles/feed/?{query}")
    hrefs = [link.get("href") for link in feed.findall(f"{ATOM}link")]
    assert f"http://testserver/articles/?{query}" in hrefs
    assert f"http://testserver/articles/feed/?{query}" in hrefs


def test_the_list_leads_to_its_feed(client):
    make_live(tags=(make_tag("Harbour"),))
    html = client.get("/articles/?tag=harbour&sort=oldest").content.decode()
    assert html.count('href="/articles/feed/?tag=harbour"') == 2
    head = html.partition("</head>")[0]
    assert 'type="application/atom+xml" href="/articles/feed/?tag=harbour"' in head
    assert "/articles/feed/" not in client.get("/articles/").content.decode()


def test_who_has_a_feed_is_answered_304(client):
    make_live(tags=(make_tag("Harbour"),))
    first = client.get("/articles/feed/?tag=harbour")
    again = client.get("/articles/feed/?tag=harbour", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    make_live(tags=(make_tag("Harbour two"),))
    make_live(headline="New", tags=())
    other = client.get("/articles/feed/", headers={"If-None-Match": first["ETag"]})
    assert other.status_code == 200


def test_the_feed_is_had_as_rss_too(client):
    make_live(headline="Seal", tags=(make_tag("Harbour"),))
    make_live(headline="Crab")
    page = client.get("/articles/?tag=harbour").content.decode()
    assert '"application/rss+xml" href="/articles/feed/rss/?tag=harbour"' in page
    feed = ET.fromstring(client.get("/articles/feed/rss/?tag=harbour").content)  # noqa: S314 - our own answer
    assert [item.findtext("title") for item in feed.iter("item")] == ["Seal"]
