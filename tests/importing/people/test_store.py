"""Who a record is, and what of it comes in."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from articles.importing.people.options import PeopleOptions
from articles.importing.people.run import import_people
from articles.models import Identifier, Membership, Organization, OtherName, Person
from tests.factories import make_organization, make_person, make_user
from tests.importing.people.files import (
    CHAIR,
    COUNCIL,
    COUNCILLOR,
    QUINCE,
    REGISTER,
    TEAL,
    figures,
    import_register,
)

pytestmark = pytest.mark.django_db


def test_people_organizations_and_roles_come_in_whatever_their_order(tmp_path: Path) -> None:
    report = import_register(tmp_path, REGISTER)
    assert report.refusals == []
    ada = Person.objects.get(name="Ada Quince")
    assert (ada.given_name, ada.sort_name, ada.honorific) == ("Ada", "Quince, Ada", "Dr")
    assert ada.biography == "She was born on Skerry."
    assert set(ada.other_names.values_list("name", "kind", "visibility")) == {
        ("Ada Pell", "former", "hidden"),
        ("Dr Ada", "alias", "hidden"),
    }
    assert {str(identifier) for identifier in ada.identifiers.all()} == {
        "skerry:p1",
        "wikidata:Q99",
    }
    board = Organization.objects.get(name="Harbour Board")
    assert (board.parent.name, board.parent.kind) == ("Skerry Council", "government")
    roles = ada.memberships.values_list("role", "organization__name", "start_date", "end_date")
    assert set(roles) == {
        ("councillor", "Skerry Council", "2019-05", "2023-05-04"),
        ("chair", "Harbour Board", "2023-06-01", "2027"),
    }
    assert ada.memberships.get(role="councillor").source_url == "https://register.example/seats/1"


@pytest.mark.parametrize("confirm", [False, True])
def test_twice_is_the_same_as_once(tmp_path: Path, confirm: bool) -> None:
    import_register(tmp_path, REGISTER, confirm=confirm)
    history = Person.history.count(), Membership.history.count()
    again = import_register(tmp_path, REGISTER, confirm=confirm)
    assert figures(again, "people") == (0, 0, 2, 0)
    assert figures(again, "organizations") == (0, 0, 2, 0)
    assert figures(again, "memberships")[:2] == (0, 0)
    assert (Person.history.count(), Membership.history.count()) == history
    assert (OtherName.objects.count(), Identifier.objects.count()) == (2, 5)


def test_nothing_is_a_fact_until_somebody_says_so(tmp_path: Path) -> None:
    import_register(tmp_path, REGISTER)
    ada = Person.objects.get(name="Ada Quince")
    assert not ada.is_confirmed
    assert not Membership.objects.filter(is_confirmed=True).exists()
    assert not Membership.objects.filter(is_public=True).exists()
    assert ada.role_on(date(2020, 1, 1)) is None
    import_register(tmp_path, REGISTER, confirm=True)
    ada = Person.objects.get(name="Ada Quince")
    assert ada.is_confirmed
    assert Membership.objects.filter(is_confirmed=True, is_public=True).count() == 2
    assert (ada.role_on(date(2020, 1, 1)).role, ada.role_on(date(2024, 1, 1)).role) == (
        "councillor",
        "chair",
    )


def test_an_id_that_is_known_leads_to_its_row_whatever_the_name(tmp_path: Path) -> None:
    person = make_person("A. Quince")
    Identifier.objects.create(person=person, scheme="wikidata", identifier="Q99")
    report = import_register(tmp_path, [QUINCE])
    assert figures(report, "people") == (0, 1, 0, 0)
    person.refresh_from_db()
    assert (person.name, person.given_name) == ("A. Quince", "Ada")
    assert person.other_names.filter(name="Ada Quince").exists()


def test_a_name_alone_makes_nobody_the_same(tmp_path: Path) -> None:
    person = make_person("Bo Teal")
    for _ in range(2):
        report = import_register(
            tmp_path, REGISTER | {"memberships": [COUNCILLOR | {"person_id": "p2"}]}
        )
        assert figures(report, "people")[3] == 1
        assert figures(report, "memberships") == (0, 0, 0, 1)
        assert any(f"perhaps the same as no. {person.pk}" in note for note in report.notes)
        assert report.refusals == []
    assert Person.objects.filter(name="Bo Teal").count() == 1
    report = import_register(tmp_path, REGISTER, match_names=True)
    assert figures(report, "people")[3] == 0
    assert person.identifiers.get().identifier == "p2"
    assert figures(import_register(tmp_path, REGISTER), "people") == (0, 0, 2, 0)


def test_another_id_in_the_same_register_tells_two_of_one_name_apart(tmp_path: Path) -> None:
    person = make_person("Ada Quince")
    Identifier.objects.create(person=person, scheme="wikidata", identifier="Q1")
    assert figures(import_register(tmp_path, [QUINCE]), "people") == (1, 0, 0, 0)
    assert Person.objects.filter(name="Ada Quince").count() == 2


def test_several_of_one_name_wait_even_when_names_are_matched(tmp_path: Path) -> None:
    make_person("Bo Teal")
    make_person("Bo Teal")
    assert figures(import_register(tmp_path, [TEAL], match_names=True), "people") == (0, 0, 0, 1)


def test_ids_that_lead_to_two_people_are_refused(tmp_path: Path) -> None:
    for scheme, identifier in (("wikidata", "Q99"), ("skerry", "p1")):
        Identifier.objects.create(person=make_person(), scheme=scheme, identifier=identifier)
    [refusal] = import_register(tmp_path, [QUINCE]).refusals
    assert refusal["field"] == "identifiers"
    assert Person.objects.count() == 2


def test_what_an_editor_changed_is_not_overwritten(tmp_path: Path) -> None:
    import_register(tmp_path, REGISTER)
    ada: Any = Person.objects.get(name="Ada Quince")
    editor = make_user()
    ada.biography, ada.honorific, ada._history_user = "Our words.", "", editor
    ada.save()
    membership = ada.memberships.get(role="councillor")
    membership.role, membership._history_user = "leader", editor
    membership.save()
    chair = ada.memberships.get(role="chair")
    chair._history_user = editor
    chair.delete()
    ada.other_names.all().delete()
    import_register(tmp_path, REGISTER, confirm=True)
    ada.refresh_from_db()
    assert (ada.biography, ada.honorific, ada.is_confirmed) == ("Our words.", "Dr", False)
    assert [role.role for role in ada.memberships.all()] == ["leader"]
    assert ada.other_names.count() == 0


def test_a_confirmed_row_is_only_filled_up_without_a_new_word_of_the_operator(
    tmp_path: Path,
) -> None:
    import_register(tmp_path, REGISTER, confirm=True)
    newer = REGISTER | {
        "persons": [QUINCE | {"biography": "Newer."}],
        "memberships": [COUNCILLOR | {"end_date": "2022"}],
    }
    assert figures(import_register(tmp_path, newer), "people")[1] == 0
    assert Membership.objects.get(role="councillor").end_date == "2023-05-04"
    import_register(tmp_path, newer, confirm=True)
    assert Membership.objects.get(role="councillor").end_date == "2022"
    assert Person.objects.get(name="Ada Quince").biography == "Newer."


def test_bad_records_are_refused_in_words_and_the_rest_comes_in(tmp_path: Path) -> None:
    bad = [
        {"id": "p3"},
        {"id": "p4", "name": "x" * 201},
        {"id": "p5", "name": ["Bo"]},
        {"id": "p6", "name": "Cy Rook", "other_names": "Cy"},
        7,
    ]
    bad_roles = [
        COUNCILLOR | {"start_date": "2019-02-30"},
        COUNCILLOR | {"start_date": "2024"},
        COUNCILLOR | {"person_id": "nobody"},
        COUNCILLOR | {"role": "r" * 161},
        {"person_id": "p1"},
    ]
    value = REGISTER | {"persons": [*bad, QUINCE, TEAL], "memberships": [*bad_roles, CHAIR]}
    report = import_register(tmp_path, value)
    assert [(row["record"], row["field"]) for row in report.refusals] == [
        *(("person 1", "name"), ("person 2", "name"), ("person 3", "name")),
        *(("person 4", "other_names"), ("person 5", "file")),
        *(("membership 1", "start_date"), ("membership 2", "end_date")),
        *(("membership 4", "role"), ("membership 5", "organization_id")),
        ("membership 3", "person"),
    ]
    assert all(row["reason"] and row["remedy"] for row in report.refusals)
    assert Person.objects.count() == 2
    assert Membership.objects.count() == 1


def test_files_of_their_own_meet_whatever_their_names(tmp_path: Path) -> None:
    import_register(tmp_path, [COUNCILLOR], "a-memberships.json", dry_run=True)
    import_register(tmp_path, [QUINCE], "b-persons.json", dry_run=True)
    import_register(tmp_path, [COUNCIL], "c-organizations.json", dry_run=True)
    assert Person.objects.count() == 0
    report = import_people([str(tmp_path)], PeopleOptions(source="skerry"))
    assert report.refusals == []
    assert Membership.objects.get().person.name == "Ada Quince"
    assert figures(report, "memberships") == (1, 0, 0, 0)


def test_organizations_in_a_ring_are_left_without_one_parent(tmp_path: Path) -> None:
    import_register(
        tmp_path,
        {
            "organizations": [
                COUNCIL | {"parent_id": "o2"},
                {**COUNCIL, "id": "o2", "name": "B", "parent_id": "o1"},
            ]
        },
    )
    assert Organization.objects.filter(parent=None).count() == 1


def test_a_table_names_people_and_their_roles(tmp_path: Path) -> None:
    rows = (
        "Full Name,Aliases,Organisation,Position,Start Date,wikidata,phone\r\n"
        "Ada Quince,Ada Pell; A. Quince,Skerry Council,councillor,2019-05,Q99,1\r\n"
        "Ada Quince,,Harbour Board,chair,2023,Q99,1\r\n"
        'Bo Teal,,"Skerry Council","clerk",soon,,1\r\n'
        ",,Skerry Council,clerk,2019,,1\r\n"
    )
    organization = make_organization("Skerry Council")
    report = import_register(tmp_path, rows, "people.csv")
    assert "Position: role" in report.notes[0]
    assert "phone: passed over" in report.notes[0]
    assert [(row["record"], row["field"]) for row in report.refusals] == [
        ("line 4", "start_date"),
        ("line 5", "name"),
    ]
    ada = Person.objects.get()
    assert set(ada.memberships.values_list("role", "organization__name")) == {
        ("councillor", "Skerry Council"),
        ("chair", "Harbour Board"),
    }
    assert ada.memberships.get(role="councillor").organization == organization
    again = import_register(tmp_path, rows, "people.csv")
    assert figures(again, "people")[:2] == figures(again, "memberships")[:2] == (0, 0)
