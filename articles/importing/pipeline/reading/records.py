"""Files -> their records, each with the hash of its bytes: nothing is read twice, and nothing is read in vain."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256

from articles.importing.files.sources import HEAD_SIZE, Source
from articles.importing.formats import READERS
from articles.importing.formats.detect import identify
from articles.importing.formats.reader import Reader, ReaderOptions, no_companion
from articles.importing.formats.tabular.mapping import describe_mapping
from articles.importing.formats.types import (
    LazyRecord,
    ParsedArticle,
    ReadError,
    RejectedRecord,
)
from articles.text.messages import Message

Outcome = ParsedArticle | RejectedRecord | LazyRecord
BATCH_SIZE, MAX_BATCH_BYTES = 1000, 16_000_000
NON_STORY_NAME = re.compile(  # what lies beside the stories of an export
    r"\.(?:jpe?g|png|gif|webp|avif|tiff?|bmp|ico|svg|pdf|docx?|mp[34]|m4[av]|ogg|wav|mov|webm|css|js|woff2?|ttf)\Z",
    re.IGNORECASE,
)
WRAPPER_HEAD_SIZE = 65_536  # bytes in which the wrapper of the records is looked for


class SkippedFile(Exception):
    """A file met in a folder that is no story by its name: a picture, a style sheet."""


@dataclass
class Record:
    """One record: ``label`` of its file, ``name`` and ``format`` to read it again alone, ``position`` in the run."""

    label: str
    name: str
    format: str
    position: int
    outcome: Outcome
    record_wrapper: tuple[bytes, bytes] = (b"", b"")  # what its reader needs to read it alone

    @cached_property
    def hash(self) -> str:
        """The SHA-256 (hex) of its bytes; of a refusal without bytes, of its words."""
        original = self.outcome.original
        if isinstance(self.outcome, RejectedRecord) and not original:
            original = f"{self.label}\n{self.outcome.record}\n{self.outcome.reason}".encode(
                "utf-8", "replace"
            )
        return content_hash(original)

    def finish(self) -> ParsedArticle | RejectedRecord:
        """Return what its reader makes of it."""
        return self.outcome.finish() if isinstance(self.outcome, LazyRecord) else self.outcome


@dataclass
class Batch:
    """The records of one transaction; ``number`` counts from 1 within the run."""

    number: int
    records: list[Record]

    @cached_property
    def digest(self) -> str:
        """What tells this batch from every other: the SHA-256 (hex) of its records' hashes."""
        return content_hash("".join(record.hash for record in self.records).encode())


def content_hash(original: bytes) -> str:
    """Return the SHA-256 (hex) of the bytes that came in."""
    return sha256(original).hexdigest()


def get_reader(name: str) -> Reader:
    """Return the reader of a format. Raises ReadError naming those that there are."""
    selected = next((reader for reader in READERS if name == reader.NAME), None)
    if selected is None:
        names = ", ".join(reader.NAME for reader in READERS)
        raise ReadError(
            Message(
                "There is no format %(name)s. Known: %(names)s.",
                {"name": repr(name), "names": names},
                "format.unknown",
            )
        )
    return selected


@dataclass
class FileOptions:
    """What the operator said of the files: ``format`` and ``columns`` (field: column), each may be empty.

    ``passed_over`` and ``mappings`` (of a table's columns, in words) are filled in on the way.
    """

    format: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    passed_over: list[str] = field(default_factory=list)
    mappings: dict[str, str] = field(default_factory=dict)


def read_records(files: Iterable[Source], file_options: FileOptions) -> Iterator[Record]:
    """Yield the records of ``files``; a file that cannot be read is one refusal, what is no text goes to a list."""
    position = 0
    for file in files:
        try:
            for format_name, record_wrapper, outcome in _read(file, file_options):
                position += 1
                yield Record(file.label, file.name, format_name, position, outcome, record_wrapper)
        except SkippedFile:
            file_options.passed_over.append(file.label)
        except ReadError as error:
            position += 1
            format = file.rejects_part.format if file.rejects_part else file_options.format
            yield Record(file.label, file.name, format, position, file.rejection(error))


def _read(
    file: Source, file_options: FileOptions
) -> Iterator[tuple[str, tuple[bytes, bytes], Outcome]]:
    with file.open() as stream:
        head = stream.read(WRAPPER_HEAD_SIZE)
        stream.seek(0)
        reader = _find_reader(head[:HEAD_SIZE], file, file_options.format)
        wrapper = reader.record_wrapper(head, file_options.columns)
        mapping = reader.column_mapping(head, file_options.columns)
        if mapping:
            file_options.mappings.setdefault(reader.NAME, describe_mapping(mapping))
        options = ReaderOptions(file_options.columns, file.beside or no_companion)
        for outcome in reader.records(stream, file.name, options):
            yield reader.NAME, wrapper, outcome


def _find_reader(head: bytes, file: Source, format: str) -> Reader:
    if file.rejects_part or format:
        return get_reader(file.rejects_part.format if file.rejects_part else format)
    if not file.is_explicit and NON_STORY_NAME.search(file.label):
        raise SkippedFile
    return identify(head, file.label.removesuffix(".gz"))


def in_batches(records: Iterable[Record]) -> Iterator[Batch]:
    """Gather records for one transaction each: 1,000 or 16 MB, the same whenever the input is the same."""
    number, size = 1, 0
    batch: list[Record] = []
    for record in records:
        if batch and (len(batch) == BATCH_SIZE or size > MAX_BATCH_BYTES):
            yield Batch(number, batch)
            number, size, batch = number + 1, 0, []
        batch.append(record)
        size += len(record.outcome.original)
    if batch:
        yield Batch(number, batch)


def dedupe_records(records: Sequence[Record]) -> Iterator[Record]:
    """Yield ``records`` but for those whose very bytes stand among them already."""
    hashes = set()
    for record in records:
        if record.hash not in hashes:
            hashes.add(record.hash)
            yield record
