"""The register of the United States Congress, as it really is."""

from datetime import date
from pathlib import Path

import pytest
import yaml
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.importing.people.options import PeopleOptions
from articles.importing.people.run import import_people
from articles.models import Identifier, Membership, Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def congress(shared: Path) -> Path:
    return shared / "formats" / "congress-legislators"


def test_all_legislators_come_in_once_with_their_ids_and_the_roles_of_each_day(
    congress: Path,
) -> None:
    path = str(congress / "legislators-current.yaml")
    options = PeopleOptions(source="congress", confirm=True)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        first = import_people([path], options)
    assert first.refusals == []
    assert len(captured) < 200  # for 537 people, 3,400 roles and 6,500 ids
    assert first.counts["people"]["created"] == Person.objects.count() == 537
    assert first.seconds < 30
    again = import_people([path], options)
    for counts in again.counts.values():
        assert (counts["created"], counts["updated"], counts["waiting"]) == (0, 0, 0)
    members = yaml.load((congress / "legislators-current.yaml").read_bytes(), yaml.CSafeLoader)
    wrong = []
    for member in members[::25]:
        identifier = Identifier.objects.get(scheme="bioguide", identifier=member["id"]["bioguide"])
        for term in member["terms"]:
            day = date.fromisoformat(term["start"])
            role = identifier.person.role_on(day)
            chamber = {"rep": "House", "sen": "Senate"}[term["type"]]
            if not role or chamber not in role.organization.name:
                wrong.append((member["name"], day, role))
    assert wrong == []
    ids = sum(len(v) if isinstance(v, list) else 1 for m in members for v in m["id"].values())
    assert Identifier.objects.filter(person__isnull=False).count() == ids


def test_the_whole_folder_comes_in_whatever_the_order_of_its_files(congress: Path) -> None:
    options = PeopleOptions(source="congress")
    first = import_people([str(congress)], options)
    files = {Path(row["file"]).name for row in first.refusals}
    assert first.counts["people"]["created"] == Person.objects.count(), first.notes
    assert files >= {"legislators-district-offices.yaml", "legislators-social-media.yaml"}
    assert (
        Membership.objects.filter(organization__name="House Committee on Agriculture").count() > 40
    )
    again = import_people([str(congress)], options)
    for kind, counts in again.counts.items():
        assert (kind, counts["created"], counts["updated"]) == (kind, 0, 0)
