"""Two importers at once: each story and each name once, and both end well."""

import json
from collections import Counter
from multiprocessing import get_context
from typing import Any

import pytest
from django.db import connections

from articles.importing.formats.types import ReadError
from articles.importing.pipeline.run import ImportOptions, run_import
from articles.models import (
    Article,
    Author,
    Edition,
    ImportBatch,
    ImportedItem,
    ImportRun,
    Organization,
    Person,
    Tag,
)
from tests.factories import make_user

from .intakes import lines, rows, run_command, run_forked, story, write

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _small_batches(monkeypatch):
    monkeypatch.setattr("articles.importing.pipeline.reading.records.BATCH_SIZE", 7)


def run_at_once(*works):
    """Do ``works`` at the same time, each in a process of its own; return how they ended."""
    connections.close_all()
    context = get_context("fork")
    gate = context.Barrier(len(works))

    def run_work(work, codes):
        gate.wait(20)
        codes.put(run_forked(work))

    codes = context.Queue()
    processes = [context.Process(target=run_work, args=(work, codes)) for work in works]
    for process in processes:
        process.start()
    exit_codes = [codes.get(timeout=60) for _ in processes]
    for process in processes:
        process.join()
    return exit_codes


def duplicates(model, *fields):
    counts = Counter(model.objects.values_list(*fields))
    return [name for name, count in counts.items() if count > 1]


def assert_each_once():
    for model in (Person, Organization, Author):
        assert duplicates(model, "name") == []
    assert duplicates(Tag, "kind", "name") == []
    assert duplicates(Article, "headline") == []
    assert duplicates(ImportedItem, "source", "ref") == []


def test_the_same_command_twice_at_once_brings_everything_once(tmp_path):
    path = write(tmp_path / "in.jsonl", lines())
    works = [lambda n=n: run_command(path, rejects=tmp_path / f"{n}.rejects") for n in "ab"]
    assert run_at_once(*works) == [1, 1]
    assert_each_once()
    assert ImportedItem.objects.count() == 29
    assert {run.state for run in ImportRun.objects.all()} == {"done"}
    assert Article.objects.get(headline="Story 3 as of 3").revision_number in (2, 3)


def test_two_commands_over_the_same_stories_bring_each_once(tmp_path):
    path = write(tmp_path / "in.jsonl", lines())
    copy = write(tmp_path / "copy.jsonl", lines())
    works = [
        lambda: run_command(path, rejects=tmp_path / "a"),
        lambda: run_command(copy, rejects=tmp_path / "b"),
    ]
    assert run_at_once(*works) == [1, 1]
    assert_each_once()
    assert ImportedItem.objects.count() == 29
    runs = ImportRun.objects.all()
    assert [run.state for run in runs] == ["done", "done"]
    assert sum(run.created for run in runs) == 28
    created: Counter[str] = Counter()
    for batch in ImportBatch.objects.all():
        created.update({kind: len(keys) for kind, keys in batch.made.items()})
    models: dict[str, Any] = {
        "tag": Tag,
        "author": Author,
        "person": Person,
        "organization": Organization,
    }
    assert {kind: created[kind] for kind in models} == {
        kind: model.objects.count() for kind, model in models.items()
    }


def test_of_two_importers_with_different_versions_the_newest_holds(tmp_path):
    old = write(tmp_path / "old.jsonl", [story(n, 1) for n in range(21)])
    new = write(tmp_path / "new.jsonl", [story(n, 2) for n in reversed(range(21))])
    works = [
        lambda: run_command(old, rejects=tmp_path / "a"),
        lambda: run_command(new, rejects=tmp_path / "b"),
    ]
    assert run_at_once(*works) == [0, 0]
    assert_each_once()
    assert set(ImportedItem.objects.values_list("version", flat=True)) == {"2"}
    assert Article.objects.filter(headline__endswith="as of 2").count() == 21
    live = Edition.objects.live()
    assert live.count() == live.filter(headline__endswith="as of 2").count() == 21


def test_a_tie_of_two_files_without_versions_is_settled_by_their_order_twice(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    for name in ("a", "b", "c"):
        text = json.dumps({"id": "s", "headline": f"From {name}", "text": f"Words of {name}."})
        (folder / f"{name}.jsonl").write_text(text)
    for _ in range(3):
        report = run_import([str(folder)], ImportOptions(source="x"))
        assert Article.objects.get().headline == "From c"
    assert (report.created, report.updated, report.unchanged) == (0, 0, 3)


def test_a_story_edited_between_two_imports_stays_as_edited(tmp_path):
    path = write(tmp_path / "in.jsonl", [story(1), story(1, 2)])
    run_import([str(path)], ImportOptions(source="x"))
    article = Article.objects.get()
    article.headline = "As an editor wrote it"
    article.save()
    article.create_revision(make_user())
    before = rows()
    report = run_import([str(path)], ImportOptions(source="x"))
    assert (report.unchanged, report.waiting, report.updated) == (2, 0, 0)
    assert rows() == before
    write(path, [story(1), story(1, 2), story(1, 3)])
    for waiting in (1, 0):
        assert run_import([str(path)], ImportOptions(source="x")).waiting == waiting
    assert Article.objects.get().headline == "As an editor wrote it"


def test_two_processes_are_for_postgresql(tmp_path, sqlite):
    path = write(tmp_path / "in.jsonl", lines())
    with pytest.raises(ReadError, match=r"--jobs is for PostgreSQL\. Leave it out"):
        run_import([str(path)], ImportOptions(source="x", jobs=2))
    assert not Article.objects.exists()


@pytest.mark.usefixtures("postgres")
def test_two_processes_bring_what_one_does(tmp_path):
    from django.core.management import call_command

    path = write(tmp_path / "in.jsonl", [story(n, v) for v in (1, 2) for n in range(600)])
    assert run_forked(lambda: run_command(path)) == 0
    alone = rows()
    call_command("flush", verbosity=0, interactive=False)
    options = ImportOptions(source="x", publish=True, jobs=2)
    report = run_import([str(path)], options)
    assert (report.created, report.updated + report.unchanged) == (600, 600)
    together = rows()
    late = {"revisions", "articles", "editions", "superseded", "items"}  # who came first differs
    late |= {"tags of editions", "authors of editions", "tags", "suggestions"}
    assert {k: v for k, v in together.items() if k not in late} == {
        k: v for k, v in alone.items() if k not in late
    }
    assert [row[:5] for row in together["articles"]] == [row[:5] for row in alone["articles"]]
