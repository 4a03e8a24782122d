"""Rows that may be one: offered on a page, beside a form, and before another is created."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.models import Distinct, Organization, Person
from tests.admin.forms import fields_of
from tests.factories import make_organization, make_person

pytestmark = pytest.mark.django_db


def page_address(page: str, *args: int, kind: str = "person") -> str:
    return reverse(f"admin:articles_{kind}_{page}", args=args)


def test_the_page_lists_pairs_and_leads_to_the_preview(chief_client):
    first, second = make_person("Ada Lund"), make_person("A. Lund")
    text = chief_client.get(page_address("duplicates")).content.decode()
    assert "the initial fits" in text
    assert page_address("merge", first.pk, second.pk) in text
    assert (
        "No two rows"
        in chief_client.get(page_address("duplicates", kind="organization")).content.decode()
    )


def test_two_are_told_apart_and_offered_again(chief_client):
    first, second = make_person("Ada Lund"), make_person("Ada Lund")
    response = chief_client.post(
        page_address("duplicates"), {"low": first.pk, "high": second.pk}, follow=True
    )
    assert "are not the same" in response.content.decode()
    distinct = Distinct.objects.get()
    assert (distinct.low, distinct.high, distinct.by.username) == (first.pk, second.pk, "chief")
    assert (
        page_address("merge", first.pk, second.pk)
        not in chief_client.get(page_address("duplicates")).content.decode()
    )
    chief_client.post(page_address("duplicates"), {"again": distinct.pk})
    assert (
        page_address("merge", first.pk, second.pk)
        in chief_client.get(page_address("duplicates")).content.decode()
    )


@pytest.mark.parametrize("sent", [{}, {"low": "x", "high": "1"}, {"low": "1", "high": "99999"}])
def test_nonsense_decides_nothing(chief_client, sent):
    make_person("Ada Lund")
    text = chief_client.post(page_address("duplicates"), sent, follow=True).content.decode()
    assert "nothing was decided" in text
    assert not Distinct.objects.exists()


def test_the_form_names_who_may_be_the_same(chief_client):
    first, second = make_organization("Port of Sund"), make_organization("Port of Sund Ltd")
    text = chief_client.get(page_address("change", first.pk, kind="organization")).content.decode()
    assert "Possibly the same" in text
    assert page_address("merge", first.pk, second.pk, kind="organization") in text


@pytest.mark.parametrize(("kind", "model"), [("person", Person), ("organization", Organization)])
def test_a_new_row_that_may_be_here_is_refused_once(chief_client, kind, model):
    make = make_person if kind == "person" else make_organization
    existing = make("Sund Lund")
    add = page_address("add", kind=kind)
    sent = fields_of(chief_client.get(add), f"{kind}_form") | {"name": "Sund Lund"}
    response = chief_client.post(add, sent)
    assert response.status_code == 200
    assert f"no. {existing.pk} (the same name)" in response.content.decode()
    assert model.objects.count() == 1
    assert chief_client.post(add, sent | {"is_namesake": "on"}).status_code == 302
    assert model.objects.count() == 2


def test_changing_a_row_asks_nothing_of_namesakes(chief_client):
    person, _ = make_person("Ada Lund"), make_person("Ada Lund")
    change = page_address("change", person.pk)
    sent = fields_of(chief_client.get(change), "person_form") | {"biography": "Born in Sund."}
    assert chief_client.post(change, sent).status_code == 302


def test_the_page_costs_as_much_for_forty_pairs_as_for_two(chief_client):
    query_counts = []
    for count in (2, 40):
        for number in range(count):
            make_person(f"Ada Lund{count}x{number}")
            make_person(f"Ada Lund{count}x{number}")
        with CaptureQueriesContext(connection) as queries:
            assert chief_client.get(page_address("duplicates")).status_code == 200
        query_counts.append(len(queries))
    assert query_counts[0] == query_counts[1]
