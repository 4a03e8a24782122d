"""The list of stories finds them by their words, names and numbers, for those who may see them."""

from functools import partialmethod

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from articles.models import DeskNameWord, OtherName
from articles.models.article_search import ArticleSearchQuerySet
from articles.record.trash.moves import move_to_trash
from tests.factories import (
    make_article,
    make_live,
    make_organization,
    make_person,
    make_section,
    make_tag,
    make_user,
)

pytestmark = pytest.mark.django_db
LIST = "admin:articles_article_changelist"


def listed(client, **query) -> list[str]:
    response = client.get(reverse(LIST), query)
    assert response.status_code == 200
    return [article.headline for article in response.context["cl"].result_list]


@pytest.fixture
def story():
    person = make_person("Maren Østvik")
    OtherName.objects.create(person=person, name="The Pilot", visibility="hidden")
    DeskNameWord.objects.index([person])
    return make_article(
        headline="Dredging begins",
        body_html="<p>Mud is dug from the harbour bed.</p>",
        dek="A channel for ferries",
        ed_note="Ring the council",
        people=(person,),
        organizations=(make_organization("Skerry Lines", abbreviation="SKL"),),
        tags=(make_tag("Channel works"), make_section("Shipping")),
        bylines=("Nia Holt",),
    )


@pytest.mark.parametrize(
    "text",
    [
        "dredge",
        '"harbour bed"',
        "mud dug",
        "ferries -herring",
        "council",
        "ostvik",
        "maren østvik",
        "the pilot",
        "skl",
        "skerry mud",
        "shipping dredging",
        "channel wor",
        "nia holt",
        "dredging ostv",
    ],
)
def test_words_and_names_lead_to_a_story(chief_client, story, text):
    make_article(headline="Herring lands")
    assert listed(chief_client, q=text) == ["Dredging begins"]


@pytest.mark.parametrize(
    "text",
    ['"bed harbour"', "mud -ostvik", "mud -shipping", "stvik", "-mud", "tor ostvik", "#0"],
)
def test_others_do_not(chief_client, story, text):
    make_person("Tor Vik")
    assert listed(chief_client, q=text) == []


def test_a_renamed_row_leads_by_its_new_name_alone(chief_client, story):
    tag = story.tags.get(name="Channel works")
    tag.name = "Fairway"
    tag.save()
    DeskNameWord.objects.index([tag])
    assert listed(chief_client, q="fairway") == ["Dredging begins"]
    assert listed(chief_client, q="works") == []


def test_a_story_is_found_by_its_number(chief_client, story):
    other = make_article(headline=f"The {story.pk} questions")
    assert listed(chief_client, q=f"#{story.pk}") == ["Dredging begins"]
    assert {*listed(chief_client, q=f"{story.pk}")} == {"Dredging begins", other.headline}


def test_the_search_is_narrowed_by_the_filters(chief_client, story):
    make_live(headline="Dredging ends")
    assert {*listed(chief_client, q="dredging")} == {"Dredging begins", "Dredging ends"}
    assert listed(chief_client, q="dredging", state="live") == ["Dredging ends"]
    assert listed(chief_client, q="dredging", state="draft") == ["Dredging begins"]


def test_the_story_changed_last_comes_first(chief_client, story):
    make_article(headline="Dredging goes on")
    assert listed(chief_client, q="dredging") == ["Dredging goes on", "Dredging begins"]
    story.create_revision(None)
    assert listed(chief_client, q="dredging") == ["Dredging begins", "Dredging goes on"]


def test_a_spiked_story_is_not_listed(chief_client, story):
    move_to_trash(story, by=make_user(), reason="Not ours")
    assert listed(chief_client, q="dredging") == []


def test_more_stories_than_are_looked_at_are_told(chief_client, story, monkeypatch):
    monkeypatch.setattr(
        ArticleSearchQuerySet,
        "newest_owners",
        partialmethod(ArticleSearchQuerySet.newest_owners, most=1, walked=1),
    )
    assert "have these words" not in chief_client.get(reverse(LIST), {"q": "mud"}).content.decode()
    make_article(headline="More mud")
    response = chief_client.get(reverse(LIST), {"q": "mud"})
    assert "More than 5,000 stories have these words." in response.content.decode()
    assert [article.headline for article in response.context["cl"].result_list] == ["More mud"]


def client_with(client, *names):
    user = make_user()
    user.user_permissions.set(Permission.objects.filter(codename__in=names))
    client.force_login(user)
    return client


def test_who_may_not_see_stories_finds_none(client, story):
    client = client_with(client, "view_person", "view_tag")
    assert client.get(reverse(LIST), {"q": "dredging"}).status_code == 403
    query = {"app_label": "articles", "model_name": "quote", "field_name": "article", "term": "mud"}
    assert client.get(reverse("admin:autocomplete"), query).status_code == 403


def test_who_may_not_see_people_finds_no_story_by_their_names(client, story):
    client = client_with(client, "view_article", "view_tag")
    assert listed(client, q="pilot") == listed(client, q="ostvik") == []
    assert listed(client, q="channel works") == ["Dredging begins"]


def test_a_reader_meets_no_word_of_a_draft(client, story):
    make_live(headline="Harbour opens")
    page = client.get("/articles/", {"q": "dredging"}).content.decode()
    assert "Dredging begins" not in page
    assert "Dredging" not in client.get("/articles/", {"q": "harbour"}).content.decode()


def test_a_search_costs_the_same_however_much_is_found(
    chief_client, story, django_assert_max_num_queries
):
    def cost():
        with django_assert_max_num_queries(26) as captured:
            listed(chief_client, q="dredging mud")
        return len(captured)

    few = cost()
    for number in range(8):
        make_article(headline=f"Dredging {number}", body_html="<p>Mud.</p>", bylines=("Nia Holt",))
    assert cost() == few
