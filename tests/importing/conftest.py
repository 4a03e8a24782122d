"""One wire for the tests of the pipeline."""

from collections.abc import Callable
from pathlib import Path

import pytest

from articles.importing.pipeline.run import ImportOptions, ImportReport, run_import

STORY = """\
Id: gale-1
Version: {version}
Headline: {headline}
Byline: Ann Marrow; Bo Teal (photographs)
Date: 2026-03-04
Section: Harbour
Topics: weather; boats
People: Ada Quince
Organizations: Harbour Watch

SKERRY – {body}

A second paragraph stands here.
"""


@pytest.fixture
def import_story(tmp_path: Path) -> Callable[..., ImportReport]:
    """Give a function that writes one version of a story into a folder and imports it."""

    def send(
        *,
        name: str = "gale.txt",
        version: int = 1,
        headline: str = "Gale",
        body: str = "It blew.",
        extra: str = "",
        **options,
    ) -> ImportReport:
        text = STORY.format(version=version, headline=headline, body=body)
        (tmp_path / name).write_text(extra + text, encoding="utf-8")
        return run_import([str(tmp_path)], ImportOptions(**{"source": "wire"} | options))

    return send


@pytest.fixture
def figures() -> Callable[[ImportReport], tuple[int, ...]]:
    """Give a function that returns created, updated, unchanged, waiting and refused."""
    return lambda report: (
        report.created,
        report.updated,
        report.unchanged,
        report.waiting,
        report.refused,
    )
