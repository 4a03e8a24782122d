"""People and organizations: names as printed, roles as printed, places in the text."""

import pytest

from articles.extraction.extract import extract


def _people(text: str, **known_names: list[str]) -> dict[str, tuple[str | None, list[str]]]:
    return {
        person.name: (person.role, [text[start:end] for start, end in person.mentions])
        for person in extract(text, **known_names).people
    }


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        ("Northtown Mayor Ines Vahtra left.", "Ines Vahtra", "Northtown Mayor"),
        ("The former harbour chief Ada Okafor left.", "Ada Okafor", "former harbour chief"),
        ("Ada Okafor, the mayor of Northtown, left.", "Ada Okafor", "mayor of Northtown"),
        ("The mayor of Northtown, Ada Okafor, left.", "Ada Okafor", "mayor of Northtown"),
        ("Secretary of State Ada Okafor left.", "Ada Okafor", "Secretary of State"),
        ("Prime Minister Ada Okafor left.", "Ada Okafor", "Prime Minister"),
        ("They met Mr Adam Okafor there.", "Adam Okafor", None),
    ],
)
def test_the_role_is_the_one_printed_with_the_name(text, name, role):
    assert _people(text)[name][0] == role


def test_later_mentions_belong_to_the_full_name_and_keep_their_honorific():
    text = "Ada Okafor opened the lock. Ms Okafor waved. Nobody saw Okafor leave."
    assert _people(text) == {"Ada Okafor": (None, ["Ada Okafor", "Ms Okafor", "Okafor"])}


def test_initials_particles_and_months_are_part_of_a_name():
    text = "J.P. Lind met Maria de Vries and Theresa May. “No,” said J.P. Lind."
    assert set(_people(text)) == {"J.P. Lind", "Maria de Vries", "Theresa May"}


def test_a_place_a_ministry_and_a_photographer_are_no_people():
    text = "New Northtown left the Ministry of Ports on Monday.\nPhoto: Ada Okafor/Coastline Press"
    assert _people(text) == {}


def test_a_name_on_record_is_found_though_nothing_else_speaks_for_it():
    text = "A statue of Zug Zwang was unveiled."
    assert _people(text) == {}
    assert set(_people(text, known_people=["Zug Zwang", "Not There"])) == {"Zug Zwang"}


def test_organizations_are_known_by_their_words_or_from_the_record():
    text = "The Northtown Harbour Authority wrote to Coastline. NATO was silent."
    names = {names.name for names in extract(text, known_organizations=["Coastline"]).organizations}
    assert names == {"Northtown Harbour Authority", "Coastline", "NATO"}


def test_an_explained_acronym_is_the_organization():
    text = "The Northtown Harbour Authority (NHA) met. “We dredge,” the NHA said. XYZ was silent."
    (organization,) = extract(text).organizations
    assert organization.name == "Northtown Harbour Authority"
    assert [text[start:end] for start, end in organization.mentions][1:] == ["NHA", "NHA"]


def test_what_is_named_after_a_person_is_no_mention_of_the_person():
    text = "Ada Okafor resigned. The Okafor administration is over."
    assert _people(text) == {"Ada Okafor": (None, ["Ada Okafor"])}


def test_frame_lines_name_nobody_and_every_offset_still_holds():
    text = (
        "By Per Lind\n\nNORTHTOWN — “We dredge,” Ada Okafor said.\n\nREAD MORE: Ines Vahtra sails\n\n"
        "Sign up now: the Vahtra Letter in your inbox\n\n“At dawn.” COASTLINE"
    )
    assert set(_people(text)) == {"Ada Okafor"}
    assert [quote.text for quote in extract(text).quotes] == ["We dredge,", "At dawn."]
