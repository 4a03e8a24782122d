"""Readers of people take whatever stands in a file, and never break."""

import json
from contextlib import suppress
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft3Validator
from referencing import Registry, Resource

from articles.importing.formats import READERS as STORY_READERS
from articles.importing.formats.types import ReadError, RejectedRecord
from articles.importing.people.formats import csv_people, legislators, popolo, sections
from articles.importing.people.run import READERS
from tests.importing.people.files import BOARD, COUNCIL, COUNCILLOR, QUINCE, REGISTER, TEAL

MEMBER = b"""\
- id:
    bioguide: Q000001
    wikidata: Q99
  name:
    first: Ada
    last: Quince
  terms:
  - type: rep
    start: '2019-01-03'
    end: '2021-01-03'
    state: WA
    party: Democrat
"""
COMMITTEE = b"- type: house\n  name: House Committee on Tides\n  thomas_id: HSTD\n"
COMMITTEE_MEMBERS = b"HSTD:\n- name: Ada Quince\n  bioguide: Q000001\n  title: Chair\n"
TABLE = b"name,role,organization\nAda Quince,chair,Harbour Board\n"
VALID_FILES = {
    "register.json": json.dumps(REGISTER).encode(),
    "person.json": json.dumps(QUINCE).encode(),
    "people.json": json.dumps([QUINCE, TEAL]).encode(),
    "memberships.json": json.dumps([COUNCILLOR]).encode(),
    "organizations.json": json.dumps([COUNCIL]).encode(),
    "members.yaml": MEMBER,
    "committees.yaml": COMMITTEE,
    "seats.yaml": COMMITTEE_MEMBERS,
    "people.csv": TABLE,
}


def outcomes(reader: Any, data: bytes) -> list[Any]:
    return list(reader.read(BytesIO(data), "x"))


@pytest.mark.parametrize("name", VALID_FILES)
def test_exactly_one_reader_claims_a_file_and_none_of_stories(name: str) -> None:
    head = VALID_FILES[name][:8192]
    assert len([reader.NAME for reader in READERS if reader.identify(head, "x")]) == 1
    assert [reader.NAME for reader in STORY_READERS if reader.identify(head, name)] == []


def test_no_file_of_a_story_is_taken_for_people(shared: Path) -> None:
    for folder in ("ninjs", "wikinews", "cms-exports", "superdesk-wires", "jsonfeed", "markdown"):
        for path in sorted((shared / "formats" / folder).rglob("*")):
            head = path.read_bytes()[:8192] if path.is_file() else b""
            assert not any(reader.identify(head, path.name) for reader in READERS), path


HOSTILE = [
    b"",
    b"\0" * 100,
    b"x" * 1_000_000,
    b"[" * 100_000,
    b'{"a":' * 100_000,
    b'{"persons": [' + b"[" * 5000,
    b'{"persons": [{"name": "\\ud800\\u0000 \xff"}]}',
    b'{"persons": [1, null, "x", [], {}, {"name": {}}], "memberships": [{}], "organizations": [0]}',
    b'{"persons": "x", "organizations": {}}',
    b'"' + b"\\" * 100_001,
    b"- " * 100_000,
    b"- id: &a [*a]\n  bioguide: 1\n",
    b"- id:\n    bioguide: " + b"[" * 10_000,
    b"- id: {bioguide: A}\n  name: !!python/object:os.system {first: a, last: b}\n",
    b'name,role\n"' + b"a" * 2_000_000,
    b"name,role\n\0\0,\xff\xfe\n",
    b"name,role\n" + b"," * 10_000,
]


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.NAME)
@pytest.mark.parametrize("data", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_input_is_refused_in_words(reader: Any, data: bytes) -> None:
    records = []
    with suppress(ReadError):
        records = outcomes(reader, data)
    for record in records:
        assert isinstance(record, RejectedRecord) or "\0" not in repr(
            replace(record, original=b"", before=b"")
        )


@given(
    data=st.binary(max_size=300), name=st.sampled_from(sorted(VALID_FILES)), at=st.integers(0, 400)
)
@settings(max_examples=150, deadline=None)
def test_no_bytes_break_a_reader(data: bytes, name: str, at: int) -> None:
    mixed = VALID_FILES[name][:at] + data + VALID_FILES[name][at:]
    for reader in READERS:
        with suppress(ReadError):
            assert all(record is not None for record in outcomes(reader, mixed))


@pytest.mark.parametrize(
    ("reader", "data"),
    [
        (popolo, json.dumps(REGISTER | {"persons": [{"id": "x"}, QUINCE]}).encode()),
        (popolo, json.dumps(REGISTER | {"organizations": [{"id": "x"}]}).encode()),
        (popolo, json.dumps(REGISTER | {"memberships": [{"role": "x"}]}).encode()),
        (csv_people, b"name,role,organization,start_date\nAda,chair,Board,soon\nBo,x,y,2019\n"),
        (legislators, MEMBER + MEMBER.replace(b"  - type: rep", b"  - type: duke")),
        (legislators, COMMITTEE_MEMBERS + b"- name: Bo Teal\n  rank: 2\n"),
    ],
)
def test_a_refused_record_can_be_read_alone(reader: Any, data: bytes) -> None:
    [refused] = [
        outcome for outcome in outcomes(reader, data) if isinstance(outcome, RejectedRecord)
    ]
    alone = outcomes(reader, refused.before + refused.original + refused.after)
    [again] = [outcome for outcome in alone if isinstance(outcome, RejectedRecord)]
    assert (again.field, again.reason) == (refused.field, refused.reason)
    assert len(alone) == 1


def test_a_list_within_an_object_is_read_by_itself() -> None:
    data = b' {"a": {"persons": [1]}, "persons": ["]", {"b": [1]}], "n": 1, "posts": []}'
    lists = sections.sections(BytesIO(data))
    assert {name: section.read() for name, section in lists.items()} == {
        "persons": b'["]", {"b": [1]}]',
        "posts": b"[]",
    }


@pytest.mark.parametrize(
    ("schema_name", "values"),
    [
        ("person", [QUINCE, TEAL]),
        ("organization", [COUNCIL, BOARD]),
        ("membership", [COUNCILLOR]),
    ],
)
def test_our_examples_are_popolo(shared: Path, schema_name: str, values: list[Any]) -> None:
    registry: Registry[Any] = Registry()
    for path in sorted((shared / "formats" / "popolo" / "schemas").glob("*.json")):
        schema = json.loads(path.read_text())
        resource = Resource.opaque(schema)
        registry = registry.with_resource(schema["id"], resource).with_resource(
            schema["id"].rstrip("#"), resource
        )
        if path.stem == schema_name:
            expected_schema = schema
    for value in values:
        assert list(Draft3Validator(expected_schema, registry=registry).iter_errors(value)) == []
