"""How far a run is, shown to who watches and to nobody else."""

import io
from types import SimpleNamespace
from typing import Any

import pytest

from articles.importing.files import sources
from articles.importing.pipeline import progress as module
from articles.importing.pipeline.progress import progress


class Bar:
    """Stands for the line on a terminal."""

    def __init__(self, **options: Any) -> None:
        self.options, self.size = options, 0
        self.words: list[str] = []
        self.disable, self.format_dict = bool(options["disable"]), {"elapsed": 2.0}

    def __enter__(self) -> "Bar":
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing is left open."""

    def update(self, size: int) -> None:
        self.size += size

    def set_postfix_str(self, words: str, *, refresh: bool) -> None:
        assert refresh is False
        self.words.append(words)


@pytest.fixture
def bars(monkeypatch) -> list[Bar]:
    bars: list[Bar] = []

    def make(**options: Any) -> Bar:
        bars.append(Bar(**options))
        return bars[-1]

    monkeypatch.setattr(module, "tqdm", make)
    return bars


def test_the_bytes_of_all_records_are_summed_and_every_hundredth_tells_the_pace(bars, tmp_path):
    (tmp_path / "a.txt").write_text("x" * 30)
    with progress([str(tmp_path)], 1) as step:
        for _ in range(250):
            step(2)
    (bar,) = bars
    assert (bar.size, bar.words) == (500, ["100 records, 50/s", "200 records, 100/s"])
    assert (bar.options["total"], bar.options["disable"]) == (30, None)


def test_with_a_verbosity_of_nothing_nothing_is_shown(bars, tmp_path):
    with progress([str(tmp_path)], 0) as step:
        for _ in range(100):
            step(2)
    assert (bars[0].options["disable"], bars[0].words) == (True, [])


def test_nobody_knows_how_much_comes_by_standard_input_or_by_a_path_that_is_none(bars, monkeypatch):
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO()))
    for path in (sources.STDIN, "/nowhere/at/all.zip"):
        with progress([path], 1):
            pass
    assert [bar.options["total"] for bar in bars][0] is None


def test_bytes_are_told_as_people_read_them(bars, tmp_path):
    with progress([str(tmp_path)], 1):
        pass
    assert (bars[0].options["unit"], bars[0].options["unit_scale"]) == ("B", True)
