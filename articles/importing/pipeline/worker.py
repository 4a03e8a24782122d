"""One of several processes of a run. Nothing of Django may be imported before ``setup``: it starts as a new program."""

from collections.abc import Sequence
from typing import Any

WorkerResult = tuple[str, list[dict[str, str]], int, list[str]]


def run_worker(
    paths: Sequence[str],
    run_pk: int,
    values: dict[str, Any],
    index: int,
    database: str,
    results: Any,
) -> None:
    """Store every batch whose number is ``index`` modulo the jobs; put what became of it into the queue ``results``.

    ``values`` are the options of the run, ``database`` is the name of the one that the parent has open. Told are an
    error (empty for none), the refusals, how many records went to the rejects, and the files passed over.
    """
    from django import setup
    from django.db import connection

    setup()
    connection.settings_dict["NAME"] = database
    results.put(_import_share(paths, run_pk, values, index))


def _import_share(
    paths: Sequence[str], run_pk: int, values: dict[str, Any], index: int
) -> WorkerResult:
    from articles.importing.files.sources import find_sources
    from articles.models import ImportRun

    from .ingest import BatchImporter
    from .options import ImportOptions, ImportReport
    from .reading.records import in_batches, read_records

    options, report, error = ImportOptions(**values), ImportReport(), ""
    file_options = options.file_options()
    importer = BatchImporter(ImportRun.objects.get(pk=run_pk), options, report)
    try:
        for batch in in_batches(read_records(find_sources(paths), file_options)):
            if batch.number % options.jobs == index:
                importer.import_batch(batch)
        importer.is_whole = True
    except Exception as fault:  # the run has to hear of it, whatever it is
        error = f"Process {index + 1} broke off: {type(fault).__name__}: {fault}"
    finally:
        importer.close()
    return error, report.refusals, report.rejects, file_options.passed_over
