"""The row of a run: taken up again while it is open, closed whatever happens, added up of its batches."""

import pytest

from articles.importing.files.sources import NamedBytes
from articles.importing.pipeline.runs.run_row import (
    close_on_exit,
    path_labels,
    rolled_back,
    start_run,
    sum_batches,
)
from articles.models import ImportBatch, ImportRun

pytestmark = pytest.mark.django_db
ARGUMENTS = ("wire", "ninjs", ["in"], {"publish": True})


def test_a_run_that_never_ended_goes_on_with_the_same_arguments_alone():
    run = start_run(*ARGUMENTS)
    assert start_run(*ARGUMENTS) == run
    others = [
        ("post", *ARGUMENTS[1:]),
        ("wire", "", *ARGUMENTS[2:]),
        ("wire", "ninjs", ["out"], {"publish": True}),
        (*ARGUMENTS[:3], {"publish": False}),
    ]
    assert run.pk not in {start_run(*arguments).pk for arguments in others}
    ImportRun.objects.update(state="done")
    assert start_run(*ARGUMENTS) != run


def test_bytes_are_kept_by_their_label():
    assert path_labels(["in", NamedBytes("feed", "name", b"x")]) == ["in", "feed"]


def test_a_run_is_closed_as_done_or_as_broken_off():
    run = start_run(*ARGUMENTS)
    with close_on_exit(run):
        assert ImportRun.objects.get().state == "running"
    run.refresh_from_db()
    assert (run.state, run.finished_at is not None) == ("done", True)
    other = start_run(*ARGUMENTS)
    with pytest.raises(KeyboardInterrupt), close_on_exit(other):
        raise KeyboardInterrupt
    other.refresh_from_db()
    assert (other.state, other.finished_at is not None) == ("failed", True)


def test_sums_are_those_of_the_batches_and_the_first_thousand_notes():
    run, other = start_run(*ARGUMENTS), start_run("post", "", [], {})
    for number, count in ((1, 600), (2, 600), (3, 5)):
        notes = [f"{number}.{place}" for place in range(count)]
        ImportBatch.objects.create(
            run=run,
            number=number,
            digest="x",
            created=number,
            refused=1,
            notes=notes,
            met={"undated": 2},
        )
    ImportBatch.objects.create(run=other, number=1, digest="x", created=90, met={"undated": 90})
    sum_batches(run)
    assert (run.created, run.updated, run.refused, run.met) == (6, 0, 3, {"undated": 6})
    assert len(run.notes) == 1000
    assert (run.notes[599], run.notes[600], run.notes[-1]) == ("1.599", "2.0", "2.399")
    assert ImportRun.objects.get(pk=run.pk).created == 0, "it is not saved"


def test_a_dry_run_writes_nothing_and_hides_no_fault():
    with rolled_back():
        start_run(*ARGUMENTS)
        assert ImportRun.objects.exists()
    assert not ImportRun.objects.exists()
    with pytest.raises(ValueError, match="a fault"), rolled_back():
        raise ValueError("a fault")
