"""Rows that may be one are found and offered, and never again once an editor has told them apart."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Organization, OtherName, Person
from articles.record.merging import duplicates
from articles.record.merging.duplicates import duplicate_pairs, duplicates_of, mark_distinct
from tests.factories import make_organization, make_person

pytestmark = pytest.mark.django_db


def test_all_pairs_are_found_the_likeliest_first():
    ada, short, ada_diacritic = (
        make_person("Ada Lund"),
        make_person("A. Lund"),
        make_person("Ada Lünd"),
    )
    make_person("Nils Berg")
    ranked = [((pair.low, pair.high), pair.reason) for pair in duplicate_pairs("person")]
    assert ranked[0] == ((ada.pk, ada_diacritic.pk), "the same name")
    assert {keys for keys, _ in ranked} == {
        (ada.pk, ada_diacritic.pk), (ada.pk, short.pk), (short.pk, ada_diacritic.pk),
    }  # fmt: skip


def test_another_name_counts():
    ada, renamed = make_person("Ada Lund"), make_person("Ada Berg")
    OtherName.objects.create(person=renamed, name="Ada Lund", kind="former")
    [pair] = duplicate_pairs("person")
    assert (pair.low, pair.high) == (ada.pk, renamed.pk)
    assert pair.reason == "the same name, by the other name Ada Lund"


def test_organizations_are_compared_among_themselves():
    make_person("Port of Sund")
    port, company = make_organization("Port of Sund"), make_organization("Port of Sund Ltd")
    [pair] = duplicate_pairs("organization")
    assert (pair.low, pair.high) == (port.pk, company.pk)


def test_who_was_told_apart_is_not_offered_again():
    first, second = make_person("Ada Lund"), make_person("Ada Lund")
    mark_distinct(second, first, by=None)
    mark_distinct(first, second, by=None)
    assert duplicate_pairs("person") == []
    assert duplicates_of(first) == []


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
        duplicate_pairs("person")
    assert len(queries) == 3


def test_of_rows_that_are_as_likely_the_first_entered_comes_first():
    first = make_person("Ada Lund", sort_name="Z")
    second = make_person("Ada Lund", sort_name="A")
    third = make_person("Ada Lund", sort_name="M")
    assert [row for row, _ in duplicates_of(Person(name="Ada Lund"))] == [first, second, third]
    assert [row for row, _ in duplicates_of(second)] == [first, third]
    pairs = [(pair.low, pair.high) for pair in duplicate_pairs("person")]
    assert pairs == sorted(pairs)


def test_an_organization_is_found_by_its_abbreviation():
    guild = make_organization("Guild of Pilots", abbreviation="GOP")
    make_organization("Port of Sund")
    ((row, similarity),) = duplicates_of(Organization(name="Sailors", abbreviation="gop"))
    assert (row, similarity.reason) == (guild, "the same abbreviation")


def test_another_name_about_to_be_written_counts_a_little_less():
    ada = make_person("Ada Lund")
    ((row, by_name),) = duplicates_of(Person(name="Ada Lund"))
    ((other_row, by_other),) = duplicates_of(Person(name="Bo Berg"), names=["Ada Lund"])
    assert row == other_row == ada
    assert by_other.rank == pytest.approx(by_name.rank - 0.05)
    assert by_other.reason.endswith("by the other name Ada Lund")


def test_a_name_that_half_a_country_has_is_not_compared_with_itself(monkeypatch):
    people = [make_person(name) for name in ("Ada Lund", "Ada B. Lund", "A. Lund")]
    assert len(duplicate_pairs("person")) > 0
    monkeypatch.setattr(duplicates, "MAX_BLOCK_SIZE", 2)
    assert {pair.reason for pair in duplicate_pairs("person")} <= {"the same name"}
    assert len(people) == 3
