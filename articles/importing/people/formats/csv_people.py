"""A table of people, one a row or one role a row, its columns known by their names. Source: RFC 4180."""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import TextIOWrapper
from typing import BinaryIO

from articles.importing.formats.common.json_records import looks_like_json
from articles.importing.formats.tabular.mapping import guess_mapping as guess_story_mapping
from articles.importing.formats.tabular.mapping import is_story_table
from articles.importing.formats.types import ReadError, RecordError, RejectedRecord
from articles.text.encoding import decode, is_binary
from articles.text.messages import Message

from .fields import key, line, period, prose, web_address
from .types import Key, Parsed, ParsedMembership, ParsedOrganization, ParsedOtherName, ParsedPerson

NAME = "csv-people"
LIMIT = 1_000_000  # letters of one row

_NAMES = {  # field: what a column may be called
    "id": "id person_id uuid",
    "name": "name full_name fullname person display_name",
    "given_name": "given_name first_name firstname forename given first",
    "family_name": "family_name last_name lastname surname family last",
    "sort_name": "sort_name sortname",
    "honorific": "honorific honorific_prefix prefix salutation",
    "other_names": "aliases alias other_names other_name also_known_as aka alternative_names",
    "biography": "biography bio summary",
    "organization": "organization organisation org body employer party_or_body chamber",
    "role": "role position job_title post office title",
    "start_date": "start_date start since from begin_date",
    "end_date": "end_date end until to",
    "source_url": "source_url source link",
}
_SCHEMES = "wikidata viaf isni orcid bioguide parlparse imdb musicbrainz gnd".split()
_FIELDS = {name: field for field, names in _NAMES.items() for name in names.split()}
_FIELDS |= {f"{scheme}{end}": scheme for scheme in _SCHEMES for end in ("", "_id", "_qid")}
_DISTINCTIVE = {"given_name", "family_name", "honorific", "other_names", "organization", "role"}
_DISTINCTIVE |= {"sort_name", "biography", "start_date", *_SCHEMES}


@dataclass(frozen=True, slots=True)
class _Layout:
    """How a table is written: its delimiter, its encoding, and which column (by place) says which field."""

    delimiter: str
    is_wide: bool
    header: bytes
    names: tuple[str, ...]
    columns: dict[str, int]


def identify(head: bytes, name: str) -> bool:
    """Tell whether a file is a table of people and not of stories, by the names of its columns."""
    return _layout(head) is not None


def describe(head: bytes) -> str:
    """Return which column says what, one line a column, as an operator reads it before an import."""
    layout = _layout(head)
    if layout is None:
        return ""
    fields = {place: field for field, place in layout.columns.items()}
    return "\n".join(
        f"{name}: {fields.get(place, 'passed over').replace('_', ' ')}"
        for place, name in enumerate(layout.names)
    )


def read(stream: BinaryIO, name: str) -> Iterator[Parsed | RejectedRecord]:
    """Yield one outcome a row of ``stream``; ``record`` names its first line.

    Who has no id is known by the name: two rows of one name are two roles of one person. Raises ReadError when no
    column is known, and for a row that does not end.
    """
    head = stream.read(8192)
    stream.seek(0)
    layout = _layout(head)
    if layout is None:
        raise ReadError(
            Message(
                "No column is called name. Name the columns in line 1.",
                code="people.no_name_column",
            )
        )
    text = TextIOWrapper(stream, "utf-16" if layout.is_wide else "latin-1", "replace", newline="")
    try:
        yield from _outcomes(text, layout)
    finally:
        text.detach()


def _layout(head: bytes) -> _Layout | None:
    is_wide = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    if looks_like_json(head) or head.lstrip()[:1] == b"<" or (is_binary(head) and not is_wide):
        return None
    text = head.decode("utf-16", "replace") if is_wide else decode(head)[0]
    first = text.lstrip("\ufeff").partition("\n")[0].rstrip("\r")
    best: _Layout | None = None
    for delimiter in ",;\t|":
        try:
            names = [cell.strip() for cell in next(csv.reader([first], delimiter=delimiter), [])]
        except csv.Error:
            continue
        layout = _Layout(delimiter, is_wide, f"{first}\n".encode(), tuple(names), _columns(names))
        is_more = best is None or len(layout.columns) > len(best.columns)
        best = layout if _is_people(layout) and is_more else best
    return best


def _columns(names: Sequence[str]) -> dict[str, int]:
    columns: dict[str, int] = {}
    for place, name in enumerate(names):
        snake_case = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name[:60]).casefold()
        field = _FIELDS.get(re.sub(r"\W+", "_", snake_case).strip("_"))
        if field:
            columns.setdefault(field, place)
    return columns


def _is_people(layout: _Layout) -> bool:
    fields = layout.columns.keys()
    is_named = "name" in fields or {"given_name", "family_name"} <= fields
    return (
        is_named
        and bool(fields & _DISTINCTIVE)
        and not is_story_table(guess_story_mapping(layout.names))
    )


def _outcomes(text: TextIOWrapper, layout: _Layout) -> Iterator[Parsed | RejectedRecord]:
    raw_lines: list[str] = []
    number = 0

    def lines() -> Iterator[str]:
        nonlocal number
        while raw_line := text.readline(LIMIT):
            number += raw_line.endswith(("\n", "\r"))
            raw_lines.append(raw_line)
            if sum(map(len, raw_lines)) > LIMIT:
                raise ReadError(
                    Message(
                        "A row is too long, or a mark is not closed, up to line %(line)s.",
                        {"line": number},
                        "people.row_size",
                    )
                )
            yield raw_line

    rows = csv.reader(lines(), delimiter=layout.delimiter)
    is_header = True
    while True:
        raw_lines.clear()
        start = number + 1
        try:
            cells = next(rows, None)
        except csv.Error as error:
            raise ReadError(
                Message(
                    "Line %(line)s is no row: %(error)s. Save the table again.",
                    {"line": start, "error": str(error)},
                    "people.row",
                )
            ) from error
        if cells is None:
            return
        if not is_header and any(cell.strip() for cell in cells):
            data = "".join(raw_lines).encode("utf-8" if layout.is_wide else "latin-1", "replace")
            yield _row(cells, data, layout, f"line {start}")
        is_header = False


def _row(
    cells: Sequence[str], data: bytes, layout: _Layout, record: str
) -> Parsed | RejectedRecord:
    encoding = "utf-8" if layout.is_wide else decode(b"\n" + data)[1]
    if not layout.is_wide:
        cells = [cell.encode("latin-1").decode(encoding, "replace") for cell in cells]
    row = {
        field: cells[place].strip() for field, place in layout.columns.items() if place < len(cells)
    }
    try:
        if len([*filter(None, cells[len(layout.names) :])]):
            reason = Message(
                "it has %(count)s cells, the columns are %(columns)s",
                {"count": len(cells), "columns": len(layout.names)},
                "people.cells",
            )
            raise RecordError("file", reason, "Quote cells that hold the delimiter.")
        return _person(row, data, layout.header, record)
    except RecordError as error:
        return RejectedRecord(record, error.field, error.reason, error.remedy, data, layout.header)


def _person(row: dict[str, str], data: bytes, header: bytes, record: str) -> ParsedPerson:
    given_name, family_name = (line(row.get(part), part) for part in ("given_name", "family_name"))
    name = line(row.get("name") or f"{given_name} {family_name}", "name")
    if not name:
        raise RecordError(
            "name", Message("the person has none", code="people.no_name"), "Give the name in full."
        )
    own_id = line(row.get("id"), "id", "identifier") or name
    keys: list[Key | None] = [
        ("", own_id),
        *(key(text, row[text]) for text in _SCHEMES if row.get(text)),
    ]
    others = (
        line(part, "other_names", "name") for part in re.split("[;|]", row.get("other_names", ""))
    )
    return ParsedPerson(
        record=record,
        original=data,
        before=header,
        name=name,
        keys=tuple(dict.fromkeys(filter(None, keys))),
        given_name=given_name,
        family_name=family_name,
        sort_name=line(row.get("sort_name"), "sort_name"),
        honorific=line(row.get("honorific"), "honorific"),
        biography=prose(row.get("biography"), "biography"),
        other_names=tuple(ParsedOtherName(text) for text in others if text and text != name),
        memberships=tuple(_roles(row)),
    )


def _roles(row: dict[str, str]) -> Iterator[ParsedMembership]:
    if not row.get("organization"):
        return
    start, end = period(row.get("start_date"), row.get("end_date"))
    yield ParsedMembership(
        organization=ParsedOrganization(name=line(row["organization"], "organization", "name")),
        role=line(row.get("role"), "role") or "member",
        start_date=start,
        end_date=end,
        source_url=web_address(row.get("source_url")),
    )
