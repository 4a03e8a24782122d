"""A lead picture comes from where the source keeps it: when asked for, once, and never at the cost of its story."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.storage import default_storage

from articles.importing.formats.types import ParsedArticle, RemotePicture
from articles.importing.images.download import fetch_pictures
from articles.importing.images.files import import_images
from articles.models import Image
from articles.record.trash.moves import move_to_trash
from tests.importing.images.test_files import draw
from tests.importing.images.test_metadata import WHOLE, jpeg
from tests.importing.web import send, serving

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_media(settings, tmp_path_factory):
    settings.MEDIA_ROOT = str(tmp_path_factory.mktemp("media"))


class Site:
    """A server with pictures by path; ``requested_paths`` are the paths that were asked for."""

    def __init__(self) -> None:
        self.netloc = ""
        self.files: dict[str, bytes] = {}
        self.requested_paths: list[str] = []

    def url(self, path: str, content: bytes | None = None) -> str:
        """Return the address of ``path``, at which ``content`` stands from now on."""
        if content is not None:
            self.files[path] = content
        return f"http://{self.netloc}{path}"

    def answer(self, handler: Any) -> None:
        self.requested_paths.append(handler.path)
        content = self.files.get(handler.path)
        send(handler, 200 if content is not None else 404, content or b"")

    def fetch(self, *stories: ParsedArticle) -> tuple[list[ParsedArticle], list[str]]:
        return fetch_pictures(stories, agent="Test/1", allow_private={self.netloc})


@pytest.fixture
def site() -> Iterator[Site]:
    picture_site = Site()
    with serving(picture_site.answer) as picture_site.netloc:
        yield picture_site


def story(url: str = "", *, alt: str = "Boats", picture: str = "", **words: str) -> ParsedArticle:
    remote = RemotePicture(url, alt, **words) if url else None
    return ParsedArticle("1", b"x", headline="H", picture=picture, remote_picture=remote)


def test_a_picture_comes_in_with_the_words_of_its_source(site) -> None:
    url = site.url("/2026/03/gale.png", draw())
    [article], messages = site.fetch(story(url, caption="The quay", credit="Ann Marrow"))
    image = Image.objects.get()
    assert (article.picture, article.ed_note) == ("gale.png", "")
    assert (image.name, image.source_url) == ("gale.png", url)
    assert (image.alt, image.caption, image.credit) == ("Boats", "The quay", "Ann Marrow")
    assert default_storage.exists(image.rendition_path(60, "jpeg"))
    assert messages == ["Lead pictures: 1 fetched, 0 already there, 0 failed."]


def test_a_picture_s_file_says_what_its_source_does_not(site) -> None:
    url = site.url("/gale.jpg", jpeg(xmp=WHOLE.encode()))
    site.fetch(story(url, alt="", caption="As printed"))
    image = Image.objects.get()
    assert (image.caption, image.alt) == ("As printed", "Four boats in mud")


def test_a_known_address_is_not_asked_again(site) -> None:
    url = site.url("/gale.png", draw())
    site.fetch(story(url), story(url))
    [article], messages = site.fetch(story(url))
    assert site.requested_paths == ["/gale.png"]
    assert article.picture == "gale.png"
    assert messages == ["Lead pictures: 0 fetched, 1 already there, 0 failed."]


def test_the_same_bytes_are_one_picture_and_both_addresses_lead_to_it(site) -> None:
    first, second = site.url("/a.png", draw()), site.url("/b.png", draw())
    articles, messages = site.fetch(story(first), story(second))
    assert [article.picture for article in articles] == ["a.png", "a.png"]
    assert Image.objects.count() == 1
    assert messages == ["Lead pictures: 1 fetched, 1 already there, 0 failed."]


def test_a_picture_that_an_editor_brought_is_found_by_its_bytes(site, tmp_path) -> None:
    (tmp_path / "kelp.png").write_bytes(draw())
    import_images([str(tmp_path)])
    Image.objects.update(alt="Kelp")
    url = site.url("/other.png", draw())
    [article], _ = site.fetch(story(url))
    assert article.picture == "kelp.png"
    assert (Image.objects.get().alt, Image.objects.get().source_url) == ("Kelp", url)
    site.fetch(story(url))
    assert site.requested_paths == ["/other.png"]


def test_a_story_whose_picture_was_brought_by_name_needs_no_request(site, tmp_path) -> None:
    (tmp_path / "kelp.png").write_bytes(draw())
    import_images([str(tmp_path)])
    article = story(site.url("/kelp.png"), picture="kelp.png")
    assert site.fetch(article) == ([article], [])
    assert site.requested_paths == []


def test_two_pictures_of_one_name_stay_apart(site) -> None:
    urls = [
        site.url(f"/{year}/gale.png", draw(colour)) for year, colour in ((1, "red"), (2, "blue"))
    ]
    articles, _ = site.fetch(*(story(url, picture="gale.png") for url in urls))
    for article, url in zip(articles, urls, strict=True):
        assert Image.objects.get(name=article.picture).source_url == url
    names = {article.picture for article in articles}
    assert len(names) == 2
    assert all(name.startswith("gale") and name.endswith(".png") for name in names)


def test_a_picture_is_still_found_when_another_took_its_name_later(site, tmp_path) -> None:
    url = site.url("/gale.png", draw("red"))
    site.fetch(story(url))
    (tmp_path / "gale.png").write_bytes(draw("blue"))
    import_images([str(tmp_path)])
    [article], _ = site.fetch(story(url))
    assert Image.objects.get(name=article.picture).source_url == url
    assert Image.objects.get(name="gale.png").source_url == ""


def test_a_picture_without_a_description_waits_in_the_library(site) -> None:
    url = site.url("/gale.png", draw())
    [article], _ = site.fetch(story(url, alt="", picture="gale.png"))
    assert Image.objects.get().name == "gale.png"
    assert article.picture == ""
    assert article.ed_note == "Picture gale.png is in the library, and waits for a description."
    Image.objects.update(is_decorative=True)
    [article], _ = site.fetch(story(url, alt=""))
    assert article.picture == "gale.png"


def test_one_story_s_description_serves_all_that_show_the_picture(site) -> None:
    url = site.url("/gale.png", draw())
    articles, _ = site.fetch(story(url, alt=""), story(url, alt="Boats"))
    assert [article.picture for article in articles] == ["gale.png", "gale.png"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (None, "error 404"),
        (b"", "empty"),
        (b"<svg xmlns='x'/>", "SVG"),
        (b"<html>Sign in", "HTML"),
        (draw()[:60], "damaged"),
        (b"\xff\xd8\xff\xe0junk", "no picture"),
        (b"GIF89a" + b"\0" * 15_728_640, "15 MB"),
    ],
    ids=lambda value: str(value)[:12],
)
def test_a_picture_that_fails_costs_no_story(site, content, reason) -> None:
    good, bad = site.url("/good.png", draw()), site.url("/bad.png", content)
    articles, messages = site.fetch(story(bad, picture="good.png"), story(good))
    assert [article.picture for article in articles] == ["", "good.png"]
    assert articles[0].ed_note.startswith(f"Picture not fetched: {bad} ")
    assert reason in articles[0].ed_note
    assert messages[0].startswith(bad)
    assert messages[1] == "Lead pictures: 1 fetched, 0 already there, 1 failed."
    assert Image.objects.count() == 1


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
    [article], _ = site.fetch(story(site.url(address, draw())))
    assert article.picture == Image.objects.get().name == name


def test_a_disk_that_takes_no_more_costs_no_story(site, monkeypatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(default_storage, "save", full)
    [article], _ = site.fetch(story(site.url("/gale.png", draw())))
    assert "No space left" in article.ed_note
    assert not Image.objects.exists()


def test_stories_without_pictures_say_nothing() -> None:
    assert fetch_pictures([story()], agent="Test/1") == ([story()], [])
    assert fetch_pictures([], agent="Test/1") == ([], [])


def test_a_picture_in_the_trash_is_not_brought_back(site) -> None:
    url = site.url("/gale.png", draw())
    site.fetch(story(url))
    move_to_trash(Image.objects.get(), by=None)
    [article], messages = site.fetch(story(url))
    assert article.picture == ""
    assert "This picture is in the trash: gale.png. Restore it there." in article.ed_note
    assert messages[-1] == "Lead pictures: 0 fetched, 0 already there, 1 failed."
    assert Image.all_objects.count() == 1
