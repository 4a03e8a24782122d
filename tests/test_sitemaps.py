"""The sitemap: every public page once, parted by row numbers."""

from xml.etree import ElementTree as ET

import pytest

from articles.models import Author
from articles.publishing import publish
from tests.factories import (
    make_article,
    make_live,
    make_live_many,
    make_organization,
    make_person,
    make_said,
    make_tag,
    make_withdrawn,
)

pytestmark = pytest.mark.django_db
NAMESPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def places(client, address: str = "/sitemap.xml") -> dict[str, str | None]:
    """Give the addresses of a sitemap with their last change."""
    response = client.get(address)
    assert response.status_code == 200
    root = ET.fromstring(response.content)  # noqa: S314 - our own answer
    rows = {row.findtext(f"{NAMESPACE}loc"): row.findtext(f"{NAMESPACE}lastmod") for row in root}
    return {address.removeprefix("http://testserver"): changed for address, changed in rows.items()}


def everything(client) -> dict[str, str | None]:
    """Give what all parts of the sitemap list."""
    return {place: at for part in places(client) for place, at in places(client, part).items()}


def test_every_page_in_the_sitemap_exists(client):
    links = {"tags": (make_tag(),), "people": (make_person(),)}
    make_live_many(3, organizations=(make_organization(),), **links)
    make_said("We pay.", person=make_person())
    make_live(bylines=("Kit Wetherall", "Tamsin Orrell"))
    listed = everything(client)
    assert len(listed) == 7 + 5 + 4 + 1 + 2
    for place in listed:
        assert client.get(place).status_code == 200


def test_the_sitemap_has_public_rows_only(client):
    hidden = make_tag(), make_person(), make_organization()
    make_article(tags=hidden[:1], people=hidden[1:2], organizations=hidden[2:])
    gone = make_withdrawn(bylines=("Kit Wetherall",))
    hidden += (Author.objects.get(),)
    listed = everything(client)
    assert not [place for place in listed if place.startswith(f"/articles/{gone.article_id}/")]
    assert not listed.keys() & {row.get_absolute_url() for row in hidden}


def test_a_story_s_last_change_is_the_one_that_readers_should_know_of(client):
    story = make_live()
    found = everything(client)[story.get_absolute_url()]
    assert found[:19] == story.modified_at.isoformat()[:19]


def test_parts_hold_ranges_and_every_story_is_in_one(client, monkeypatch):
    monkeypatch.setattr("articles.sitemaps.SIZE", 2)
    stories = make_live_many(5)
    parts = [place for place in places(client) if "articles" in place]
    assert all(len(places(client, part)) <= 2 for part in parts)
    assert everything(client).keys() >= {story.get_absolute_url() for story in stories}


def test_each_part_costs_one_query(client, django_assert_num_queries):
    make_live_many(3)
    make_said("We pay.")
    for kind in ("articles", "quotes"):
        with django_assert_num_queries(1):
            client.get(f"/sitemap-{kind}-1.xml")


@pytest.mark.parametrize("part", ["users-1", "articles-0", "articles-99999999999", "pages-2", "-1"])
def test_a_part_that_is_none_is_not_found(client, part):
    assert client.get(f"/sitemap-{part}.xml").status_code == 404


def test_a_quote_stands_once_with_the_last_change_of_its_story(client):
    story = make_said("We pay.")
    story.article.headline = "Another"
    story.article.save()
    again = publish(story.article, by=None)
    listed = everything(client)
    [place] = [place for place in listed if place.startswith("/quotes/") and place != "/quotes/"]
    assert place == f"/quotes/{story.quotes[0]['key']}/"
    assert listed[place][:19] == again.modified_at.isoformat()[:19]
