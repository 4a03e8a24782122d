"""Organizations, places, ships and teams are no people, though their names look like one."""

import pytest

from articles.extraction.extract import extract


@pytest.mark.parametrize(
    "name",
    [
        "Northtown Town FC",
        "Northtown Rovers",
        "Northtown Athletic",
        "Coldharbour Stores",
        "Coldharbour plc",
        "Coldharbour Foods",
        "Tidemill Players",
        "Northshire Constabulary",
        "Ada Lind Ltd",
        "Brannel Marine",
        "Northtown Ratepayers",
    ],
)
def test_an_organization_is_known_by_its_words(name):
    text = f"{name} is shut. “We are sorry,” said {name} on Monday."
    extraction = extract(text)
    assert extraction.people == ()
    assert [organization.name for organization in extraction.organizations] == [name]
    assert [(quote.speaker, quote.speaker_type) for quote in extraction.quotes] == [
        (name, "organization")
    ]


@pytest.mark.parametrize("name", ["Tallow Quay", "Victory Lane", "Skerring Rocks", "Window Tax"])
def test_a_place_or_a_thing_is_nobody_and_no_organization(name):
    extraction = extract(
        f"{name} was shut. Critics of {name} said that {name}, the oldest, was too."
    )
    assert (extraction.people, extraction.organizations) == ((), ())


@pytest.mark.parametrize("name", ["Nathan Lane", "Ruby Quay", "Victor Marine"])
def test_a_forename_makes_a_person_of_it(name):
    assert [person.name for person in extract(f"“It is shut,” said {name}.").people] == [name]


def test_an_honorific_makes_a_person_of_it():
    assert [person.name for person in extract("They met Ms Zug Marine.").people] == ["Zug Marine"]


def test_nobody_is_printed_with_the_article_of_a_ship_or_a_team():
    text = (
        "The Constance May was lost. Skipper Per Lind of the Constance May met the Northtown Gulls."
    )
    assert [person.name for person in extract(text).people] == ["Per Lind"]


def test_an_organization_called_for_short_is_no_person():
    text = "Coldharbour Stores Ltd is shut. “We are sorry,” Coldharbour said. “So sorry,” said Coldharbour."
    extraction = extract(text)
    assert extraction.people == ()
    assert {quote.speaker_type for quote in extraction.quotes} == {"unknown"}
