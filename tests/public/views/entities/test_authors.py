"""/authors/: those who write for the paper."""

import json
import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from articles.models import Author, Edition, Image
from articles.public import fragments, site_context
from articles.publishing import publish, schedule
from tests.factories import make_article, make_image, make_live, make_live_many, make_withdrawn
from tests.public.views.articles.test_list import OLDER, headlines

pytestmark = pytest.mark.django_db


def author_of(edition: Edition) -> Author:
    return Author.objects.get(name=edition.bylines[0]["name"])


def test_an_author_s_page_shows_all_that_they_wrote_page_by_page(client):
    stories = make_live_many(25, bylines=("Kit Wetherall", "Tamsin Orrell"))
    make_live_many(2, bylines=("Tamsin Orrell",))
    url = author_of(stories[0]).get_absolute_url()
    first = client.get(url)
    second = client.get(url + OLDER.search(first.content.decode())[1])
    assert headlines(first) + headlines(second) == [story.headline for story in stories]
    assert "<h1>Kit Wetherall</h1>" in first.content.decode()
    assert "25 stories" in first.content.decode()


def test_an_author_s_page_costs_three_queries_and_one_for_a_count_beyond_the_page(
    client, django_assert_num_queries
):
    few = author_of(make_live_many(3, bylines=("Kit Wetherall",))[0])
    many = author_of(make_live_many(25, bylines=("Tamsin Orrell",))[0])
    site_context.current()
    with django_assert_num_queries(3):  # who, the stories, pages elsewhere
        client.get(few.get_absolute_url())
    with django_assert_num_queries(4):
        html = client.get(many.get_absolute_url()).content.decode()
    with django_assert_num_queries(3):  # who, the page, the way back
        client.get(many.get_absolute_url() + OLDER.search(html)[1])


def test_an_author_has_a_page_only_while_a_listed_story_names_them(client):
    make_article(bylines=("Drafted Only",))
    make_withdrawn(bylines=("Withdrawn Only",))
    waiting = make_article(bylines=("Waiting Only",))
    schedule(waiting, by=None, at=timezone.now() + timedelta(hours=1))
    Author.objects.create(name="Never Named")
    paths = [author.get_absolute_url() for author in Author.objects.all()]
    assert len(paths) == 4
    answers = [client.get(path) for path in (*paths, "/authors/99999/nobody/")]
    assert {response.status_code for response in answers} == {404}
    assert len({response.content for response in answers}) == 1


@pytest.mark.parametrize("end", ["", "wrong/"])
def test_another_slug_leads_to_the_right_one(client, end):
    author = author_of(make_live(bylines=("Kit Wetherall",)))
    response = client.get(f"/authors/{author.pk}/{end}")
    assert (response.status_code, response["Location"]) == (301, author.get_absolute_url())


def test_a_renamed_author_is_not_answered_304(client):
    author = author_of(make_live(bylines=("Kit Wetherall",)))
    first = client.get(author.get_absolute_url())
    author.name = "Kit  Wetherall"  # the address stays
    author.save()
    again = client.get(author.get_absolute_url(), headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 200


def test_a_co_author_in_two_roles_has_the_story_once(client):
    article = make_article(bylines=("Kit Wetherall",))
    author = Author.objects.get()
    article.bylines.create(author=author, role="photographs", order=1)
    publish(article, by=None)
    assert len(headlines(client.get(author.get_absolute_url()))) == 1


def test_the_byline_leads_to_the_page_of_each_author(client):
    story = make_live(bylines=("Kit Wetherall", "Søren <b>Ó Dúill"))
    html = client.get(story.get_absolute_url()).content.decode()
    for author in Author.objects.all():
        assert f'<a href="{author.get_absolute_url()}" rel="author">' in html
        assert client.get(author.get_absolute_url()).status_code == 200
    assert "Søren &lt;b&gt;Ó Dúill</a>" in html


def test_a_name_frozen_before_there_were_author_s_pages_is_no_link():
    story = make_live(bylines=("Kit Wetherall",))
    story.bylines = [{"name": "Kit Wetherall", "role": ""}]
    html = fragments.page(story.composed)
    assert '<span class="author">Kit Wetherall</span>' in html


@pytest.mark.parametrize("pk", ["0", "-1", "9" * 30, "x", "%00"])
def test_a_hostile_number_is_not_found(client, pk):
    assert client.get(f"/authors/{pk}/x/").status_code == 404


ALL_PUBLIC: dict[str, Any] = {
    "beat": "council & courts",
    "biography": "Sat in the gallery.\n\nStill sits <b>there</b>.",
    "is_biography_public": True,
    "email": "kit@paper.example",
    "is_email_public": True,
}
LINK: dict[str, Any] = {"url": "https://social.example/@kit", "label": "Social", "is_public": True}


def make_author(**fields: Any) -> Author:
    author = author_of(make_live(bylines=("Kit Wetherall",)))
    Author.objects.filter(pk=author.pk).update(**ALL_PUBLIC | fields)
    author.refresh_from_db()
    return author


def json_ld_of(html: str) -> dict[str, Any]:
    match = re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    return dict(json.loads(match[1])) if match else {}


def test_an_author_s_page_says_who_they_are_and_how_to_reach_them(client):
    author = make_author()
    author.links.create(**LINK)
    html = client.get(author.get_absolute_url()).content.decode()
    assert '<p class="dek">Council &amp; courts</p>' in html
    assert "<p>Still sits &lt;b&gt;there&lt;/b&gt;.</p>" in html
    assert '<a href="mailto:kit@paper.example">' in html
    assert '<a href="https://social.example/@kit" rel="me noopener">Social</a>' in html


def test_machines_are_told_what_the_page_shows(client):
    author = make_author(portrait=make_image(token="portrait"))
    author.links.create(**LINK)
    data = json_ld_of(client.get(author.get_absolute_url()).content.decode())
    assert (data["@type"], data["mainEntity"]["@type"]) == ("ProfilePage", "Person")
    person = data["mainEntity"]
    assert person["url"] == data["url"] == f"http://testserver{author.get_absolute_url()}"
    assert person["sameAs"] == ["https://social.example/@kit"]
    assert person["description"] == ALL_PUBLIC["biography"]
    assert person["knowsAbout"] == "council & courts"
    assert person["email"] == "kit@paper.example"
    assert person["image"] == "http://testserver/media/portrait/1600.jpeg"


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"is_biography_public": False}, "gallery"),
        ({"is_email_public": False}, "kit@paper.example"),
    ],
)
def test_what_is_not_marked_public_shows_nowhere(client, fields, words):
    author = make_author(**fields)
    for address in (author.get_absolute_url(), f"{author.get_absolute_url()}feed/"):
        assert words not in client.get(address).content.decode()


def test_a_link_that_is_not_marked_public_shows_nowhere(client):
    author = make_author()
    author.links.create(**LINK | {"is_public": False})
    html = client.get(author.get_absolute_url()).content.decode()
    assert "social.example" not in html


def test_without_a_label_a_link_is_called_by_its_host(client):
    author = make_author()
    author.links.create(url="https://www.kit.example/about", is_public=True)
    assert ">kit.example</a>" in client.get(author.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("fields", "shows"),
    [
        ({}, True),
        ({"alt": ""}, False),
        ({"alt": "", "is_decorative": True}, True),
        ({"trashed_at": timezone.now()}, False),
    ],
)
def test_a_portrait_that_is_described_shows_as_long_as_the_author_is_public(client, fields, shows):
    image = make_image(**fields)
    author = make_author(portrait=image)
    html = client.get(author.get_absolute_url()).content.decode()
    assert (image.token in html) is shows
    assert Image.objects.public().filter(pk=image.pk).exists() is shows


def test_the_portrait_of_an_author_whom_no_listed_story_names_is_not_public():
    image = make_image()
    make_article(bylines=("Kit Wetherall",))
    Author.objects.update(portrait=image)
    assert not Image.objects.public().exists()


def test_further_back_the_page_shows_stories_alone(client):
    author = author_of(make_live_many(21, bylines=("Kit Wetherall",))[0])
    Author.objects.update(**ALL_PUBLIC)
    author.links.create(**LINK)
    first = client.get(author.get_absolute_url()).content.decode()
    html = client.get(author.get_absolute_url() + OLDER.search(first)[1]).content.decode()
    for words in ("gallery", "kit@paper.example", "social.example", "ld+json"):
        assert words in first
        assert words not in html


@pytest.mark.parametrize("url", ["javascript:alert(1)", "ftp://x.example/", "//x.example/"])
def test_the_database_takes_no_link_that_is_none_of_the_web(url):
    author = make_author()
    with pytest.raises(IntegrityError), transaction.atomic():
        author.links.create(url=url)
