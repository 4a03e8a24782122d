"""The files of congress-legislators: members and their terms, the executive, committees and who sits on them.

A party has no first day: the files do not say when somebody joined, and a seat is the role to print. Seats of one
committee have no dates at all. Source: https://github.com/unitedstates/congress-legislators
"""

import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from articles.importing.parsed import ReadError, Refused
from articles.importing.unfit import Unfit

from .fields import key, line, period
from .parsed import Key, Parsed, ParsedMembership, ParsedOrganization, ParsedOtherName, ParsedPerson
from .states import STATES
from .yaml_text import entries, load

NAME = "congress-legislators"

_PEOPLE = re.compile(rb"(?:^|\n)- (?:id|name|terms|bio):(?=[ \r\n])")
_IDS = re.compile(rb"\n +(?:bioguide|govtrack|icpsr): ")
_COMMITTEES = re.compile(rb"(?:^|\n)(?:- |  )thomas_id: ")
_SEATS = re.compile(rb"(?:^|\n)[HSJ][A-Z]{3}\d*:\s*\n- name: ")


def _house(name: str, wikidata: str) -> ParsedOrganization:
    keys = (("", name), ("wikidata", wikidata))
    return ParsedOrganization(name=name, keys=keys, kind="government")


HOUSE = _house("United States House of Representatives", "Q11701")
SENATE = _house("United States Senate", "Q66096")
EXECUTIVE = _house("Federal government of the United States", "Q48525")
_CHAMBERS = {"house": HOUSE, "senate": SENATE}
_PARTIES = {  # as the files call them: the name, and the id in Wikidata
    "Democrat": ("Democratic Party", "Q29552"),
    "Republican": ("Republican Party", "Q29468"),
}
_NO_PARTY = {"", "independent", "no party", "none", "nonpartisan"}


def identify(head: bytes, name: str) -> bool:
    """Tell whether a file is one of theirs, by the ids in its first entries."""
    return bool((_PEOPLE.search(head) and _IDS.search(head)) or _is_about_committees(head))


def read(stream: BinaryIO, name: str) -> Iterator[Parsed | Refused]:
    """Yield one outcome a member, committee or seat of ``stream``; ``record`` names its first line.

    Raises ReadError for their files of offices and accounts: these do not come in.
    """
    head = stream.read(8192)
    stream.seek(0)
    if re.search(rb"\n  (?:offices|social):", head):
        raise ReadError("It holds addresses or accounts, which do not come in. Leave it out.")
    parse = _seat if _SEATS.search(head) else _committee if _is_about_committees(head) else _member
    for above, data, number in entries(stream):
        record = f"line {number}"
        bytes_ = {"record": record, "original": data, "before": above}
        try:
            yield from parse(load(data), above.decode().strip(": \r\n"), bytes_)
        except Unfit as error:
            yield Refused(record, error.field, str(error), error.remedy, data, above)


def _is_about_committees(head: bytes) -> bool:
    is_committee = _COMMITTEES.search(head) and re.search(rb"(?:^|\n)(?:- |  )type: ", head)
    return bool(is_committee or _SEATS.search(head))


def _member(
    value: dict[str, Any], above: str, bytes_: dict[str, Any]
) -> Iterator[Parsed | Refused]:
    named, keys = _dict(value, "name"), tuple(_keys(_dict(value, "id")))
    if not keys:
        raise Unfit("id", "it has none", "Give its ids.")
    first, last, full = (
        line(named.get(part), part, "name") for part in ("first", "last", "official_full")
    )
    suffix = line(named.get("suffix"), "suffix", "honorific")
    short = " ".join(filter(None, [first, last, suffix]))
    name = full or short
    if not (first and last):
        raise Unfit("name", "it lacks the first or the last", "Give the name in full.")
    nick = line(named.get("nickname"), "nickname", "name")
    others = [f"{first} {last}", f"{nick} {last}" if nick else ""]
    terms = _dicts(value, "terms")
    roles = [*_parties(terms), *map(_leading, _dicts(value, "leadership_roles"))]
    yield ParsedPerson(
        **bytes_,
        name=line(name, "name"),
        keys=keys,
        given_name=line(first, "first", "given_name"),
        family_name=line(last, "last", "family_name"),
        sort_name=line(f"{last}, {first}{' ' + suffix if suffix else ''}", "name", "sort_name"),
        other_names=tuple(
            ParsedOtherName(one) for one in dict.fromkeys(others) if one and one != name
        ),
        memberships=(*roles, *map(_term, terms)),
    )


def _keys(ids: dict[str, Any]) -> Iterator[Key]:
    for scheme, values in ids.items():
        for one in values if isinstance(values, list) else [values]:
            found = key(scheme, one)
            if found:
                yield found


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
        raise Unfit("terms", "the type of a term is not known", "Write rep, sen, prez or viceprez.")
    where, role = office
    if where is HOUSE and term.get("state") in ("DC", "GU", "AS", "VI", "MP"):
        role = f"delegate from {place}"
    if where is HOUSE and term.get("state") == "PR":
        role = f"resident commissioner of {place}"
    start, end = period(term.get("start"), term.get("end"))
    return ParsedMembership(where, line(role, "role"), start_date=start, end_date=end)


def _leading(role: dict[str, Any]) -> ParsedMembership:
    where = _CHAMBERS.get(str(role.get("chamber")))
    if not where:
        raise Unfit("leadership_roles", "its chamber is not known", "Write house or senate.")
    start, end = period(role.get("start"), role.get("end"))
    title = line(role.get("title"), "title", "role") or "leader"
    return ParsedMembership(where, title, start_date=start, end_date=end)


def _parties(terms: list[dict[str, Any]]) -> Iterator[ParsedMembership]:
    """Yield the parties, each once; one that was left ends where the next begins."""
    spells = []
    for term in terms:
        inner = [*_dicts(term, "party_affiliations"), term][
            : -1 if "party_affiliations" in term else 1
        ]
        spells += [(line(one.get("party"), "party", "name"), one.get("end")) for one in inner]
    left = {}
    for place, (party, end) in enumerate(spells):
        is_left = any(other != party for other, _ in spells[place + 1 :])
        left[party] = end if is_left else ""
    for party, end in left.items():
        if party.casefold() not in _NO_PARTY:
            yield ParsedMembership(_party(party), "member", end_date=period("", end)[1])


def _party(party: str) -> ParsedOrganization:
    name, wikidata = _PARTIES.get(party, ("", ""))
    name = name or (party if "party" in party.casefold() else f"{party} Party")
    keys: list[Key] = [("", f"party/{name}")]
    keys += [("wikidata", wikidata)] if wikidata else []
    return ParsedOrganization(name=name, keys=tuple(keys), kind="party")


def _committee(
    value: dict[str, Any], above: str, bytes_: dict[str, Any]
) -> Iterator[Parsed | Refused]:
    """Yield a committee, then its subcommittees, whose names stand behind its own."""
    name, own = line(value.get("name"), "name"), line(value.get("thomas_id"), "identifier")
    if not name or not own:
        raise Unfit("thomas_id" if name else "name", "the committee has none", "Give it.")
    chamber = _CHAMBERS.get(str(value.get("type")))
    yield ParsedOrganization(
        **bytes_,
        name=name,
        keys=(("", own),),
        kind="government",
        parent=chamber.keys[0] if chamber else None,
    )
    for inner in _dicts(value, "subcommittees"):
        part = line(inner.get("name"), "subcommittees", "name")
        code = line(inner.get("thomas_id"), "subcommittees", "identifier")
        if part and code:
            whole = line(f"{name}: {part}", "subcommittees", "name")
            keys = (("", own + code),)
            yield ParsedOrganization(
                **bytes_, name=whole, keys=keys, kind="government", parent=("", own)
            )


def _seat(value: dict[str, Any], above: str, bytes_: dict[str, Any]) -> Iterator[Parsed | Refused]:
    """Yield one seat on the committee whose code stands ``above`` it."""
    bioguide = key("bioguide", value.get("bioguide"))
    if not bioguide:
        raise Unfit("bioguide", "it says nobody who has the seat", "Give the member's id.")
    where = ParsedOrganization(keys=(("", above),))
    role = line(value.get("title"), "title", "role") or "member"
    yield ParsedMembership(where, role, person=(bioguide,), **bytes_)


def _dict(value: dict[str, Any], field: str) -> dict[str, Any]:
    found = value.get(field)
    if not isinstance(found, dict):
        raise Unfit(field, "it is not “key: value”", "Correct it and import it again.")
    return found


def _dicts(value: dict[str, Any], field: str) -> list[dict[str, Any]]:
    found = value.get(field) or []
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise Unfit(field, "it is no list of “key: value”", "Correct it and import it again.")
    return found
