"""Whom a download of lead pictures asks: hosts of the public web, several at once, none that stays silent."""

import socket
import threading
import time
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from articles.importing.http.client import Fetched
from articles.importing.http.ssrf import FetchError
from articles.importing.images import download
from articles.importing.images.download import fetch_pictures, note_pictures
from tests.importing.images.test_download import story
from tests.importing.images.test_files import draw
from tests.importing.web import send, serving

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_media(settings, tmp_path_factory):
    settings.MEDIA_ROOT = str(tmp_path_factory.mktemp("media"))


@pytest.mark.parametrize(
    "url",
    [
        *(
            "http://127.0.0.1/a.png",
            "http://169.254.169.254/a.png",
            "http://[::1]/a.png",
            "http://[a",
        ),
        *("file:///etc/passwd", "http://u:p@a.example/", "http://a.example:22/", "http://0x7f.1/"),
    ],
)
def test_what_is_not_of_the_public_web_is_not_asked(url: str, monkeypatch) -> None:
    monkeypatch.setattr(socket, "create_connection", lambda *a, **k: pytest.fail("asked"))
    [article], messages = fetch_pictures([story(url)], agent="Test/1")
    assert (article.picture, len(messages)) == ("", 2)
    assert url in article.ed_note


def test_a_redirect_to_a_private_address_is_not_followed() -> None:
    def answer(handler: Any) -> None:
        send(handler, 302, Location="http://169.254.169.254/a.png")

    with serving(answer) as netloc:
        original = story(f"http://{netloc}/a.png")
        [article], _ = fetch_pictures([original], agent="Test/1", allow_private={netloc})
    assert "public Internet" in article.ed_note


def patch_fetch(monkeypatch, answer: Callable[[str], Fetched]) -> None:
    """Let ``answer`` stand in for the web."""
    monkeypatch.setattr(download, "fetch", lambda url, **_: answer(url))


def test_four_hosts_are_asked_at_once_each_for_one_picture(monkeypatch) -> None:
    lock, running, peaks = threading.Lock(), Counter[str](), Counter[str]()

    def answer(url: str) -> Fetched:
        host = url.split("/")[2]
        with lock:
            running.update([host, "all"])
            for key in (host, "all"):
                peaks[key] = max(peaks[key], running[key])
        time.sleep(0.02)
        with lock:
            running.subtract([host, "all"])
        return Fetched(404)

    patch_fetch(monkeypatch, answer)
    urls = [f"https://{host}.example/{n}.png" for n in range(3) for host in "abcdef"]
    _, messages = fetch_pictures([story(url) for url in urls], agent="Test/1")
    assert len(messages) == len(urls) + 1
    assert peaks["all"] <= download.MAX_WORKERS
    assert {peaks[host] for host in peaks if host != "all"} == {1}


def test_a_host_that_does_not_answer_is_left_alone(monkeypatch) -> None:
    urls: list[str] = []

    def answer(url: str) -> Fetched:
        urls.append(url)
        if "dead" in url:
            raise FetchError("dead.example took too long to answer.")
        return Fetched(200, draw())

    patch_fetch(monkeypatch, answer)
    dead = [story(f"https://dead.example/{n}.png") for n in range(9)]
    articles, messages = fetch_pictures(
        [*dead, story("https://live.example/a.png")], agent="Test/1"
    )
    assert sum("dead" in url for url in urls) == download.MAX_FAILURES
    assert articles[-1].picture == "a.png"
    assert "not asked any more" in articles[8].ed_note
    assert messages[-1] == "Lead pictures: 1 fetched, 0 already there, 9 failed."


def test_without_asking_only_a_note_says_where_the_picture_is(monkeypatch) -> None:
    monkeypatch.setattr(socket, "create_connection", lambda *a, **k: pytest.fail("asked"))
    url = "https://a.example/gale.png"
    articles = note_pictures([story(url), story(url, picture="gale.png"), story()])
    notes = [f"Picture at the source: {url}", "", ""]
    assert [article.ed_note for article in articles] == notes
    assert not any(article.picture for article in articles[::2])
