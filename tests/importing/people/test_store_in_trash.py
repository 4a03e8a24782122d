"""P1: an import of people revives nobody who is in the trash, and makes no second row of them."""

from pathlib import Path

import pytest

from articles.models import Membership, Organization, Person
from articles.record.trash.moves import move_to_trash, restore_from_trash
from tests.factories import make_organization, make_person
from tests.importing.people.files import QUINCE, REGISTER, TEAL, figures, import_register

pytestmark = pytest.mark.django_db


def test_who_has_an_id_of_the_register_waits_in_the_trash(tmp_path: Path) -> None:
    import_register(tmp_path, REGISTER)
    person = Person.objects.get(name="Ada Quince")
    entry = move_to_trash(person, by=None)
    roles = Membership.all_objects.count()
    report = import_register(tmp_path, REGISTER)
    assert report.refusals == []
    assert figures(report, "people") == (0, 0, 1, 1)
    assert any("which is in the trash, and waits" in note for note in report.notes)
    assert not Person.objects.filter(name="Ada Quince").exists()
    assert Membership.all_objects.count() == roles
    restore_from_trash(entry, by=None)
    assert figures(import_register(tmp_path, REGISTER), "people") == (0, 0, 2, 0)
    assert Person.objects.get(name="Ada Quince").memberships.count() == 2


def test_who_is_called_as_a_row_in_the_trash_makes_no_second_row(tmp_path: Path) -> None:
    person = make_person("Bo Teal")
    move_to_trash(person, by=None)
    report = import_register(tmp_path, {"persons": [TEAL]})
    assert figures(report, "people") == (0, 0, 0, 1)
    assert f"Bo Teal is no. {person.pk}, which is in the trash" in report.notes[0]
    assert Person.all_objects.count() == 1


def test_an_organization_in_the_trash_takes_no_roles(tmp_path: Path) -> None:
    organization = make_organization("Skerry Council")
    organization.identifiers.create(scheme="skerry", identifier="o1")
    move_to_trash(organization, by=None)
    import_register(tmp_path, REGISTER)
    assert not Organization.objects.filter(name="Skerry Council").exists()
    assert not Membership.all_objects.filter(organization=organization).exists()
    assert Person.objects.filter(name=QUINCE["name"]).exists()
