"""/tags/: the trees of all tags, with how many stories bear each."""

import re

import pytest

from articles.models import Tag
from articles.public.views.entities import tag_tree
from articles.publishing import publish
from tests.factories import make_article, make_live, make_live_many, make_section, make_tag

pytestmark = pytest.mark.django_db


def tags_in(client) -> str:
    """Return the index as ``(`` for a list, names, numbers."""
    html = client.get("/tags/").content.decode().partition("<main")[2].partition("</main>")[0]
    parts = re.findall(r"<ul>|</ul>|<a [^>]*>([^<]+)</a>|<span class=\"number\">(\d+)", html)
    tokens = re.finditer(r"<ul>|</ul>|<a [^>]*>([^<]+)</a>|<span class=\"number\">(\d+)", html)
    text = [{"<ul>": "(", "</ul>": ")"}.get(t[0], t[1] or t[2]) for t in tokens]
    assert len(parts) == len(text)
    return " ".join(text)


def test_subtopics_stand_below_their_tags_whatever_their_kind(client):
    section = make_section("Harbour")
    topic = make_tag("dredging", parent=section)
    deeper = make_tag("silt", parent=topic)
    make_live(tags=(section, topic, deeper))
    make_live(tags=(section, make_tag("weather")))
    assert tags_in(client) == "( Harbour 2 ( dredging 1 ( silt 1 ) ) ) ( weather 1 )"


def test_a_subtopic_of_what_has_no_page_stands_where_its_kind_does(client):
    hidden = make_section("Leaksection")
    topic = make_tag("dredging", parent=hidden)
    make_live(tags=(topic,))
    make_article(tags=(hidden,))
    assert tags_in(client) == "( dredging 1 )"


def test_a_ring_of_tags_is_listed_and_each_stands_once(client):
    first, second = make_tag("first"), make_tag("second")
    below = make_tag("under", parent=second)
    Tag.objects.filter(pk=first.pk).update(parent=second)
    Tag.objects.filter(pk=second.pk).update(parent=first)
    make_live(tags=(first, second, below))
    assert tags_in(client) == "( first 1 ( second 1 ( under 1 ) ) )"


def test_a_tree_deeper_than_any_of_ours_is_listed_whole(client):
    tags = [make_tag("level 0")]
    for number in range(1, 30):
        tags.append(make_tag(f"level {number}", parent=tags[-1]))
    make_live(tags=tuple(tags))
    assert len(re.findall("level", tags_in(client))) == 30


def test_the_numbers_are_of_the_newest_stories_and_the_page_says_so(client, monkeypatch):
    make_live_many(3, tags=(make_tag("dredging"),))
    assert "how many stories bear it" in client.get("/tags/").content.decode()
    monkeypatch.setattr(tag_tree, "COUNTED_STORIES", 2)
    assert tags_in(client) == "( dredging 2 )"
    assert "how many of the newest 2 stories bear it" in client.get("/tags/").content.decode()


def test_superseded_editions_and_drafts_are_not_counted(client):
    tag = make_tag("dredging")
    article = make_live(tags=(tag,)).article
    publish(article, by=None)
    make_article(tags=(tag,))
    assert tags_in(client) == "( dredging 1 )"


def test_of_thousands_of_one_kind_the_first_by_name_are_listed_and_every_other_kind(
    client, monkeypatch
):
    monkeypatch.setattr(tag_tree, "MOST_OF_A_KIND", 2)
    make_live(tags=tuple(make_tag(name) for name in ("a", "b", "c")))
    make_live(tags=(make_tag("Quay", kind="place"),))
    assert tags_in(client) == "( a 1 b 1 ) ( Quay 1 )"
