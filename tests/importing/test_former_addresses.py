"""Old addresses lead to what came in: stories, tags, authors and feeds; one that leads somewhere stays as it is."""

import pytest

from articles.importing.former import remember_addresses
from articles.importing.match import Match, Taken
from articles.importing.names import Names
from articles.importing.parsed import FormerLink, ParsedArticle, ParsedName
from articles.importing.pipeline import Options, run_import
from articles.models import Article, FormerAddress
from tests.factories import make_article, make_tag

from .intakes import story, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def keep():
    """Give a function that keeps the addresses of one story and returns where each leads."""

    def keep(*addresses, links=(), verdict="new", article=None):
        parsed = ParsedArticle(
            "1",
            b"x",
            bylines=(ParsedName("Ann Marrow"),),
            tags=("section:Sea", "boats"),
            former_addresses=addresses,
            former_links=links,
        )
        names = Names()
        names.learn([parsed])
        article = article or make_article(headline="Gale")
        remember_addresses([(Match(Taken(parsed, "", 1), verdict), article.pk, "created")], names)
        return {
            row.path: (row.article or row.tag or row.author, row.is_feed)
            for row in FormerAddress.objects.all()
        }

    return keep


def test_a_story_a_tag_an_author_and_feeds_are_found_again(keep):
    links = (
        FormerLink("/tag/boats/", tag="boats"),
        FormerLink("/category/sea/", tag="section:Sea"),
        FormerLink("/tag/boats/feed/", tag="boats", is_feed=True),
        FormerLink("/author/ann/", author="Ann  Marrow"),
        FormerLink("/feed/", is_feed=True),
    )
    found = {
        path: (str(row), feed) for path, (row, feed) in keep("/2014/gale/", links=links).items()
    }
    assert found == {
        "/2014/gale/": ("Gale", False),
        "/tag/boats/": ("boats", False),
        "/category/sea/": ("Sea", False),
        "/tag/boats/feed/": ("boats", True),
        "/author/ann/": ("Ann Marrow", False),
        "/feed/": ("None", True),
    }


def test_an_address_that_leads_somewhere_stays(keep):
    first = keep("/2014/gale/", "/?p=1")
    links = (FormerLink("/?p=1", tag="boats"), FormerLink("/2014/gale/", is_feed=True))
    assert keep("/2014/gale/", links=links) == first


def test_a_storys_own_address_comes_before_a_link_of_the_same_path(keep):
    article = make_article(headline="Calm")
    found = keep("/calm/", links=(FormerLink("/calm/", tag="boats"),), article=article)
    assert found == {"/calm/": (article, False)}


@pytest.mark.parametrize(
    "path", ["", "gale", "https://x.example/", "/" + "a" * 500, "/a\0b", "/a\ud800", "/a\x1b[31m"]
)
def test_what_is_no_address_is_left_out(keep, path):
    assert list(keep("/good/", path, links=(FormerLink(path, tag="boats"),))) == ["/good/"]


def test_a_link_to_what_did_not_come_in_is_left_out(keep):
    links = (FormerLink("/tag/x/", tag="unknown"), FormerLink("/author/x/", author="Nobody"))
    assert keep(links=(*links, FormerLink("/nothing/"))) == {}


def test_what_changed_nothing_keeps_nothing(keep):
    assert keep("/2014/gale/", verdict="unchanged") == {}


def test_as_many_addresses_as_anybody_has_cost_no_limit_of_the_database(keep):
    assert len(keep(*(f"/{number}/" for number in range(1200)))) == 1200


def test_a_redirect_that_the_editors_made_outlives_an_import(tmp_path):
    tag = make_tag("storms")
    FormerAddress.objects.create(path="/2026/story-1/", tag=tag)
    run_import([str(write(tmp_path / "a.jsonl", [story(1), story(2)]))], Options(source="x"))
    assert FormerAddress.objects.get(path="/2026/story-1/").tag == tag
    assert FormerAddress.objects.get(path="/2026/story-2/").article == Article.objects.get(
        headline="Story 2 as of 1"
    )
