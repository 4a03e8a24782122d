"""Addresses that the paper had elsewhere."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles import frame
from articles.models import FormerAddress
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
    ("kept", "asked"),
    [
        ("/2014/05/seal/", "/2014/05/seal/"),
        ("/?p=123", "/?p=123"),
        ("/index.php?p=123", "/index.php?p=123"),
        ("/2014/05/seal/", "/2014/05/seal/?utm_source=x"),
        ("/news/großer-fang/", "/news/gro%C3%9Fer-fang/"),
        ("/news/gro%C3%9Fer-fang/", "/news/gro%C3%9Fer-fang/"),
        ("/tags/old-wordpress-tag/", "/tags/old-wordpress-tag/"),
    ],
)
def test_a_former_address_leads_to_the_story(client, kept, asked):
    story = make_live()
    FormerAddress.objects.create(path=kept, article=story.article)
    response = client.get(asked)
    assert (response.status_code, response["Location"]) == (301, story.get_absolute_url())


def test_the_query_string_names_a_page_of_its_own(client):
    first, second = make_live(), make_live()
    FormerAddress.objects.create(path="/index.php?p=1", article=first.article)
    FormerAddress.objects.create(path="/index.php", article=second.article)
    assert client.get("/index.php?p=1")["Location"] == first.get_absolute_url()
    assert client.get("/index.php?p=2")["Location"] == second.get_absolute_url()


@pytest.mark.parametrize("field", ["tag", "person", "organization"])
def test_a_former_address_leads_to_whatever_is_public(client, field):
    make = {"tag": make_tag, "person": make_person, "organization": make_organization}[field]
    shown, hidden = make(), make()
    link = {"person": "people", "tag": "tags", "organization": "organizations"}[field]
    make_live(**{link: (shown,)})
    FormerAddress.objects.create(path="/old/shown", **{field: shown})
    FormerAddress.objects.create(path="/old/hidden", **{field: hidden})
    assert client.get("/old/shown")["Location"] == shown.get_absolute_url()
    assert client.get("/old/hidden").status_code == 404


def test_a_former_address_of_what_is_not_out_is_not_found(client):
    draft, waiting = make_article(), make_article()
    schedule(waiting, by=None, at=timezone.now() + timedelta(hours=1))
    FormerAddress.objects.create(path="/old/draft", article=draft)
    FormerAddress.objects.create(path="/old/waiting", article=waiting)
    assert client.get("/old/draft").status_code == 404
    assert client.get("/old/waiting").status_code == 404


def test_a_former_address_of_a_withdrawn_story_says_that_it_is_gone_and_no_slug(client):
    gone = make_withdrawn(slug="mayor-named-wrongly")
    FormerAddress.objects.create(path="/old/gone", article=gone.article)
    response = client.get("/old/gone")
    assert response["Location"] == f"/articles/{gone.article_id}/"
    assert client.get(response["Location"]).status_code == 410


def test_former_addresses_cost_a_page_that_exists_nothing(client, django_assert_num_queries):
    make_live()
    frame.current()
    with django_assert_num_queries(2):  # the front page's own: stories, quotes
        client.get("/")


@pytest.mark.parametrize(
    "path", ["/%00", "/" + "a" * 3000, "/%ff", "/old/%E2%80%AE", "//evil.example/x"]
)
def test_any_other_address_is_not_found(client, path):
    assert client.get(path).status_code == 404


def test_an_address_without_its_slash_is_led_to_it(client):
    make_live()
    response = client.get("/articles")
    assert (response.status_code, response["Location"]) == (301, "/articles/")
