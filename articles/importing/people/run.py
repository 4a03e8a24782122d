"""FILE -> PEOPLE as one loop: find, identify, read, tell apart, store.

Files are read once for people and organizations, and those that left a role open once more when all of them are in:
a role may stand in a file before its holder.
"""

import time
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from typing import BinaryIO, Protocol

from django.db import DatabaseError, transaction

from articles.importing import sources
from articles.importing.parsed import ReadError, Refused

from . import csv_people, legislators, popolo
from .batch import Batch
from .parsed import Parsed, ParsedMembership
from .report import Report

BATCH = 500
HEAD = 8192


class Reader(Protocol):
    """One format."""

    NAME: str

    def identify(self, head: bytes, name: str) -> bool: ...

    def read(self, stream: BinaryIO, name: str) -> Iterator[Parsed | Refused]: ...


READERS: tuple[Reader, ...] = (popolo, legislators, csv_people)


@dataclass(frozen=True, slots=True)
class Options:
    """What the operator asked for. ``confirm``: vouch for the source; ``match_names``: one name is one person."""

    source: str = ""
    confirm: bool = False
    match_names: bool = False
    dry_run: bool = False


class DryRunOver(Exception):
    """Rolls a dry run back."""


def run_import(paths: Sequence[str], options: Options) -> Report:
    """Import ``paths`` (files, folders, ``-``) and report. Raises ReadError for a path that does not exist.

    A bad record, and a file that nobody can read, cost only themselves.
    """
    began = time.monotonic()
    files = list(sources.find(paths))
    source = (options.source or sources.default_source(paths))[:60].casefold()
    report = Report(is_kept=not options.dry_run)
    try:
        with transaction.atomic() if options.dry_run else nullcontext():
            _both_passes(files, source, options, report)
            if options.dry_run:
                raise DryRunOver
    except DryRunOver:
        pass
    report.seconds = round(time.monotonic() - began, 3)
    return report


def _both_passes(
    files: list[sources.Source], source: str, options: Options, report: Report
) -> None:
    waiting: set[tuple[str, str]] = set()
    met: set[tuple[str, int]] = set()
    again = [
        file
        for file in files
        if _one_file(file, Batch(source, options, report, waiting, met, is_last=False))
    ]
    for file in again:
        _one_file(file, Batch(source, options, report, waiting, met, is_last=True))


def _one_file(file: sources.Source, batch: Batch) -> bool:
    """Read and store one file; tell whether it left something open for the second pass."""
    is_open = False
    try:
        for records in _batches(_read(file, batch), batch):
            is_open = _store(file.label, records, batch) or is_open
    except ReadError as error:
        if not batch.is_last:
            remedy = "Mend the file and import it again."
            batch.report.refuse(file.label, Refused("1", "file", str(error), remedy))
    return is_open


def _read(file: sources.Source, batch: Batch) -> Iterator[Parsed | Refused]:
    with file.open() as stream:
        head = stream.read(HEAD)
        stream.seek(0)
        reader = next((one for one in READERS if one.identify(head, file.label)), None)
        if reader is None and not file.is_given:
            return  # a folder holds licences and notes, too
        if reader is None:
            known = ", ".join(one.NAME for one in READERS)
            raise ReadError(f"No reader knows it. Known are {known}.")
        if reader is csv_people and not batch.is_last:
            batch.report.notes.append(f"{file.label}\n{csv_people.describe(head)}")
        yield from reader.read(stream, file.name)


def _batches(records: Iterator[Parsed | Refused], batch: Batch) -> Iterator[list[Parsed | Refused]]:
    """Gather records for one transaction; no id twice in one, so that the second meets the first stored."""
    gathered: list[Parsed | Refused] = []
    seen: set[object] = set()
    for record in records:
        marks: set[object] = set()
        if not isinstance(record, Refused | ParsedMembership):
            marks = {*record.keys, record.name}
        if len(gathered) >= BATCH or marks & seen:
            yield gathered
            gathered, seen = [], set()
        gathered.append(record)
        seen |= marks
    if gathered:
        yield gathered


def _store(label: str, records: list[Parsed | Refused], batch: Batch) -> bool:
    """Store ``records`` in one transaction; a batch that the database refuses is replayed one by one."""
    try:
        with transaction.atomic():
            return batch.store(label, records)
    except DatabaseError as error:
        if len(records) > 1:
            left = [_store(label, [one], batch) for one in records]
            return any(left)
        reason = f"the database refused it: {error}".strip()
        record = records[0].record
        batch.report.refuse(label, Refused(record, "record", reason, "Report the record."))
        return False
