"""Old addresses lead to what came in: stories, tags, authors and feeds; one that leads somewhere stays as it is."""

import pytest

from articles.importing.formats.types import FormerLink, ParsedArticle, ParsedName
from articles.importing.pipeline.run import ImportOptions, run_import
from articles.importing.pipeline.storing.entities import EntityResolver
from articles.importing.pipeline.storing.legacy_urls import save_former_addresses
from articles.importing.pipeline.storing.match import IncomingItem, Match
from articles.models import Article, FormerAddress
from tests.factories import make_article, make_tag
from tests.importing.pipeline.intakes import story, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def save_addresses():
    """Give a function that keeps the addresses of one story and returns where each leads."""

    def save_addresses(*addresses, links=(), verdict="new", article=None):
        parsed = ParsedArticle(
            "1",
            b"x",
            bylines=(ParsedName("Ann Marrow"),),
            tags=("section:Sea", "boats"),
            former_addresses=addresses,
            former_links=links,
        )
        entities = EntityResolver()
        entities.resolve([parsed])
        article = article or make_article(headline="Gale")
        save_former_addresses(
            [(Match(IncomingItem(parsed, "", 1), verdict), article.pk, "created")], entities
        )
        return {
            row.path: (row.article or row.tag or row.author, row.is_feed)
            for row in FormerAddress.objects.all()
        }

    return save_addresses


def test_a_story_a_tag_an_author_and_feeds_are_found_again(save_addresses):
    links = (
        FormerLink("/tag/boats/", tag="boats"),
        FormerLink("/category/sea/", tag="section:Sea"),
        FormerLink("/tag/boats/feed/", tag="boats", is_feed=True),
        FormerLink("/author/ann/", author="Ann  Marrow"),
        FormerLink("/feed/", is_feed=True),
    )
    targets = {
        path: (str(row), feed)
        for path, (row, feed) in save_addresses("/2014/gale/", links=links).items()
    }
    assert targets == {
        "/2014/gale/": ("Gale", False),
        "/tag/boats/": ("boats", False),
        "/category/sea/": ("Sea", False),
        "/tag/boats/feed/": ("boats", True),
        "/author/ann/": ("Ann Marrow", False),
        "/feed/": ("None", True),
    }


def test_an_address_that_leads_somewhere_stays(save_addresses):
    first = save_addresses("/2014/gale/", "/?p=1")
    links = (FormerLink("/?p=1", tag="boats"), FormerLink("/2014/gale/", is_feed=True))
    assert save_addresses("/2014/gale/", links=links) == first


def test_a_storys_own_address_comes_before_a_link_of_the_same_path(save_addresses):
    article = make_article(headline="Calm")
    targets = save_addresses("/calm/", links=(FormerLink("/calm/", tag="boats"),), article=article)
    assert targets == {"/calm/": (article, False)}


@pytest.mark.parametrize(
    "path", ["", "gale", "https://x.example/", "/" + "a" * 500, "/a\0b", "/a\ud800", "/a\x1b[31m"]
)
def test_what_is_no_address_is_left_out(save_addresses, path):
    assert list(save_addresses("/good/", path, links=(FormerLink(path, tag="boats"),))) == [
        "/good/"
    ]


def test_a_link_to_what_did_not_come_in_is_left_out(save_addresses):
    links = (FormerLink("/tag/x/", tag="unknown"), FormerLink("/author/x/", author="Nobody"))
    assert save_addresses(links=(*links, FormerLink("/nothing/"))) == {}


def test_what_changed_nothing_keeps_nothing(save_addresses):
    assert save_addresses("/2014/gale/", verdict="unchanged") == {}


def test_as_many_addresses_as_anybody_has_cost_no_limit_of_the_database(save_addresses):
    assert len(save_addresses(*(f"/{number}/" for number in range(1200)))) == 1200


def test_a_redirect_that_the_editors_made_outlives_an_import(tmp_path):
    tag = make_tag("storms")
    FormerAddress.objects.create(path="/2026/story-1/", tag=tag)
    run_import([str(write(tmp_path / "a.jsonl", [story(1), story(2)]))], ImportOptions(source="x"))
    assert FormerAddress.objects.get(path="/2026/story-1/").tag == tag
    assert FormerAddress.objects.get(path="/2026/story-2/").article == Article.objects.get(
        headline="Story 2 as of 1"
    )
