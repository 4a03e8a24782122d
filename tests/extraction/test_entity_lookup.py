"""Whom the newsroom knows: full names and aliases are clear, what two bear alike never is."""

import pytest

from articles.extraction.entity_lookup import EntityLookup, clear_candidate
from tests.factories import make_organization, make_person

pytestmark = pytest.mark.django_db


def names(name: str, kind=None) -> list[tuple[str, float]]:
    return [
        (candidate.name, candidate.score)
        for candidate in EntityLookup([name]).candidates(name, kind)
    ]


@pytest.fixture
def people():
    rows = ["Ada Lund", "Seán Ó Cuilleanáin", "Ruth bin Salman", "Bo Reve", "Mo Reve"]
    return {name: make_person(name) for name in rows}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Ada Lund", "Ada Lund"),
        ("ada lund", "Ada Lund"),
        ("Mrs Ada Lund", "Ada Lund"),
        ("Captain Ada Lund", "Ada Lund"),
        ("Sean O Cuilleanain", "Seán Ó Cuilleanáin"),
        ("Ruth bin Salman", "Ruth bin Salman"),
    ],
)
def test_a_full_name_is_clear(people, name, expected):
    candidate = clear_candidate(EntityLookup([name]).candidates(name))
    assert candidate is not None
    assert candidate.name == expected


def test_an_alias_and_an_abbreviation_are_clear(people):
    people["Ada Lund"].other_names.create(name="Ada Amblecote", visibility="hidden")
    make_organization("Port of Sund", abbreviation="PoS").other_names.create(name="Sund Port")
    assert names("Ada Amblecote") == [("Ada Lund", 1.0)]
    assert names("PoS") == names("Sund Port", "organization") == [("Port of Sund", 1.0)]
    assert names("PoS", "person") == []


@pytest.mark.parametrize(
    "name", ["Lund", "Mr Lund", "Reve", "Mr Reve", "Lu Reve", "Lund Ada", "", " "]
)
def test_less_than_a_full_name_is_never_clear(people, name):
    assert clear_candidate(EntityLookup([name]).candidates(name)) is None


def test_a_family_name_offers_all_who_bear_it(people):
    assert {name for name, _ in names("Mr Reve")} == {"Bo Reve", "Mo Reve"}
    assert names("Ada M. Lund") == [("Ada Lund", 0.7)]


def test_two_of_one_name_are_both_offered_and_neither_is_clear(people):
    make_person("Ada Lund")
    candidates = EntityLookup(["Ada Lund"]).candidates("Ada Lund")
    assert [candidate.score for candidate in candidates] == [0.5, 0.5]
    assert clear_candidate(candidates) is None


def test_only_names_that_a_text_can_hold_are_looked_for(people):
    text = "“No,” said Ada Lund, whom Bo Reve’s dog knows."
    assert EntityLookup([text]).occurring_in("person", text) == ["Ada Lund", "Bo Reve", "Mo Reve"]
    assert EntityLookup([text]).occurring_in("organization", text) == []


def test_only_whom_the_texts_may_name_is_kept(people):
    lookup = EntityLookup(["Nobody but Mr REVE", "and o cuilleanain"])
    assert set(lookup.names["person"].values()) == {"Bo Reve", "Mo Reve", "Seán Ó Cuilleanáin"}


def test_loading_takes_four_queries_whatever_the_number(people, django_assert_num_queries):
    with django_assert_num_queries(4):
        EntityLookup(["Ada Lund"]).candidates("Ada Lund")
