"""Pictures come into the library whole or not at all."""

from io import BytesIO
from typing import Any

import pytest
from django.core.files.storage import default_storage
from PIL import Image as Picture

from articles.image_files import BadPicture
from articles.image_library import DuplicateImage, add_image, remove_image
from articles.models import Image

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_media(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)


def content(width: int = 700, colour: str = "teal") -> bytes:
    stream = BytesIO()
    Picture.new("RGB", (width, 400), colour).save(stream, "PNG")
    return stream.getvalue()


def stored(tmp_path) -> list[str]:
    return [str(file.relative_to(tmp_path)) for file in tmp_path.rglob("*") if file.is_file()]


def test_an_image_gets_its_original_and_every_rendition_that_applies(tmp_path):
    image = add_image(content(), Image(name="harbour.png", alt="The harbour"))
    assert (image.width, image.height, image.widths) == (700, 400, (320, 640))
    expected = {image.rendition_path(w, f) for w in (320, 640) for f in ("avif", "webp", "jpeg")}
    assert set(stored(tmp_path)) == expected | {f"originals/{image.token}"}
    assert default_storage.open(str(image.original.name)).read() == content()


def test_the_same_bytes_again_name_the_image_that_has_them():
    first = add_image(content(), Image(name="one.png"))
    with pytest.raises(DuplicateImage, match=r"one\.png") as refusal:
        add_image(content(), Image(name="two.png"))
    assert refusal.value.image == first
    assert Image.objects.count() == 1


def test_what_is_no_picture_leaves_nothing(tmp_path):
    with pytest.raises(BadPicture):
        add_image(b"<svg/>", Image(name="x.svg"))
    assert stored(tmp_path) == []
    assert not Image.objects.exists()


@pytest.mark.parametrize("writes", [0, 1, 5, 6])
def test_a_disk_that_fills_up_half_way_leaves_no_row_and_no_file(monkeypatch, tmp_path, writes):
    storage: Any = default_storage
    real = type(storage._wrapped or storage).save
    saves: list[Any] = []

    def save(self, *args, **kwargs):
        if len(saves) == writes:
            raise OSError(28, "No space left on device")
        saves.append(args)
        return real(self, *args, **kwargs)

    monkeypatch.setattr("django.core.files.storage.base.Storage.save", save)
    with pytest.raises(OSError, match="No space"):
        add_image(content(), Image(name="x.png"))
    assert stored(tmp_path) == []
    assert not Image.objects.exists()


def test_removing_an_image_removes_its_files(tmp_path, django_capture_on_commit_callbacks):
    image = add_image(content(), Image(name="x.png"))
    with django_capture_on_commit_callbacks(execute=True):
        remove_image(image)
    assert stored(tmp_path) == []
    assert not Image.objects.exists()
