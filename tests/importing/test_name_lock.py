"""The same import of people, or of topics, three times at once: each name comes in once, and all end well."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from time import sleep
from typing import Any

import pytest
from django.db import connection

from articles.importing.people.store import RowWriter
from articles.models import Identifier, Membership, Organization, Person, Tag
from tests.importing.people.files import REGISTER, figures, import_register
from tests.importing.topics.test_store import BOATS, RAFTS, SEA, import_concepts

pytestmark = pytest.mark.django_db(transaction=True)
AT_ONCE = 3
# No ids: only the name tells who they are.
TABLE = (
    "name,role,organization\nAda Quince,councillor,Skerry Council\nBo Teal,chair,Harbour Board\n"
)


def run_at_once(work: Any) -> list[Any]:
    """Do ``work`` with the numbers 0, 1, 2 in threads with a connection each; return what came of each."""
    barrier = Barrier(AT_ONCE)

    def start(number: int) -> Any:
        try:
            connection.ensure_connection()
            barrier.wait(20)
            return work(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(start, range(AT_ONCE)))


@pytest.mark.parametrize(("register", "suffix"), [(REGISTER, "json"), (TABLE, "csv")])
def test_a_register_of_people_three_times_at_once_comes_in_once(
    tmp_path: Path, register, suffix, monkeypatch
):
    create = RowWriter.create

    def create_late(writer: RowWriter, records: Any) -> list[int]:
        """Give others the time to look for the same names before they are there."""
        sleep(0.2)
        return create(writer, records)

    monkeypatch.setattr(RowWriter, "create", create_late)

    def import_one(number: int) -> Any:
        return import_register(tmp_path, register, name=f"register-{number}.{suffix}")

    reports = run_at_once(import_one)
    assert [report.refusals for report in reports] == [[]] * AT_ONCE
    names = sorted(Person.objects.values_list("name", flat=True))
    assert names == ["Ada Quince", "Bo Teal"]
    assert sorted(Organization.objects.values_list("name", flat=True)) == [
        "Harbour Board",
        "Skerry Council",
    ]
    assert sorted(figures(report, "people")[0] for report in reports) == [0, 0, 2]
    roles = Membership.objects.values_list("person", "organization", "role")
    assert len(roles) == len(set(roles))
    identifiers = Identifier.objects.values_list("scheme", "identifier")
    assert len(identifiers) == len(set(identifiers))


def test_a_vocabulary_three_times_at_once_comes_in_once():
    reports = run_at_once(lambda number: import_concepts(SEA, BOATS, RAFTS))
    assert sorted(report.created for report in reports) == [0, 0, 3]
    assert sorted(Tag.objects.values_list("name", flat=True)) == ["boats", "rafts", "sea"]
