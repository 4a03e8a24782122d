"""The header block of a hand-made story: ``Key: value`` lines before the first blank line.

The keys, in any case: Id, Version, Headline, Kicker, Dek, Byline (names parted by ";", a role in parentheses), Date,
Credit, Language, Section, Tags, Topics, Places, Series, People, Organizations, Picture, Embargo, Status (usable,
withheld, canceled), Ed-Note, Former-Address. A line that begins with white space goes on with the value before it.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, get_args

from articles.importing.formats.types import ParsedName, PubStatus, RecordError
from articles.text.characters import printable
from articles.text.dates import parse_printed
from articles.text.messages import Message

_LINE = re.compile(r"([^\r\n]*)(?:\r\n?|\n|\Z)")
_PAIR = re.compile(r"\s{0,3}([A-Za-z][A-Za-z-]{1,24}):(?:\s(.*)|)\Z", re.DOTALL)
_BYLINE = re.compile(r"(?P<name>[^()]+?)\s*(?:\((?P<role>[^()]*)\))?")
LIMIT = 200  # lines
_SURE = {"headline", "id", "date"}


@dataclass(slots=True)
class Header:
    """The fields of a ``ParsedArticle`` that the header gives; the story goes on at ``end`` of the text."""

    end: int
    fields: dict[str, Any] = field(default_factory=dict)


def parse_header(text: str) -> Header | None:
    """Return the header that ``text`` begins with; None when it has none.

    A first line ``Warning: storm`` makes no header: its first key is Headline, Id or Date, or two keys are known.
    Raises RecordError naming the line for an unknown key and for a value that is none.
    """
    lines, end = _lines(text)
    pairs = [_PAIR.match(line) for _, line in lines]
    keys = [pair[1].casefold() for pair in pairs if pair]
    is_header = bool(pairs and pairs[0]) and (keys[0] in _SURE or len(_KEYS.keys() & keys) > 1)
    if not is_header:
        return None
    if len(pairs) > LIMIT:
        remedy = "Leave a blank line between header and story."
        reason = Message(
            "more than %(limit)s lines of header", {"limit": LIMIT}, "plain_text.header_size"
        )
        raise RecordError("header", reason, remedy)
    header = Header(end)
    for (number, line), pair in zip(lines, pairs, strict=True):
        if not pair:
            reason = Message(
                "line %(line)s (%(text)s) is not “Key: value”",
                {"line": number, "text": repr(line[:40].strip())},
                "plain_text.header",
            )
            raise RecordError("header", reason, "Leave a blank line between header and story.")
        _read_pair(header.fields, number, pair[1], (pair[2] or "").strip())
    return header


def _lines(text: str) -> tuple[list[tuple[int, str]], int]:
    """Return the numbered lines up to the first blank one, continuations joined, and where the story begins."""
    lines: list[tuple[int, str]] = []
    for number, match in enumerate(_LINE.finditer(text), 1):
        line = printable(match[1])
        if not line.strip():
            if lines:
                return lines, match.end()
        elif lines and line[0].isspace():
            lines[-1] = lines[-1][0], f"{lines[-1][1]} {line.strip()}"
        elif not lines and not _PAIR.match(line):
            return [], 0
        else:
            lines.append((number, line))
        if match.end() == len(text):
            break
    return lines, len(text)


def _read_pair(fields: dict[str, Any], number: int, key: str, value: str) -> None:
    if key.casefold() not in _KEYS:
        key_names = ", ".join(_NAMES)
        reason = Message(
            "line %(line)s has the unknown key %(key)s",
            {"line": number, "key": repr(key)},
            "plain_text.unknown_key",
        )
        raise RecordError(key, reason, f"Known keys: {key_names}.")
    parse_value = _KEYS[key.casefold()]
    if not value:
        return
    try:
        new = parse_value(value)
    except ValueError as error:
        reason = Message(
            "line %(line)s: %(error)s",
            {"line": number, "error": str(error)},
            "plain_text.header_value",
        )
        raise RecordError(key, reason, "Mend the line.") from error
    for name, item in new.items():
        fields[name] = (*fields.get(name, ()), *item) if isinstance(item, tuple) else item


def _text(name: str) -> Callable[[str], dict[str, Any]]:
    return lambda value: {name: value}


def _list(name: str, kind: str = "") -> Callable[[str], dict[str, Any]]:
    def read(value: str) -> dict[str, Any]:
        items = (item.strip() for item in value.split(";"))
        return {name: tuple(f"{kind}:{item}" if kind else item for item in items if item)}

    return read


def _byline(value: str) -> dict[str, Any]:
    matches = [_BYLINE.fullmatch(item.strip()) for item in value.split(";") if item.strip()]
    if not all(matches):
        raise ValueError(f"{value!r} is not “Name; Name (role)”")
    return {
        "bylines": tuple(ParsedName(m["name"], (m["role"] or "").strip()) for m in matches if m)
    }


def _date(value: str) -> dict[str, Any]:
    date = parse_printed(value)
    if not date:
        raise ValueError(f"{value!r} is not a date as 2026-02-12 or 2026-02-12 18:30")
    return {"published_at": date[0], "date_precision": date[1]}


def _embargo(value: str) -> dict[str, Any]:
    until = parse_printed(value)
    if not until or until[1] != "minute":
        raise ValueError(f"{value!r} is not a moment as 2026-02-12 18:30")
    return {"embargoed_until": until[0]}


def _status(value: str) -> dict[str, Any]:
    if value.casefold() not in get_args(PubStatus):
        raise ValueError(f"{value!r} is not one of {', '.join(get_args(PubStatus))}")
    return {"pub_status": value.casefold()}


def _addresses(value: str) -> dict[str, Any]:
    paths = tuple(path.strip() for path in value.split(";") if path.strip())
    if not all(path.startswith("/") for path in paths):
        raise ValueError(f"{value!r} is not a path as /2014/05/slug/")
    return {"former_addresses": paths}


_NAMES: dict[str, Callable[[str], dict[str, Any]]] = {
    "Id": _text("ref"),
    "Version": _text("version"),
    "Headline": _text("headline"),
    "Kicker": _text("kicker"),
    "Dek": _text("dek"),
    "Byline": _byline,
    "Date": _date,
    "Credit": _text("credit"),
    "Language": _text("language"),
    "Section": _list("tags", "section"),
    "Tags": _list("tags", "topic"),
    "Topics": _list("tags", "topic"),
    "Places": _list("tags", "place"),
    "Series": _list("tags", "series"),
    "People": _list("people"),
    "Organizations": _list("organizations"),
    "Picture": _text("picture"),
    "Embargo": _embargo,
    "Status": _status,
    "Ed-Note": _text("ed_note"),
    "Former-Address": _addresses,
}
_KEYS = {name.casefold(): read for name, read in _NAMES.items()}
