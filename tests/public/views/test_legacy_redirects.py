"""Addresses that the paper had elsewhere."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from articles.models import Author, FormerAddress
from articles.public import site_context
from articles.publishing import schedule
from tests.factories import (
    make_article,
    make_live,
    make_organization,
    make_person,
    make_tag,
    make_withdrawn,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("former", "requested"),
    [
        ("/2014/05/seal/", "/2014/05/seal/"),
        ("/?p=123", "/?p=123"),
        ("/index.php?p=123", "/index.php?p=123"),
        ("/2014/05/seal/", "/2014/05/seal/?utm_source=x"),
        ("/news/großer-fang/", "/news/gro%C3%9Fer-fang/"),
        ("/news/gro%C3%9Fer-fang/", "/news/gro%C3%9Fer-fang/"),
        ("/tags/old-wordpress-tag/", "/tags/old-wordpress-tag/"),
        ("/2014/05/seal/", "/2014/05/seal"),
        ("/2014/05/seal", "/2014/05/seal/"),
        ("/2014/05/seal/", "/2014/05/seal//"),
        ("/2014/05/seal/", "/2014/05/seal/index.html"),
        ("/2014/05/seal/index.html", "/2014/05/seal/"),
        ("/2014/05/seal/", "/2014/05/seal/page/2/"),
        ("/2014/05/seal", "/2014/05/seal/page/12?x=1"),
        ("/news/gro%c3%9fer-fang/", "/news/gro%C3%9Fer-fang/"),
        ("/news/gro%C3%9Fer-fang/", "/news/gro%c3%9fer-fang"),
        ("/?tag=caf%C3%A9", "/?tag=caf%c3%a9"),
        ("/?tag=café", "/?tag=caf%C3%A9&paged=2"),
        ("/?p=123", "/?utm_source=x&p=123"),
        ("/?p=123", "/index.php?p=123"),
    ],
)
def test_a_former_address_leads_to_the_story(client, former, requested):
    story = make_live()
    FormerAddress.objects.create(path=former, article=story.article)
    response = client.get(requested)
    assert (response.status_code, response["Location"]) == (301, story.get_absolute_url())


def test_the_query_string_names_a_page_of_its_own(client):
    first, second = make_live(), make_live()
    FormerAddress.objects.create(path="/index.php?p=1", article=first.article)
    FormerAddress.objects.create(path="/index.php", article=second.article)
    assert client.get("/index.php?p=1")["Location"] == first.get_absolute_url()
    assert client.get("/index.php?p=2")["Location"] == second.get_absolute_url()


def test_an_exact_address_goes_before_a_similar_one(client):
    first, second, third = make_live(), make_live(), make_live()
    FormerAddress.objects.create(path="/seal/page/2/", article=first.article)
    FormerAddress.objects.create(path="/seal/", article=second.article)
    FormerAddress.objects.create(path="/seal", article=third.article)
    assert client.get("/seal/page/2/")["Location"] == first.get_absolute_url()
    assert client.get("/seal/")["Location"] == second.get_absolute_url()
    assert client.get("/seal")["Location"] == third.get_absolute_url()


def test_an_author_s_former_address_leads_to_their_page_while_they_have_one(client):
    make_live(bylines=("Kit Wetherall",))
    make_withdrawn(bylines=("Tamsin Orrell",))
    kit, tamsin = Author.objects.order_by("name")
    FormerAddress.objects.create(path="/author/kit/", author=kit)
    FormerAddress.objects.create(path="/?author=3", author=kit)
    FormerAddress.objects.create(path="/author/tamsin/", author=tamsin)
    for requested in ("/author/kit/", "/author/kit/page/3/", "/?author=3"):
        assert client.get(requested)["Location"] == kit.get_absolute_url()
    assert client.get("/author/tamsin/").status_code == 404


@pytest.mark.parametrize("field", ["tag", "person", "organization", "author"])
def test_a_former_feed_leads_to_the_feed_of_what_is_public(client, field):
    links: dict[str, Any] = {"tags": (make_tag(),), "people": (make_person(),)}
    story = make_live(bylines=("Kit Wetherall",), organizations=(make_organization(),), **links)
    target = {
        "tag": links["tags"][0],
        "person": links["people"][0],
        "organization": story.article.organizations.first(),
        "author": Author.objects.first(),
    }[field]
    FormerAddress.objects.create(path="/old/feed/", is_feed=True, **{field: target})
    response = client.get("/old/feed")
    assert response["Location"] == f"{target.get_absolute_url()}feed/"
    assert client.get(response["Location"]).status_code == 200


def test_the_former_feed_of_a_hidden_tag_is_not_found(client):
    tag = make_tag()
    make_article(tags=(tag,))
    FormerAddress.objects.create(path="/tag/old/feed/", tag=tag, is_feed=True)
    assert client.get("/tag/old/feed/").status_code == 404


@pytest.mark.parametrize("path", ["/rss.xml", "/?feed=rss2", "/feed/atom/"])
def test_a_former_feed_of_nothing_in_particular_leads_to_that_of_all_stories(client, path):
    FormerAddress.objects.create(path=path, is_feed=True)
    response = client.get(path)
    assert (response.status_code, response["Location"]) == (301, "/feed/")


@pytest.mark.parametrize("path", ["/", "/?utm_source=x", "/?", "/articles/?p=1"])
def test_no_former_address_takes_the_place_of_a_page(client, path):
    story = make_live()
    for former in ("/", "/index.html", "/articles/", "/articles/index.html"):
        FormerAddress.objects.create(path=former, article=story.article)
    assert client.get(path).status_code == 200


def test_no_former_address_leads_to_itself(client):
    story = make_live(bylines=("Kit Wetherall",))
    path = story.get_absolute_url()
    FormerAddress.objects.create(path=path, article=story.article)
    response = client.get(path)
    assert response.status_code == 200
    assert "Location" not in response


@pytest.mark.parametrize(
    ("requested", "queries"),
    [("/nothing/here/page/2/?a=1&b=2&c=3", 1), ("/old/draft/index.html", 2), ("/?utm_source=x", 3)],
)
def test_the_way_to_no_former_address_is_short(
    client, django_assert_num_queries, requested, queries
):
    FormerAddress.objects.create(path="/old/draft/", article=make_article())
    make_live()
    site_context.current()
    with django_assert_num_queries(queries):  # the front page's own are two
        assert client.get(requested).status_code in {200, 404}


def test_few_ways_are_tried_however_long_the_address_is(client, django_assert_num_queries):
    site_context.current()
    with django_assert_num_queries(1) as queries:
        client.get(f"/{'a%20' * 100}?{'x=%c3%a9&' * 500}")
    assert queries.captured_queries[0]["sql"].count("/a") < 200


@pytest.mark.parametrize("field", ["tag", "person", "organization"])
def test_a_former_address_leads_to_whatever_is_public(client, field):
    makers: dict[str, Any]
    makers = {"tag": make_tag, "person": make_person, "organization": make_organization}
    public, hidden = makers[field](), makers[field]()
    link = {"person": "people", "tag": "tags", "organization": "organizations"}[field]
    links: dict[str, Any] = {link: (public,)}
    make_live(**links)
    FormerAddress.objects.create(path="/old/shown", **{field: public})
    FormerAddress.objects.create(path="/old/hidden", **{field: hidden})
    assert client.get("/old/shown")["Location"] == public.get_absolute_url()
    assert client.get("/old/hidden").status_code == 404


def test_a_former_address_of_what_is_not_out_is_not_found(client):
    draft, waiting = make_article(), make_article()
    schedule(waiting, by=None, at=timezone.now() + timedelta(hours=1))
    FormerAddress.objects.create(path="/old/draft", article=draft)
    FormerAddress.objects.create(path="/old/waiting", article=waiting)
    assert client.get("/old/draft").status_code == 404
    assert client.get("/old/waiting").status_code == 404


def test_a_former_address_of_a_withdrawn_story_says_that_it_is_gone_and_no_slug(client):
    withdrawn = make_withdrawn(slug="mayor-named-wrongly")
    FormerAddress.objects.create(path="/old/gone", article=withdrawn.article)
    response = client.get("/old/gone")
    assert response["Location"] == f"/articles/{withdrawn.article_id}/"
    assert client.get(response["Location"]).status_code == 410


def test_former_addresses_cost_a_page_that_exists_nothing(client, django_assert_num_queries):
    make_live()
    site_context.current()
    with django_assert_num_queries(2):  # the front page's own: stories, quotes
        client.get("/")


@pytest.mark.parametrize(
    "path",
    [
        *("/%00", "/" + "a" * 3000, "/%ff", "/old/%E2%80%AE", "//evil.example/x", "/x?%00=%ff"),
        *(
            "/index.html",
            "/page/2/",
            "/old/%ED%A0%80/page/2/",
            "/x/?" + "&" * 5000,
            "/%3F%2F%2E%2E",
        ),
    ],
)
def test_any_other_address_is_not_found(client, path):
    assert client.get(path).status_code == 404


def test_an_address_without_its_slash_is_led_to_it(client):
    make_live()
    response = client.get("/articles")
    assert (response.status_code, response["Location"]) == (301, "/articles/")
