"""Files -> their records, each with the hash of its bytes: nothing is read twice, and nothing is read in vain."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from io import BytesIO
from typing import Any

from .identify import Reader, identify
from .mapping import describe
from .match import content_hash
from .parsed import ParsedArticle, ReadError, Refused, Unread
from .readers import READERS
from .sources import HEAD, Source

Outcome = ParsedArticle | Refused | Unread
BATCH, BATCH_BYTES = 1000, 16_000_000
NO_STORY = re.compile(  # what lies beside the stories of an export
    r"\.(?:jpe?g|png|gif|webp|avif|tiff?|bmp|ico|svg|pdf|docx?|mp[34]|m4[av]|ogg|wav|mov|webm|css|js|woff2?|ttf)\Z",
    re.IGNORECASE,
)
LONG_HEAD = 65_536  # bytes in which what stands around the records is looked for


class PassedOver(Exception):
    """A file met in a folder that is no story by its name: a picture, a style sheet."""


@dataclass
class Record:
    """One record: ``label`` of its file, ``name`` and ``format`` to read it again alone, ``position`` in the run."""

    label: str
    name: str
    format: str
    position: int
    outcome: Outcome
    around: tuple[bytes, bytes] = (b"", b"")  # what its reader needs to read it alone

    @cached_property
    def hash(self) -> str:
        """The SHA-256 (hex) of its bytes; of a refusal without bytes, of its words."""
        original = self.outcome.original
        if isinstance(self.outcome, Refused) and not original:
            original = f"{self.label}\n{self.outcome.record}\n{self.outcome.reason}".encode(
                "utf-8", "replace"
            )
        return content_hash(original)

    def finish(self) -> ParsedArticle | Refused:
        """Return what its reader makes of it."""
        return self.outcome.finish() if isinstance(self.outcome, Unread) else self.outcome


@dataclass
class Batch:
    """The records of one transaction; ``number`` counts from 1 within the run."""

    number: int
    records: list[Record]

    @cached_property
    def digest(self) -> str:
        """What tells this batch from every other: the SHA-256 (hex) of its records' hashes."""
        return sha256("".join(record.hash for record in self.records).encode()).hexdigest()


def reader_named(name: str) -> Reader:
    """Return the reader of a format. Raises ReadError naming those that there are."""
    found = next((reader for reader in READERS if name == reader.NAME), None)
    if found is None:
        known = ", ".join(reader.NAME for reader in READERS)
        raise ReadError(f"There is no format {name!r}. Known: {known}.")
    return found


@dataclass
class Asked:
    """What the operator said of the files: ``format`` and ``columns`` (field: column), each may be empty.

    ``passed_over`` and ``mappings`` (of a table's columns, in words) are filled in on the way.
    """

    format: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    passed_over: list[str] = field(default_factory=list)
    mappings: dict[str, str] = field(default_factory=dict)


def read_all(files: Iterable[Source], asked: Asked) -> Iterator[Record]:
    """Yield the records of ``files``; a file that cannot be read is one refusal, what is no text goes to a list."""
    position = 0
    for file in files:
        try:
            for found, around, outcome in _read(file, asked):
                position += 1
                yield Record(file.label, file.name, found, position, outcome, around)
        except PassedOver:
            asked.passed_over.append(file.label)
        except ReadError as error:
            position += 1
            format = file.part.format if file.part else asked.format
            yield Record(file.label, file.name, format, position, file.refusal(error))


def _read(file: Source, asked: Asked) -> Iterator[tuple[str, tuple[bytes, bytes], Outcome]]:
    with file.open() as stream:
        head = stream.read(LONG_HEAD)
        stream.seek(0)
        reader = _reader_of(head[:HEAD], file, asked.format)
        said = (asked.columns,) if hasattr(reader, "mapping_of") else ()
        around = reader.around(head, *said) if hasattr(reader, "around") else (b"", b"")
        read: Any = getattr(reader, "unread", reader.read)
        if hasattr(reader, "mapping_of"):
            mapping = reader.mapping_of(head, asked.columns)
            asked.mappings.setdefault(reader.NAME, describe(mapping))
            outcomes: Iterable[Outcome] = read(stream, file.name, asked.columns)
        elif asked.columns:
            raise ReadError(f"{reader.NAME} has no columns. Leave --map out.")
        elif file.beside and hasattr(reader, "COMPANIONS"):
            outcomes = read(stream, file.name, file.beside)
        elif getattr(reader, "IS_ONE_STORY", False) and file.size < BATCH_BYTES:
            outcomes = [_unread_file(reader, stream.read(), file.name)]
        else:
            outcomes = read(stream, file.name)
        for outcome in outcomes:
            yield reader.NAME, around, outcome


def _unread_file(reader: Reader, data: bytes, name: str) -> Unread:
    return Unread("1", data, lambda: next(iter(reader.read(BytesIO(data), name))))


def _reader_of(head: bytes, file: Source, format: str) -> Reader:
    if file.part or format:
        return reader_named(file.part.format if file.part else format)
    if not file.is_given and NO_STORY.search(file.label):
        raise PassedOver
    return identify(head, file.label.removesuffix(".gz"))


def in_batches(records: Iterable[Record]) -> Iterator[Batch]:
    """Gather records for one transaction each: 1,000 or 16 MB, the same whenever the input is the same."""
    number, size = 1, 0
    batch: list[Record] = []
    for record in records:
        if batch and (len(batch) == BATCH or size > BATCH_BYTES):
            yield Batch(number, batch)
            number, size, batch = number + 1, 0, []
        batch.append(record)
        size += len(record.outcome.original)
    if batch:
        yield Batch(number, batch)


def without_doubles(records: Sequence[Record]) -> Iterator[Record]:
    """Yield ``records`` but for those whose very bytes stand among them already."""
    met = set()
    for record in records:
        if record.hash not in met:
            met.add(record.hash)
            yield record
