"""A lead picture comes from where the source keeps it: when asked for, once, and never at the cost of its story."""

import socket
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.files.storage import default_storage

from articles.importing import remote_pictures
from articles.importing.fetch import Fetched
from articles.importing.guard import FetchError
from articles.importing.images import import_images
from articles.importing.parsed import ParsedArticle, RemotePicture
from articles.importing.remote_pictures import fetch_pictures, note_pictures
from articles.models import Image
from tests.importing.test_images import drawn
from tests.importing.test_picture_metadata import WHOLE, jpeg
from tests.importing.web import send, serving

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_media(settings, tmp_path_factory):
    settings.MEDIA_ROOT = str(tmp_path_factory.mktemp("media"))


class Site:
    """A server with pictures by path; ``heard`` are the paths that were asked for."""

    def __init__(self) -> None:
        self.place = ""
        self.files: dict[str, bytes] = {}
        self.heard: list[str] = []

    def url(self, path: str, content: bytes | None = None) -> str:
        """Return the address of ``path``, at which ``content`` stands from now on."""
        if content is not None:
            self.files[path] = content
        return f"http://{self.place}{path}"

    def answer(self, handler: Any) -> None:
        self.heard.append(handler.path)
        content = self.files.get(handler.path)
        send(handler, 200 if content is not None else 404, content or b"")

    def bring(self, *stories: ParsedArticle) -> tuple[list[ParsedArticle], list[str]]:
        return fetch_pictures(stories, agent="Test/1", allow_private={self.place})


@pytest.fixture
def site() -> Iterator[Site]:
    one = Site()
    with serving(one.answer) as one.place:
        yield one


def story(url: str = "", *, alt: str = "Boats", picture: str = "", **words: str) -> ParsedArticle:
    remote = RemotePicture(url, alt, **words) if url else None
    return ParsedArticle("1", b"x", headline="H", picture=picture, remote_picture=remote)


def test_a_picture_comes_in_with_the_words_of_its_source(site) -> None:
    url = site.url("/2026/03/gale.png", drawn())
    [found], said = site.bring(story(url, caption="The quay", credit="Ann Marrow"))
    image = Image.objects.get()
    assert (found.picture, found.ed_note) == ("gale.png", "")
    assert (image.name, image.source_url) == ("gale.png", url)
    assert (image.alt, image.caption, image.credit) == ("Boats", "The quay", "Ann Marrow")
    assert default_storage.exists(image.rendition_path(60, "jpeg"))
    assert said == ["Lead pictures: 1 fetched, 0 already there, 0 failed."]


def test_a_picture_s_file_says_what_its_source_does_not(site) -> None:
    url = site.url("/gale.jpg", jpeg(xmp=WHOLE.encode()))
    site.bring(story(url, alt="", caption="As printed"))
    image = Image.objects.get()
    assert (image.caption, image.alt) == ("As printed", "Four boats in mud")


def test_a_known_address_is_not_asked_again(site) -> None:
    url = site.url("/gale.png", drawn())
    site.bring(story(url), story(url))
    [found], said = site.bring(story(url))
    assert site.heard == ["/gale.png"]
    assert found.picture == "gale.png"
    assert said == ["Lead pictures: 0 fetched, 1 already there, 0 failed."]


def test_the_same_bytes_are_one_picture_and_both_addresses_lead_to_it(site) -> None:
    first, second = site.url("/a.png", drawn()), site.url("/b.png", drawn())
    found, said = site.bring(story(first), story(second))
    assert [one.picture for one in found] == ["a.png", "a.png"]
    assert Image.objects.count() == 1
    assert said == ["Lead pictures: 1 fetched, 1 already there, 0 failed."]


def test_a_picture_that_an_editor_brought_is_found_by_its_bytes(site, tmp_path) -> None:
    (tmp_path / "kelp.png").write_bytes(drawn())
    import_images([str(tmp_path)])
    Image.objects.update(alt="Kelp")
    url = site.url("/other.png", drawn())
    [found], _ = site.bring(story(url))
    assert found.picture == "kelp.png"
    assert (Image.objects.get().alt, Image.objects.get().source_url) == ("Kelp", url)
    site.bring(story(url))
    assert site.heard == ["/other.png"]


def test_a_story_whose_picture_was_brought_by_name_needs_no_request(site, tmp_path) -> None:
    (tmp_path / "kelp.png").write_bytes(drawn())
    import_images([str(tmp_path)])
    given = story(site.url("/kelp.png"), picture="kelp.png")
    assert site.bring(given) == ([given], [])
    assert site.heard == []


def test_two_pictures_of_one_name_stay_apart(site) -> None:
    urls = [site.url(f"/{year}/gale.png", drawn(c)) for year, c in ((1, "red"), (2, "blue"))]
    found, _ = site.bring(*(story(url, picture="gale.png") for url in urls))
    for one, url in zip(found, urls, strict=True):
        assert Image.objects.get(name=one.picture).source_url == url
    names = {one.picture for one in found}
    assert len(names) == 2
    assert all(name.startswith("gale") and name.endswith(".png") for name in names)


def test_a_picture_is_still_found_when_another_took_its_name_later(site, tmp_path) -> None:
    url = site.url("/gale.png", drawn("red"))
    site.bring(story(url))
    (tmp_path / "gale.png").write_bytes(drawn("blue"))
    import_images([str(tmp_path)])
    [found], _ = site.bring(story(url))
    assert Image.objects.get(name=found.picture).source_url == url
    assert Image.objects.get(name="gale.png").source_url == ""


def test_a_picture_without_a_description_waits_in_the_library(site) -> None:
    url = site.url("/gale.png", drawn())
    [found], _ = site.bring(story(url, alt="", picture="gale.png"))
    assert Image.objects.get().name == "gale.png"
    assert found.picture == ""
    assert found.ed_note == "Picture gale.png is in the library, and waits for a description."
    Image.objects.update(is_decorative=True)
    [found], _ = site.bring(story(url, alt=""))
    assert found.picture == "gale.png"


def test_one_story_s_description_serves_all_that_show_the_picture(site) -> None:
    url = site.url("/gale.png", drawn())
    found, _ = site.bring(story(url, alt=""), story(url, alt="Boats"))
    assert [one.picture for one in found] == ["gale.png", "gale.png"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (None, "error 404"),
        (b"", "empty"),
        (b"<svg xmlns='x'/>", "SVG"),
        (b"<html>Sign in", "HTML"),
        (drawn()[:60], "damaged"),
        (b"\xff\xd8\xff\xe0junk", "no picture"),
        (b"GIF89a" + b"\0" * 15_728_640, "15 MB"),
    ],
    ids=lambda one: str(one)[:12],
)
def test_a_picture_that_fails_costs_no_story(site, content, reason) -> None:
    good, bad = site.url("/good.png", drawn()), site.url("/bad.png", content)
    found, said = site.bring(story(bad, picture="good.png"), story(good))
    assert [one.picture for one in found] == ["", "good.png"]
    assert found[0].ed_note.startswith(f"Picture not fetched: {bad} ")
    assert reason in found[0].ed_note
    assert said[0].startswith(bad)
    assert said[1] == "Lead pictures: 1 fetched, 0 already there, 1 failed."
    assert Image.objects.count() == 1


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
    [found], said = fetch_pictures([story(url)], agent="Test/1")
    assert (found.picture, len(said)) == ("", 2)
    assert url in found.ed_note


def test_a_redirect_to_a_private_address_is_not_followed() -> None:
    def answer(handler: Any) -> None:
        send(handler, 302, Location="http://169.254.169.254/a.png")

    with serving(answer) as place:
        given = story(f"http://{place}/a.png")
        [found], _ = fetch_pictures([given], agent="Test/1", allow_private={place})
    assert "public Internet" in found.ed_note


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("/big%20gale.png", "big gale.png"),
        ("/x/%2e%2e%2f..%2fetc%2Fpasswd", "passwd.png"),
        ("/a%5Cb.png", "b.png"),
        ("/", "picture.png"),
        ("/.png", "png.png"),
        ("/image?id=3", "image.png"),
        ("/gale.tar.PNG", "gale.tar.PNG"),
        ("/a%00%0Ab%E2%80%AEgnp.png", "abgnp.png"),
        ("/" + "a" * 300 + ".jpeg", "a" * 155 + ".jpeg"),
        ("/" + "a" * 150 + "." + "b" * 40, ("a" * 150 + "." + "b" * 40)[:156] + ".png"),
    ],
)
def test_a_name_is_one_that_a_file_may_have(site, address: str, name: str) -> None:
    [found], _ = site.bring(story(site.url(address, drawn())))
    assert found.picture == Image.objects.get().name == name


def answering(monkeypatch, answer: Callable[[str], Fetched]) -> None:
    """Let ``answer`` stand in for the web."""
    monkeypatch.setattr(remote_pictures, "fetch", lambda url, **_: answer(url))


def test_four_hosts_are_asked_at_once_each_for_one_picture(monkeypatch) -> None:
    lock, now, most = threading.Lock(), Counter[str](), Counter[str]()

    def answer(url: str) -> Fetched:
        host = url.split("/")[2]
        with lock:
            now.update([host, "all"])
            for key in (host, "all"):
                most[key] = max(most[key], now[key])
        time.sleep(0.02)
        with lock:
            now.subtract([host, "all"])
        return Fetched(404)

    answering(monkeypatch, answer)
    urls = [f"https://{host}.example/{n}.png" for n in range(3) for host in "abcdef"]
    _, said = fetch_pictures([story(url) for url in urls], agent="Test/1")
    assert len(said) == len(urls) + 1
    assert most["all"] <= remote_pictures.MOST_AT_ONCE
    assert {most[host] for host in most if host != "all"} == {1}


def test_a_host_that_does_not_answer_is_left_alone(monkeypatch) -> None:
    asked: list[str] = []

    def answer(url: str) -> Fetched:
        asked.append(url)
        if "dead" in url:
            raise FetchError("dead.example took too long to answer.")
        return Fetched(200, drawn())

    answering(monkeypatch, answer)
    dead = [story(f"https://dead.example/{n}.png") for n in range(9)]
    found, said = fetch_pictures([*dead, story("https://live.example/a.png")], agent="Test/1")
    assert sum("dead" in url for url in asked) == remote_pictures.MOST_SILENT
    assert found[-1].picture == "a.png"
    assert "not asked any more" in found[8].ed_note
    assert said[-1] == "Lead pictures: 1 fetched, 0 already there, 9 failed."


def test_a_disk_that_takes_no_more_costs_no_story(site, monkeypatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(default_storage, "save", full)
    [found], _ = site.bring(story(site.url("/gale.png", drawn())))
    assert "No space left" in found.ed_note
    assert not Image.objects.exists()


def test_without_asking_only_a_note_says_where_the_picture_is(monkeypatch) -> None:
    monkeypatch.setattr(socket, "create_connection", lambda *a, **k: pytest.fail("asked"))
    url = "https://a.example/gale.png"
    found = note_pictures([story(url), story(url, picture="gale.png"), story()])
    notes = [f"Picture at the source: {url}", "", ""]
    assert [one.ed_note for one in found] == notes
    assert not any(one.picture for one in found[::2])


def test_stories_without_pictures_say_nothing() -> None:
    assert fetch_pictures([story()], agent="Test/1") == ([story()], [])
    assert fetch_pictures([], agent="Test/1") == ([], [])
