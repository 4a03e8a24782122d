"""/authors/: those who write for the paper."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles.models import Author, Edition
from articles.public import fragments, site_context
from articles.publishing import publish, schedule
from tests.factories import make_article, make_live, make_live_many, make_withdrawn
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


def test_an_author_s_page_costs_two_queries_and_one_for_a_count_beyond_the_page(
    client, django_assert_num_queries
):
    few = author_of(make_live_many(3, bylines=("Kit Wetherall",))[0])
    many = author_of(make_live_many(25, bylines=("Tamsin Orrell",))[0])
    site_context.current()
    with django_assert_num_queries(2):
        client.get(few.get_absolute_url())
    with django_assert_num_queries(3):
        html = client.get(many.get_absolute_url()).content.decode()
    with django_assert_num_queries(2):
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
