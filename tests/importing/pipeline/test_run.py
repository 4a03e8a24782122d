"""A story goes in once and completely, and a bad one costs only itself."""

from datetime import UTC, datetime

import pytest
from django.db import connection

from articles.importing.formats.types import ReadError
from articles.importing.pipeline.run import ImportOptions, run_import
from articles.models import (
    Article,
    Edition,
    ImportedItem,
    ImportRun,
    Person,
    Tag,
)

pytestmark = pytest.mark.django_db


def test_a_story_comes_in_whole(import_story, figures):
    report = import_story()
    article = Article.objects.get()
    assert figures(report) == (1, 0, 0, 0, 0)
    assert article.headline == "Gale"
    assert article.dateline == "Skerry"
    assert article.published_at == datetime(2026, 3, 4, tzinfo=UTC)
    assert article.date_precision == "day"
    assert [(b.author.name, b.role) for b in article.bylines.all()] == [
        ("Ann Marrow", ""),
        ("Bo Teal", "photographs"),
    ]
    assert {(t.kind, t.name) for t in article.tags.all()} == {
        ("section", "Harbour"),
        ("topic", "weather"),
        ("topic", "boats"),
    }
    assert b"SKERRY" in article.original_bytes()
    assert article.source == "wire"


def test_without_publish_everything_stays_a_draft(import_story):
    import_story()
    assert not Edition.objects.exists()


def test_an_archive_story_starts_at_its_own_date(import_story):
    import_story(publish=True)
    edition = Edition.objects.get()
    assert edition.starts_at == edition.published_at == datetime(2026, 3, 4, tzinfo=UTC)
    assert [tag["name"] for tag in edition.tags] == ["Harbour", "boats", "weather"]


def test_a_bad_story_costs_only_itself(tmp_path, figures):
    (tmp_path / "good.txt").write_text("A title of a story\n\nThe body of it has a sentence.\n")
    (tmp_path / "bad.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\x00")
    report = run_import([str(tmp_path)], ImportOptions(source="files"))
    assert figures(report) == (1, 0, 0, 0, 1)
    row = report.refusals[0]
    assert row["file"].endswith("bad.txt")
    assert all(row[key] for key in ("record", "field", "reason", "remedy"))
    assert ImportRun.objects.get().refusals == report.refusals


def test_a_dry_run_keeps_nothing(import_story, figures):
    report = import_story(dry_run=True)
    assert figures(report) == (1, 0, 0, 0, 0)
    assert report.run is None
    for model in (Article, Tag, Person, ImportRun, ImportedItem):
        assert not model.objects.exists()


def test_an_undated_story_waits_when_it_was_to_be_published(tmp_path, figures):
    (tmp_path / "a.txt").write_text("A title of a story\n\nThe body of it has a sentence.\n")
    report = run_import([str(tmp_path)], ImportOptions(source="files", publish=True))
    assert figures(report) == (0, 0, 0, 1, 0)
    assert "gave no date" in report.notes[0]
    assert not Edition.objects.exists()


def test_a_story_dated_in_the_future_waits(tmp_path, figures):
    story = "Id: x\nHeadline: Tomorrow\nDate: 2199-01-01\n\nThe body of it has a sentence.\n"
    (tmp_path / "a.txt").write_text(story)
    report = run_import([str(tmp_path)], ImportOptions(source="files", publish=True))
    assert figures(report) == (0, 0, 0, 1, 0)
    assert not Edition.objects.exists()


def test_a_path_that_does_not_exist_stops_before_anything_is_written():
    with pytest.raises(ReadError, match="does not exist"):
        run_import(["no/such/file.txt"], ImportOptions())
    assert not ImportRun.objects.exists()


def test_an_unknown_format_is_named_with_the_known_ones(tmp_path):
    (tmp_path / "a.txt").write_text("x")
    with pytest.raises(ReadError, match="Known: text"):
        run_import([str(tmp_path)], ImportOptions(format="telex"))


def test_the_source_is_named_after_the_folder(tmp_path):
    folder = tmp_path / "courier-1998"
    folder.mkdir()
    (folder / "a.txt").write_text("A title of a story\n\nThe body of it has a sentence.\n")
    run_import([str(folder)], ImportOptions())
    assert Article.objects.get().source == "courier-1998"


def test_a_story_that_the_database_refuses_costs_only_itself(tmp_path, monkeypatch, figures):
    from django.db import DatabaseError

    from articles.importing.pipeline.storing import new_articles as storing

    for name in "abc":
        (tmp_path / f"{name}.txt").write_text(
            f"Title {name}\n\nThe body of {name} is a sentence.\n"
        )
    original = storing.snapshot_values

    def refuse_b(parsed, names):
        if parsed.headline == "Title b":
            raise DatabaseError("too much")
        return original(parsed, names)

    monkeypatch.setattr(storing, "snapshot_values", refuse_b)
    report = run_import([str(tmp_path)], ImportOptions(source="files"))
    assert figures(report) == (2, 0, 0, 0, 1)
    assert report.refusals[0]["file"].endswith("b.txt")
    run = ImportRun.objects.get()
    assert (run.created, run.refused, run.state) == (2, 1, "done")


def test_more_than_one_process_is_for_postgresql_and_a_dry_run_needs_none(tmp_path, figures):
    if connection.vendor == "postgresql":
        pytest.skip("there several processes work")
    (tmp_path / "a.txt").write_text("A title of a story\n\nThe body of it has a sentence.\n")
    with pytest.raises(ReadError, match="SQLite has one writer"):
        run_import([str(tmp_path)], ImportOptions(source="files", jobs=2))
    assert ImportRun.objects.get().state == "failed"
    report = run_import([str(tmp_path)], ImportOptions(source="files", jobs=2, dry_run=True))
    assert figures(report) == (1, 0, 0, 0, 0)
    report = run_import([str(tmp_path)], ImportOptions(source="files", jobs=1))
    assert figures(report) == (1, 0, 0, 0, 0)
