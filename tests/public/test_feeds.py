"""Atom feeds: well-formed whatever is stored, stable, and of listed stories only."""

from typing import Any
from xml.etree import ElementTree as ET

import pytest

from articles.models import Author, Edition, FormerTagName
from articles.public import site_context, urls
from articles.public.feeds import CONTENT_MODULE
from articles.publishing import publish
from tests.factories import (
    make_live,
    make_live_many,
    make_live_quote,
    make_organization,
    make_person,
    make_tag,
    make_withdrawn,
)

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


def entries(response) -> list[ET.Element]:
    return ET.fromstring(response.content).findall(f"{ATOM}entry")  # noqa: S314 - our own answer


def text_of(entry: ET.Element, name: str) -> str:
    return entry.findtext(f"{ATOM}{name}") or ""


def titles(response) -> list[str]:
    return [text_of(entry, "title") for entry in entries(response)]


def test_the_feed_has_the_newest_stories_with_summary_and_whole_text(client):
    make_live_many(2)
    story = make_live(
        headline="Seal on slipway", dek="It declined.", body_html="<p>A <em>seal</em>.</p>"
    )
    entry = entries(client.get("/feed/"))[0]
    assert entry.findtext(f"{ATOM}title") == "Seal on slipway"
    assert entry.findtext(f"{ATOM}summary") == "It declined."
    assert entry.findtext(f"{ATOM}content") == "<p>A <em>seal</em>.</p>"
    assert entry.find(f"{ATOM}content").get("type") == "html"
    assert entry.find(f"{ATOM}link").get("href") == f"http://testserver{story.get_absolute_url()}"


def test_the_feed_is_atom(client):
    make_live()
    assert client.get("/feed/")["Content-Type"].startswith("application/atom+xml")


@pytest.mark.parametrize("kind", ["tags", "people", "organizations"])
def test_each_subject_has_a_feed_of_its_own_stories(client, kind):
    makers: dict[str, Any]
    makers = {"tags": make_tag, "people": make_person, "organizations": make_organization}
    subject = makers[kind]()
    links: dict[str, Any] = {kind: (subject,)}
    story = make_live(**links)
    make_live()
    assert titles(client.get(f"{subject.get_absolute_url()}feed/")) == [story.headline]


def test_the_feed_of_what_is_not_public_is_not_found(client):
    for subject in (make_tag(), make_person(), make_organization()):
        field = f"{subject._meta.model_name}s".replace("persons", "people")
        links: dict[str, Any] = {field: (subject,)}
        make_withdrawn(**links)
        assert client.get(f"{subject.get_absolute_url()}feed/").status_code == 404


def test_a_feed_with_a_wrong_slug_leads_to_the_right_one(client):
    person, organization = make_person(), make_organization()
    make_live(people=(person,), organizations=(organization,))
    for kind, subject in (("people", person), ("organizations", organization)):
        response = client.get(f"/{kind}/{subject.pk}/wrong/feed/")
        assert response.status_code == 301
        assert response["Location"] == f"{subject.get_absolute_url()}feed/"


def test_an_author_has_a_feed_of_what_they_wrote(client, django_assert_num_queries):
    story = make_live(bylines=("Kit Wetherall",))
    make_live(bylines=("Tamsin Orrell",))
    author = Author.objects.get(name="Kit Wetherall")
    site_context.current()
    with django_assert_num_queries(2):
        response = client.get(f"{author.get_absolute_url()}feed/")
    assert titles(response) == [story.headline]
    wrong = client.get(f"/authors/{author.pk}/wrong/feed/")
    assert (wrong.status_code, wrong["Location"]) == (301, f"{author.get_absolute_url()}feed/")


def test_the_feed_of_an_author_whom_no_listed_story_names_is_not_found(client):
    make_withdrawn(bylines=("Kit Wetherall",))
    assert client.get(f"{Author.objects.get().get_absolute_url()}feed/").status_code == 404


def test_no_stored_character_breaks_the_feed(client):
    story = make_live(tags=(make_tag("Harbour"),))
    worst = "ab\x0bc\ufffe\uffff]]> & <b>\x1f\x7f\x9f"  # no NUL: PostgreSQL cannot even hold it
    Edition.objects.filter(pk=story.pk).update(
        headline=worst,
        dek=worst,
        body_html=worst,
        tags=[{"name": worst, "slug": "x", "kind": "topic", "id": 1}],
    )
    assert titles(client.get("/feed/")) == ["ab\nc]]> & <b>"]


def test_an_entry_keeps_its_id_and_is_updated_when_readers_should_know(client):
    story = make_live(slug="one")
    before = entries(client.get("/feed/"))[0]
    story.article.slug = "two"
    story.article.save()
    after_edition = publish(story.article, by=None)
    after = entries(client.get("/feed/"))[0]
    assert before.findtext(f"{ATOM}id") == after.findtext(f"{ATOM}id")
    assert before.findtext(f"{ATOM}id").startswith("tag:testserver,2026:article:")
    assert before.findtext(f"{ATOM}published") == after.findtext(f"{ATOM}published")
    assert after.findtext(f"{ATOM}updated")[:19] == after_edition.modified_at.isoformat()[:19]


def test_the_feed_costs_one_query_and_one_more_for_its_subject(client, django_assert_num_queries):
    tag = make_tag()
    make_live_many(5, tags=(tag,), bylines=("A. Writer",))
    site_context.current()
    with django_assert_num_queries(1):
        client.get("/feed/")
    with django_assert_num_queries(2):
        client.get(f"{tag.get_absolute_url()}feed/")


def test_an_empty_feed_is_a_feed(client):
    assert titles(client.get("/feed/")) == []


def test_the_feed_names_the_paper_s_own_address_whatever_the_request_says(client, settings):
    settings.ALLOWED_HOSTS = ["*"]
    make_live()
    assert b"evil.example" not in client.get("/feed/", HTTP_HOST="evil.example").content


def test_after_a_story_stands_who_said_what(client):
    story = make_live_quote(
        "We pay & stay,", person=make_person("A <senior> officer"), role="at the door"
    )
    content = text_of(entries(client.get("/feed/"))[0], "content")
    assert content.startswith(story.body_html)
    key = story.quotes[0]["key"]
    line = "<li>“We pay &amp; stay” A &lt;senior&gt; officer, at the door. "
    assert "<h2>Who said what</h2>" in content
    assert f'{line}<a href="http://testserver/quotes/{key}/">The quote</a></li>' in content


def test_the_feed_of_quotes_has_an_entry_each(client):
    person = make_person("Nerys Callow")
    story = make_live_quote("We pay.", person=person, role="deputy leader")
    entry = entries(client.get("/quotes/feed/"))[0]
    url = f"http://testserver/quotes/{story.quotes[0]['key']}/"
    assert entry.findtext(f"{ATOM}title") == "Nerys Callow, deputy leader: “We pay.”"
    assert entry.find(f"{ATOM}link").get("href") == url
    assert f'<blockquote cite="{url}"><p>“We pay.”</p></blockquote>' in text_of(entry, "content")
    assert entry.findtext(f"{ATOM}updated")[:19] == story.modified_at.isoformat()[:19]


def test_a_quote_keeps_its_id_from_edition_to_edition(client):
    story = make_live_quote("We pay.")
    before = entries(client.get("/quotes/feed/"))[0].findtext(f"{ATOM}id")
    story.article.headline = "Another"
    story.article.save()
    publish(story.article, by=None)
    after = entries(client.get("/quotes/feed/"))
    assert [entry.findtext(f"{ATOM}id") for entry in after] == [before]
    assert before == f"tag:testserver,2026:quote:{story.quotes[0]['key']}"


def test_long_words_are_cut_in_a_title_and_whole_in_the_content(client):
    words = "We pay for the mud. " * 30
    make_live_quote(words.strip(), unnamed="a senior officer")
    entry = entries(client.get("/quotes/feed/"))[0]
    assert len(text_of(entry, "title")) < 150
    assert words.strip() in text_of(entry, "content")


def test_the_feed_of_quotes_costs_two_queries(client, django_assert_num_queries):
    for number in range(5):
        make_live_quote(f"Number {number}.", person=make_person())
    site_context.current()
    with django_assert_num_queries(2):
        assert len(entries(client.get("/quotes/feed/"))) == 5


def test_an_empty_feed_of_quotes_is_a_feed(client):
    assert titles(client.get("/quotes/feed/")) == []


def items(response) -> list[ET.Element]:
    return ET.fromstring(response.content).findall("channel/item")  # noqa: S314 - our own answer


def test_every_feed_is_had_as_rss_too():
    names = {pattern.name for pattern in urls.urlpatterns}
    feeds = {name for name in names if name.endswith("feed")}
    assert len(feeds) == 7
    assert {f"{name}_rss" for name in feeds} <= names


def test_rss_has_the_same_stories_with_summary_and_whole_text(client):
    make_live_many(2)
    story = make_live(headline="Seal on slipway", dek="It declined.", bylines=("Kit Wetherall",))
    response = client.get("/feed/rss/")
    assert response["Content-Type"].startswith("application/rss+xml")
    assert [item.findtext("title") for item in items(response)] == titles(client.get("/feed/"))
    item = items(response)[0]
    assert item.findtext("description") == "It declined."
    assert item.findtext(f"{{{CONTENT_MODULE}}}encoded") == story.body_html
    assert item.findtext("link") == f"http://testserver{story.get_absolute_url()}"
    assert item.findtext("{http://purl.org/dc/elements/1.1/}creator") == "Kit Wetherall"
    guid = item.find("guid")
    assert guid is not None
    assert guid.get("isPermaLink") == "false"
    assert guid.text == text_of(entries(client.get("/feed/"))[0], "id")


def test_the_rss_feed_of_a_subject_names_itself_and_redirects_to_itself(client):
    tag = make_tag("Harbour")
    FormerTagName.objects.create(tag=tag, name="Port", slug="port")
    make_live(tags=(tag,))
    response = client.get("/tags/harbour/feed/rss/")
    atom_link = ET.fromstring(response.content).find(f"channel/{ATOM}link")  # noqa: S314 - our own
    assert atom_link is not None
    assert atom_link.get("href") == "http://testserver/tags/harbour/feed/rss/"
    assert client.get("/tags/port/feed/rss/")["Location"] == "/tags/harbour/feed/rss/"
    assert client.get("/tags/nothing/feed/rss/").status_code == 404


def test_a_quote_is_an_item_of_rss(client):
    make_live_quote("We pay.", person=make_person("Nerys Callow"), role="deputy leader")
    (item,) = items(client.get("/quotes/feed/rss/"))
    assert item.findtext("title") == "Nerys Callow, deputy leader: “We pay.”"


def test_no_stored_character_breaks_rss(client):
    story = make_live(tags=(make_tag("Harbour"),))
    worst = "ab\x0bc\ufffe\uffff]]> & <b>\x1f\x7f\x9f"
    Edition.objects.filter(pk=story.pk).update(headline=worst, dek=worst, body_html=worst)
    assert len(items(client.get("/feed/rss/"))) == 1
    assert items(client.get("/quotes/feed/rss/")) == []
