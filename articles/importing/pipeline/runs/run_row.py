"""The row of a run: begun before its first story, taken up again after it was killed, added up at its end."""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import transaction

from articles import clock
from articles.importing.files.sources import NamedBytes, PathOrBytes
from articles.models import ImportBatch, ImportRun
from articles.models.clock_readings import record_clock

COUNTS = ("created", "updated", "unchanged", "waiting", "refused")
MAX_STORED = 1000  # refusals and notes that the row keeps


class RollBackDryRun(Exception):
    """Rolls a dry run back."""


def path_labels(paths: Sequence[PathOrBytes]) -> list[str]:
    """Return ``paths`` as they are kept and compared."""
    return [path.label if isinstance(path, NamedBytes) else str(path) for path in paths]


def start_run(
    source: str, format: str, paths: Sequence[PathOrBytes], options: dict[str, Any]
) -> ImportRun:
    """Return the row of a run with these arguments: one that never ended, which goes on, or else a new one.

    It never ended when its process was killed, or when it still works: then the two share the work, since no batch
    is stored twice.
    """
    arguments = {
        "source": source,
        "format": format,
        "paths": path_labels(paths),
        "options": options,
    }
    record_clock()
    open_runs = ImportRun.objects.filter(state=ImportRun.State.RUNNING, source=source)
    for run in open_runs:
        if {name: getattr(run, name) for name in arguments} == arguments:
            return run
    return ImportRun.objects.create(**arguments)


@contextmanager
def close_on_exit(run: ImportRun) -> Iterator[None]:
    """Close ``run`` after the block: done, or broken off when the block fails; a killed one stays open."""
    try:
        yield
    except BaseException:
        _close(run, ImportRun.State.FAILED)
        raise
    _close(run, ImportRun.State.DONE)


@contextmanager
def rolled_back() -> Iterator[None]:
    """Undo all that the block writes."""
    try:
        with transaction.atomic():
            yield
            raise RollBackDryRun
    except RollBackDryRun:
        return


def sum_batches(run: ImportRun) -> None:
    """Write the sums of the run's batches into its row, unsaved."""
    sums: Counter[str] = Counter()
    contents: Counter[str] = Counter()
    notes: list[str] = []
    for batch in ImportBatch.objects.filter(run=run):
        sums.update({name: getattr(batch, name) for name in COUNTS})
        contents.update(batch.met)
        notes += batch.notes[: MAX_STORED - len(notes)]
    for name in COUNTS:
        setattr(run, name, sums[name])
    run.met, run.notes = dict(contents), notes


def _close(run: ImportRun, state: str) -> None:
    sum_batches(run)
    run.state = state
    run.finished_at = clock.now()
    run.save()
