"""Bytes of any origin -> a picture that we know, and the renditions that readers get of it. No Django here."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from PIL import Image, ImageOps, UnidentifiedImageError

MAX_PIXELS = 50_000_000
MAX_BYTES = 15 * 1024 * 1024
FORMATS = ("JPEG", "PNG", "WEBP", "AVIF", "TIFF", "GIF")
ACCEPTED = "JPEG, PNG, WebP, AVIF, TIFF or GIF"
ORIENTATION = 0x0112
SAVING: dict[str, dict[str, Any]] = {
    "avif": {"quality": 58, "speed": 8},
    "webp": {"quality": 78, "method": 4},
    "jpeg": {"quality": 80, "optimize": True, "progressive": True},
}


class BadPicture(ValueError):
    """Raised for what cannot be a picture of the paper; the message tells the editor why and what to do."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What is known of a picture. ``width`` and ``height`` in pixels, as seen upright; ``sha256`` hex of its bytes."""

    width: int
    height: int
    format: str
    sha256: str


def read_picture(
    content: bytes, *, max_pixels: int = MAX_PIXELS, max_bytes: int = MAX_BYTES
) -> Checked:
    """Check ``content``: a known format, whole, and within the limits; the pixels are counted before any is decoded.

    Raises ``BadPicture``.
    """
    picture = _open(content, max_pixels, max_bytes)
    _decode(picture)
    width, height = picture.size
    if picture.getexif().get(ORIENTATION, 1) >= 5:  # lies on its side
        width, height = height, width
    return Checked(width, height, str(picture.format).lower(), hashlib.sha256(content).hexdigest())


def renditions(content: bytes, widths: Iterable[int]) -> Iterator[tuple[int, str, bytes]]:
    """Yield ``(width, format, bytes)`` for each of ``widths`` (pixels) as AVIF, WebP and JPEG.

    Upright, in RGB of eight bits, the first frame of an animation, and without any metadata: no place,
    no camera, no name. Raises ``BadPicture``.
    """
    picture = _open(content, MAX_PIXELS, MAX_BYTES)
    _decode(picture)
    plain = _plain(ImageOps.exif_transpose(picture))
    for width in widths:
        height = max(1, round(plain.height * width / plain.width))
        scaled = plain.resize((width, height), Image.Resampling.LANCZOS)
        for format, options in SAVING.items():
            yield width, format, _saved(scaled, format, options)


def _open(content: bytes, max_pixels: int, max_bytes: int) -> Image.Image:
    """Read the header only."""
    if not content:
        raise BadPicture("The file is empty. Choose it again.")
    if len(content) > max_bytes:
        raise BadPicture(
            f"The file has {len(content) / 1e6:.0f} MB; at most {max_bytes / 1e6:.0f} MB are allowed. "
            "Save it smaller."
        )
    if looks_like_markup(content):
        raise BadPicture(
            f"This is SVG, HTML or XML, which can carry programs. Save it as {ACCEPTED}."
        )
    try:
        picture = Image.open(BytesIO(content), formats=FORMATS)
    except (UnidentifiedImageError, Image.DecompressionBombError, *BROKEN) as error:
        raise BadPicture(f"This is no picture that we can read. Send {ACCEPTED}.") from error
    if picture.width * picture.height > max_pixels:
        raise BadPicture(
            f"The picture has {picture.width} × {picture.height} pixels; at most "
            f"{max_pixels / 1e6:.0f} million are allowed. Save it smaller."
        )
    return picture


def _decode(picture: Image.Image) -> None:
    """Decode the first frame, so that a truncated file is found out."""
    try:
        picture.load()
        picture.getexif()
    except (Image.DecompressionBombError, *BROKEN) as error:
        raise BadPicture("The picture is damaged or cut off. Send it again.") from error


def _plain(picture: Image.Image) -> Image.Image:
    """Return the pixels alone in RGB: CMYK, palettes and 16 bits converted, transparency laid on white."""
    if picture.mode.startswith("I") or picture.mode == "F":
        picture = picture.point(lambda value: value / 256).convert("L")
    if picture.has_transparency_data:
        layer = picture.convert("RGBA")
        white = Image.new("RGBA", layer.size, "white")
        picture = Image.alpha_composite(white, layer)
    bare = picture.convert("RGB")
    bare.info.clear()
    return bare


def _saved(picture: Image.Image, format: str, options: dict[str, Any]) -> bytes:
    stream = BytesIO()
    picture.save(stream, format=format, **options)
    return stream.getvalue()


def looks_like_markup(content: bytes) -> bool:
    """Tell whether ``content`` begins as XML or HTML does, in any of the usual encodings."""
    start = content[:1024].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    return start.startswith(b"<") or b"<svg" in start or b"<html" in start


# What Pillow raises on damaged bytes, by its formats.
BROKEN = (
    *(OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError, OverflowError),
    *(RuntimeError, TypeError, AttributeError),
)
