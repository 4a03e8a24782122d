"""FILE -> ARTICLE as one loop: find, read, clean, match, store; a batch of records is one transaction."""

import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from articles.importing.files import sources
from articles.importing.formats.types import ReadError
from articles.models import ImportRun
from articles.text.messages import Message

from .ingest import BatchImporter
from .options import ImportOptions, ImportReport
from .parallel import import_in_processes
from .reading.records import get_reader, in_batches, read_records
from .runs import run_row

__all__ = ["ImportOptions", "ImportReport", "run_import"]


def run_import(
    paths: Sequence[sources.PathOrBytes],
    options: ImportOptions,
    *,
    on_record: Callable[[int], object] = lambda size: None,
) -> ImportReport:
    """Import ``paths`` (files, folders, archives, ``-``) and report. ``on_record`` gets the bytes of each record.

    A bad record, and a file that nobody can read, cost only themselves. A run that was killed goes on where it was.
    Raises ReadError for a path that does not exist and for an unknown format, before anything is written, and when
    the database is gone.
    """
    started = time.monotonic()
    paths = [*_existing_paths(paths)]
    if options.format:
        get_reader(options.format)
    source = options.source or sources.default_source(paths)
    run_options = {
        "publish": options.publish,
        "tags": list(options.tags),
        "suggest": options.suggest,
    }
    report = ImportReport()
    if options.dry_run:
        with run_row.rolled_back():
            run = run_row.start_run(source, options.format, paths, run_options)
            _import_all(paths, run, options, report, on_record)
            run_row.sum_batches(run)
    else:
        run = run_row.start_run(source, options.format, paths, run_options)
        with run_row.close_on_exit(run):
            _import_all(paths, run, options, report, on_record)
        report.run = run.pk
    for name in (*run_row.COUNTS, "met"):
        setattr(report, name, getattr(run, name))
    report.notes = run.notes
    report.seconds = round(time.monotonic() - started, 3)
    return report


def _existing_paths(paths: Sequence[sources.PathOrBytes]) -> Iterator[sources.PathOrBytes]:
    """Yield ``paths``. Raises ReadError for one that does not exist."""
    for path in paths:
        if isinstance(path, str) and path != sources.STDIN and not Path(path).exists():
            raise ReadError(
                Message("%(path)s does not exist. Check the path.", {"path": path}, "file.missing")
            )
        yield path


def _import_all(
    paths: Sequence[sources.PathOrBytes],
    run: ImportRun,
    options: ImportOptions,
    report: ImportReport,
    on_record: Callable[[int], object],
) -> None:
    """Take every batch of ``paths``; several processes when that is asked for."""
    if options.jobs > 1 and not options.dry_run:
        import_in_processes(paths, run, options, report)
        return
    importer = BatchImporter(run, options, report)
    file_options = options.file_options()
    report.passed_over, report.mappings = file_options.passed_over, file_options.mappings
    try:
        for batch in in_batches(read_records(sources.find_sources(paths), file_options)):
            importer.import_batch(batch)
            for record in batch.records:
                on_record(len(record.outcome.original))
        importer.is_whole = True
    finally:
        importer.close()
