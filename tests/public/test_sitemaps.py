"""The sitemap: every public page once, parted by row numbers."""

from typing import Any
from xml.etree import ElementTree as ET

import pytest

from articles.models import Author
from articles.public import sitemaps
from articles.publishing import publish
from tests.factories import (
    make_article,
    make_live,
    make_live_many,
    make_live_quote,
    make_organization,
    make_person,
    make_tag,
    make_withdrawn,
)

pytestmark = pytest.mark.django_db
NAMESPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def read_sitemap(client, address: str = "/sitemap.xml") -> dict[str, str | None]:
    """Give the addresses of a sitemap with their last change."""
    response = client.get(address)
    assert response.status_code == 200
    root = ET.fromstring(response.content)  # noqa: S314 - our own answer
    rows = {row.findtext(f"{NAMESPACE}loc"): row.findtext(f"{NAMESPACE}lastmod") for row in root}
    return {address.removeprefix("http://testserver"): changed for address, changed in rows.items()}


def read_all_sitemaps(client) -> dict[str, str | None]:
    """Give what all parts of the sitemap list."""
    return {
        place: at
        for sitemap in read_sitemap(client)
        for place, at in read_sitemap(client, sitemap).items()
    }


def test_every_page_in_the_sitemap_exists(client):
    links = {"tags": (make_tag(),), "people": (make_person(),)}
    make_live_many(3, organizations=(make_organization(),), **links)
    make_live_quote("We pay.", person=make_person())
    make_live(bylines=("Kit Wetherall", "Tamsin Orrell"))
    listed = read_all_sitemaps(client)
    assert len(listed) == len(sitemaps.PAGES) + 5 + 4 + 1 + 2
    for place in listed:
        assert client.get(place).status_code == 200


def test_the_sitemap_has_public_rows_only(client):
    hidden: tuple[Any, ...] = make_tag(), make_person(), make_organization()
    make_article(tags=hidden[:1], people=hidden[1:2], organizations=hidden[2:])
    withdrawn = make_withdrawn(bylines=("Kit Wetherall",))
    hidden += (Author.objects.get(),)
    listed = read_all_sitemaps(client)
    assert not [place for place in listed if place.startswith(f"/articles/{withdrawn.article_id}/")]
    assert not listed.keys() & {row.get_absolute_url() for row in hidden}


def test_a_story_s_last_change_is_the_one_that_readers_should_know_of(client):
    story = make_live()
    last_change = read_all_sitemaps(client)[story.get_absolute_url()]
    assert last_change[:19] == story.modified_at.isoformat()[:19]


def test_parts_hold_ranges_and_every_story_is_in_one(client, monkeypatch):
    monkeypatch.setattr("articles.public.sitemaps.SIZE", 2)
    stories = make_live_many(5)
    parts = [place for place in read_sitemap(client) if "articles" in place]
    assert all(len(read_sitemap(client, part)) <= 2 for part in parts)
    assert read_all_sitemaps(client).keys() >= {story.get_absolute_url() for story in stories}


def test_the_index_leaves_out_parts_of_which_nothing_is_public(client, monkeypatch):
    monkeypatch.setattr("articles.public.sitemaps.SIZE", 2)
    make_live_many(2)
    for _ in range(4):
        make_article()
    make_live_many(2)
    parts = [place for place in read_sitemap(client) if "articles" in place]
    assert len(parts) in {2, 3, 4}  # two stories stand in one part or in two
    assert sum(len(read_sitemap(client, part)) for part in parts) == 4


def test_each_part_costs_one_query(client, django_assert_num_queries):
    make_live_many(3)
    make_live_quote("We pay.")
    for kind in ("articles", "quotes"):
        with django_assert_num_queries(1):
            client.get(f"/sitemap-{kind}-1.xml")


@pytest.mark.parametrize("part", ["users-1", "articles-0", "articles-99999999999", "pages-2", "-1"])
def test_a_part_that_is_none_is_not_found(client, part):
    assert client.get(f"/sitemap-{part}.xml").status_code == 404


def test_a_quote_stands_once_with_the_last_change_of_its_story(client):
    story = make_live_quote("We pay.")
    story.article.headline = "Another"
    story.article.save()
    again = publish(story.article, by=None)
    listed = read_all_sitemaps(client)
    [place] = [place for place in listed if place.startswith("/quotes/") and place != "/quotes/"]
    assert place == f"/quotes/{story.quotes[0]['key']}/"
    assert listed[place][:19] == again.modified_at.isoformat()[:19]
