"""The shapes that every reader of people yields (Popolo's names).

Source: https://www.popoloproject.com/specs/
"""

from dataclasses import dataclass
from typing import Literal

Key = tuple[str, str]
"""An id and where it is one: scheme (``wikidata``; empty: the source's own), identifier."""

NameKind = Literal["alias", "former", "transliteration", "abbreviation"]
OrganizationKind = Literal[
    "", "government", "company", "agency", "alliance", "party", "court", "school", "club", "charity"
]


@dataclass(frozen=True, slots=True)
class ParsedOtherName:
    """One more name of a person or an organization."""

    name: str
    kind: NameKind = "alias"


@dataclass(frozen=True, slots=True)
class ParsedOrganization:
    """One organization as its source gives it. ``parent`` is a key of the one that it belongs to, or None.

    Without ``keys`` only its name tells it; without a name it only points to one that came before.
    """

    record: str = ""
    original: bytes = b""
    before: bytes = b""
    after: bytes = b""
    name: str = ""
    keys: tuple[Key, ...] = ()
    other_names: tuple[ParsedOtherName, ...] = ()
    abbreviation: str = ""
    kind: OrganizationKind = ""
    description: str = ""
    parent: Key | None = None


@dataclass(frozen=True, slots=True)
class ParsedMembership:
    """One role. Dates are partial (``YYYY[-MM[-DD]]``), empty when unknown; ``source_url`` is http or https.

    ``person`` are keys of who holds it, empty inside of a ``ParsedPerson``, whose it is.
    """

    organization: ParsedOrganization
    role: str
    record: str = ""
    original: bytes = b""
    before: bytes = b""
    after: bytes = b""
    person: tuple[Key, ...] = ()
    start_date: str = ""
    end_date: str = ""
    source_url: str = ""


@dataclass(frozen=True, slots=True)
class ParsedPerson:
    """One person as the source gives them. Each has a key: the source's own id, else the name stands for it."""

    record: str
    original: bytes
    name: str
    keys: tuple[Key, ...]
    before: bytes = b""
    after: bytes = b""
    given_name: str = ""
    family_name: str = ""
    sort_name: str = ""
    honorific: str = ""
    biography: str = ""
    other_names: tuple[ParsedOtherName, ...] = ()
    memberships: tuple[ParsedMembership, ...] = ()


Parsed = ParsedPerson | ParsedOrganization | ParsedMembership
