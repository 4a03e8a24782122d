"""/organizations/: the organizations in the news."""

import pytest

from articles import frame
from articles.models import Membership
from tests.factories import (
    make_article,
    make_live,
    make_live_many,
    make_organization,
    make_person,
    make_said,
)

pytestmark = pytest.mark.django_db


def test_an_organization_s_page_costs_six_queries(client, django_assert_num_queries):
    body = make_organization()
    make_live_many(25, organizations=(body,))
    frame.current()
    with django_assert_num_queries(6):
        client.get(body.get_absolute_url())


def test_an_organization_shows_its_people_who_have_a_page(client):
    body, known, unknown = make_organization(), make_person("Ann Webb"), make_person("Bo Hidden")
    for person in (known, unknown):
        Membership.objects.create(
            person=person, organization=body, role="chair", is_confirmed=True, is_public=True
        )
    make_live(organizations=(body,), people=(known,))
    html = client.get(body.get_absolute_url()).content.decode()
    assert "Ann Webb" in html
    assert "Bo Hidden" not in html


@pytest.mark.parametrize(
    ("is_confirmed", "is_public", "shows"),
    [(True, True, True), (True, False, False), (False, True, False)],
)
def test_a_description_shows_once_it_is_confirmed_and_public(
    client, is_confirmed, is_public, shows
):
    body = make_organization(
        description="Dredges.", is_confirmed=is_confirmed, is_description_public=is_public
    )
    make_live(organizations=(body,))
    assert ("Dredges." in client.get(body.get_absolute_url()).content.decode()) is shows


def test_an_organization_without_a_listed_story_is_not_found(client):
    body = make_organization()
    make_article(organizations=(body,))
    assert client.get(body.get_absolute_url()).status_code == 404
    assert body.name not in client.get("/organizations/").content.decode()


@pytest.mark.parametrize("end", ["", "wrong/"])
def test_another_slug_leads_to_the_right_one(client, end):
    body = make_organization()
    make_live(organizations=(body,))
    response = client.get(f"/organizations/{body.pk}/{end}")
    assert (response.status_code, response["Location"]) == (301, body.get_absolute_url())


def test_what_was_said_by_an_organization_and_for_it_stands_on_its_page(client):
    body, spokesman = make_organization(), make_person("Ann Webb")
    make_said("We regret it.", organization=body)
    make_said("We do not.", person=spokesman, role="spokeswoman", on_behalf_of=body)
    make_said("Nor do we.", organization=make_organization())
    html = client.get(body.get_absolute_url()).content.decode()
    assert html.index("“We do not.”") < html.index("“We regret it.”")
    assert f'<a href="{spokesman.get_absolute_url()}">Ann Webb</a>, spokeswoman' in html
    assert "Nor do we" not in html


def test_more_quotes_than_ten_lead_to_all_of_the_organization(client):
    body = make_organization()
    for number in range(11):
        make_said(f"Number {number}.", organization=body)
    html = client.get(body.get_absolute_url()).content.decode()
    assert f'<a href="/quotes/?organization={body.pk}">All 11 quotes</a>' in html
