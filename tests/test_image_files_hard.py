"""A picture that no encoder or no memory can take is refused in words at every door; no row and no file stays."""

from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image as Picture

from articles import image_files
from articles.image_files import BadPicture, decode_picture, read_picture, renditions
from articles.image_library import add_image
from articles.importing.formats.types import ParsedArticle, RemotePicture
from articles.importing.http.client import Fetched
from articles.importing.images.download import fetch_pictures
from articles.importing.images.files import import_images
from articles.models import Image
from articles.roles import make_roles
from tests.factories import make_user

LONG = [(50, 999_999), (49_999_999, 1), (1, 20_001)]
FAILURES = [
    *(RuntimeError("encoder"), MemoryError(), OSError("encoder error -2"), ValueError("size")),
    *(Picture.DecompressionBombError("bomb"), OverflowError("size")),
]
STEPS = ["resize", "save", "convert"]


def draw_png(width: int = 60, height: int = 40) -> bytes:
    """Return a black PNG of one bit a pixel: small, however many pixels it has."""
    stream = BytesIO()
    Picture.new("1", (width, height)).save(stream, "PNG")
    return stream.getvalue()


@pytest.fixture
def media(db, settings, tmp_path) -> Path:
    """Give the folder of pictures, empty."""
    settings.MEDIA_ROOT = str(tmp_path / "media")
    return tmp_path / "media"


def nothing_stays(media: Path) -> bool:
    return not Image.objects.exists() and not [f for f in media.rglob("*") if f.is_file()]


def make_pillow_fail(monkeypatch, step: str, failure: BaseException) -> None:
    """Let Pillow fail at ``step`` of making a rendition."""

    def fail(*args: object, **kwargs: object) -> None:
        raise failure

    monkeypatch.setattr(Picture.Image, step, fail)


@pytest.mark.parametrize("size", LONG)
def test_a_side_beyond_the_limit_is_refused_before_anything_is_decoded(size, monkeypatch):
    content = draw_png(*size)
    monkeypatch.setattr("PIL.ImageFile.ImageFile.load", lambda self: pytest.fail("decoded"))
    with pytest.raises(BadPicture, match=f"{size[0]} × {size[1]} pixels; a side may have at most"):
        read_picture(content)


def test_a_side_at_the_limit_is_read():
    assert read_picture(draw_png(image_files.MAX_SIDE, 1)).width == image_files.MAX_SIDE


def test_what_no_encoder_takes_though_it_is_within_the_limits_is_refused():
    _, picture = decode_picture(draw_png(40, image_files.MAX_SIDE))  # WebP ends at 16,383 pixels
    with pytest.raises(BadPicture, match="cannot be made smaller"):
        list(renditions(picture, [40]))


@pytest.mark.parametrize("failure", FAILURES, ids=repr)
@pytest.mark.parametrize("step", STEPS)
def test_every_failure_of_a_rendition_is_a_refusal(media, monkeypatch, step, failure):
    content = draw_png()
    make_pillow_fail(monkeypatch, step, failure)
    with pytest.raises(BadPicture, match=r"Crop it or save it anew"):
        add_image(content, Image(name="x.png"))
    assert nothing_stays(media)


@pytest.mark.parametrize("failure", FAILURES, ids=repr)
def test_every_failure_of_a_decoder_is_a_refusal(monkeypatch, failure):
    content = draw_png()

    def fail(self: object) -> None:
        raise failure

    monkeypatch.setattr("PIL.ImageFile.ImageFile.load", fail)
    with pytest.raises(BadPicture, match="damaged or cut off"):
        read_picture(content)


def upload(content: bytes) -> str:
    """Upload ``content`` as a reporter; return the page that answers."""
    make_roles()
    client = Client()
    client.force_login(make_user(groups=("reporter",)))
    data = {"file": SimpleUploadedFile("x.png", content), "alt": "A line"}
    response = client.post(reverse("admin:articles_image_add"), data, follow=True)
    assert response.status_code == 200
    return response.content.decode()


def from_file(content: bytes, folder: Path) -> str:
    (folder / "x.png").write_bytes(content)
    report = import_images([str(folder / "x.png")])
    assert (report.created, report.refused) == (0, 1)
    return str(report.refusals)


def from_afar(content: bytes, monkeypatch) -> str:
    response = Fetched(200, content)
    monkeypatch.setattr("articles.importing.images.download.fetch", lambda *a, **k: response)
    remote = RemotePicture("https://a.example/x.png", "A line")
    story = ParsedArticle("1", b"x", headline="H", remote_picture=remote)
    [article], _ = fetch_pictures([story], agent="Test/1")
    assert article.picture == ""
    return article.ed_note


@pytest.mark.parametrize("size", LONG[:2])
@pytest.mark.parametrize("source", ["desk", "file", "afar"])
def test_every_source_says_that_a_picture_is_too_long(media, tmp_path, monkeypatch, source, size):
    content = draw_png(*size)
    refusals = {
        "desk": lambda: upload(content),
        "file": lambda: from_file(content, tmp_path),
        "afar": lambda: from_afar(content, monkeypatch),
    }
    assert "a side may have at most 20,000" in refusals[source]()
    assert nothing_stays(media)


@pytest.mark.parametrize("failure", [RuntimeError("encoder"), MemoryError()], ids=repr)
@pytest.mark.parametrize("source", ["desk", "file", "afar"])
def test_every_source_says_that_a_picture_cannot_be_made_smaller(
    media, tmp_path, monkeypatch, source, failure
):
    content = draw_png()
    make_pillow_fail(monkeypatch, "resize", failure)
    refusals = {
        "desk": lambda: upload(content),
        "file": lambda: from_file(content, tmp_path),
        "afar": lambda: from_afar(content, monkeypatch),
    }
    assert "cannot be made smaller" in refusals[source]()
    assert nothing_stays(media)
