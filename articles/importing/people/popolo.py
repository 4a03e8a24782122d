"""Popolo JSON: one object, an array, JSON Lines, or one object with lists of persons, organizations, memberships.

EveryPolitician's files are of the last kind: roles without dates have those of their legislative period. Addresses,
accounts, birthdays and pictures are passed over. Source: https://www.popoloproject.com/specs/
"""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, BinaryIO, cast

from articles.importing.json_text import first_keys, load, looks_like_json, records
from articles.importing.parsed import Refused
from articles.importing.unfit import Unfit

from .fields import key, kind, line, period, prose, web_address
from .parsed import (
    Key,
    NameKind,
    Parsed,
    ParsedMembership,
    ParsedOrganization,
    ParsedOtherName,
    ParsedPerson,
)
from .sections import Part, sections

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


def read(stream: BinaryIO, name: str) -> Iterator[Parsed | Refused]:
    """Yield one outcome a person, organization or role of ``stream`` (UTF-8, seekable), whatever their order there.

    Raises ReadError only when the rest of the file cannot be read.
    """
    lists = sections(stream)
    stream.seek(0)
    if not lists.keys() & _COLLECTIONS:
        yield from _each(stream, "", _Context())
        return
    context = _Context.of(lists)
    for section, what in (*_LISTS, ("memberships", "membership")):
        if section in lists:
            around = f'{{"persons": [], "{section}": ['.encode(), b"]}"
            if section == "persons":
                around = b'{"persons": [', b"]}"
            yield from _each(cast(BinaryIO, lists[section]), what, context, *around)


class _Context:
    """What roles point to by its id: posts, and the periods of a legislature."""

    def __init__(self) -> None:
        self.posts: dict[str, dict[str, Any]] = {}
        self.periods: dict[str, tuple[Any, Any]] = {}

    @classmethod
    def of(cls, lists: dict[str, Part]) -> "_Context":
        """Read the posts and events of a file, and keep what roles need of them."""
        context = cls()
        for section in ("posts", "events"):
            for data in records(cast(BinaryIO, lists[section])) if section in lists else ():
                try:
                    value = load(data or b"")
                except Unfit:
                    continue
                context.keep_post(value) if section == "posts" else context.keep_period(value)
        return context

    def keep_post(self, value: Any, organization: Any = None) -> None:
        """Keep the role that a post means, and where it is held."""
        if isinstance(value, dict) and isinstance(value.get("id"), str):
            role = value.get("role") or value.get("label")
            where = value.get("organization_id") or organization
            self.posts[value["id"]] = {"role": role, "organization_id": where}

    def keep_period(self, value: Any) -> None:
        """Keep the first and the last day of an event."""
        if isinstance(value, dict) and isinstance(value.get("id"), str):
            self.periods[value["id"]] = value.get("start_date"), value.get("end_date")


def _each(
    stream: BinaryIO, what: str, context: _Context, before: bytes = b"", after: bytes = b""
) -> Iterator[Parsed | Refused]:
    for number, data in enumerate(records(stream), 1):
        record = f"{what} {number}".strip()
        if data is None:
            yield Refused(record, "file", "it has more than 10 MB", "Leave it out.")
            continue
        try:
            value = load(data)
            if not isinstance(value, dict):
                raise Unfit("file", "it is no object", _REMEDY)
            yield from _parsed(value, what or _what(value), record, data, context, (before, after))
        except Unfit as error:
            yield Refused(record, error.field, str(error), error.remedy, data, before, after)


def _what(value: dict[str, Any]) -> str:
    """Tell what a record by itself is."""
    keys = value.keys()
    if keys & _MEMBERSHIP and not keys & _PERSON and "name" not in keys:
        return "membership"
    return "organization" if keys & _ORGANIZATION and not keys & _PERSON else "person"


def _parsed(
    value: dict[str, Any],
    what: str,
    record: str,
    data: bytes,
    context: _Context,
    around: tuple[bytes, bytes],
) -> Iterator[Parsed | Refused]:
    bytes_: dict[str, Any] = {"record": record, "original": data}
    bytes_ |= {"before": around[0], "after": around[1]}
    if what == "membership":
        yield replace(_membership(value, context), person=_person_of(value), **bytes_)
        return
    for post in _dicts(value, "posts") if what == "organization" else ():
        context.keep_post(post, value.get("id"))
    named = _named(value) | bytes_
    if what == "organization":
        yield _organization(value, named)
    else:
        yield _person(value, named, tuple(_roles(value, context)))
    for inner in _dicts(value, "memberships") if what == "organization" else ():
        if inner.get("person_id") or isinstance(inner.get("person"), dict):
            inner = {"organization_id": value.get("id"), **inner}
            whole = json.dumps(inner).encode()
            yield from _parsed(inner, "membership", record, whole, context, (b"", b""))


def _named(value: dict[str, Any]) -> dict[str, Any]:
    """Return what people and organizations have in common."""
    name = line(value.get("name"), "name")
    others = []
    for other in _dicts(value, "other_names"):
        note = str(other.get("note") or "").casefold()
        called = next((kind for word, kind in _KINDS.items() if word in note), "alias")
        text = line(other.get("name"), "other_names", "name")
        others += [ParsedOtherName(text, called)] if text and text != name else []  # type: ignore[arg-type]
    return {"name": name, "keys": _keys(value, name), "other_names": tuple(dict.fromkeys(others))}


def _keys(value: dict[str, Any], name: str) -> tuple[Key, ...]:
    """Return the source's own id, else the name, and what other registers say."""
    own = line(value.get("id"), "id", "identifier") or name
    found = [key(one.get("scheme"), one.get("identifier")) for one in _dicts(value, "identifiers")]
    return tuple(dict.fromkeys([("", own), *filter(None, found)]))


def _organization(value: dict[str, Any], named: dict[str, Any]) -> ParsedOrganization:
    if not named["name"]:
        raise Unfit("name", "the organization has none", "Give its name.")
    about = value.get("description") or value.get("abstract")
    short = next((one.name for one in named["other_names"] if one.kind == "abbreviation"), "")
    parent = _inner_key(value, "parent")
    return ParsedOrganization(
        **named,
        abbreviation=short if len(short) <= 40 else "",
        kind=kind(value.get("classification")),
        description=prose(about, "description"),
        parent=parent[0] if parent and parent != named["keys"][:1] else None,
    )


def _person(
    value: dict[str, Any], named: dict[str, Any], roles: tuple[ParsedMembership, ...]
) -> ParsedPerson:
    given, family = (line(value.get(part), part) for part in ("given_name", "family_name"))
    if not named["name"]:
        named["name"] = line(f"{given} {family}", "name")
        named["keys"] = tuple(one for one in named["keys"] if one[1]) or (("", named["name"]),)
    if not named["name"]:
        raise Unfit("name", "the person has none", "Give the name in full.")
    return ParsedPerson(
        **named,
        given_name=given,
        family_name=family,
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
    where = {**value} if value.get("organization_id") or value.get("organization") else post
    begins, ends = context.periods.get(str(value.get("legislative_period_id")), (None, None))
    start, end = period(value.get("start_date") or begins, value.get("end_date") or ends)
    role = value.get("role") or post.get("role") or post.get("label") or value.get("label")
    sources = [web_address(one.get("url")) for one in _dicts(value, "sources")]
    return ParsedMembership(
        organization=_where(where),
        role=line(role, "role") or "member",
        start_date=start,
        end_date=end,
        source_url=next(filter(None, sources), ""),
    )


def _where(value: dict[str, Any]) -> ParsedOrganization:
    inner = value.get("organization")
    if isinstance(inner, dict) and inner.get("name"):
        return _organization(inner, _named(inner))
    if isinstance(inner, str) and inner.strip():
        return ParsedOrganization(name=line(inner, "organization", "name"))
    keys = _inner_key(value, "organization")
    if not keys:
        raise Unfit("organization_id", "the role is held nowhere", "Name its organization.")
    return ParsedOrganization(keys=keys)


def _person_of(value: dict[str, Any]) -> tuple[Key, ...]:
    keys = _inner_key(value, "person")
    if not keys:
        raise Unfit("person_id", "it says nobody who holds the role", "Name the person.")
    return keys


def _inner_key(value: dict[str, Any], what: str) -> tuple[Key, ...]:
    """Return the keys of the row that ``what`` or ``what_id`` points to, none when nothing is said."""
    inner = value.get(what)
    if isinstance(inner, dict):
        return tuple(one for one in _keys(inner, line(inner.get("name"), "name")) if one[1])
    own = line(value.get(f"{what}_id"), f"{what}_id", "identifier")
    return (("", own),) if own else ()


def _dicts(value: dict[str, Any], field: str) -> list[dict[str, Any]]:
    """Return the objects of a list. Raises Unfit when it holds something else."""
    found = value.get(field) or []
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise Unfit(field, "it is no list of objects", _REMEDY)
    return found
