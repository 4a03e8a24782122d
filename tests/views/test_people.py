"""/people/: the people in the news."""

import pytest

from articles import frame
from articles.models import Membership
from tests.factories import (
    make_article,
    make_live,
    make_live_many,
    make_organization,
    make_person,
    make_withdrawn,
)

pytestmark = pytest.mark.django_db


def hold(person, role: str, **fields) -> Membership:
    body = fields.pop("organization", None) or make_organization()
    return Membership.objects.create(person=person, organization=body, role=role, **fields)


def test_a_person_s_page_costs_three_queries(client, django_assert_num_queries):
    person = make_person()
    for role in ("mayor", "councillor"):
        hold(person, role, is_confirmed=True, is_public=True)
    make_live_many(25, people=(person,))
    frame.current()
    with django_assert_num_queries(3):
        client.get(person.get_absolute_url())


def test_a_person_has_a_page_only_while_a_listed_story_links_them(client):
    drafted, withdrawn, listed = make_person(), make_person(), make_person()
    make_article(people=(drafted,))
    make_withdrawn(people=(withdrawn,))
    make_live(people=(listed,))
    assert client.get(listed.get_absolute_url()).status_code == 200
    answers = [client.get(p.get_absolute_url()) for p in (drafted, withdrawn)]
    answers.append(client.get(f"/people/99999/{drafted.slug}/"))
    assert {response.status_code for response in answers} == {404}
    assert len({response.content for response in answers}) == 1


@pytest.mark.parametrize("end", ["", "wrong/"])
def test_another_slug_leads_to_the_right_one(client, end):
    person = make_person()
    make_live(people=(person,))
    response = client.get(f"/people/{person.pk}/{end}")
    assert (response.status_code, response["Location"]) == (301, person.get_absolute_url())


@pytest.mark.parametrize(
    ("is_confirmed", "is_public", "shows"),
    [(True, True, True), (True, False, False), (False, True, False)],
)
def test_a_role_shows_once_it_is_confirmed_and_public(client, is_confirmed, is_public, shows):
    person = make_person()
    hold(person, "rat catcher", is_confirmed=is_confirmed, is_public=is_public)
    make_live(people=(person,))
    html = client.get(person.get_absolute_url()).content.decode()
    assert ("Rat catcher" in html) is shows


@pytest.mark.parametrize(
    ("is_confirmed", "is_public", "shows"),
    [(True, True, True), (True, False, False), (False, True, False)],
)
def test_a_biography_shows_once_it_is_confirmed_and_public(client, is_confirmed, is_public, shows):
    person = make_person(
        biography="Keeps herring.", is_confirmed=is_confirmed, is_biography_public=is_public
    )
    make_live(people=(person,))
    assert ("Keeps herring." in client.get(person.get_absolute_url()).content.decode()) is shows


def test_an_organization_without_a_page_is_named_but_not_linked(client):
    person, shown, unknown = make_person(), make_organization("Council"), make_organization("Club")
    for body in (shown, unknown):
        hold(person, "member", organization=body, is_confirmed=True, is_public=True)
    make_live(people=(person,), organizations=(shown,))
    html = client.get(person.get_absolute_url()).content.decode()
    assert shown.get_absolute_url() in html
    assert unknown.get_absolute_url() not in html
    assert "Club" in html


def test_a_changed_biography_is_not_answered_304(client):
    person = make_person(biography="Old.", is_confirmed=True, is_biography_public=True)
    make_live(people=(person,))
    first = client.get(person.get_absolute_url())
    assert "Last-Modified" not in first
    person.biography = "New."
    person.save()
    again = client.get(person.get_absolute_url(), headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 200


def test_the_index_lists_public_people_by_letter(client, django_assert_num_queries):
    known = (
        make_person("Zoe Ábel", sort_name="Ábel, Zoe"),
        make_person("Ann Webb", sort_name="ann Webb"),
    )
    make_live(people=(*known, make_person()))
    make_person("Nobody Known")
    frame.current()
    with django_assert_num_queries(1):
        html = client.get("/people/").content.decode()
    assert html.index("Ábel, Zoe") < html.index("ann Webb") < html.index(">Number")
    assert html.count('id="letter-A"') == 1
    assert "Nobody" not in html


def test_the_index_goes_on_where_a_page_ends(client, monkeypatch):
    monkeypatch.setattr("articles.views.index.SIZE", 2)
    names = ["Aa", "Bb", "Cc"]
    make_live(people=tuple(make_person(name, sort_name=name) for name in names))
    assert 'href="?from=Cc"' in client.get("/people/").content.decode()
    assert ">Cc</a>" in client.get("/people/?from=Cc").content.decode()


@pytest.mark.parametrize("start", ["%00", "%ff", "a" * 5000, "%22%3E%3Cimg%3E", "²"])
def test_the_index_takes_any_start(client, start):
    make_live(people=(make_person(),))
    response = client.get(f"/people/?from={start}")
    assert response.status_code == 200
    assert "<img>" not in response.content.decode()
