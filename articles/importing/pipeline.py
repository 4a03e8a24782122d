"""FILE -> ARTICLE as one loop: find, read, clean, match, store; a batch of records is one transaction."""

import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from articles.models import ImportRun

from . import runs, sources
from .intake import Intake
from .options import Options, Report
from .parallel import take_in_parts
from .parsed import ReadError
from .records import in_batches, read_all, reader_named

__all__ = ["Options", "Report", "run_import"]


def run_import(
    paths: Sequence[sources.Given],
    options: Options,
    *,
    on_record: Callable[[int], object] = lambda size: None,
) -> Report:
    """Import ``paths`` (files, folders, archives, ``-``) and report. ``on_record`` gets the bytes of each record.

    A bad record, and a file that nobody can read, cost only themselves. A run that was killed goes on where it was.
    Raises ReadError for a path that does not exist and for an unknown format, before anything is written, and when
    the database is gone.
    """
    began = time.monotonic()
    paths = [*_checked(paths)]
    if options.format:
        reader_named(options.format)
    source = options.source or sources.default_source(paths)
    asked = {"publish": options.publish, "tags": list(options.tags), "suggest": options.suggest}
    report = Report()
    if options.dry_run:
        with runs.rolled_back():
            run = runs.begin(source, options.format, paths, asked)
            _take_all(paths, run, options, report, on_record)
            runs.add_up(run)
    else:
        run = runs.begin(source, options.format, paths, asked)
        with runs.kept(run):
            _take_all(paths, run, options, report, on_record)
        report.run = run.pk
    for name in (*runs.COUNTS, "met"):
        setattr(report, name, getattr(run, name))
    report.notes = run.notes
    report.seconds = round(time.monotonic() - began, 3)
    return report


def _checked(paths: Sequence[sources.Given]) -> Iterator[sources.Given]:
    """Yield ``paths``. Raises ReadError for one that does not exist."""
    for path in paths:
        if isinstance(path, str) and path != sources.STDIN and not Path(path).exists():
            raise ReadError(f"{path} does not exist. Check the path.")
        yield path


def _take_all(
    paths: Sequence[sources.Given],
    run: ImportRun,
    options: Options,
    report: Report,
    on_record: Callable[[int], object],
) -> None:
    """Take every batch of ``paths``; several processes when that is asked for."""
    if options.jobs > 1 and not options.dry_run:
        take_in_parts(paths, run, options, report)
        return
    intake = Intake(run, options, report)
    asked = options.asked()
    report.passed_over, report.mappings = asked.passed_over, asked.mappings
    try:
        for batch in in_batches(read_all(sources.find(paths), asked)):
            intake.take(batch)
            for record in batch.records:
                on_record(len(record.outcome.original))
        intake.is_whole = True
    finally:
        intake.close()
