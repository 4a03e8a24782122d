"""Paths lead to files, each once, by names that hold wherever the folder lies."""

import gzip
import os
from io import BytesIO
from types import SimpleNamespace
from zipfile import ZipFile

import pytest

from articles.importing.files import sources
from articles.importing.files.sources import NamedBytes, default_source, find_sources
from articles.importing.formats.reader import Reader, no_companion
from articles.importing.formats.types import ParsedArticle, ReadError
from articles.importing.pipeline.run import ImportOptions, run_import
from articles.models import Article, ImportedItem

STORY = "Headline: {0}\n\nThe body of {0} is a sentence.\n"


@pytest.fixture
def folder(tmp_path):
    """Give a folder ``wire`` with three stories, one of them packed, and things that are none."""
    folder = tmp_path / "wire"
    (folder / "may").mkdir(parents=True)
    (folder / "a.txt").write_text(STORY.format("Gale"))
    (folder / "may" / "b.md").write_text("---\ntitle: Calm\n---\n\nThe sea was calm.\n")
    (folder / "may" / "c.txt.gz").write_bytes(gzip.compress(STORY.format("Fog").encode()))
    (folder / "may" / "chart.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    (folder / ".draft.txt").write_text(STORY.format("Draft"))
    return folder


def packed(folder, path):
    with ZipFile(path, "w") as archive:
        for file in folder.rglob("*"):
            archive.write(file, file.relative_to(folder))
    return path


@pytest.mark.django_db
def test_an_archive_of_a_folder_brings_what_the_folder_did(folder, tmp_path, figures):
    first = run_import([str(folder)], ImportOptions(source="wire"))
    assert figures(first) == (3, 0, 0, 0, 0)
    assert [os.path.basename(name) for name in first.passed_over] == ["chart.png"]
    refs = set(ImportedItem.objects.values_list("ref", flat=True))
    assert refs == {"a", "may/b", "may/c"}
    again = run_import([str(packed(folder, tmp_path / "wire.zip"))], ImportOptions(source="wire"))
    assert figures(again) == (0, 0, 3, 0, 0)
    assert Article.objects.count() == 3


@pytest.mark.django_db
def test_a_broken_archive_costs_only_itself(folder, tmp_path, figures):
    path = packed(folder, folder / "old.zip")
    path.write_bytes(path.read_bytes()[:-40])
    (folder / "cut.txt.gz").write_bytes(gzip.compress(b"x" * 999)[:-9])
    report = run_import([str(folder)], ImportOptions(source="wire"))
    assert figures(report) == (3, 0, 0, 0, 2)
    assert all(row["remedy"] for row in report.refusals)


def test_a_source_is_named_after_the_folder_or_the_archive(folder, tmp_path):
    archive = packed(folder, tmp_path / "wire.zip")
    names = {default_source([str(path)]) for path in (folder, archive, folder / "a.txt")}
    assert names == {"wire"}
    assert default_source(["-"]) == "stdin"


def test_links_are_passed_over_in_a_folder(folder, tmp_path):
    (tmp_path / "outside.txt").write_text("x")
    (folder / "link.txt").symlink_to(tmp_path / "outside.txt")
    (folder / "around").symlink_to(folder, target_is_directory=True)
    assert [s.name for s in find_sources([str(folder)])] == ["a", "may/b", "may/c", "may/chart"]


def test_of_a_jekyll_site_only_posts_and_drafts_are_taken(tmp_path):
    for name in ("_posts/2026-01-02-a.md", "news/_posts/b.md", "_drafts/c.md", "about.md"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    names = [source.name for source in find_sources([str(tmp_path)])]
    assert names == ["_drafts/c", "_posts/2026-01-02-a", "news/_posts/b"]


class _IndexReader(Reader):
    """Reads a list of names, each the name of a text beside it."""

    NAME = "stub"
    COMPANION_FILES = ("index.tab", "texts/*.html")

    def __init__(self, first_line):
        self.first_line = first_line

    def identify(self, head, name):
        return head.startswith(self.first_line)

    def read(self, stream, name, beside=no_companion):
        for line in stream.read().splitlines()[1:]:
            text = beside(f"texts/{line.decode()}.html")
            if text is not None:
                yield ParsedArticle("1", line + text, line.decode(), body_html=text.decode())

    def records(self, stream, name, options):
        return self.read(stream, name, options.beside)


@pytest.fixture
def stub(monkeypatch):
    reader = _IndexReader(b"STUB\n")
    monkeypatch.setattr(sources, "READERS", (reader,))
    monkeypatch.setattr("articles.importing.pipeline.reading.records.READERS", (reader,))
    monkeypatch.setattr(
        "articles.importing.pipeline.reading.records.identify", lambda *args: reader
    )
    return reader


@pytest.mark.django_db
@pytest.mark.parametrize("is_packed", [False, True])
def test_files_that_belong_to_another_come_with_it(tmp_path, stub, is_packed, figures):
    folder = tmp_path / "export"
    (folder / "texts").mkdir(parents=True)
    (folder / "index.tab").write_text("STUB\none\ntwo\ngone\n../../secret\n")
    for name in ("one", "two"):
        (folder / "texts" / f"{name}.html").write_text(f"<p>The words of {name}.</p>")
    (tmp_path / "secret.html").write_text("<p>Not of the export.</p>")
    path = packed(folder, tmp_path / "export.zip") if is_packed else folder
    assert figures(run_import([str(path)], ImportOptions(source="x"))) == (2, 0, 0, 0, 0)


def test_a_damaged_table_does_not_end_the_others(tmp_path, stub):
    path = tmp_path / "export.zip"
    with ZipFile(path, "w") as archive:
        archive.writestr("a/index.tab", b"STUB\n")
        archive.writestr("b.txt", b"x")
    data = bytearray(path.read_bytes())
    data[data.index(b"STUB")] ^= 255
    path.write_bytes(data)
    broken, good = find_sources([str(path)])
    with pytest.raises(ReadError, match="damaged"):
        broken.open()
    assert good.open().read() == b"x"


def test_bytes_given_in_place_of_a_path_are_one_file():
    [source] = find_sources([NamedBytes("the desk", "x", gzip.compress(b"words"))])
    assert (source.label, source.name, source.open().read()) == ("the desk", "x", b"words")


def test_standard_input_is_one_file_without_a_name(monkeypatch):
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=BytesIO(b"words")))
    [source] = find_sources(["-"])
    assert (source.name, source.open().read()) == ("", b"words")


def test_what_is_no_file_is_said(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(ReadError, match="no file"):
        list(find_sources([str(tmp_path / "pipe")]))
    with pytest.raises(ReadError, match="does not exist"):
        list(find_sources([str(tmp_path / "gone")]))


def test_a_file_that_may_not_be_read_costs_only_itself(tmp_path, monkeypatch):
    (tmp_path / "a.txt").write_text("x")

    def forbidden(*args, **kwargs):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.open", forbidden)
    [source] = find_sources([str(tmp_path)])
    with pytest.raises(ReadError, match=r"Permission denied.*Check"):
        source.open()
