"""A byline printed in one line -> its names; who of them wrote the story, and who is its credit."""

import re
from collections.abc import Iterable, Iterator

from articles.importing.formats.types import ParsedName
from articles.text.names.agencies import find_agency

_NAME = re.compile(r"(?P<name>[^()]+?)\s*(?:\((?P<role>[^()]*)\))?\s*")
_CREDIT_LIMIT = 160  # letters
_AND = re.compile(r",?\s+(?:and|&)\s+")


def read_byline(line: str) -> tuple[ParsedName, ...]:
    """Return the names of ``By Ana Rua and Bo Teal`` or ``Ana Rua; Bo Teal (photographs)``.

    ``and`` and commas part names only where each has two words or is an agency: "Staff and agencies" is one.
    """
    line = re.sub(r"\A\s*by\s+", "", " ".join(line.split()), flags=re.IGNORECASE)
    names = [name.strip() for name in line.split(";")] if ";" in line else _split_names(line)
    matches = [(name, _NAME.fullmatch(name)) for name in names if name]
    return tuple(ParsedName(m["name"], m["role"] or "") if m else ParsedName(p) for p, m in matches)


def byline_names(line: str, role: str = "") -> Iterator[ParsedName]:
    """Yield the names of a byline; ``role`` is of those that have none."""
    for signer in read_byline(line):
        yield ParsedName(signer.name, signer.role or role)


def split_agencies(names: Iterable[ParsedName]) -> tuple[tuple[ParsedName, ...], str]:
    """Return who wrote it, and the agencies among ``names``, which are a credit."""
    signers = tuple(names)
    agencies = dict.fromkeys(filter(None, (find_agency(signer.name) for signer in signers)))
    return tuple(signer for signer in signers if not find_agency(signer.name)), ", ".join(agencies)


def first_credit(candidates: Iterable[str]) -> str:
    """Return the first of ``candidates`` that is one: not empty, and no longer than a credit is."""
    return next((name for name in candidates if name and len(name) <= _CREDIT_LIMIT), "")


def _split_names(line: str) -> list[str]:
    names = _AND.split(line)
    if len(names) > 1:
        names = [*names[0].split(","), *names[1:]]
    elif find_agency(line.rpartition(",")[2].strip()):
        names = [line.rpartition(",")[0], line.rpartition(",")[2]]
    names = [name.strip() for name in names if name.strip()]
    return names if all(len(name.split()) > 1 or find_agency(name) for name in names) else [line]
