"""One process of several: its own share of the batches, its own file of rejects."""

from dataclasses import asdict
from pathlib import Path
from queue import SimpleQueue
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection, connections

from articles.importing.files.sources import NamedBytes
from articles.importing.formats.types import ReadError
from articles.importing.pipeline import parallel
from articles.importing.pipeline.options import ImportOptions, ImportReport
from articles.importing.pipeline.parallel import _worker_options, import_in_processes
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


class Process:
    """Stands for a process of its own: does the work where it is started."""

    exitcode = 0

    def __init__(self, answers: "SimpleQueue[Any]", answer: Any) -> None:
        self.answers, self.answer, self.is_joined = answers, answer, False

    def start(self) -> None:
        if self.answer is None:
            self.exitcode = -9  # killed before it could tell
        else:
            self.answers.put(self.answer)

    def join(self) -> None:
        self.is_joined = True


@pytest.fixture
def processes(monkeypatch):
    """Let the processes of a run answer what the test says; return those that were begun."""
    answers: SimpleQueue[Any] = SimpleQueue()
    started: list[Process] = []

    def use(*replies: Any) -> list[Process]:
        def make(*, target: Any, args: Any) -> Process:
            assert target is run_worker
            started.append(Process(answers, replies[len(started)]))
            return started[-1]

        context = SimpleNamespace(Queue=lambda: answers, Process=make)
        monkeypatch.setattr("multiprocessing.get_context", lambda method: context)
        return started

    values = SimpleNamespace(vendor="postgresql", settings_dict=connection.settings_dict)
    monkeypatch.setattr(parallel, "connection", values)
    monkeypatch.setattr(connections, "close_all", lambda: None)
    monkeypatch.setattr(parallel, "POLL_SECONDS", 0.01)
    return use


def refusal(file: str, record: str) -> dict[str, str]:
    return {"file": file, "record": record}


def test_what_every_process_tells_is_put_together_in_the_order_of_the_files(processes):
    started = processes(
        ("", [refusal("b", "1")], 1, ["a.jpg"]), ("", [refusal("a", "2")], 2, ["a.jpg"])
    )
    run, report = ImportRun(), ImportReport()
    import_in_processes(["in"], run, ImportOptions(jobs=2), report)
    assert report.refusals == run.refusals == [refusal("a", "2"), refusal("b", "1")]
    assert (report.rejects, report.passed_over) == (3, ["a.jpg"])
    assert [process.is_joined for process in started] == [True, True]


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        (("Process 2 broke off: no disk", [], 0, []), "Process 2 broke off: no disk"),
        (None, "A process ended with -9. Run the same command again."),
    ],
)
def test_a_run_breaks_off_with_what_a_process_tells_or_with_how_it_was_killed(
    processes, reply, words
):
    started = processes(("", [], 0, []), reply)
    with pytest.raises(ReadError, match=words):
        import_in_processes(["in"], ImportRun(), ImportOptions(jobs=2), ImportReport())
    assert [process.is_joined for process in started] == [True, True]


@pytest.mark.parametrize("path", ["-", NamedBytes("a", "a", b"x")])
def test_what_can_be_read_once_only_is_not_shared_between_processes(processes, path):
    started = processes()
    with pytest.raises(ReadError, match="Standard input can be read once only"):
        import_in_processes(["in", path], ImportRun(), ImportOptions(jobs=2), ImportReport())
    assert started == []


def test_a_process_sets_the_program_up_before_it_does_anything(share, monkeypatch):
    calls = []
    monkeypatch.setattr("django.setup", lambda: calls.append(Article.objects.count()))
    share(0)
    assert calls == [0]


def test_a_process_tells_how_much_it_refused_and_leaves_its_own_file_of_rejects(tmp_path):
    path = write(tmp_path / "in.jsonl", [story(1), story(2, text="")])
    run = ImportRun.objects.create(source="wire")
    options = ImportOptions(source="wire", suggest=False, rejects=tmp_path / "x.rejects")
    results: SimpleQueue[Any] = SimpleQueue()
    name = connection.settings_dict["NAME"]
    run_worker([str(path)], run.pk, asdict(options), 0, name, results)
    error, refusals, rejects, passed_over = results.get()
    assert (error, rejects, passed_over) == ("", 1, [])
    assert [row["record"] for row in refusals] == ["2"]
    assert b"Story 2" in (tmp_path / "x.rejects").read_bytes()
