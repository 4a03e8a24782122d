"""One of several processes of a run. Nothing of Django may be imported before ``setup``: it starts as a new program."""

from collections.abc import Sequence
from typing import Any

Told = tuple[str, list[dict[str, str]], int, list[str]]


def work(
    paths: Sequence[str],
    run_pk: int,
    given: dict[str, Any],
    part: int,
    database: str,
    told: Any,
) -> None:
    """Store every batch whose number is ``part`` modulo the jobs; put what became of it into the queue ``told``.

    ``given`` are the ``Options`` of the run, ``database`` is the name of the one that the parent has open. Told are an
    error (empty for none), the refusals, how many records went to the rejects, and the files passed over.
    """
    from django import setup
    from django.db import connection

    setup()
    connection.settings_dict["NAME"] = database
    told.put(_worked(paths, run_pk, given, part))


def _worked(paths: Sequence[str], run_pk: int, given: dict[str, Any], part: int) -> Told:
    from articles.models import ImportRun

    from .intake import Intake
    from .options import Options, Report
    from .records import in_batches, read_all
    from .sources import find

    options, report, error = Options(**given), Report(), ""
    asked = options.asked()
    intake = Intake(ImportRun.objects.get(pk=run_pk), options, report)
    try:
        for batch in in_batches(read_all(find(paths), asked)):
            if batch.number % options.jobs == part:
                intake.take(batch)
        intake.is_whole = True
    except Exception as fault:  # the run has to hear of it, whatever it is
        error = f"Process {part + 1} broke off: {type(fault).__name__}: {fault}"
    finally:
        intake.close()
    return error, report.refusals, report.rejects, asked.passed_over
