"""/people/: the people in the news."""

import re
from datetime import UTC, datetime

import pytest

from articles.models import Membership
from articles.public import site_context
from tests.factories import (
    make_article,
    make_live,
    make_live_many,
    make_live_quote,
    make_organization,
    make_person,
    make_withdrawn,
)

pytestmark = pytest.mark.django_db


def make_membership(person, role: str, **fields) -> Membership:
    organization = fields.pop("organization", None) or make_organization()
    return Membership.objects.create(person=person, organization=organization, role=role, **fields)


def test_a_person_s_page_costs_six_queries(client, django_assert_num_queries):
    person = make_person()
    for role in ("mayor", "councillor"):
        make_membership(person, role, is_confirmed=True, is_public=True)
    make_live_many(25, people=(person,))
    make_live_quote("We pay.", person=person)
    site_context.current()
    with django_assert_num_queries(6):  # who, roles, stories, when they spoke, quotes, company
        html = client.get(person.get_absolute_url()).content.decode()
    older = re.search(r'rel="next" href="([^"]+)"', html)[1]
    with django_assert_num_queries(
        4
    ):  # a page further back shows stories only, and finds the way back
        assert "We pay" not in client.get(person.get_absolute_url() + older).content.decode()


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
    make_membership(person, "rat catcher", is_confirmed=is_confirmed, is_public=is_public)
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
    person, listed, unlisted = (
        make_person(),
        make_organization("Council"),
        make_organization("Club"),
    )
    for organization in (listed, unlisted):
        make_membership(
            person, "member", organization=organization, is_confirmed=True, is_public=True
        )
    make_live(people=(person,), organizations=(listed,))
    html = client.get(person.get_absolute_url()).content.decode()
    assert listed.get_absolute_url() in html
    assert unlisted.get_absolute_url() not in html
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
    listed = (
        make_person("Zoe Ábel", sort_name="Ábel, Zoe"),
        make_person("Ann Webb", sort_name="ann Webb"),
    )
    make_live(people=(*listed, make_person()))
    make_person("Nobody Known")
    site_context.current()
    with django_assert_num_queries(3):  # people, their roles, the last stories
        html = client.get("/people/").content.decode()
    assert html.index("Ábel, Zoe") < html.index("ann Webb") < html.index(">Number")
    assert html.count('id="letter-A"') == 1
    assert "Nobody" not in html


def test_the_index_goes_on_where_a_page_ends(client, monkeypatch):
    monkeypatch.setattr("articles.public.views.entities.alphabetical_index.SIZE", 2)
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


def test_a_person_s_quotes_stand_by_year_with_the_role_of_then(client):
    person = make_person("Nerys Callow")
    for year, role in ((2019, "councillor"), (2024, "deputy leader")):
        fields = {"published_at": datetime(year, 5, 4, tzinfo=UTC)}
        make_live_quote(f"Said in {year}.", person=person, role=role, fields=fields)
    make_live_quote("Somebody else.", fields={"people": (person,)})
    html = client.get(person.get_absolute_url()).content.decode()
    section = html[html.index("In their own words") : html.index(">Stories<")]
    order = [section.index(text) for text in (">2024<", "“Said in 2024.”", ">Deputy leader<")]
    order += [section.index(text) for text in (">2019<", "“Said in 2019.”", ">Councillor<")]
    assert order == sorted(order)
    assert "Somebody else" not in html


def test_who_was_never_quoted_has_no_empty_place(client):
    person = make_person()
    make_live(people=(person,))
    assert "own words" not in client.get(person.get_absolute_url()).content.decode()


@pytest.mark.parametrize(("count", "offered"), [(10, False), (11, True)])
def test_more_than_ten_quotes_are_counted_and_lead_to_all(client, count, offered):
    person = make_person()
    for number in range(count):
        make_live_quote(f"Number {number}.", person=person)
    html = client.get(person.get_absolute_url()).content.decode()
    link = f'<a href="/quotes/?person={person.pk}">All {count} quotes</a>'
    assert (link in html) is offered
    assert html.count('class="words') == 10


def test_the_count_of_quotes_stops_at_a_thousand(client, monkeypatch):
    monkeypatch.setattr("articles.public.views.entities.profile.COUNT_CAP", 12)
    monkeypatch.setattr("articles.public.views.pagination.COUNT_CAP", 12)
    person = make_person()
    for number in range(14):
        make_live_quote(f"Number {number}.", person=person)
    assert ">More than 11 quotes</a>" in client.get(person.get_absolute_url()).content.decode()


def test_without_a_public_role_the_newest_quote_says_what_somebody_is(client):
    person = make_person()
    make_live_quote("Then.", person=person, role="councillor")
    make_live_quote("Now.", person=person, role="deputy leader")
    dek = '<p class="dek">Deputy leader</p>'
    assert dek in client.get(person.get_absolute_url()).content.decode()
    make_membership(person, "mayor", is_confirmed=True, is_public=True)
    assert dek not in client.get(person.get_absolute_url()).content.decode()


def test_the_index_says_what_somebody_is_now_and_their_last_story(client):
    person = make_person("Ann Webb", sort_name="Webb, Ann")
    council = make_organization("Council")
    public = {"is_confirmed": True, "is_public": True, "organization": council}
    make_membership(person, "councillor", start_date="2019", end_date="2021", **public)
    make_membership(person, "mayor", start_date="2021", **public)
    for year in (2020, 2024):
        at = datetime(year, 5, 4, 12, tzinfo=UTC)
        make_live(people=(person,), headline=f"Story of {year}", published_at=at)
    make_withdrawn(people=(person,), headline="Withdrawn")
    make_article(people=(person,), headline="Drafted")
    html = client.get("/people/").content.decode()
    assert '<span class="role">mayor, Council</span>' in html
    assert '<time datetime="2024-05-04">4 May 2024</time>' in html
    assert "Story of 2024</a>" in html
    for words in ("councillor", "Story of 2020", "Withdrawn", "Drafted"):
        assert words not in html


def test_the_index_says_of_whom_no_role_is_known_how_they_were_quoted_last(client):
    person = make_person("Ann Webb")
    make_live_quote("We pay.", person=person, role="a spokeswoman")
    assert '<span class="role">a spokeswoman</span>' in client.get("/people/").content.decode()
    make_membership(person, "mayor", end_date="2001", is_confirmed=True, is_public=True)
    assert "spokeswoman" not in client.get("/people/").content.decode()


def test_the_index_costs_the_same_for_many(client, django_assert_num_queries):
    for number in range(12):
        person = make_person(f"Person {number}")
        make_membership(person, "mayor", is_confirmed=True, is_public=True)
        make_live(people=(person,))
    site_context.current()
    with django_assert_num_queries(3):
        client.get("/people/")


def test_a_role_that_is_not_public_is_not_in_the_index(client):
    person = make_person("Ann Webb")
    leak = make_organization("Leakboard")
    make_membership(person, "Leakchair", organization=leak, is_confirmed=True, is_public=False)
    make_live(people=(person,))
    assert "Leak" not in client.get("/people/").content.decode()
