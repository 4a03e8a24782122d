"""The pages of a list: each at one address, with the ways to those before and after it, in every order."""

import re
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from django.utils import timezone

from articles.public.views import pagination
from articles.public.views.articles import corrections, ranked
from articles.public.views.quotes import items
from articles.publishing import correct, withdraw
from tests.factories import make_live, make_live_many, make_live_quote, make_person, make_tag

from .test_list import headlines

pytestmark = pytest.mark.django_db
SIZE = 5  # rows of a page here, so that three pages need few stories


@pytest.fixture(autouse=True)
def _short_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    for read in (pagination.read_page, items.read_quotes):
        monkeypatch.setattr(read, "__defaults__", (None, SIZE))  # of ``after`` and ``size``
    for module in (ranked, corrections):
        monkeypatch.setattr(module, "SIZE", SIZE)


def ways(response) -> dict[str, str]:
    """Give the addresses in the head: canonical, prev, next."""
    head = response.content.decode().partition("</head>")[0]
    links = re.findall(r'<link rel="(canonical|prev|next)" href="([^"]+)">', head)
    return {name: unescape(url) for name, url in links}


def links(response) -> dict[str, str]:
    """Give the addresses in the list's foot: prev, next."""
    body = response.content.decode().partition("</head>")[2]
    addresses = re.findall(r'<a rel="(prev|next)" href="([^"]+)"', body)
    return {name: unescape(url) for name, url in addresses}


def walk(client, address: str, way: str) -> list[str]:
    """Give the addresses of all pages from ``address`` on, which must be asked for in a list."""
    path = address.partition("?")[0]
    pages = [address]
    while following := links(client.get(pages[-1])).get(way):
        pages.append(path if following == "./" else path + following)
    return pages


def publish_list(count: int = 12) -> None:
    """Publish stories of which several share a time, all with the tag, the person and the words."""
    tag, person = make_tag("Harbour"), make_person("Ann Lee", slug="ann")
    at = timezone.now() - timedelta(days=9)
    for number in range(count):
        make_live(
            headline=f"Seal {number}",
            tags=(tag,),
            people=(person,),
            bylines=("Kit Wetherall",),
            published_at=at - timedelta(hours=number // 4),
        )


@pytest.mark.parametrize(
    "query",
    [
        *("", "sort=oldest", "tag=harbour", "tag=harbour&sort=oldest", "q=seal"),
        *("q=seal&sort=oldest", "q=seal&sort=relevance", "without=other", "after=2020-01-01"),
    ],
)
def test_the_way_back_is_the_way_there(client, query):
    make_live(tags=(make_tag("Other"),))
    publish_list()
    first = f"/articles/?{query}" if query else "/articles/"
    pages = walk(client, first, "next")
    back = walk(client, pages[-1], "prev")
    assert len(pages) == 3
    assert back[:-1] == pages[:0:-1]
    assert back[-1] == first or not query
    stories = [headlines(client.get(page)) for page in pages]
    assert [headlines(client.get(page)) for page in back] == stories[::-1]
    assert len({story for page in stories for story in page}) == sum(map(len, stories)) >= 12


@pytest.mark.parametrize(
    "path", ["/tags/harbour/", "{person}", "{author}", "/quotes/", "/corrections/"]
)
def test_every_list_has_its_own_address_and_both_ways_on_each_page(client, path):
    if path in ("/quotes/", "/corrections/"):
        for number in range(12):
            story = make_live_quote(f"Number {number}.")
            if path == "/corrections/":
                correct(story.article, by=None, wrong="No.", right="Yes.", weight="correction")
    else:
        publish_list()
        story = make_live(bylines=("Kit Wetherall",)).bylines[0]
        paths = {"person": "", "author": f"/authors/{story['id']}/kit-wetherall/"}
        from articles.models import Person

        paths["person"] = Person.objects.get().get_absolute_url()
        path = path.format(**paths)
    pages = walk(client, path, "next")
    back = walk(client, pages[-1], "prev")
    assert len(pages) >= 3
    assert back == pages[::-1]
    for page in pages:
        response = client.get(page)
        assert ways(response)["canonical"] == f"http://testserver{page}"
        assert {way: url for way, url in ways(response).items() if way != "canonical"} == links(
            response
        )


def test_a_page_further_back_may_be_found_by_machines_and_a_filtered_one_not(client):
    publish_list()
    second = walk(client, "/articles/", "next")[1]
    assert "noindex" not in client.get(second).content.decode()
    assert ways(client.get(second))["canonical"] == f"http://testserver{second}"
    for query in ("tag=harbour", "sort=oldest", "q=seal", "tag=no-such"):
        assert "noindex" in client.get(f"/articles/?{query}").content.decode(), query


def test_a_canonical_address_has_its_filters_in_one_order_and_nothing_else(client):
    publish_list(3)
    response = client.get("/articles/?utm_source=x&after=2020-01-01&tag=harbour&q=seal&tag=")
    url = "http://testserver/articles/?q=seal&tag=harbour&after=2020-01-01"
    assert ways(response) == {"canonical": url}


def test_oldest_first_is_newest_first_turned_round(client):
    stories = make_live_many(SIZE)
    expected = [story.headline for story in reversed(stories)]
    assert headlines(client.get("/articles/?sort=oldest")) == expected


def test_a_page_that_lost_its_stories_still_leads_back(client):
    stories = make_live_many(SIZE + 1)
    second = walk(client, "/articles/", "next")[1]
    withdraw(stories[-1].article, by=None, reason="Wrong.")
    response = client.get(second)
    assert headlines(response) == []
    assert links(response) == {"prev": "./"}


def test_relevance_needs_words_and_puts_the_headline_first(client):
    make_live(headline="Seal on slipway", published_at=datetime(2020, 1, 1, tzinfo=UTC))
    newest = make_live(headline="Elsewhere", body_html="<p>A seal.</p>")
    assert headlines(client.get("/articles/?q=seal"))[0] == newest.headline
    ranked = client.get("/articles/?q=seal&sort=relevance")
    assert headlines(ranked) == ["Seal on slipway", "Elsewhere"]
    assert '<option value="relevance" selected>' in ranked.content.decode()
    without_words = client.get("/articles/?sort=relevance")
    assert headlines(without_words)[0] == newest.headline
    assert 'value="relevance"' not in without_words.content.decode()


def test_what_is_not_ranked_is_said(client, monkeypatch):
    for module in ("search.stories", "views.articles.ranked"):
        monkeypatch.setattr(f"articles.public.{module}.RANKED", 3)
    monkeypatch.setattr("articles.public.search.stories.COUNT_CAP", 5)
    make_live_many(6, headline="Seal")
    html = client.get("/articles/?q=seal&sort=relevance").content.decode()
    assert 'href="?q=seal">See them all, newest first' in html


@pytest.mark.parametrize(
    "query", ["sort=oldest&from=1-1", "q=seal&sort=relevance&from=1-1", "tag=harbour&from=1-1"]
)
def test_a_key_of_nothing_is_a_page(client, query):
    publish_list(3)
    assert client.get(f"/articles/?{query}").status_code == 200


def test_the_way_back_costs_one_query(client, django_assert_num_queries):
    publish_list()
    second = walk(client, "/articles/", "next")[1]
    client.get("/articles/")
    with django_assert_num_queries(2):
        client.get(second)
