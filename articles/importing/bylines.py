"""A byline printed in one line -> its names."""

import re

from articles.text.agencies import agency

from .parsed import ParsedName

_NAME = re.compile(r"(?P<name>[^()]+?)\s*(?:\((?P<role>[^()]*)\))?\s*")
_AND = re.compile(r",?\s+(?:and|&)\s+")


def read_byline(line: str) -> tuple[ParsedName, ...]:
    """Return the names of ``By Ana Rua and Bo Teal`` or ``Ana Rua; Bo Teal (photographs)``.

    ``and`` and commas part names only where each has two words or is an agency: "Staff and agencies" is one.
    """
    line = re.sub(r"\A\s*by\s+", "", " ".join(line.split()), flags=re.IGNORECASE)
    parts = [part.strip() for part in line.split(";")] if ";" in line else _parts(line)
    found = [(part, _NAME.fullmatch(part)) for part in parts if part]
    return tuple(ParsedName(m["name"], m["role"] or "") if m else ParsedName(p) for p, m in found)


def _parts(line: str) -> list[str]:
    parts = _AND.split(line)
    if len(parts) > 1:
        parts = [*parts[0].split(","), *parts[1:]]
    elif agency(line.rpartition(",")[2].strip()):
        parts = [line.rpartition(",")[0], line.rpartition(",")[2]]
    parts = [part.strip() for part in parts if part.strip()]
    return parts if all(len(part.split()) > 1 or agency(part) for part in parts) else [line]
