"""Whom the newsroom knows: full names and aliases are clear, what two bear alike never is."""

import pytest

from articles.extraction.known import Known, clear
from tests.factories import make_organization, make_person

pytestmark = pytest.mark.django_db


def names(name: str, kind=None) -> list[tuple[str, float]]:
    return [(one.name, one.score) for one in Known([name]).candidates(name, kind)]


@pytest.fixture
def people():
    rows = ["Ada Lund", "Seán Ó Cuilleanáin", "Ruth bin Salman", "Bo Reve", "Mo Reve"]
    return {name: make_person(name) for name in rows}


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("Ada Lund", "Ada Lund"),
        ("ada lund", "Ada Lund"),
        ("Mrs Ada Lund", "Ada Lund"),
        ("Captain Ada Lund", "Ada Lund"),
        ("Sean O Cuilleanain", "Seán Ó Cuilleanáin"),
        ("Ruth bin Salman", "Ruth bin Salman"),
    ],
)
def test_a_full_name_is_clear(people, printed, meant):
    found = clear(Known([printed]).candidates(printed))
    assert found is not None
    assert found.name == meant


def test_an_alias_and_an_abbreviation_are_clear(people):
    people["Ada Lund"].other_names.create(name="Ada Amblecote", visibility="hidden")
    make_organization("Port of Sund", abbreviation="PoS").other_names.create(name="Sund Port")
    assert names("Ada Amblecote") == [("Ada Lund", 1.0)]
    assert names("PoS") == names("Sund Port", "organization") == [("Port of Sund", 1.0)]
    assert names("PoS", "person") == []


@pytest.mark.parametrize(
    "printed", ["Lund", "Mr Lund", "Reve", "Mr Reve", "Lu Reve", "Lund Ada", "", " "]
)
def test_less_than_a_full_name_is_never_clear(people, printed):
    assert clear(Known([printed]).candidates(printed)) is None


def test_a_family_name_offers_all_who_bear_it(people):
    assert {name for name, _ in names("Mr Reve")} == {"Bo Reve", "Mo Reve"}
    assert names("Ada M. Lund") == [("Ada Lund", 0.7)]


def test_two_of_one_name_are_both_offered_and_neither_is_clear(people):
    make_person("Ada Lund")
    found = Known(["Ada Lund"]).candidates("Ada Lund")
    assert [one.score for one in found] == [0.5, 0.5]
    assert clear(found) is None


def test_only_names_that_a_text_can_hold_are_looked_for(people):
    text = "“No,” said Ada Lund, whom Bo Reve’s dog knows."
    assert Known([text]).occurring_in("person", text) == ["Ada Lund", "Bo Reve", "Mo Reve"]
    assert Known([text]).occurring_in("organization", text) == []


def test_only_whom_the_texts_may_name_is_kept(people):
    known = Known(["Nobody but Mr REVE", "and o cuilleanain"])
    assert set(known.names["person"].values()) == {"Bo Reve", "Mo Reve", "Seán Ó Cuilleanáin"}


def test_loading_takes_four_queries_whatever_the_number(people, django_assert_num_queries):
    with django_assert_num_queries(4):
        Known(["Ada Lund"]).candidates("Ada Lund")
