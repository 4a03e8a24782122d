"""Family names with particles, prefixes and two words: one person, whatever part of the name is printed."""

import pytest

from articles.extraction.extract import extract
from tests.growth import assert_linear


def _people(text: str) -> dict[str, list[str]]:
    return {
        person.name: [text[start:end] for start, end in person.mentions]
        for person in extract(text).people
    }


def _speakers(text: str) -> list[tuple[str | None, str | None]]:
    return [
        (quote.speaker, quote.mention.text if quote.mention else None)
        for quote in extract(text).quotes
        if quote.kind == "direct"
    ]


@pytest.mark.parametrize(
    ("full", "honorific", "family"),
    [
        ("Idris al-Kestrani", "Mr al-Kestrani", "al-Kestrani"),
        ("Nabil Farouk el-Hosri", "Mr el-Hosri", "el-Hosri"),
        ("Tariq bin Wardan", "Mr bin Wardan", "bin Wardan"),
        ("Ruud van der Meeuw", "Mr van der Meeuw", "van der Meeuw"),
        ("Charles de Rochard", "Mr de Rochard", "de Rochard"),
        ("Ursula von der Aalen", "Ms von der Aalen", "von der Aalen"),
        ("Lorenza da Brezza", "Ms da Brezza", "da Brezza"),
        ("Rodrigo do Pessego", "Mr do Pessego", "do Pessego"),
        ("Maria de los Robles", "Ms de los Robles", "de los Robles"),
        ("Solange d’Ormeval", "Ms d’Ormeval", "d’Ormeval"),
        ("Bronagh Ní Fhaoláin", "Ms Ní Fhaoláin", "Ní Fhaoláin"),
        ("Seán Ó Tuachair", "Mr Ó Tuachair", "Ó Tuachair"),
        ("Brian Mac Giolta", "Mr Mac Giolta", "Mac Giolta"),
        ("Jean-Marie Le Goven", "Mr Le Goven", "Le Goven"),
        ("Helena Marlow Tamm", "Ms Marlow Tamm", "Marlow Tamm"),
        ("Ian Duncan Strath", "Mr Duncan Strath", "Duncan Strath"),
    ],
)
def test_every_form_of_a_name_is_one_person_printed_in_full(full, honorific, family):
    text = (
        f"“The lock leaks,” said {full}.\n\n“It always has,” {honorific} said. A clerk met {family}.\n\n"
        f"“It will,” said {family}.\n\n“Until June,” {family} added."
    )
    assert _people(text) == {full: [full, honorific, family, family, family]}
    assert _speakers(text) == [(full, full), (full, honorific), (full, family), (full, family)]


@pytest.mark.parametrize(
    ("full", "capitalised"),
    [
        ("Ursula von der Aalen", "Von der Aalen"),
        ("Charles de Rochard", "De Rochard"),
        ("Idris al-Kestrani", "Al-Kestrani"),
        ("Solange d’Ormeval", "D’Ormeval"),
    ],
)
def test_a_particle_has_a_capital_at_the_head_of_a_sentence(full, capitalised):
    text = f"The crew met {full} on Monday. {capitalised} said the lock was shut."
    assert _people(text) == {full: [full, capitalised]}


@pytest.mark.parametrize("family", ["van der Meeuw", "al-Kestrani", "Ní Fhaoláin", "de Rochard"])
def test_a_family_name_alone_is_printed_whole(family):
    text = f"“The lock leaks,” Mr {family} said. “It will,” said Mr {family}."
    assert _people(text) == {family: [f"Mr {family}"] * 2}


def test_a_title_of_several_words_stands_before_a_name_with_particles():
    text = "Harbour Commission President Ursula von der Aalen left. Councillor Ní Fhaoláin met Ms Bronagh Ní Fhaoláin."
    roles = {person.name: person.role for person in extract(text).people}
    assert roles == {
        "Ursula von der Aalen": "Harbour Commission President",
        "Bronagh Ní Fhaoláin": "Councillor",
    }


def test_the_bare_last_word_means_the_bearer_too():
    text = "Idris al-Kestrani met Ruud van der Meeuw. “No,” said Kestrani. “Yes,” said Meeuw."
    assert [name for name, _ in _speakers(text)] == ["Idris al-Kestrani", "Ruud van der Meeuw"]


def test_forenames_that_look_like_particles_stay_forenames():
    text = "Mr Ben Strath met Ms Di Marlow. “No,” said Ben Strath. “Yes,” said Mr Strath."
    assert set(_people(text)) == {"Ben Strath", "Di Marlow"}


def test_two_people_of_one_last_word_are_told_apart_by_the_particle():
    text = "Ada Vries met Maria de Vries. “No,” said Ms de Vries. “Yes,” said Ada Vries."
    assert [name for name, _ in _speakers(text)] == ["Maria de Vries", "Ada Vries"]


@pytest.mark.parametrize("words", ["the bin", "a van", "what do", "all la"])
def test_small_words_of_english_are_no_part_of_a_name(words):
    text = f"Ada Okafor left. Somebody saw {words} Okafor. “No,” said Okafor."
    assert set(_people(text)) == {"Ada Okafor"}


@pytest.mark.parametrize(
    "unit",
    ["Ada van der Lind van der ", "Mac ", "de Lind ", "Mayor ", "al-Lind’al-", "Ada Mac Lind. "],
)
def test_a_megabyte_of_particles_takes_linear_time(unit):
    text = unit * (1_000_000 // len(unit) + 1)
    assert_linear(lambda size: extract(text[:size]), 1_000_000)
