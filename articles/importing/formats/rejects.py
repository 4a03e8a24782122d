"""The file of refused records that an import leaves, mended by a person: each is read as what it was.

Source: ``articles/importing/pipeline/runs/rejects.py``, which writes it; ``articles/importing/files/sources.py`` takes
it apart.
"""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from typing import BinaryIO

from articles.importing.formats.reader import Reader
from articles.importing.formats.types import ParsedArticle, ReadError, RejectedRecord
from articles.text.messages import AnyMessage, Message

LIMIT = 64_000_000  # bytes of one record

_BEGIN = b"=== newsroom rejects "
_REMEDY = "Leave its first lines as they were written, and import the file again."
_EMPTY_LINE = re.compile(rb"\r?\n\r?\n|\A\r?\n")
_LONGEST_MARK = 100


@dataclass(frozen=True, slots=True)
class RejectsEntry:
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


class RejectsReader(Reader):
    """Reads a file of rejects by the readers that its records are for, which it is given."""

    NAME = "rejects"

    def __init__(self, readers: Sequence[Reader]) -> None:
        self._readers = {reader.NAME: reader for reader in readers}

    def identify(self, head: bytes, name: str) -> bool:
        """Tell whether a file is one of rejects, by its first line."""
        return head.startswith(_BEGIN)

    def read(self, stream: BinaryIO, name: str) -> Iterator[ParsedArticle | RejectedRecord]:
        """Yield one outcome a record of ``stream``, read by the reader that it is for."""
        for entry in self.entries(stream):
            reader = self._readers.get(entry.format)
            if entry.is_damaged or reader is None:
                yield _refused(
                    entry, Message("its first lines are damaged", code="rejects.damaged")
                )
                continue
            try:
                for outcome in reader.read(BytesIO(entry.content), entry.name):
                    yield replace(outcome, record=f"{entry.label}, {outcome.record}")
            except ReadError as error:
                yield _refused(entry, error.message)

    def entries(self, stream: BinaryIO) -> Iterator[RejectsEntry]:
        """Yield the records of ``stream`` in their order. Raises ReadError for one of more than 64 MB."""
        mark = stream.readline(_LONGEST_MARK).removeprefix(_BEGIN).strip()
        for number, block in enumerate(_blocks(stream, b"=== " + mark), 1):
            end = _EMPTY_LINE.search(block)
            try:
                fields = _fields(block[: end.start()] if end else b"")
                if fields.get("Format") not in {*self._readers, self.NAME}:
                    raise ValueError("Format")
                yield _build_entry(fields, block[end.end() if end else 0 :])
            except (ValueError, RecursionError):
                before = _BEGIN + mark + b"\n=== " + mark + b"\n"
                yield RejectsEntry(
                    f"record {number}", "", self.NAME, block, before, b"", is_damaged=True
                )


def _refused(entry: RejectsEntry, reason: AnyMessage) -> RejectedRecord:
    return RejectedRecord(
        entry.label, "file", reason, _REMEDY, entry.original, entry.before, entry.after
    )


def _blocks(stream: BinaryIO, mark: bytes) -> Iterator[bytes]:
    """Yield what stands between the lines ``mark``; the bytes of a record end before its last newline."""
    lines: list[bytes] | None = None
    size = 0
    while line := stream.readline(LIMIT):
        size += len(line)
        if size > LIMIT:
            raise ReadError(
                Message("A record in it has more than 64 MB. Take it out.", code="rejects.size")
            )
        if line.rstrip(b"\r\n") == mark:
            if lines is not None:
                yield b"".join(lines).removesuffix(b"\n")
            lines, size = [], 0
        elif lines is not None:
            lines.append(line)
    if lines is not None:
        yield b"".join(lines).removesuffix(b"\n")


def _fields(head: bytes) -> dict[str, str]:
    """Return what the first lines say. Raises ValueError."""
    fields = {}
    for line in head.decode("ascii").splitlines():
        name, _, value = line.partition(": ")
        fields[name] = json.loads(value)
        if not isinstance(fields[name], str):
            raise ValueError(name)
    return fields


def _build_entry(fields: dict[str, str], original: bytes) -> RejectsEntry:
    """Put a record together. Raises ValueError when its surroundings are no bytes."""
    before, after = (fields.get(name, "").encode("latin-1") for name in ("Before", "After"))
    file, record = fields.get("File", ""), fields.get("Record", "")
    label = file if file.endswith("]") else f"{file} [{record}]"  # as it was called first
    return RejectsEntry(label, fields.get("Name", ""), fields["Format"], original, before, after)
