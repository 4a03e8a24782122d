"""``import_articles --fetch-images``: pictures come with their stories, and only then is anything fetched."""

from contextlib import suppress
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection

from articles.importing import remote_pictures
from articles.importing.fetch import Fetched
from articles.importing.guard import FetchError
from articles.importing.pipeline import Options, run_import
from articles.models import Article, Edition, Image, ImportBatch, ImportRun
from tests.importing.test_images import drawn

pytestmark = pytest.mark.django_db

FEED = """\
<rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/"><channel><title>Post</title>
<item><guid>a</guid><title>Nets</title><pubDate>Wed, 04 Mar 2026 08:00:00 GMT</pubDate>
<description>They came back.{more}</description>
<media:content url="https://skerry.example/nets.png" medium="image"/></item></channel></rss>
"""
WXR = Path(__file__).parent / "data" / "wxr" / "site.xml"
GALE = "https://skerry.example/wp-content/uploads/2026/03/big%20gale.jpg"


@pytest.fixture(autouse=True)
def _own_folders(settings, tmp_path_factory, monkeypatch):
    settings.MEDIA_ROOT = str(tmp_path_factory.mktemp("media"))
    monkeypatch.chdir(tmp_path_factory.mktemp("rejects"))


@pytest.fixture
def asked(monkeypatch) -> list[str]:
    """Give the list of what is asked of the web, where every address has the same picture."""
    urls: list[str] = []

    def answer(url: str, *, agent: str, **_: object) -> Fetched:
        assert agent == "Newsroom/0.1 (+http://testserver)"
        urls.append(url)
        return Fetched(200, drawn())

    monkeypatch.setattr(remote_pictures, "fetch", answer)
    return urls


def command(*given: str) -> str:
    out = StringIO()
    with suppress(SystemExit):  # something was refused
        call_command("import_articles", *given, "--source", "post", stdout=out, stderr=out)
    return out.getvalue()


def test_with_the_option_a_story_is_published_with_its_picture(asked, client) -> None:
    said = command(str(WXR), "--fetch-images", "--publish", "--no-suggest", "--format", "wxr")
    assert asked == [GALE]
    image = Image.objects.get()
    assert (image.name, image.alt) == ("big gale.jpg", "Waves over a quay")
    edition = Edition.objects.get(headline__startswith="Gale")
    assert edition.lead_image == image
    assert "Waves over a quay" in client.get(edition.get_absolute_url()).content.decode()
    assert "Lead pictures: 1 fetched, 0 already there, 0 failed." in said


def test_without_the_option_nothing_is_fetched_and_the_editors_know_where_it_is(
    asked, tmp_path
) -> None:
    (tmp_path / "feed.xml").write_text(FEED.format(more=""))
    command(str(tmp_path))
    assert asked == []
    note = "Picture at the source: https://skerry.example/nets.png"
    assert Article.objects.get().ed_note == note
    assert not Image.objects.exists()


def test_twice_is_once_and_a_newer_version_asks_for_nothing_known(asked, tmp_path) -> None:
    file = tmp_path / "feed.xml"
    for more in ("", "", " All of them."):
        file.write_text(FEED.format(more=more))
        command(str(file), "--fetch-images")
    assert asked == ["https://skerry.example/nets.png"]
    assert Image.objects.count() == 1
    assert list(ImportRun.objects.order_by("pk").values_list("created", "updated")) == [
        (1, 0),
        (0, 0),
        (0, 1),
    ]


def test_a_picture_without_a_description_keeps_no_story_from_its_readers(asked, tmp_path) -> None:
    file = tmp_path / "feed.xml"
    file.write_text(FEED.format(more=""))
    command(str(file), "--fetch-images", "--publish")
    assert Edition.objects.get().lead_image is None
    assert Image.objects.get().name == "nets.png"
    assert "nets.png is in the library, and waits" in Article.objects.get().ed_note


def test_a_dry_run_fetches_nothing(asked, tmp_path) -> None:
    (tmp_path / "feed.xml").write_text(FEED.format(more=""))
    command(str(tmp_path), "--fetch-images", "--dry-run")
    assert asked == []


def test_a_picture_that_fails_is_told_with_the_run(monkeypatch, tmp_path) -> None:
    def fail(url: str, **_: object) -> Fetched:
        raise FetchError("skerry.example took too long to answer.")

    monkeypatch.setattr(remote_pictures, "fetch", fail)
    (tmp_path / "feed.xml").write_text(FEED.format(more=""))
    report = run_import([str(tmp_path)], Options(source="post", fetch_images=True))
    url = "https://skerry.example/nets.png"
    assert report.created == 1
    assert report.notes == [
        f"{url}: skerry.example took too long to answer.",
        "Lead pictures: 0 fetched, 0 already there, 1 failed.",
    ]
    assert ImportBatch.objects.get().notes == report.notes
    note = f"Picture not fetched: {url} skerry.example took too long to answer."
    assert Article.objects.get().ed_note == note


@pytest.mark.django_db(transaction=True)
def test_pictures_are_fetched_outside_of_every_transaction(monkeypatch, tmp_path) -> None:
    depths: list[bool] = []
    original = remote_pictures._answers

    def watched(urls, ask):
        depths.append(connection.in_atomic_block)
        return original(urls, ask)

    monkeypatch.setattr(remote_pictures, "_answers", watched)
    monkeypatch.setattr(remote_pictures, "fetch", lambda *_, **__: Fetched(200, drawn()))
    (tmp_path / "feed.xml").write_text(FEED.format(more=""))
    run_import([str(tmp_path)], Options(source="post", fetch_images=True))
    assert depths == [False]
