"""Names on record: each is found as one, whatever it looks like, and an organization is never a person."""

import pytest

from articles.extraction.extract import extract
from articles.extraction.types import Extraction
from tests.growth import assert_linear


def _mentions(text: str, extraction: Extraction) -> dict[str, list[str]]:
    return {
        entity.name: [text[start:end] for start, end in entity.mentions]
        for entity in (*extraction.people, *extraction.organizations)
    }


@pytest.mark.parametrize(
    "name",
    [
        "zola wren",
        "Zug of the Zwang",
        "Mother Quay",
        "King’s Lynn Bob",
        "Zug",
    ],
)
def test_a_person_on_record_is_found_whatever_the_name_looks_like(name):
    text = f"A clerk met {name} in March. “No,” said {name}. “Never,” {name} added."
    extraction = extract(text, known_people=[name])
    assert _mentions(text, extraction) == {name: [name] * 3}
    assert [(quote.speaker, quote.speaker_type) for quote in extraction.quotes] == [
        (name, "person")
    ] * 2


def test_a_title_before_a_name_on_record_is_its_role():
    text = "Northtown Mayor Zug of the Zwang left."
    (person,) = extract(text, known_people=["Zug of the Zwang"]).people
    assert (person.name, person.role) == ("Zug of the Zwang", "Northtown Mayor")


@pytest.mark.parametrize("longer", ["Zug Zwang Foundation", "Ada Zug Zwang"])
def test_a_longer_name_is_somebody_else(longer):
    text = f"A clerk wrote to {longer}. The clerk met Zug Zwang."
    spans = _mentions(text, extract(text, known_people=["Zug Zwang"]))
    assert spans["Zug Zwang"] == ["Zug Zwang"]


def test_the_longest_name_on_record_wins():
    text = "“No,” said Zug Zwang Wren. “Yes,” said Zug Zwang."
    extraction = extract(text, known_people=["Zug Zwang", "Zug Zwang Wren"])
    assert [quote.speaker for quote in extraction.quotes] == ["Zug Zwang Wren", "Zug Zwang"]


@pytest.mark.parametrize("name", ["Ada Lind", "Brannel Marsh", "Coastline"])
def test_an_organization_on_record_is_never_a_person(name):
    text = f"“No,” said {name}. “Never,” {name} added. {name} told a clerk that it was shut."
    extraction = extract(text, known_organizations=[name])
    assert extraction.people == ()
    assert _mentions(text, extraction) == {name: [name] * 3}
    assert {(quote.speaker, quote.speaker_type) for quote in extraction.quotes} == {
        (name, "organization")
    }


def test_a_person_of_an_organizations_name_has_an_honorific():
    text = "Lind is shut. “We are sorry,” said Mr Lind. “So are we,” Mr Lind added."
    extraction = extract(text, known_organizations=["Lind"])
    (person,), (organization,) = extraction.people, extraction.organizations
    assert [text[start:end] for start, end in person.mentions] == ["Mr Lind", "Mr Lind"]
    assert organization.mentions == ((0, 4),)


def test_many_names_on_record_take_linear_time():
    text = "Ada Okafor met Ada Lind. " * 20_000
    names = ["Ada Okafor", "Ada Lind", *(f"Ada Lind. Ada {number}" for number in range(1_000))]
    assert_linear(
        lambda size: extract(text[:size], known_people=names, known_organizations=names), len(text)
    )
