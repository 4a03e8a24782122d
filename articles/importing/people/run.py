"""FILE -> PEOPLE as one loop: find, identify, read, tell apart, store.

Files are read once for people and organizations, and those that left a role open once more when all of them are in:
a role may stand in a file before its holder.
"""

import time
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from typing import BinaryIO, Protocol

from django.db import DatabaseError, transaction

from articles.importing.files import sources
from articles.importing.formats.types import ReadError, RejectedRecord
from articles.text.messages import Message

from .batch import PeopleBatch
from .formats import csv_people, legislators, popolo
from .formats.types import Parsed, ParsedMembership
from .options import PeopleOptions
from .report import PeopleReport

BATCH_SIZE = 500
HEAD_BYTES = 8192


class PeopleReader(Protocol):
    """One format."""

    NAME: str

    def identify(self, head: bytes, name: str) -> bool: ...

    def read(self, stream: BinaryIO, name: str) -> Iterator[Parsed | RejectedRecord]: ...


READERS: tuple[PeopleReader, ...] = (popolo, legislators, csv_people)


class _DryRunOver(Exception):
    """Rolls a dry run back."""


def import_people(paths: Sequence[str], options: PeopleOptions) -> PeopleReport:
    """Import ``paths`` (files, folders, ``-``) and report. Raises ReadError for a path that does not exist.

    A bad record, and a file that nobody can read, cost only themselves.
    """
    started = time.monotonic()
    files = list(sources.find_sources(paths))
    source = (options.source or sources.default_source(paths))[:60].casefold()
    report = PeopleReport(is_saved=not options.dry_run)
    try:
        with transaction.atomic() if options.dry_run else nullcontext():
            _both_passes(files, source, options, report)
            if options.dry_run:
                raise _DryRunOver
    except _DryRunOver:
        pass
    report.seconds = round(time.monotonic() - started, 3)
    return report


def _both_passes(
    files: list[sources.Source], source: str, options: PeopleOptions, report: PeopleReport
) -> None:
    waiting: set[tuple[str, str]] = set()
    seen: set[tuple[str, int]] = set()
    unresolved = [
        file
        for file in files
        if _import_file(file, PeopleBatch(source, options, report, waiting, seen, is_last=False))
    ]
    for file in unresolved:
        _import_file(file, PeopleBatch(source, options, report, waiting, seen, is_last=True))


def _import_file(file: sources.Source, batch: PeopleBatch) -> bool:
    """Read and store one file; tell whether it left something open for the second pass."""
    is_open = False
    try:
        for records in _batches(_read(file, batch), batch):
            is_open = _store(file.label, records, batch) or is_open
    except ReadError as error:
        if not batch.is_last:
            remedy = "Mend the file and import it again."
            batch.report.refuse(file.label, RejectedRecord("1", "file", error.message, remedy))
    return is_open


def _read(file: sources.Source, batch: PeopleBatch) -> Iterator[Parsed | RejectedRecord]:
    with file.open() as stream:
        head = stream.read(HEAD_BYTES)
        stream.seek(0)
        reader = next(
            (candidate for candidate in READERS if candidate.identify(head, file.label)), None
        )
        if reader is None and not file.is_explicit:
            return  # a folder holds licences and notes, too
        if reader is None:
            names = ", ".join(candidate.NAME for candidate in READERS)
            raise ReadError(
                Message(
                    "No reader knows it. Known are %(names)s.", {"names": names}, "format.unknown"
                )
            )
        if reader is csv_people and not batch.is_last:
            batch.report.notes.append(f"{file.label}\n{csv_people.describe(head)}")
        yield from reader.read(stream, file.name)


def _batches(
    records: Iterator[Parsed | RejectedRecord], batch: PeopleBatch
) -> Iterator[list[Parsed | RejectedRecord]]:
    """Gather records for one transaction; no id twice in one, so that the second meets the first stored."""
    pending: list[Parsed | RejectedRecord] = []
    seen: set[object] = set()
    for record in records:
        keys: set[object] = set()
        if not isinstance(record, RejectedRecord | ParsedMembership):
            keys = {*record.keys, record.name}
        if len(pending) >= BATCH_SIZE or keys & seen:
            yield pending
            pending, seen = [], set()
        pending.append(record)
        seen |= keys
    if pending:
        yield pending


def _store(label: str, records: list[Parsed | RejectedRecord], batch: PeopleBatch) -> bool:
    """Store ``records`` in one transaction; a batch that the database refuses is replayed one by one."""
    try:
        with transaction.atomic():
            return batch.store(label, records)
    except DatabaseError as error:
        if len(records) > 1:
            open_records = [_store(label, [parsed], batch) for parsed in records]
            return any(open_records)
        reason = Message(
            "the database refused it: %(error)s", {"error": str(error).strip()}, "database.refused"
        )
        record = records[0].record
        batch.report.refuse(label, RejectedRecord(record, "record", reason, "Report the record."))
        return False
