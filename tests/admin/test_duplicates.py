"""Rows that may be one: offered on a page, beside a form, and before another is created."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.models import Distinct, Organization, Person
from tests.factories import make_organization, make_person

from .forms import fields_of

pytestmark = pytest.mark.django_db


def at(page: str, *args: int, kind: str = "person") -> str:
    return reverse(f"admin:articles_{kind}_{page}", args=args)


def test_the_page_lists_pairs_and_leads_to_the_trial(desk):
    one, other = make_person("Ada Lund"), make_person("A. Lund")
    said = desk.get(at("duplicates")).content.decode()
    assert "the initial fits" in said
    assert at("merge", one.pk, other.pk) in said
    assert "No two rows" in desk.get(at("duplicates", kind="organization")).content.decode()


def test_two_are_told_apart_and_offered_again(desk):
    one, other = make_person("Ada Lund"), make_person("Ada Lund")
    said = desk.post(at("duplicates"), {"low": one.pk, "high": other.pk}, follow=True)
    assert "are not the same" in said.content.decode()
    made = Distinct.objects.get()
    assert (made.low, made.high, made.by.username) == (one.pk, other.pk, "chief")
    assert at("merge", one.pk, other.pk) not in desk.get(at("duplicates")).content.decode()
    desk.post(at("duplicates"), {"again": made.pk})
    assert at("merge", one.pk, other.pk) in desk.get(at("duplicates")).content.decode()


@pytest.mark.parametrize("sent", [{}, {"low": "x", "high": "1"}, {"low": "1", "high": "99999"}])
def test_nonsense_decides_nothing(desk, sent):
    make_person("Ada Lund")
    said = desk.post(at("duplicates"), sent, follow=True).content.decode()
    assert "nothing was decided" in said
    assert not Distinct.objects.exists()


def test_the_form_names_who_may_be_the_same(desk):
    one, other = make_organization("Port of Sund"), make_organization("Port of Sund Ltd")
    said = desk.get(at("change", one.pk, kind="organization")).content.decode()
    assert "Possibly the same" in said
    assert at("merge", one.pk, other.pk, kind="organization") in said


@pytest.mark.parametrize(("kind", "model"), [("person", Person), ("organization", Organization)])
def test_a_new_row_that_may_be_here_is_refused_once(desk, kind, model):
    make = make_person if kind == "person" else make_organization
    known = make("Sund Lund")
    add = at("add", kind=kind)
    sent = fields_of(desk.get(add), f"{kind}_form") | {"name": "Sund Lund"}
    response = desk.post(add, sent)
    assert response.status_code == 200
    assert f"no. {known.pk} (the same name)" in response.content.decode()
    assert model.objects.count() == 1
    assert desk.post(add, sent | {"is_namesake": "on"}).status_code == 302
    assert model.objects.count() == 2


def test_changing_a_row_asks_nothing_of_namesakes(desk):
    one, _ = make_person("Ada Lund"), make_person("Ada Lund")
    change = at("change", one.pk)
    sent = fields_of(desk.get(change), "person_form") | {"biography": "Born in Sund."}
    assert desk.post(change, sent).status_code == 302


def test_the_page_costs_as_much_for_forty_pairs_as_for_two(desk):
    asked = []
    for count in (2, 40):
        for number in range(count):
            make_person(f"Ada Lund{count}x{number}")
            make_person(f"Ada Lund{count}x{number}")
        with CaptureQueriesContext(connection) as queries:
            assert desk.get(at("duplicates")).status_code == 200
        asked.append(len(queries))
    assert asked[0] == asked[1]
