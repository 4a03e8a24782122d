"""What counts as a picture, and what readers get of it."""

from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from articles import image_files
from articles.image_files import BadPicture, decode_picture, read_picture

GPS = 0x8825
LATITUDE = 2


def content_of(picture: Image.Image, format: str = "JPEG", **options: object) -> bytes:
    stream = BytesIO()
    picture.save(stream, format=format, **options)
    return stream.getvalue()


def renditions(content: bytes, widths: list[int]) -> list[tuple[int, str, bytes]]:
    """Make all renditions of ``content``."""
    return [*image_files.renditions(decode_picture(content)[1], widths)]


def plain(width: int = 80, height: int = 40, mode: str = "RGB") -> Image.Image:
    return Image.new(mode, (width, height), 0)


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "AVIF", "TIFF", "GIF"])
def test_a_picture_of_each_accepted_format_is_read(format):
    checked = read_picture(content_of(plain(), format))
    assert (checked.width, checked.height, checked.format) == (80, 40, format.lower())
    assert len(checked.sha256) == 64


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "empty"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "SVG"),
        (b'\xef\xbb\xbf <?xml version="1.0"?><svg/>', "SVG"),
        ("<svg/>".encode("utf-16"), "SVG"),
        (b"<!doctype html><script>alert(1)</script>", "HTML"),
        (b"GIF89a<script>alert(1)</script>", "no picture|damaged"),
        (b"%PDF-1.7", "no picture"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 40, "no picture|damaged"),
        (b"words, only words", "no picture"),
    ],
)
def test_what_is_no_picture_is_refused_in_words(content, message):
    with pytest.raises(BadPicture, match=message):
        read_picture(content)


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "AVIF", "TIFF"])
def test_a_picture_that_is_cut_off_is_refused(format):
    noisy = Image.effect_noise((200, 200), 90).convert("RGB")
    content = content_of(noisy, format)
    with pytest.raises(BadPicture, match="damaged|no picture"):
        read_picture(content[: len(content) // 2])


def test_pixels_are_counted_from_the_header_before_any_is_decoded(monkeypatch):
    content = content_of(Image.new("1", (9000, 6000)), "PNG")
    monkeypatch.setattr("PIL.ImageFile.ImageFile.load", lambda self: pytest.fail("decoded"))
    with pytest.raises(BadPicture, match="9000 × 6000 pixels"):
        read_picture(content)


def test_a_pixel_bomb_beyond_the_librarys_own_limit_is_refused_too():
    content = bytearray(content_of(plain(), "PNG"))
    content[16:24] = (60_000).to_bytes(4, "big") * 2  # the header lies
    with pytest.raises(BadPicture):
        read_picture(bytes(content))


def test_a_file_that_is_too_big_is_refused_by_its_size():
    with pytest.raises(BadPicture, match="MB"):
        read_picture(content_of(plain()) + b"\0" * 100, max_bytes=100)


def test_a_picture_that_lies_on_its_side_stands_up():
    exif = Image.Exif()
    exif[0x0112] = 6
    content = content_of(plain(80, 40), exif=exif)
    checked = read_picture(content)
    assert (checked.width, checked.height) == (40, 80)
    data_by_format = {format: data for _, format, data in renditions(content, [20])}
    assert {Image.open(BytesIO(data)).size for data in data_by_format.values()} == {(20, 40)}


def test_renditions_hold_no_place_no_camera_no_name():
    exif = Image.Exif()
    exif[0x010F] = "A camera that tells"
    exif[0x013B] = "Somebody's name"
    exif.get_ifd(GPS)[LATITUDE] = (51.0, 30.0, 0.0)
    content = content_of(plain(), exif=exif, comment=b"Somebody's name")
    assert b"Somebody's name" in content
    for _, _, data in renditions(content, [40]):
        rendition = Image.open(BytesIO(data))
        assert not rendition.getexif()
        assert not {"exif", "xmp", "icc_profile", "comment"} & rendition.info.keys()
        assert b"Somebody" not in data


@pytest.mark.parametrize("mode", ["CMYK", "P", "L", "LA", "RGBA", "1", "I;16"])
def test_renditions_are_rgb_whatever_came(mode):
    format = {"CMYK": "JPEG", "I;16": "PNG"}.get(mode, "PNG")
    for _, _, data in renditions(content_of(plain(mode=mode), format), [40]):
        assert Image.open(BytesIO(data)).mode == "RGB"


def test_transparency_is_laid_on_white():
    content = content_of(Image.new("RGBA", (40, 40), (255, 0, 0, 0)), "PNG")
    (_, _, data), *_ = (
        rendition for rendition in renditions(content, [40]) if rendition[1] == "jpeg"
    )
    assert Image.open(BytesIO(data)).getpixel((20, 20)) == (255, 255, 255)


def test_of_an_animation_the_first_frame_is_shown():
    frames = [Image.new("RGB", (40, 40), colour) for colour in ("red", "blue")]
    content = content_of(frames[0], "GIF", save_all=True, append_images=frames[1:])
    for _, format, data in renditions(content, [40]):
        rendition = Image.open(BytesIO(data))
        pixel: Any = rendition.convert("RGB").getpixel((20, 20))
        red, _, blue = pixel
        assert getattr(rendition, "n_frames", 1) == 1, format
        assert red > 200 > 60 > blue


def test_each_width_comes_in_each_format():
    sizes = [(width, format) for width, format, _ in renditions(content_of(plain()), [20, 40])]
    assert sizes == [(w, f) for w in (20, 40) for f in ("avif", "webp", "jpeg")]
