"""The files of congress-legislators: members and their terms, the executive, committees and who sits on them.

A party has no first day: the files do not say when somebody joined, and a seat is the role to print. Seats of one
committee have no dates at all. Source: https://github.com/unitedstates/congress-legislators
"""

import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from articles.importing.formats.types import ReadError, RecordError, RejectedRecord
from articles.text.messages import Message

from .fields import key, line, period
from .types import Key, Parsed, ParsedMembership, ParsedOrganization, ParsedOtherName, ParsedPerson
from .yaml_text import entries, load

_POSTAL_CODES = """
AL Alabama|AK Alaska|AZ Arizona|AR Arkansas|CA California|CO Colorado|CT Connecticut|DE Delaware|FL Florida|GA Georgia
HI Hawaii|ID Idaho|IL Illinois|IN Indiana|IA Iowa|KS Kansas|KY Kentucky|LA Louisiana|ME Maine|MD Maryland
MA Massachusetts|MI Michigan|MN Minnesota|MS Mississippi|MO Missouri|MT Montana|NE Nebraska|NV Nevada|NH New Hampshire
NJ New Jersey|NM New Mexico|NY New York|NC North Carolina|ND North Dakota|OH Ohio|OK Oklahoma|OR Oregon
PA Pennsylvania|RI Rhode Island|SC South Carolina|SD South Dakota|TN Tennessee|TX Texas|UT Utah|VT Vermont|VA Virginia
WA Washington|WV West Virginia|WI Wisconsin|WY Wyoming|DC the District of Columbia|PR Puerto Rico|GU Guam
AS American Samoa|VI the U.S. Virgin Islands|MP the Northern Mariana Islands
"""
STATES = dict(state.split(" ", 1) for state in _POSTAL_CODES.strip().replace("\n", "|").split("|"))

NAME = "congress-legislators"

_PEOPLE = re.compile(rb"(?:^|\n)- (?:id|name|terms|bio):(?=[ \r\n])")
_IDS = re.compile(rb"\n +(?:bioguide|govtrack|icpsr): ")
_COMMITTEES = re.compile(rb"(?:^|\n)(?:- |  )thomas_id: ")
_COMMITTEE_MEMBERS = re.compile(rb"(?:^|\n)[HSJ][A-Z]{3}\d*:\s*\n- name: ")


def _government(name: str, wikidata: str) -> ParsedOrganization:
    keys = (("", name), ("wikidata", wikidata))
    return ParsedOrganization(name=name, keys=keys, kind="government")


HOUSE = _government("United States House of Representatives", "Q11701")
SENATE = _government("United States Senate", "Q66096")
EXECUTIVE = _government("Federal government of the United States", "Q48525")
_CHAMBERS = {"house": HOUSE, "senate": SENATE}
_PARTIES = {  # as the files call them: the name, and the id in Wikidata
    "Democrat": ("Democratic Party", "Q29552"),
    "Republican": ("Republican Party", "Q29468"),
}
_NO_PARTY = {"", "independent", "no party", "none", "nonpartisan"}


def identify(head: bytes, name: str) -> bool:
    """Tell whether a file is one of theirs, by the ids in its first entries."""
    return bool((_PEOPLE.search(head) and _IDS.search(head)) or _is_about_committees(head))


def read(stream: BinaryIO, name: str) -> Iterator[Parsed | RejectedRecord]:
    """Yield one outcome a member, committee or seat of ``stream``; ``record`` names its first line.

    Raises ReadError for their files of offices and accounts: these do not come in.
    """
    head = stream.read(8192)
    stream.seek(0)
    if re.search(rb"\n  (?:offices|social):", head):
        raise ReadError(
            Message(
                "It holds addresses or accounts, which do not come in. Leave it out.",
                code="people.contacts",
            )
        )
    parse = (
        _committee_member
        if _COMMITTEE_MEMBERS.search(head)
        else _committee
        if _is_about_committees(head)
        else _member
    )
    for above, data, number in entries(stream):
        record = f"line {number}"
        origin = {"record": record, "original": data, "before": above}
        try:
            yield from parse(load(data), above.decode().strip(": \r\n"), origin)
        except RecordError as error:
            yield RejectedRecord(record, error.field, error.reason, error.remedy, data, above)


def _is_about_committees(head: bytes) -> bool:
    is_committee = _COMMITTEES.search(head) and re.search(rb"(?:^|\n)(?:- |  )type: ", head)
    return bool(is_committee or _COMMITTEE_MEMBERS.search(head))


def _member(
    value: dict[str, Any], above: str, origin: dict[str, Any]
) -> Iterator[Parsed | RejectedRecord]:
    name_fields, keys = _dict(value, "name"), tuple(_keys(_dict(value, "id")))
    if not keys:
        raise RecordError("id", Message("it has none", code="people.no_name"), "Give its ids.")
    first, last, full = (
        line(name_fields.get(part), part, "name") for part in ("first", "last", "official_full")
    )
    suffix = line(name_fields.get("suffix"), "suffix", "honorific")
    short = " ".join(filter(None, [first, last, suffix]))
    name = full or short
    if not (first and last):
        raise RecordError(
            "name",
            Message("it lacks the first or the last", code="people.name_part"),
            "Give the name in full.",
        )
    nick = line(name_fields.get("nickname"), "nickname", "name")
    others = [f"{first} {last}", f"{nick} {last}" if nick else ""]
    terms = _dicts(value, "terms")
    roles = [*_parties(terms), *map(_leadership_role, _dicts(value, "leadership_roles"))]
    yield ParsedPerson(
        **origin,
        name=line(name, "name"),
        keys=keys,
        given_name=line(first, "first", "given_name"),
        family_name=line(last, "last", "family_name"),
        sort_name=line(f"{last}, {first}{' ' + suffix if suffix else ''}", "name", "sort_name"),
        other_names=tuple(
            ParsedOtherName(other_name)
            for other_name in dict.fromkeys(others)
            if other_name and other_name != name
        ),
        memberships=(*roles, *map(_term, terms)),
    )


def _keys(ids: dict[str, Any]) -> Iterator[Key]:
    for scheme, values in ids.items():
        for value in values if isinstance(values, list) else [values]:
            pair = key(scheme, value)
            if pair:
                yield pair


def _term(term: dict[str, Any]) -> ParsedMembership:
    """Return a term in a chamber, or of a president."""
    place = STATES.get(str(term.get("state")), str(term.get("state") or ""))
    offices = {
        "rep": (HOUSE, f"representative from {place}"),
        "sen": (SENATE, f"senator from {place}"),
        "prez": (EXECUTIVE, "President of the United States"),
        "viceprez": (EXECUTIVE, "Vice President of the United States"),
    }
    office = offices.get(str(term.get("type")))
    if not office:
        raise RecordError(
            "terms",
            Message("the type of a term is not known", code="people.term_type"),
            "Write rep, sen, prez or viceprez.",
        )
    organization, role = office
    if organization is HOUSE and term.get("state") in ("DC", "GU", "AS", "VI", "MP"):
        role = f"delegate from {place}"
    if organization is HOUSE and term.get("state") == "PR":
        role = f"resident commissioner of {place}"
    start, end = period(term.get("start"), term.get("end"))
    return ParsedMembership(organization, line(role, "role"), start_date=start, end_date=end)


def _leadership_role(role: dict[str, Any]) -> ParsedMembership:
    chamber = _CHAMBERS.get(str(role.get("chamber")))
    if not chamber:
        raise RecordError(
            "leadership_roles",
            Message("its chamber is not known", code="people.chamber"),
            "Write house or senate.",
        )
    start, end = period(role.get("start"), role.get("end"))
    title = line(role.get("title"), "title", "role") or "leader"
    return ParsedMembership(chamber, title, start_date=start, end_date=end)


def _parties(terms: list[dict[str, Any]]) -> Iterator[ParsedMembership]:
    """Yield the parties, each once; one that was left ends where the next begins."""
    spells = []
    for term in terms:
        inner = [*_dicts(term, "party_affiliations"), term][
            : -1 if "party_affiliations" in term else 1
        ]
        spells += [
            (line(affiliation.get("party"), "party", "name"), affiliation.get("end"))
            for affiliation in inner
        ]
    end_dates = {}
    for place, (party, end) in enumerate(spells):
        has_left = any(other != party for other, _ in spells[place + 1 :])
        end_dates[party] = end if has_left else ""
    for party, end in end_dates.items():
        if party.casefold() not in _NO_PARTY:
            yield ParsedMembership(_party(party), "member", end_date=period("", end)[1])


def _party(party: str) -> ParsedOrganization:
    name, wikidata = _PARTIES.get(party, ("", ""))
    name = name or (party if "party" in party.casefold() else f"{party} Party")
    keys: list[Key] = [("", f"party/{name}")]
    keys += [("wikidata", wikidata)] if wikidata else []
    return ParsedOrganization(name=name, keys=tuple(keys), kind="party")


def _committee(
    value: dict[str, Any], above: str, origin: dict[str, Any]
) -> Iterator[Parsed | RejectedRecord]:
    """Yield a committee, then its subcommittees, whose names stand behind its own."""
    name, committee_code = (
        line(value.get("name"), "name"),
        line(value.get("thomas_id"), "identifier"),
    )
    if not name or not committee_code:
        raise RecordError(
            "thomas_id" if name else "name",
            Message("the committee has none", code="people.no_id"),
            "Give it.",
        )
    chamber = _CHAMBERS.get(str(value.get("type")))
    yield ParsedOrganization(
        **origin,
        name=name,
        keys=(("", committee_code),),
        kind="government",
        parent=chamber.keys[0] if chamber else None,
    )
    for inner in _dicts(value, "subcommittees"):
        subcommittee = line(inner.get("name"), "subcommittees", "name")
        code = line(inner.get("thomas_id"), "subcommittees", "identifier")
        if subcommittee and code:
            full_name = line(f"{name}: {subcommittee}", "subcommittees", "name")
            keys = (("", committee_code + code),)
            yield ParsedOrganization(
                **origin, name=full_name, keys=keys, kind="government", parent=("", committee_code)
            )


def _committee_member(
    value: dict[str, Any], above: str, origin: dict[str, Any]
) -> Iterator[Parsed | RejectedRecord]:
    """Yield one seat on the committee whose code stands ``above`` it."""
    bioguide = key("bioguide", value.get("bioguide"))
    if not bioguide:
        raise RecordError(
            "bioguide",
            Message("it says nobody who has the seat", code="people.no_member"),
            "Give the member's id.",
        )
    committee = ParsedOrganization(keys=(("", above),))
    role = line(value.get("title"), "title", "role") or "member"
    yield ParsedMembership(committee, role, person=(bioguide,), **origin)


def _dict(value: dict[str, Any], field: str) -> dict[str, Any]:
    mapping = value.get(field)
    if not isinstance(mapping, dict):
        raise RecordError(
            field,
            Message("it is not “key: value”", code="people.type"),
            "Correct it and import it again.",
        )
    return mapping


def _dicts(value: dict[str, Any], field: str) -> list[dict[str, Any]]:
    items = value.get(field) or []
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise RecordError(
            field,
            Message("it is no list of “key: value”", code="people.type"),
            "Correct it and import it again.",
        )
    return items
