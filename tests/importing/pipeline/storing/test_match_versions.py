"""Twice is once, newer versions update or wait, and the wire’s word counts."""

import pytest

from articles.importing.pipeline.run import ImportOptions, run_import
from articles.importing.pipeline.storing.pending_changes import accept_change, dismiss_change
from articles.models import (
    Article,
    Edition,
    Revision,
    WaitingChange,
)
from articles.publishing import publish
from tests.factories import make_user

pytestmark = pytest.mark.django_db


def test_running_twice_changes_nothing(import_story, figures):
    import_story(publish=True)
    assert figures(import_story(publish=True)) == (0, 0, 1, 0, 0)
    assert Article.objects.count() == Edition.objects.count() == Revision.objects.count() == 1


def test_a_renamed_file_is_the_same_story(tmp_path, figures):
    text = "A title of a story\n\nThe body of it has a sentence.\n"
    (tmp_path / "one.txt").write_text(text)
    run_import([str(tmp_path)], ImportOptions(source="files"))
    (tmp_path / "one.txt").rename(tmp_path / "two.txt")
    assert figures(run_import([str(tmp_path)], ImportOptions(source="files"))) == (0, 0, 1, 0, 0)


def test_a_newer_version_updates_an_article_that_nobody_edited(import_story, figures):
    import_story(publish=True)
    assert figures(import_story(version=2, headline="Gale over", publish=True)) == (0, 1, 0, 0, 0)
    article = Article.objects.get()
    assert article.headline == "Gale over"
    assert [r.by for r in article.revisions.all()] == [None, None]
    live = Edition.objects.live().get()
    assert (live.headline, live.number) == ("Gale over", 2)
    assert live.published_at < live.starts_at


def test_an_older_version_that_arrives_late_changes_nothing(import_story, figures):
    import_story(version=10, headline="Newer")
    assert figures(import_story(version=9, headline="Older")) == (0, 0, 1, 0, 0)
    assert Article.objects.get().headline == "Newer"


@pytest.fixture
def edited(import_story):
    import_story()
    article = Article.objects.get()
    article.headline = "As an editor wrote it"
    article.save()
    article.create_revision(make_user())
    return article


def test_a_newer_version_waits_beside_an_article_that_somebody_edited(
    import_story, edited, figures
):
    assert figures(import_story(version=2, headline="From the wire")) == (0, 0, 0, 1, 0)
    edited.refresh_from_db()
    assert edited.headline == "As an editor wrote it"
    assert WaitingChange.objects.get().values["headline"] == "From the wire"
    assert figures(import_story(version=2, headline="From the wire")) == (0, 0, 1, 0, 0)


def test_a_still_newer_version_takes_the_place_of_one_that_waits(import_story, edited):
    import_story(version=2, headline="Second")
    import_story(version=3, headline="Third")
    assert WaitingChange.objects.get().values["headline"] == "Third"


def test_an_editor_takes_a_waiting_version_over(import_story, edited):
    import_story(version=2, headline="From the wire", body="It blew harder.")
    by = make_user()
    accept_change(WaitingChange.objects.get(), by=by)
    edited.refresh_from_db()
    assert edited.headline == "From the wire"
    assert "harder" in edited.body_html
    assert edited.revisions.first().by == by
    assert WaitingChange.objects.get().state == "taken"


def test_an_editor_leaves_a_waiting_version_aside(import_story, edited):
    import_story(version=2, headline="From the wire")
    dismiss_change(WaitingChange.objects.get(), by=make_user())
    edited.refresh_from_db()
    assert edited.headline == "As an editor wrote it"
    assert WaitingChange.objects.get().state == "left"


def test_an_embargo_in_the_wire_is_kept(import_story, figures):
    report = import_story(extra="Embargo: 2199-01-01 12:00\n", publish=True)
    assert figures(report) == (0, 0, 0, 1, 0)
    assert Article.objects.get().embargoed_until.year == 2199


def test_a_kill_in_the_wire_withdraws_the_live_story(import_story):
    import_story(publish=True)
    report = import_story(version=2, extra="Status: canceled\n", publish=True)
    assert report.waiting == 1
    assert not Edition.objects.listed().exists()
    assert "cancelled" in Edition.objects.live().get().reason


def test_a_kill_withdraws_at_once_even_what_somebody_has_edited(import_story, edited, figures):
    edited.headline = "As an editor wrote it"
    publish(edited, by=None)
    report = import_story(version=2, headline="KILL", extra="Status: canceled\n")
    assert figures(report) == (0, 0, 0, 1, 0)
    assert not Edition.objects.listed().exists()
    edited.refresh_from_db()
    assert (edited.headline, edited.pub_status) == ("As an editor wrote it", "canceled")
