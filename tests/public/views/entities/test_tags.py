"""/tags/: what stories are filed under."""

import pytest

from articles.models import FormerTagName
from articles.public import site_context
from tests.factories import (
    make_article,
    make_live,
    make_live_many,
    make_section,
    make_tag,
    make_withdrawn,
)
from tests.public.views.articles.test_list import OLDER, headlines

pytestmark = pytest.mark.django_db


def test_a_tag_page_without_quotes_costs_six_queries_and_three_further_back(
    client, django_assert_num_queries
):
    make_live_many(25, tags=(make_tag("Harbour"),))
    site_context.current()
    with django_assert_num_queries(6):  # what, stories, how many, subtopics, newest, quotes
        html = client.get("/tags/harbour/").content.decode()
    with django_assert_num_queries(3):  # the way back
        client.get("/tags/harbour/" + OLDER.search(html)[1])


def test_a_tag_page_shows_all_stories_of_its_tag_page_by_page(client):
    stories = make_live_many(25, tags=(make_tag("Harbour"),))
    make_live_many(3)
    first = client.get("/tags/harbour/")
    second = client.get("/tags/harbour/" + OLDER.search(first.content.decode())[1])
    assert headlines(first) + headlines(second) == [story.headline for story in stories]
    assert "25 stories" in first.content.decode()


def test_a_page_behind_the_last_story_says_so(client):
    story = make_live(tags=(make_tag("Harbour"),))
    response = client.get(f"/tags/harbour/?from=0-{story.pk}")
    assert "There are no older stories." in response.content.decode()


def test_a_former_name_leads_to_the_present_one(client):
    tag = make_tag("Fishing")
    FormerTagName.objects.create(tag=tag, name="Fisheries", slug="fisheries")
    make_live(tags=(tag,))
    for address in ("/tags/fisheries/", "/tags/fisheries/feed/"):
        response = client.get(address)
        assert response.status_code == 301
        assert response["Location"] == address.replace("fisheries", "fishing")


def test_a_tag_without_a_listed_story_is_as_unknown_as_one_that_does_not_exist(client):
    secret, withdrawn = make_tag("Secret"), make_tag("Gone")
    make_article(tags=(secret,))
    make_withdrawn(tags=(withdrawn,))
    FormerTagName.objects.create(tag=secret, name="Old", slug="old-secret")
    answers = [client.get(f"/tags/{slug}/") for slug in ("secret", "gone", "old-secret", "nothing")]
    assert {response.status_code for response in answers} == {404}
    assert len({response.content for response in answers}) == 1


def test_the_index_lists_public_tags_by_kind(client, django_assert_num_queries):
    make_live(tags=(make_section("Council"), make_tag("Dredging")))
    make_tag("Unused")
    site_context.current()
    with django_assert_num_queries(3):  # tags, the newest stories, how many bear each
        html = client.get("/tags/").content.decode()
    assert html.index("<h2>Sections</h2>") < html.rindex(">Council</a>")
    assert html.index("<h2>Topics</h2>") < html.index(">Dredging</a>")
    assert "Unused" not in html


@pytest.mark.parametrize("slug", ["%00", "%ff", "a" * 3000, "%E2%80%AE", "..", "%2e%2e%2f"])
def test_a_hostile_slug_is_not_found(client, slug):
    assert client.get(f"/tags/{slug}/").status_code in {400, 404}
