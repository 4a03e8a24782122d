"""``import_articles --fetch-images``: pictures come with their stories, and only then is anything fetched."""

from contextlib import suppress
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection

from articles.importing.http.client import Fetched
from articles.importing.http.ssrf import FetchError
from articles.importing.images import download
from articles.importing.pipeline.run import ImportOptions, run_import
from articles.models import Article, Edition, Image, ImportBatch, ImportRun
from tests.conftest import ROOT
from tests.importing.images.test_files import draw

pytestmark = pytest.mark.django_db

FEED = """\
<rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/"><channel><title>Post</title>
<item><guid>a</guid><title>Nets</title><pubDate>Wed, 04 Mar 2026 08:00:00 GMT</pubDate>
<description>They came back.{more}</description>
<media:content url="https://skerry.example/nets.png" medium="image"/></item></channel></rss>
"""
WXR = ROOT / "tests" / "importing" / "data" / "wxr" / "site.xml"
GALE = "https://skerry.example/wp-content/uploads/2026/03/big%20gale.jpg"


@pytest.fixture(autouse=True)
def _own_folders(settings, tmp_path_factory, monkeypatch):
    settings.MEDIA_ROOT = str(tmp_path_factory.mktemp("media"))
    monkeypatch.chdir(tmp_path_factory.mktemp("rejects"))


@pytest.fixture
def fetched_urls(monkeypatch) -> list[str]:
    """Give the list of what is asked of the web, where every address has the same picture."""
    urls: list[str] = []

    def answer(url: str, *, agent: str, **_: object) -> Fetched:
        assert agent == "Newsroom/0.1 (+http://testserver)"
        urls.append(url)
        return Fetched(200, draw())

    monkeypatch.setattr(download, "fetch", answer)
    return urls


def run_command(*args: str) -> str:
    out = StringIO()
    with suppress(SystemExit):  # something was refused
        call_command("import_articles", *args, "--source", "post", stdout=out, stderr=out)
    return out.getvalue()


def test_with_the_option_a_story_is_published_with_its_picture(fetched_urls, client) -> None:
    output = run_command(str(WXR), "--fetch-images", "--publish", "--no-suggest", "--format", "wxr")
    assert fetched_urls == [GALE]
    image = Image.objects.get()
    assert (image.name, image.alt) == ("big gale.jpg", "Waves over a quay")
    edition = Edition.objects.get(headline__startswith="Gale")
    assert edition.lead_image == image
    assert "Waves over a quay" in client.get(edition.get_absolute_url()).content.decode()
    assert "Lead pictures: 1 fetched, 0 already there, 0 failed." in output


def test_without_the_option_nothing_is_fetched_and_the_editors_know_where_it_is(
    fetched_urls, tmp_path
) -> None:
    (tmp_path / "feed.xml").write_text(FEED.format(more=""))
    run_command(str(tmp_path))
    assert fetched_urls == []
    note = "Picture at the source: https://skerry.example/nets.png"
    assert Article.objects.get().ed_note == note
    assert not Image.objects.exists()


def test_twice_is_once_and_a_newer_version_asks_for_nothing_known(fetched_urls, tmp_path) -> None:
    file = tmp_path / "feed.xml"
    for more in ("", "", " All of them."):
        file.write_text(FEED.format(more=more))
        run_command(str(file), "--fetch-images")
    assert fetched_urls == ["https://skerry.example/nets.png"]
    assert Image.objects.count() == 1
    assert list(ImportRun.objects.order_by("pk").values_list("created", "updated")) == [
        (1, 0),
        (0, 0),
        (0, 1),
    ]


def test_a_picture_without_a_description_keeps_no_story_from_its_readers(
    fetched_urls, tmp_path
) -> None:
    file = tmp_path / "feed.xml"
    file.write_text(FEED.format(more=""))
    run_command(str(file), "--fetch-images", "--publish")
    assert Edition.objects.get().lead_image is None
    assert Image.objects.get().name == "nets.png"
    assert "nets.png is in the library, and waits" in Article.objects.get().ed_note


def test_a_dry_run_fetches_nothing(fetched_urls, tmp_path) -> None:
    (tmp_path / "feed.xml").write_text(FEED.format(more=""))
    run_command(str(tmp_path), "--fetch-images", "--dry-run")
    assert fetched_urls == []


def test_a_picture_that_fails_is_told_with_the_run(monkeypatch, tmp_path) -> None:
    def fail(url: str, **_: object) -> Fetched:
        raise FetchError("skerry.example took too long to answer.")

    monkeypatch.setattr(download, "fetch", fail)
    (tmp_path / "feed.xml").write_text(FEED.format(more=""))
    report = run_import([str(tmp_path)], ImportOptions(source="post", fetch_images=True))
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
    original = download._fetch_all

    def watched(urls, fetch_url):
        depths.append(connection.in_atomic_block)
        return original(urls, fetch_url)

    monkeypatch.setattr(download, "_fetch_all", watched)
    monkeypatch.setattr(download, "fetch", lambda *_, **__: Fetched(200, draw()))
    (tmp_path / "feed.xml").write_text(FEED.format(more=""))
    run_import([str(tmp_path)], ImportOptions(source="post", fetch_images=True))
    assert depths == [False]
