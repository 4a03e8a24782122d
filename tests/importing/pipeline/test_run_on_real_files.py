"""The gates of the intake: real files of every format through the whole pipeline, one line each.

``uv run pytest tests/importing/pipeline/test_run_on_real_files.py -s`` prints the table. Body, dates,
titles and authors of saved pages have theirs in ``test_reader_real_pages.py``, datelines in ``test_reuters_sgml.py``.
"""

import re
import shutil
from pathlib import Path

import pytest

from articles.importing.pipeline.run import ImportOptions, ImportReport, run_import
from articles.models import Article, Edition, ImportedItem, ImportRun
from articles.text.characters import UNPRINTABLE

pytestmark = pytest.mark.django_db

ACTIVE = re.compile(
    r"<\s*(?:script|iframe|object|embed|svg|math|style|link|meta|base|form)\b|\son\w+\s*=|"
    r"(?:href|src)\s*=\s*[\"']?\s*(?:javascript|vbscript|data):",
    re.IGNORECASE,
)
SUFFIXES = "*.txt *.tst *.xml *.json *.rss *.atom *.sgm *.csv *.html *.md"
GATES = [  # folder, files, stories that come in at least (doubles and newer versions too), fields of the refused
    ("bbc-plaintext", "*.txt", 324, {"file"}),
    ("reuters21578", "*.sgm", 5000, {"body", "headline"}),
    ("superdesk-wires", "*.tst *.txt *email*", 36, None),
    ("superdesk-wires", "*.xml", 45, None),
    ("superdesk-wires", "*.json", 16, None),
    ("newsml-g2", "*.xml", 10, None),
    ("ninjs", "*.json", 58, None),
    ("wxr", "*.xml", 60, None),
    ("cms-exports", "*.json *.xml *.md *.html *.csv", 28, None),
    ("feedparser", "*.xml", 40, None),
    ("feedvalidator", "*.xml", 56, None),
    ("jsonfeed", "*.json", 5, None),
    ("wikinews", "*.csv", 280, None),
    ("ag-news-sample", "*.csv", 46, None),
    ("pages-extra", "*.html", 20, None),
    ("markdown", "*.md *.markdown", 23, None),
    ("hostile/xml-own", "*", 0, None),
]


def copy_files(shared: Path, tmp_path: Path, folder: str, patterns: str) -> tuple[Path, int]:
    """Copy the files of ``folder`` that fit ``patterns`` and return where to, and how many."""
    root = shared / "formats" / folder
    files = {path for pattern in patterns.split() for path in root.rglob(pattern) if path.is_file()}
    files = {path for path in files if path.name not in ("ORIGIN.txt", "LICENCE-NOTE.txt")}
    for path in sorted(files):
        to = tmp_path / "in" / path.relative_to(root)
        to.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, to)
    return tmp_path / "in", len(files)


def import_folder(folder: Path) -> ImportReport:
    return run_import([str(folder)], ImportOptions(source="gate", publish=True, suggest=False))


def line(gate: str, files: int, report: ImportReport, again: ImportReport) -> str:
    """Return one line of the table."""
    return (
        f"{gate:40} {files:5} files {report.created:5} in {report.unchanged:4} doubles "
        f"{report.updated:4} newer {report.waiting:4} wait {report.refused:5} refused | again "
        f"{again.created} new {again.updated} changed"
    )


@pytest.mark.parametrize(("folder", "patterns", "least", "fields"), GATES)
def test_a_format_comes_in_or_says_why_and_twice_is_once(
    shared: Path, tmp_path: Path, folder: str, patterns: str, least: int, fields: set[str] | None
) -> None:
    copied, count = copy_files(shared, tmp_path, folder, patterns)
    report = import_folder(copied)
    again = import_folder(copied)
    print("\n" + line(f"{folder} {patterns}", count, report, again))  # noqa: T201
    assert count
    imported = report.created + report.updated + report.waiting + report.unchanged
    assert imported >= least, report.refusals
    assert (again.created, again.updated, again.waiting) == (0, 0, 0), again.notes
    assert again.refused == report.refused
    incomplete = [
        row for row in report.refusals if not (row["field"] and row["reason"] and row["remedy"])
    ]
    assert incomplete == []
    if fields is not None:
        assert {row["field"] for row in report.refusals} <= fields, report.refusals
    assert ImportRun.objects.filter(state="done").count() == 2
    assert Article.objects.count() == ImportedItem.objects.values("article").distinct().count()
    for text in texts():
        assert not UNPRINTABLE.search(text), text[:200]
        assert not ACTIVE.search(text), text[:200]


def texts() -> list[str]:
    """Return all words of articles and editions."""
    fields = ("headline", "dek", "body_html", "dateline", "credit", "kicker")
    rows = [
        *Article.objects.values_list(*fields),
        *Edition.objects.values_list(*fields, "page_html"),
    ]
    markup = re.compile(
        r"<(?:article|header|div|p|h[123]|dl|dt|dd|time|span|a|aside|ul|li|figure)[^>]*>"
    )
    return [markup.sub("", text) if "<article" in text else text for row in rows for text in row]


def test_published_posts_of_wordpress_are_all_that_readers_get(
    shared: Path, tmp_path: Path
) -> None:
    copied, _ = copy_files(shared, tmp_path, "wxr", "*.xml")
    report = import_folder(copied)
    assert Edition.objects.listed().count() <= report.created
    broken = [row for row in report.refusals if row["field"] == "file"]
    assert broken
    assert all("line" in row["reason"] for row in broken), broken
