"""Popolo JSON: one object, an array, JSON Lines, or one object with lists of persons, organizations, memberships.

EveryPolitician's files are of the last kind: roles without dates have those of their legislative period. Addresses,
accounts, birthdays and pictures are passed over. Source: https://www.popoloproject.com/specs/
"""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, BinaryIO, cast

from articles.importing.formats.common.json_records import (
    first_keys,
    iter_json_records,
    load_json,
    looks_like_json,
)
from articles.importing.formats.types import RecordError, RejectedRecord
from articles.text.messages import Message

from .fields import key, kind, line, period, prose, web_address
from .sections import ListSection, sections
from .types import (
    Key,
    NameKind,
    Parsed,
    ParsedMembership,
    ParsedOrganization,
    ParsedOtherName,
    ParsedPerson,
)

NAME = "popolo"

_COLLECTIONS = {"persons", "people", "organizations"}
_LISTS = (("organizations", "organization"), ("persons", "person"), ("people", "person"))
_PERSON = {"given_name", "family_name", "honorific_prefix", "birth_date", "biography", "gender"}
_PERSON |= {"sort_name", "death_date", "honorific_suffix", "additional_name", "patronymic_name"}
_ORGANIZATION = {"classification", "founding_date", "dissolution_date", "posts", "parent_id"}
_COMMON = {"identifiers", "other_names", "memberships", "contact_details"}
_MEMBERSHIP = {"person_id", "organization_id", "post_id", "on_behalf_of_id"}
_STORY = set("headline headlines uri version versioncreated body bodies title content".split())
_KINDS: dict[str, NameKind] = {"former": "former", "birth": "former", "maiden": "former"}
_KINDS |= {"acronym": "abbreviation", "abbreviation": "abbreviation", "translit": "transliteration"}
_REMEDY = "Correct it at the source and export it again."


def identify(head: bytes, name: str) -> bool:
    """Tell whether a file holds people, organizations or roles in Popolo's words, by its first keys."""
    keys = first_keys(head)
    if keys & _STORY:
        return False
    if keys & _COLLECTIONS or len(keys & _MEMBERSHIP) > 1:
        return looks_like_json(head)
    return "name" in keys and bool(keys & (_PERSON | _ORGANIZATION | _COMMON))


def read(stream: BinaryIO, name: str) -> Iterator[Parsed | RejectedRecord]:
    """Yield one outcome a person, organization or role of ``stream`` (UTF-8, seekable), whatever their order there.

    Raises ReadError only when the rest of the file cannot be read.
    """
    lists = sections(stream)
    stream.seek(0)
    if not lists.keys() & _COLLECTIONS:
        yield from _each(stream, "", _Context())
        return
    context = _Context.of(lists)
    for section, record_type in (*_LISTS, ("memberships", "membership")):
        if section in lists:
            wrapper = f'{{"persons": [], "{section}": ['.encode(), b"]}"
            if section == "persons":
                wrapper = b'{"persons": [', b"]}"
            yield from _each(cast(BinaryIO, lists[section]), record_type, context, *wrapper)


class _Context:
    """What roles point to by its id: posts, and the periods of a legislature."""

    def __init__(self) -> None:
        self.posts: dict[str, dict[str, Any]] = {}
        self.periods: dict[str, tuple[Any, Any]] = {}

    @classmethod
    def of(cls, lists: dict[str, ListSection]) -> "_Context":
        """Read the posts and events of a file, and keep what roles need of them."""
        context = cls()
        for section in ("posts", "events"):
            for data in (
                iter_json_records(cast(BinaryIO, lists[section])) if section in lists else ()
            ):
                try:
                    value = load_json(data or b"")
                except RecordError:
                    continue
                context.add_post(value) if section == "posts" else context.add_period(value)
        return context

    def add_post(self, value: Any, organization: Any = None) -> None:
        """Keep the role that a post means, and where it is held."""
        if isinstance(value, dict) and isinstance(value.get("id"), str):
            role = value.get("role") or value.get("label")
            organization_id = value.get("organization_id") or organization
            self.posts[value["id"]] = {"role": role, "organization_id": organization_id}

    def add_period(self, value: Any) -> None:
        """Keep the first and the last day of an event."""
        if isinstance(value, dict) and isinstance(value.get("id"), str):
            self.periods[value["id"]] = value.get("start_date"), value.get("end_date")


def _each(
    stream: BinaryIO, record_type: str, context: _Context, before: bytes = b"", after: bytes = b""
) -> Iterator[Parsed | RejectedRecord]:
    for number, data in enumerate(iter_json_records(stream), 1):
        record = f"{record_type} {number}".strip()
        if data is None:
            reason = Message("it has more than 10 MB", code="people.size")
            yield RejectedRecord(record, "file", reason, "Leave it out.")
            continue
        try:
            value = load_json(data)
            if not isinstance(value, dict):
                raise RecordError("file", Message("it is no object", code="people.type"), _REMEDY)
            yield from _parse_record(
                value, record_type or _record_type(value), record, data, context, (before, after)
            )
        except RecordError as error:
            yield RejectedRecord(
                record, error.field, error.reason, error.remedy, data, before, after
            )


def _record_type(value: dict[str, Any]) -> str:
    """Tell what a record by itself is."""
    keys = value.keys()
    if keys & _MEMBERSHIP and not keys & _PERSON and "name" not in keys:
        return "membership"
    return "organization" if keys & _ORGANIZATION and not keys & _PERSON else "person"


def _parse_record(
    value: dict[str, Any],
    record_type: str,
    record: str,
    data: bytes,
    context: _Context,
    wrapper: tuple[bytes, bytes],
) -> Iterator[Parsed | RejectedRecord]:
    origin: dict[str, Any] = {"record": record, "original": data}
    origin |= {"before": wrapper[0], "after": wrapper[1]}
    if record_type == "membership":
        yield replace(_membership(value, context), person=_person_of(value), **origin)
        return
    for post in _dicts(value, "posts") if record_type == "organization" else ():
        context.add_post(post, value.get("id"))
    common = _common_fields(value) | origin
    if record_type == "organization":
        yield _organization(value, common)
    else:
        yield _person(value, common, tuple(_roles(value, context)))
    for inner in _dicts(value, "memberships") if record_type == "organization" else ():
        if inner.get("person_id") or isinstance(inner.get("person"), dict):
            inner = {"organization_id": value.get("id"), **inner}
            whole = json.dumps(inner).encode()
            yield from _parse_record(inner, "membership", record, whole, context, (b"", b""))


def _common_fields(value: dict[str, Any]) -> dict[str, Any]:
    """Return what people and organizations have in common."""
    name = line(value.get("name"), "name")
    others = []
    for other in _dicts(value, "other_names"):
        note = str(other.get("note") or "").casefold()
        kinds = (kind for word, kind in _KINDS.items() if word in note)
        name_kind: NameKind = next(kinds, "alias")
        text = line(other.get("name"), "other_names", "name")
        others += [ParsedOtherName(text, name_kind)] if text and text != name else []
    return {"name": name, "keys": _keys(value, name), "other_names": tuple(dict.fromkeys(others))}


def _keys(value: dict[str, Any], name: str) -> tuple[Key, ...]:
    """Return the source's own id, else the name, and what other registers say."""
    own_id = line(value.get("id"), "id", "identifier") or name
    identifiers = [
        key(identifier.get("scheme"), identifier.get("identifier"))
        for identifier in _dicts(value, "identifiers")
    ]
    return tuple(dict.fromkeys([("", own_id), *filter(None, identifiers)]))


def _organization(value: dict[str, Any], common: dict[str, Any]) -> ParsedOrganization:
    if not common["name"]:
        reason = Message("the organization has none", code="people.no_name")
        raise RecordError("name", reason, "Give its name.")
    description = value.get("description") or value.get("abstract")
    short = next(
        (
            other_name.name
            for other_name in common["other_names"]
            if other_name.kind == "abbreviation"
        ),
        "",
    )
    parent = _reference(value, "parent")
    return ParsedOrganization(
        **common,
        abbreviation=short if len(short) <= 40 else "",
        kind=kind(value.get("classification")),
        description=prose(description, "description"),
        parent=parent[0] if parent and parent != common["keys"][:1] else None,
    )


def _person(
    value: dict[str, Any], common: dict[str, Any], roles: tuple[ParsedMembership, ...]
) -> ParsedPerson:
    given_name, family_name = (
        line(value.get(field), field) for field in ("given_name", "family_name")
    )
    if not common["name"]:
        common["name"] = line(f"{given_name} {family_name}", "name")
        common["keys"] = tuple(pair for pair in common["keys"] if pair[1]) or (
            ("", common["name"]),
        )
    if not common["name"]:
        reason = Message("the person has none", code="people.no_name")
        raise RecordError("name", reason, "Give the name in full.")
    return ParsedPerson(
        **common,
        given_name=given_name,
        family_name=family_name,
        sort_name=line(value.get("sort_name"), "sort_name"),
        honorific=line(value.get("honorific_prefix"), "honorific_prefix", "honorific"),
        biography=prose(value.get("biography") or value.get("summary"), "biography"),
        memberships=roles,
    )


def _roles(value: dict[str, Any], context: _Context) -> Iterator[ParsedMembership]:
    for inner in _dicts(value, "memberships"):
        yield _membership(inner, context)


def _membership(value: dict[str, Any], context: _Context) -> ParsedMembership:
    """Return a role; where it says no more than its post or its legislative period, these say it."""
    post = value.get("post") if isinstance(value.get("post"), dict) else {}
    post = {**context.posts.get(str(value.get("post_id")), {}), **(post or {})}
    organization_fields = (
        {**value} if value.get("organization_id") or value.get("organization") else post
    )
    begins, ends = context.periods.get(str(value.get("legislative_period_id")), (None, None))
    start, end = period(value.get("start_date") or begins, value.get("end_date") or ends)
    role = value.get("role") or post.get("role") or post.get("label") or value.get("label")
    sources = [web_address(source.get("url")) for source in _dicts(value, "sources")]
    return ParsedMembership(
        organization=_organization_of(organization_fields),
        role=line(role, "role") or "member",
        start_date=start,
        end_date=end,
        source_url=next(filter(None, sources), ""),
    )


def _organization_of(value: dict[str, Any]) -> ParsedOrganization:
    inner = value.get("organization")
    if isinstance(inner, dict) and inner.get("name"):
        return _organization(inner, _common_fields(inner))
    if isinstance(inner, str) and inner.strip():
        return ParsedOrganization(name=line(inner, "organization", "name"))
    keys = _reference(value, "organization")
    if not keys:
        reason = Message("the role is held nowhere", code="people.no_organization")
        raise RecordError("organization_id", reason, "Name its organization.")
    return ParsedOrganization(keys=keys)


def _person_of(value: dict[str, Any]) -> tuple[Key, ...]:
    keys = _reference(value, "person")
    if not keys:
        reason = Message("it says nobody who holds the role", code="people.no_person")
        raise RecordError("person_id", reason, "Name the person.")
    return keys


def _reference(value: dict[str, Any], field: str) -> tuple[Key, ...]:
    """Return the keys of the row that ``field`` or ``field_id`` points to, none when nothing is said."""
    inner = value.get(field)
    if isinstance(inner, dict):
        return tuple(pair for pair in _keys(inner, line(inner.get("name"), "name")) if pair[1])
    own_id = line(value.get(f"{field}_id"), f"{field}_id", "identifier")
    return (("", own_id),) if own_id else ()


def _dicts(value: dict[str, Any], field: str) -> list[dict[str, Any]]:
    """Return the objects of a list. Raises RecordError when it holds something else."""
    items = value.get(field) or []
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise RecordError(field, Message("it is no list of objects", code="people.type"), _REMEDY)
    return items
