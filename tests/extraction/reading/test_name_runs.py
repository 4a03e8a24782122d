"""Names of other shapes than forename and surname, spokespeople, and headlines in capitals."""

import pytest

from articles.extraction.extract import extract


def _speakers(text: str) -> list[str | None]:
    quotes = extract(text).quotes
    return [quote.speaker for quote in quotes if quote.kind in ("direct", "partial")]


def _mentions(text: str) -> dict[str, list[str]]:
    people = extract(text).people
    return {person.name: [text[start:end] for start, end in person.mentions] for person in people}


@pytest.mark.parametrize(
    ("full", "later"),
    [
        ("Liang Suyin", "Liang"),
        ("Farouk el-Tamsi", "El-Tamsi"),
        ("Seosamh Ó Cuanaigh", "Ó Cuanaigh"),
        ("Tariq bin Wardan", "Bin Wardan"),
        ("Tariq bin Wardan", "Prince Tariq"),
        ("Saoirse Nic Eachair", "Nic Eachair"),
        ("Kim Do-yun", "Kim"),
    ],
)
def test_the_short_form_of_a_name_is_the_same_person(full, later):
    text = f"Harbour envoy {full} flew in on Monday.\n\n{later} said: “The lock leaks for good.”"
    assert _speakers(text) == [full]
    assert _mentions(text) == {full: [full, later]}


def test_a_surname_that_is_somebodys_forename_stays_a_surname():
    text = (
        "Taylor Okafor met Mr Taylor. “The lock leaks,” Mr Taylor said. “No,” said Taylor Okafor."
    )
    assert _speakers(text) == ["Taylor", "Taylor Okafor"]


def test_a_spokeswoman_speaks_under_her_name_with_her_office():
    text = (
        "“The lock is shut,” said Ines Vahtra, a spokeswoman for the Northtown Harbour Authority."
    )
    (person,) = extract(text).people
    assert _speakers(text) == ["Ines Vahtra"]
    assert person.role == "spokeswoman for the Northtown Harbour Authority"


def test_a_spokesman_without_a_name_is_printed_with_whom_he_speaks_for():
    text = "“The lock is shut,” a spokesman for the Northtown Harbour Authority said."
    (quote,) = extract(text).quotes
    assert (quote.speaker, quote.speaker_type) == (None, "unnamed")
    assert quote.mention is not None
    assert quote.mention.text == "a spokesman for the Northtown Harbour Authority"


def test_a_headline_in_capitals_names_the_person_of_the_story():
    text = "ADA OKAFOR: “IT LEAKS”\n\nAda Okafor shut the lock. “It leaks,” she said."
    assert _speakers(text) == ["Ada Okafor", "Ada Okafor"]
    assert _mentions(text) == {"Ada Okafor": ["ADA OKAFOR", "Ada Okafor"]}


@pytest.mark.parametrize(
    "headline",
    [
        "FERRY OWNER PER LIND SAYS LOCK IS A DISGRACE",
        "Ferry Owner Says Lock Is A Disgrace",
        "Mayor Says Lock Is Shut",
        "NORTHTOWN SHUTS OLD LOCK FOR GOOD",
    ],
)
def test_a_headline_makes_nobody_up(headline):
    text = f"{headline}\n\nFerry owner Per Lind has had enough. “It is shut,” Lind said."
    assert _mentions(text) == {"Per Lind": ["Per Lind", "Lind"]}
    assert _speakers(text) == ["Per Lind"]


def test_a_participle_at_the_head_of_a_sentence_is_no_forename():
    text = "Ada Okafor met Per Lind. Knowing Okafor was late, Lind said it was “fine by us all”."
    assert set(_mentions(text)) == {"Ada Okafor", "Per Lind"}
    assert _speakers(text) == ["Per Lind"]
