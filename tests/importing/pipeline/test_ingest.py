"""An import that was killed goes on where it was, and ends as one that nobody disturbed."""

import os
import time
from functools import partial

import pytest
from django.core.management import call_command
from django.db import connections

from articles.importing.formats.types import ReadError
from articles.importing.pipeline import ingest
from articles.importing.pipeline.reading import records
from articles.importing.pipeline.run import ImportOptions, run_import
from articles.importing.pipeline.runs import rejects, run_row
from articles.importing.pipeline.runs.counts import BatchCounts
from articles.importing.pipeline.storing import entities, store
from articles.models import Article, ImportBatch, ImportedItem, ImportRun

from .intakes import lines, rows, run_command, run_counts, run_forked, start_command, story, write

pytestmark = pytest.mark.django_db(transaction=True)
KILLED = 9
PLACES = {
    "before names are made": (entities.EntityResolver, "resolve", False),
    "after names were made": (entities.EntityResolver, "resolve", True),
    "before a story is stored": (store, "new_articles", False),
    "after stories were published": (store, "publish_batch", True),
    "before a batch is committed": (BatchCounts, "write_to", True),
    "after a batch was committed": (ingest.BatchImporter, "_store", True),
    "while a refused record is written": (rejects.RejectsFile, "add", False),
    "before the run is closed": (run_row, "_close", False),
}


@pytest.fixture(autouse=True)
def _small_batches(monkeypatch):
    monkeypatch.setattr(records, "BATCH_SIZE", 7)


@pytest.fixture(scope="module")
def results():
    """Give what is kept between the tests of this module."""
    return {}


@pytest.fixture
def expected(results, tmp_path):
    """Give rows, sums and rejects of a run that nobody disturbs; the database is empty again."""
    if not results:
        folder = tmp_path / "undisturbed"
        folder.mkdir()
        assert run_forked(lambda: run_command(write(folder / "in.jsonl", lines()))) == 1
        results.update(rows=rows(), sums=run_counts(), rejects=_refused(folder))
        call_command("flush", verbosity=0, interactive=False)
    return results


def _refused(folder):
    """Return the bytes of the records in the file of rejects."""
    data = (folder / "x.rejects").read_bytes()
    mark = data.partition(b"\n")[0].removeprefix(b"=== newsroom rejects ")
    return data.count(b"=== " + mark + b"\n"), data.count(b"Without words")


def _without_names(counts):
    """Return sums without those of new names, and without a batch that holds nothing else."""
    for row in counts:
        for key in [key for value in row if isinstance(value, dict) for key in value]:
            assert key.startswith(("new_", "format:")) or key in ("undated", "missing_pictures")
    stripped = [tuple(value for value in row if not isinstance(value, dict)) for row in counts]
    return [row for row in stripped if row[0] != 0]


def killed_at(place, count):
    """Return what takes the input and is gone at the ``count``-th call of ``place``, as if killed."""
    owner, name, is_after = PLACES[place]
    real = getattr(owner, name)
    calls = iter(range(1, count))

    def call(*args, **kwargs):
        is_last = next(calls, None) is None
        if is_last and not is_after:
            os._exit(KILLED)
        answer = real(*args, **kwargs)
        if is_last:
            os._exit(KILLED)
        return answer

    def work(path):
        setattr(owner, name, call)
        run_command(path)

    return work


@pytest.mark.parametrize("place", PLACES)
def test_a_killed_import_goes_on_where_it_was(place, expected, tmp_path):
    path = write(tmp_path / "in.jsonl", lines())
    is_often = place not in ("while a refused record is written", "before the run is closed")
    for count in (1, 3) if is_often else (1,):
        assert run_forked(partial(killed_at(place, count), path)) == KILLED
        assert ImportRun.objects.get().state == "running"
    assert run_forked(lambda: run_command(path)) == 1
    assert ImportRun.objects.get().state == "done"
    assert rows() == expected["rows"]
    assert _without_names(run_counts()) == _without_names(expected["sums"])
    assert _refused(tmp_path) == expected["rejects"]


def test_names_that_a_killed_run_has_made_are_counted_and_taken_back(expected, tmp_path):
    path = write(tmp_path / "in.jsonl", lines())
    assert run_forked(lambda: killed_at("after names were made", 2)(path)) == KILLED
    assert run_forked(lambda: run_command(path)) == 1
    assert run_counts() == expected["sums"]


def test_a_command_killed_by_the_system_goes_on_where_it_was(tmp_path):
    path = write(tmp_path / "in.jsonl", [story(number) for number in range(1100)])
    process = start_command(path, "--no-suggest")
    while not ImportBatch.objects.filter(number=1).exists() and process.poll() is None:
        time.sleep(0.01)
    process.kill()
    output, _ = process.communicate()
    assert process.returncode == -KILLED, output
    run = ImportRun.objects.get()
    assert run.state == "running"
    connections.close_all()
    process = start_command(path, "--no-suggest")
    output, _ = process.communicate()
    assert process.returncode == 0, output
    run.refresh_from_db()
    assert (run.state, run.created, run.refused) == ("done", 1100, 0)
    assert ImportRun.objects.count() == 1
    assert Article.objects.count() == ImportedItem.objects.count() == 1100


def test_an_input_that_changed_meanwhile_is_said_and_can_come_in_anew(tmp_path):
    path = write(tmp_path / "in.jsonl", lines())
    place = "after a batch was committed"
    assert run_forked(lambda: killed_at(place, 2)(path)) == KILLED
    write(path, [story(77), *lines()])
    options = ImportOptions(source="x", publish=True)
    with pytest.raises(ReadError, match=r"another one now.*run the command again"):
        run_import([str(path)], options)
    report = run_import([str(path)], options)
    assert [run.state for run in ImportRun.objects.order_by("pk")] == ["failed", "done"]
    assert report.created == 30 - ImportRun.objects.earliest("pk").created - report.waiting
    assert ImportedItem.objects.count() == 30


def test_another_command_does_not_go_on_with_a_killed_run(tmp_path):
    path = write(tmp_path / "in.jsonl", lines())
    assert run_forked(lambda: killed_at("after a batch was committed", 2)(path)) == KILLED
    run_import([str(path)], ImportOptions(source="y", publish=True))
    run_import([str(path)], ImportOptions(source="x"))
    states = ImportRun.objects.order_by("pk").values_list("source", "state")
    assert list(states) == [("x", "running"), ("y", "done"), ("x", "done")]


def test_a_run_that_breaks_off_is_closed_and_says_so(tmp_path, monkeypatch):
    def broken(*args, **kwargs):
        raise RuntimeError("a fault")

    monkeypatch.setattr("articles.importing.pipeline.ingest.store_matches", broken)
    with pytest.raises(RuntimeError):
        run_import([str(write(tmp_path / "in.jsonl", lines()))], ImportOptions(source="x"))
    assert ImportRun.objects.get().state == "failed"
    assert not ImportBatch.objects.filter(number__gt=0).exists()


def test_two_versions_in_one_batch_meet_one_after_the_other(tmp_path):
    path = write(tmp_path / "in.jsonl", [story(1), story(2), story(1, 2), story(1, 3)])
    report = run_import([str(path)], ImportOptions(source="x", suggest=False))
    assert (report.created, report.updated, report.refused) == (2, 2, 0)
    assert ImportBatch.objects.filter(number__gt=0).count() == 1
    item = ImportedItem.objects.get(ref="s1")
    assert (item.version, item.article.headline) == ("3", "Story 1 as of 3")
    assert item.article.revision_number == 3
