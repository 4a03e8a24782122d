"""An import that was killed goes on where it was, and ends as one that nobody disturbed."""

import os
import time

import pytest
from django.core.management import call_command
from django.db import connections

from articles.importing import intake, names, records, rejects, runs, store
from articles.importing.parsed import ReadError
from articles.importing.pipeline import Options, run_import
from articles.models import Article, ImportBatch, ImportedItem, ImportRun

from .intakes import begin, forked, lines, rows, story, sums, take, write

pytestmark = pytest.mark.django_db(transaction=True)
KILLED = 9
PLACES = {
    "before names are made": (names.Names, "learn", False),
    "after names were made": (names.Names, "learn", True),
    "before a story is stored": (store, "new_articles", False),
    "after stories were published": (store, "publish_batch", True),
    "before a batch is committed": (intake.Tally, "write_to", True),
    "after a batch was committed": (intake.Intake, "_store", True),
    "while a refused record is written": (rejects.RejectsFile, "add", False),
    "before the run is closed": (runs, "_close", False),
}


@pytest.fixture(autouse=True)
def _small_batches(monkeypatch):
    monkeypatch.setattr(records, "BATCH", 7)


@pytest.fixture(scope="module")
def kept():
    """Give what is kept between the tests of this module."""
    return {}


@pytest.fixture
def undisturbed(kept, tmp_path):
    """Give rows, sums and rejects of a run that nobody disturbs; the database is empty again."""
    if not kept:
        folder = tmp_path / "undisturbed"
        folder.mkdir()
        assert forked(lambda: take(write(folder / "in.jsonl", lines()))) == 1
        kept.update(rows=rows(), sums=sums(), rejects=_refused(folder))
        call_command("flush", verbosity=0, interactive=False)
    return kept


def _refused(folder):
    """Return the bytes of the records in the file of rejects."""
    data = (folder / "x.rejects").read_bytes()
    mark = data.partition(b"\n")[0].removeprefix(b"=== newsroom rejects ")
    return data.count(b"=== " + mark + b"\n"), data.count(b"Without words")


def _without_names(found):
    """Return sums without those of new names, and without a batch that holds nothing else."""
    for row in found:
        for key in [key for part in row if isinstance(part, dict) for key in part]:
            assert key.startswith(("new_", "format:")) or key in ("undated", "missing_pictures")
    kept = [tuple(part for part in row if not isinstance(part, dict)) for row in found]
    return [row for row in kept if row[0] != 0]


def dying(place, count):
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
        take(path)

    return work


@pytest.mark.parametrize("place", PLACES)
def test_a_killed_import_goes_on_where_it_was(place, undisturbed, tmp_path):
    path = write(tmp_path / "in.jsonl", lines())
    is_often = place not in ("while a refused record is written", "before the run is closed")
    for count in (1, 3) if is_often else (1,):
        assert forked(lambda count=count: dying(place, count)(path)) == KILLED
        assert ImportRun.objects.get().state == "running"
    assert forked(lambda: take(path)) == 1
    assert ImportRun.objects.get().state == "done"
    assert rows() == undisturbed["rows"]
    assert _without_names(sums()) == _without_names(undisturbed["sums"])
    assert _refused(tmp_path) == undisturbed["rejects"]


def test_names_that_a_killed_run_has_made_are_counted_and_taken_back(undisturbed, tmp_path):
    path = write(tmp_path / "in.jsonl", lines())
    assert forked(lambda: dying("after names were made", 2)(path)) == KILLED
    assert forked(lambda: take(path)) == 1
    assert sums() == undisturbed["sums"]


def test_a_command_killed_by_the_system_goes_on_where_it_was(tmp_path):
    path = write(tmp_path / "in.jsonl", [story(number) for number in range(1100)])
    process = begin(path, "--no-suggest")
    while not ImportBatch.objects.filter(number=1).exists() and process.poll() is None:
        time.sleep(0.01)
    process.kill()
    told, _ = process.communicate()
    assert process.returncode == -KILLED, told
    run = ImportRun.objects.get()
    assert run.state == "running"
    connections.close_all()
    process = begin(path, "--no-suggest")
    told, _ = process.communicate()
    assert process.returncode == 0, told
    run.refresh_from_db()
    assert (run.state, run.created, run.refused) == ("done", 1100, 0)
    assert ImportRun.objects.count() == 1
    assert Article.objects.count() == ImportedItem.objects.count() == 1100


def test_an_input_that_changed_meanwhile_is_said_and_can_come_in_anew(tmp_path):
    path = write(tmp_path / "in.jsonl", lines())
    place = "after a batch was committed"
    assert forked(lambda: dying(place, 2)(path)) == KILLED
    write(path, [story(77), *lines()])
    options = Options(source="x", publish=True)
    with pytest.raises(ReadError, match=r"another one now.*run the command again"):
        run_import([str(path)], options)
    report = run_import([str(path)], options)
    assert [run.state for run in ImportRun.objects.order_by("pk")] == ["failed", "done"]
    assert report.created == 30 - ImportRun.objects.earliest("pk").created - report.waiting
    assert ImportedItem.objects.count() == 30


def test_another_command_does_not_go_on_with_a_killed_run(tmp_path):
    path = write(tmp_path / "in.jsonl", lines())
    assert forked(lambda: dying("after a batch was committed", 2)(path)) == KILLED
    run_import([str(path)], Options(source="y", publish=True))
    run_import([str(path)], Options(source="x"))
    states = ImportRun.objects.order_by("pk").values_list("source", "state")
    assert list(states) == [("x", "running"), ("y", "done"), ("x", "done")]


def test_a_run_that_breaks_off_is_closed_and_says_so(tmp_path, monkeypatch):
    def broken(*args, **kwargs):
        raise RuntimeError("a fault")

    monkeypatch.setattr("articles.importing.intake.store", broken)
    with pytest.raises(RuntimeError):
        run_import([str(write(tmp_path / "in.jsonl", lines()))], Options(source="x"))
    assert ImportRun.objects.get().state == "failed"
    assert not ImportBatch.objects.filter(number__gt=0).exists()
