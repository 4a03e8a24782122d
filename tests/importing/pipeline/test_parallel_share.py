"""One process of several: its own share of the batches, its own file of rejects."""

from dataclasses import asdict
from pathlib import Path
from queue import SimpleQueue
from typing import Any

import pytest
from django.db import connection

from articles.importing.pipeline.options import ImportOptions
from articles.importing.pipeline.parallel import _worker_options
from articles.importing.pipeline.reading import records
from articles.importing.pipeline.worker import run_worker
from articles.models import Article, ImportRun
from tests.importing.pipeline.intakes import story, write

pytestmark = pytest.mark.django_db


def test_the_first_process_keeps_the_file_of_rejects_and_the_others_number_theirs():
    options = ImportOptions(rejects=Path("in/wire.rejects"))
    assert _worker_options(options, 0) is options
    assert _worker_options(options, 2).rejects == Path("in/wire.2.rejects")
    nowhere = ImportOptions()
    assert _worker_options(nowhere, 2) is nowhere


@pytest.fixture
def share(tmp_path, monkeypatch):
    """Let a process take its share of four batches of one story, and tell what it tells."""
    monkeypatch.setattr(records, "BATCH_SIZE", 1)
    path = write(tmp_path / "in.jsonl", [story(number) for number in range(4)])
    run = ImportRun.objects.create(source="wire")

    def take(index: int, paths: list[str] | None = None) -> Any:
        options = ImportOptions(source="wire", suggest=False, jobs=2, publish=False)
        results: SimpleQueue[Any] = SimpleQueue()
        name = connection.settings_dict["NAME"]
        run_worker(paths or [str(path)], run.pk, asdict(options), index, name, results)
        return results.get()

    return take


@pytest.mark.parametrize(("index", "numbers"), [(0, [1, 3]), (1, [0, 2])])
def test_a_process_stores_every_batch_of_its_number(share, index, numbers):
    assert share(index) == ("", [], 0, [])
    headlines = Article.objects.order_by("pk").values_list("headline", flat=True)
    assert list(headlines) == [f"Story {number} as of 1" for number in numbers]


def test_a_process_that_breaks_off_says_which_and_why(share):
    error, *_ = share(1, ["/nowhere/in.jsonl"])
    assert error.startswith("Process 2 broke off: ")
