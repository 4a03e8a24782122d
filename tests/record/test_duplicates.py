"""Rows that may be one are found and offered, and never again once an editor has told them apart."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import OtherName, Person
from articles.record.duplicates import duplicates_of, pairs, tell_apart
from tests.factories import make_organization, make_person

pytestmark = pytest.mark.django_db


def test_all_pairs_are_found_the_likeliest_first():
    ada, short, twin = make_person("Ada Lund"), make_person("A. Lund"), make_person("Ada Lünd")
    make_person("Nils Berg")
    found = [((pair.low, pair.high), pair.reason) for pair in pairs("person")]
    assert found[0] == ((ada.pk, twin.pk), "the same name")
    assert {keys for keys, _ in found} == {
        (ada.pk, twin.pk), (ada.pk, short.pk), (short.pk, twin.pk),
    }  # fmt: skip


def test_another_name_counts():
    ada, other = make_person("Ada Lund"), make_person("Ada Berg")
    OtherName.objects.create(person=other, name="Ada Lund", kind="former")
    [pair] = pairs("person")
    assert (pair.low, pair.high) == (ada.pk, other.pk)
    assert pair.reason == "the same name, by the other name Ada Lund"


def test_organizations_are_compared_among_themselves():
    make_person("Port of Sund")
    one, other = make_organization("Port of Sund"), make_organization("Port of Sund Ltd")
    [pair] = pairs("organization")
    assert (pair.low, pair.high) == (one.pk, other.pk)


def test_who_was_told_apart_is_not_offered_again():
    one, other = make_person("Ada Lund"), make_person("Ada Lund")
    tell_apart(other, one, by=None)
    tell_apart(one, other, by=None)
    assert pairs("person") == []
    assert duplicates_of(one) == []


def test_a_name_about_to_be_written_finds_who_may_be_meant():
    ada = make_person("Ada Lund")
    make_person("Nils Berg")
    for name in ("Ada Lund", "ADA LUND", "A. Lund", "Ada B. Lund", "Ada Lünd"):
        assert [row for row, _ in duplicates_of(Person(name=name))] == [ada], name
    assert duplicates_of(Person(name="Tom Lund")) == []
    assert duplicates_of(ada) == []


def test_a_large_table_costs_no_more_queries():
    Person.objects.bulk_create(
        Person(name=f"Given{n} Family{n % 700}", slug="x", sort_name="x") for n in range(3000)
    )
    with CaptureQueriesContext(connection) as queries:
        pairs("person")
    assert len(queries) == 3
