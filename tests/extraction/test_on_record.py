"""Names on record: each is found as one, whatever it looks like, and an organization is never a person."""

import time

import pytest

from articles.extraction.extract import extract
from articles.extraction.found import Extraction


def _printed(text: str, found: Extraction) -> dict[str, list[str]]:
    return {
        named.name: [text[start:end] for start, end in named.mentions]
        for named in (*found.people, *found.organizations)
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
    found = extract(text, known_people=[name])
    assert _printed(text, found) == {name: [name] * 3}
    assert [(quote.speaker, quote.speaker_type) for quote in found.quotes] == [(name, "person")] * 2


def test_a_title_before_a_name_on_record_is_its_role():
    text = "Northtown Mayor Zug of the Zwang left."
    (person,) = extract(text, known_people=["Zug of the Zwang"]).people
    assert (person.name, person.role) == ("Zug of the Zwang", "Northtown Mayor")


@pytest.mark.parametrize("longer", ["Zug Zwang Foundation", "Ada Zug Zwang"])
def test_a_longer_name_is_somebody_else(longer):
    text = f"A clerk wrote to {longer}. The clerk met Zug Zwang."
    found = _printed(text, extract(text, known_people=["Zug Zwang"]))
    assert found["Zug Zwang"] == ["Zug Zwang"]


def test_the_longest_name_on_record_wins():
    text = "“No,” said Zug Zwang Wren. “Yes,” said Zug Zwang."
    found = extract(text, known_people=["Zug Zwang", "Zug Zwang Wren"])
    assert [quote.speaker for quote in found.quotes] == ["Zug Zwang Wren", "Zug Zwang"]


@pytest.mark.parametrize("name", ["Ada Lind", "Brannel Marsh", "Coastline"])
def test_an_organization_on_record_is_never_a_person(name):
    text = f"“No,” said {name}. “Never,” {name} added. {name} told a clerk that it was shut."
    found = extract(text, known_organizations=[name])
    assert found.people == ()
    assert _printed(text, found) == {name: [name] * 3}
    assert {(quote.speaker, quote.speaker_type) for quote in found.quotes} == {
        (name, "organization")
    }


def test_a_person_of_an_organizations_name_has_an_honorific():
    text = "Lind is shut. “We are sorry,” said Mr Lind. “So are we,” Mr Lind added."
    found = extract(text, known_organizations=["Lind"])
    (person,), (organization,) = found.people, found.organizations
    assert [text[start:end] for start, end in person.mentions] == ["Mr Lind", "Mr Lind"]
    assert organization.mentions == ((0, 4),)


def test_many_names_on_record_take_linear_time():
    text = "Ada Okafor met Ada Lind. " * 20_000
    known = ["Ada Okafor", "Ada Lind", *(f"Ada Lind. Ada {number}" for number in range(1_000))]
    start = time.process_time()
    extract(text, known_people=known, known_organizations=known)
    assert time.process_time() - start < 4
