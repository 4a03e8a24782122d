"""/organizations/: the organizations in the news."""

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
)

pytestmark = pytest.mark.django_db


def test_an_organization_s_page_costs_six_queries(client, django_assert_num_queries):
    organization = make_organization()
    make_live_many(25, organizations=(organization,))
    site_context.current()
    with django_assert_num_queries(6):
        client.get(organization.get_absolute_url())


def test_an_organization_shows_its_people_who_have_a_page(client):
    organization, listed, unlisted = (
        make_organization(),
        make_person("Ann Webb"),
        make_person("Bo Hidden"),
    )
    for person in (listed, unlisted):
        Membership.objects.create(
            person=person,
            organization=organization,
            role="chair",
            is_confirmed=True,
            is_public=True,
        )
    make_live(organizations=(organization,), people=(listed,))
    html = client.get(organization.get_absolute_url()).content.decode()
    assert "Ann Webb" in html
    assert "Bo Hidden" not in html


@pytest.mark.parametrize(
    ("is_confirmed", "is_public", "shows"),
    [(True, True, True), (True, False, False), (False, True, False)],
)
def test_a_description_shows_once_it_is_confirmed_and_public(
    client, is_confirmed, is_public, shows
):
    organization = make_organization(
        description="Dredges.", is_confirmed=is_confirmed, is_description_public=is_public
    )
    make_live(organizations=(organization,))
    assert ("Dredges." in client.get(organization.get_absolute_url()).content.decode()) is shows


def test_an_organization_without_a_listed_story_is_not_found(client):
    organization = make_organization()
    make_article(organizations=(organization,))
    assert client.get(organization.get_absolute_url()).status_code == 404
    assert organization.name not in client.get("/organizations/").content.decode()


@pytest.mark.parametrize("end", ["", "wrong/"])
def test_another_slug_leads_to_the_right_one(client, end):
    organization = make_organization()
    make_live(organizations=(organization,))
    response = client.get(f"/organizations/{organization.pk}/{end}")
    assert (response.status_code, response["Location"]) == (301, organization.get_absolute_url())


def test_what_was_said_by_an_organization_and_for_it_stands_on_its_page(client):
    organization, spokesman = make_organization(), make_person("Ann Webb")
    make_live_quote("We regret it.", organization=organization)
    make_live_quote("We do not.", person=spokesman, role="spokeswoman", on_behalf_of=organization)
    make_live_quote("Nor do we.", organization=make_organization())
    html = client.get(organization.get_absolute_url()).content.decode()
    assert html.index("“We do not.”") < html.index("“We regret it.”")
    assert f'<a href="{spokesman.get_absolute_url()}">Ann Webb</a>, spokeswoman' in html
    assert "Nor do we" not in html


def test_more_quotes_than_ten_lead_to_all_of_the_organization(client):
    organization = make_organization()
    for number in range(11):
        make_live_quote(f"Number {number}.", organization=organization)
    html = client.get(organization.get_absolute_url()).content.decode()
    assert f'<a href="/quotes/?organization={organization.pk}">All 11 quotes</a>' in html
