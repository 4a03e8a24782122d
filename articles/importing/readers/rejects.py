"""The file of refused records that an import leaves, mended by a person: each is read as what it was.

Source: ``articles/importing/rejects.py``, which writes it; ``articles/importing/sources.py`` takes it apart.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from io import BytesIO
from typing import Any, BinaryIO

from articles.importing.parsed import ParsedArticle, ReadError, Refused

NAME = "rejects"
LIMIT = 64_000_000  # bytes of one record

_BEGIN = b"=== newsroom rejects "
_REMEDY = "Leave its first lines as they were written, and import the file again."
_EMPTY_LINE = re.compile(rb"\r?\n\r?\n|\A\r?\n")
_LONGEST_MARK = 100


@dataclass(frozen=True, slots=True)
class Part:
    """One record: ``label`` is for people, ``name`` and ``format`` to read ``before + original + after`` as it was.

    One whose first lines are damaged has the format ``rejects``, and all of it is ``original``.
    """

    label: str
    name: str
    format: str
    original: bytes
    before: bytes
    after: bytes
    is_damaged: bool = False

    @property
    def content(self) -> bytes:
        """The record as a file of its format."""
        return self.before + self.original + self.after


def identify(head: bytes, name: str) -> bool:
    """Tell whether a file is one of rejects, by its first line."""
    return head.startswith(_BEGIN)


def read(stream: BinaryIO, name: str) -> Iterator[ParsedArticle | Refused]:
    """Yield one outcome a record of ``stream``, read by the reader that it is for."""
    for part in parts(stream):
        reader = _reader(part.format)
        if part.is_damaged or reader is None or reader.NAME == NAME:
            reason = "its first lines are damaged"
            yield Refused(
                part.label, "file", reason, _REMEDY, part.original, part.before, part.after
            )
            continue
        try:
            for outcome in reader.read(BytesIO(part.content), part.name):
                yield replace(outcome, record=f"{part.label}, {outcome.record}")
        except ReadError as error:
            yield Refused(
                part.label, "file", str(error), _REMEDY, part.original, part.before, part.after
            )


def parts(stream: BinaryIO) -> Iterator[Part]:
    """Yield the records of ``stream`` in their order. Raises ReadError for one of more than 64 MB."""
    mark = stream.readline(_LONGEST_MARK).removeprefix(_BEGIN).strip()
    for number, block in enumerate(_blocks(stream, b"=== " + mark), 1):
        end = _EMPTY_LINE.search(block)
        try:
            told = _told(block[: end.start()] if end else b"")
            yield _part(told, block[end.end() if end else 0 :])
        except (ValueError, RecursionError):
            before = _BEGIN + mark + b"\n=== " + mark + b"\n"
            yield Part(f"record {number}", "", NAME, block, before, b"", is_damaged=True)


def _blocks(stream: BinaryIO, mark: bytes) -> Iterator[bytes]:
    """Yield what stands between the lines ``mark``; the bytes of a record end before its last newline."""
    lines: list[bytes] | None = None
    size = 0
    while line := stream.readline(LIMIT):
        size += len(line)
        if size > LIMIT:
            raise ReadError("A record in it has more than 64 MB. Take it out.")
        if line.rstrip(b"\r\n") == mark:
            if lines is not None:
                yield b"".join(lines).removesuffix(b"\n")
            lines, size = [], 0
        elif lines is not None:
            lines.append(line)
    if lines is not None:
        yield b"".join(lines).removesuffix(b"\n")


def _told(head: bytes) -> dict[str, str]:
    """Return what the first lines tell. Raises ValueError."""
    told = {}
    for line in head.decode("ascii").splitlines():
        name, _, value = line.partition(": ")
        told[name] = json.loads(value)
        if not isinstance(told[name], str):
            raise ValueError(name)
    return told


def _part(told: dict[str, str], original: bytes) -> Part:
    """Put a record together. Raises ValueError when its reader is not told, or its surroundings are no bytes."""
    before, after = (told.get(name, "").encode("latin-1") for name in ("Before", "After"))
    if _reader(told.get("Format", "")) is None:
        raise ValueError("Format")
    file, record = told.get("File", ""), told.get("Record", "")
    label = file if file.endswith("]") else f"{file} [{record}]"  # as it was called first
    return Part(label, told.get("Name", ""), told["Format"], original, before, after)


def _reader(format: str) -> Any:
    """Return the reader of a format, None for none; looked up late, since this one is among them."""
    from . import READERS

    return next((one for one in READERS if format == one.NAME), None)
