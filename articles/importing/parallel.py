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

from articles.models import ImportRun

from .options import Options, Report
from .parsed import ReadError
from .sources import STDIN, Given, NamedBytes
from .worker import Told, work

PATIENCE = 5  # seconds between two looks at processes that tell nothing


def take_in_parts(paths: Sequence[Given], run: ImportRun, options: Options, report: Report) -> None:
    """Take every batch of ``paths`` in ``options.jobs`` processes. Raises ReadError when one of them breaks off.

    SQLite has one writer: there it is an error to ask for more. What was refused is told by the processes' queue.
    """
    if connection.vendor != "postgresql":
        raise ReadError("SQLite has one writer: --jobs is for PostgreSQL. Leave it out.")
    if any(path == STDIN or isinstance(path, NamedBytes) for path in paths):
        raise ReadError("Standard input can be read once only: --jobs needs files.")
    context = multiprocessing.get_context("spawn")
    told = context.Queue()
    name = connection.settings_dict["NAME"]
    connections.close_all()
    workers = [
        context.Process(
            target=work,
            args=(list(paths), run.pk, asdict(_of_part(options, part)), part, name, told),
        )
        for part in range(options.jobs)
    ]
    for worker in workers:
        worker.start()
    errors = []
    for _ in workers:
        error, refusals, rejects, passed_over = _heard(told, workers)
        errors += [error] if error else []
        report.refusals += refusals
        report.rejects += rejects
        report.passed_over = passed_over
    for worker in workers:
        worker.join()
    if errors:
        raise ReadError(errors[0])
    report.refusals.sort(key=lambda row: (row["file"], row["record"]))
    run.refusals = report.refusals


def _heard(told: Any, workers: Sequence[Any]) -> Told:
    """Return what the next process tells; one that was killed before it could tell has an error told for it."""
    while True:
        try:
            return told.get(timeout=PATIENCE)
        except Empty:
            if killed := [worker for worker in workers if worker.exitcode]:
                reason = f"A process ended with {killed[0].exitcode}. Run the same command again."
                return reason, [], 0, []


def _of_part(options: Options, part: int) -> Options:
    """Return ``options`` with a file of rejects of its own: ``name.rejects``, ``name.1.rejects`` and so on."""
    if options.rejects is None or part == 0:
        return options
    return replace(options, rejects=options.rejects.with_suffix(f".{part}{options.rejects.suffix}"))
