"""One run in several processes: each reads the whole input and stores every n-th batch of it.

Reading costs little beside storing, and nothing has to pass between the processes but the database. Which version of a
story holds does not depend on who was first: items know the place of their record in the run.
"""

import multiprocessing
from collections.abc import Sequence
from dataclasses import asdict, replace
from queue import Empty
from typing import Any

from django.db import connection, connections

from articles.importing.files.sources import STDIN, NamedBytes, PathOrBytes
from articles.importing.formats.types import ReadError
from articles.models import ImportRun
from articles.text.messages import Message, untranslated

from .options import ImportOptions, ImportReport
from .worker import WorkerResult, run_worker

POLL_SECONDS = 5  # seconds between two looks at processes that tell nothing


def import_in_processes(
    paths: Sequence[PathOrBytes], run: ImportRun, options: ImportOptions, report: ImportReport
) -> None:
    """Take every batch of ``paths`` in ``options.jobs`` processes. Raises ReadError when one of them breaks off.

    SQLite has one writer: there it is an error to ask for more. What was refused is told by the processes' queue.
    """
    if connection.vendor != "postgresql":
        raise ReadError(
            Message(
                "SQLite has one writer: --jobs is for PostgreSQL. Leave it out.",
                code="option.jobs_sqlite",
            )
        )
    if any(path == STDIN or isinstance(path, NamedBytes) for path in paths):
        raise ReadError(
            Message(
                "Standard input can be read once only: --jobs needs files.",
                code="option.jobs_stdin",
            )
        )
    context = multiprocessing.get_context("spawn")
    results = context.Queue()
    database = connection.settings_dict["NAME"]
    connections.close_all()
    workers = [
        context.Process(
            target=run_worker,
            args=(
                list(paths),
                run.pk,
                asdict(_worker_options(options, index)),
                index,
                database,
                results,
            ),
        )
        for index in range(options.jobs)
    ]
    for worker in workers:
        worker.start()
    errors = []
    for _ in workers:
        error, refusals, rejects, passed_over = _next_result(results, workers)
        errors += [error] if error else []
        report.refusals += refusals
        report.rejects += rejects
        report.passed_over = passed_over
    for worker in workers:
        worker.join()
    if errors:
        raise ReadError(untranslated(errors[0], "run.worker"))
    report.refusals.sort(key=lambda row: (row["file"], row["record"]))
    run.refusals = report.refusals


def _next_result(results: Any, workers: Sequence[Any]) -> WorkerResult:
    """Return what the next process tells; one that was killed before it could tell has an error told for it."""
    while True:
        try:
            return results.get(timeout=POLL_SECONDS)
        except Empty:
            if killed := [worker for worker in workers if worker.exitcode]:
                reason = f"A process ended with {killed[0].exitcode}. Run the same command again."
                return reason, [], 0, []


def _worker_options(options: ImportOptions, index: int) -> ImportOptions:
    """Return ``options`` with a file of rejects of its own: ``name.rejects``, ``name.1.rejects`` and so on."""
    if options.rejects is None or index == 0:
        return options
    return replace(
        options, rejects=options.rejects.with_suffix(f".{index}{options.rejects.suffix}")
    )
