"""The row of a run: begun before its first story, taken up again after it was killed, added up at its end."""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.utils import timezone

from articles.models import ImportBatch, ImportRun

from .sources import Given, NamedBytes

COUNTS = ("created", "updated", "unchanged", "waiting", "refused")
KEPT = 1000  # refusals and notes that the row keeps


class DryRunOver(Exception):
    """Rolls a dry run back."""


def paths_of(paths: Sequence[Given]) -> list[str]:
    """Return ``paths`` as they are kept and compared."""
    return [path.label if isinstance(path, NamedBytes) else str(path) for path in paths]


def begin(source: str, format: str, paths: Sequence[Given], options: dict[str, Any]) -> ImportRun:
    """Return the row of a run with these arguments: one that never ended, which goes on, or else a new one.

    It never ended when its process was killed, or when it still works: then the two share the work, since no batch
    is stored twice.
    """
    same = {"source": source, "format": format, "paths": paths_of(paths), "options": options}
    open_runs = ImportRun.objects.filter(state=ImportRun.State.RUNNING, source=source)
    for run in open_runs:
        if {name: getattr(run, name) for name in same} == same:
            return run
    return ImportRun.objects.create(**same)


@contextmanager
def kept(run: ImportRun) -> Iterator[None]:
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
            raise DryRunOver
    except DryRunOver:
        return


def add_up(run: ImportRun) -> None:
    """Write the sums of the run's batches into its row, unsaved."""
    sums: Counter[str] = Counter()
    met: Counter[str] = Counter()
    notes: list[str] = []
    for batch in ImportBatch.objects.filter(run=run):
        sums.update({name: getattr(batch, name) for name in COUNTS})
        met.update(batch.met)
        notes += batch.notes[: KEPT - len(notes)]
    for name in COUNTS:
        setattr(run, name, sums[name])
    run.met, run.notes = dict(met), notes


def _close(run: ImportRun, state: str) -> None:
    add_up(run)
    run.state = state
    run.finished_at = timezone.now()
    run.save()
