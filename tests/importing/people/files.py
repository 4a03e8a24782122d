"""Small registers of invented people."""

import json
from pathlib import Path
from typing import Any

from articles.importing.people.options import PeopleOptions
from articles.importing.people.report import PeopleReport
from articles.importing.people.run import import_people

QUINCE: dict[str, Any] = {
    "id": "p1",
    "name": "Ada Quince",
    "given_name": "Ada",
    "family_name": "Quince",
    "honorific_prefix": "Dr",
    "biography": "She was born on Skerry.",
    "other_names": [{"name": "Ada Pell", "note": "Birth name"}, {"name": "Dr Ada"}],
    "identifiers": [{"scheme": "wikidata", "identifier": "http://www.wikidata.org/entity/Q99"}],
}
TEAL: dict[str, Any] = {"id": "p2", "name": "Bo Teal", "given_name": "Bo"}
COUNCIL: dict[str, Any] = {"id": "o1", "name": "Skerry Council", "classification": "legislature"}
BOARD: dict[str, Any] = {"id": "o2", "name": "Harbour Board", "parent_id": "o1"}
COUNCILLOR: dict[str, Any] = {
    "person_id": "p1",
    "organization_id": "o1",
    "role": "councillor",
    "start_date": "2019-05",
    "end_date": "2023-05-04",
    "sources": [{"url": "https://register.example/seats/1"}],
}
CHAIR: dict[str, Any] = {"person_id": "p1", "post_id": "c1", "legislative_period_id": "t1"}
REGISTER: dict[str, Any] = {
    "memberships": [COUNCILLOR, CHAIR],
    "persons": [QUINCE, TEAL],
    "organizations": [BOARD, COUNCIL],
    "posts": [{"id": "c1", "role": "chair", "organization_id": "o2"}],
    "events": [{"id": "t1", "start_date": "2023-06-01", "end_date": "2027"}],
}


def import_register(
    folder: Path, value: Any, name: str = "register.json", **options: Any
) -> PeopleReport:
    """Write ``value`` (text, bytes, or what JSON can say) into ``folder`` and import it as source "skerry"."""
    text = value if isinstance(value, str | bytes) else json.dumps(value)
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return import_people([str(path)], PeopleOptions(**{"source": "skerry"} | options))


def figures(report: PeopleReport, kind: str) -> tuple[int, ...]:
    """Return created, updated, unchanged and waiting of one kind."""
    return tuple(
        report.counts[kind][outcome] for outcome in ("created", "updated", "unchanged", "waiting")
    )
