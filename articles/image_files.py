"""Bytes of any origin -> a picture that we know, and the renditions that readers get of it. No Django here."""

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from PIL import Image, ImageOps

MAX_PIXELS = 50_000_000
# Beyond it encoders fail, and what is few pixels becomes a rendition of a million.
MAX_SIDE = 20_000
MAX_BYTES = 15 * 1024 * 1024
FORMATS = ("JPEG", "PNG", "WEBP", "AVIF", "TIFF", "GIF")
ACCEPTED = "JPEG, PNG, WebP, AVIF, TIFF or GIF"
NO_RENDITION = (
    "The picture cannot be made smaller: it is too long and narrow, of an unusual kind, or too large. "
    "Crop it or save it anew as JPEG."
)
ORIENTATION = 0x0112
SAVE_OPTIONS: dict[str, dict[str, Any]] = {
    "avif": {"quality": 58, "speed": 8},
    "webp": {"quality": 78, "method": 4},
    "jpeg": {"quality": 80, "optimize": True, "progressive": True},
}


class BadPicture(ValueError):
    """Raised for what cannot be a picture of the paper; the message tells the editor why and what to do."""


@dataclass(frozen=True, slots=True)
class ImageInfo:
    """What is known of a picture. ``width`` and ``height`` in pixels, as seen upright; ``sha256`` hex of its bytes."""

    width: int
    height: int
    format: str
    sha256: str


def read_picture(
    content: bytes, *, max_pixels: int = MAX_PIXELS, max_bytes: int = MAX_BYTES
) -> ImageInfo:
    """Check ``content``: a known format, whole, and within the limits; the pixels are counted before any is decoded.

    Raises ``BadPicture``.
    """
    return decode_picture(content, max_pixels=max_pixels, max_bytes=max_bytes)[0]


def decode_picture(
    content: bytes, *, max_pixels: int = MAX_PIXELS, max_bytes: int = MAX_BYTES
) -> tuple[ImageInfo, Image.Image]:
    """Return what is known of ``content``, and its first frame decoded, so that a truncated file is found out.

    Raises ``BadPicture``.
    """
    picture = open_picture(content, max_pixels=max_pixels, max_bytes=max_bytes)
    with _raising_bad_picture("The picture is damaged or cut off. Send it again."):
        picture.load()
        is_on_its_side = picture.getexif().get(ORIENTATION, 1) >= 5  # lies on its side
    width, height = picture.size[::-1] if is_on_its_side else picture.size
    digest = hashlib.sha256(content).hexdigest()
    return ImageInfo(width, height, str(picture.format).lower(), digest), picture


def renditions(picture: Image.Image, widths: Iterable[int]) -> Iterator[tuple[int, str, bytes]]:
    """Yield ``(width, format, bytes)`` of a decoded ``picture`` for each of ``widths`` (pixels): AVIF, WebP and JPEG.

    Upright, in RGB of eight bits, the first frame of an animation, and without any metadata: no place,
    no camera, no name. Raises ``BadPicture``, also when an encoder fails or the memory is not enough.
    """
    with _raising_bad_picture(NO_RENDITION):
        plain = _to_rgb(ImageOps.exif_transpose(picture))
    for width in widths:
        with _raising_bad_picture(NO_RENDITION):
            height = max(1, round(plain.height * width / plain.width))
            scaled = plain.resize((width, height), Image.Resampling.LANCZOS)
        for format, options in SAVE_OPTIONS.items():
            yield width, format, _encode(scaled, format, options)


def open_picture(
    content: bytes, *, max_pixels: int = MAX_PIXELS, max_bytes: int = MAX_BYTES
) -> Image.Image:
    """Read the header only. Raises ``BadPicture``."""
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
    with _raising_bad_picture(f"This is no picture that we can read. Send {ACCEPTED}."):
        picture = Image.open(BytesIO(content), formats=FORMATS)
    size = f"The picture has {picture.width} × {picture.height} pixels"
    if max(picture.size) > MAX_SIDE:
        raise BadPicture(
            f"{size}; a side may have at most {MAX_SIDE:,}. Crop it or save it smaller."
        )
    if picture.width * picture.height > max_pixels:
        raise BadPicture(
            f"{size}; at most {max_pixels / 1e6:.0f} million are allowed. Save it smaller."
        )
    return picture


@contextmanager
def _raising_bad_picture(message: str) -> Iterator[None]:
    """Turn whatever Pillow and its decoders and encoders raise into ``BadPicture`` with ``message``."""
    try:
        yield
    except (Image.DecompressionBombError, *PILLOW_ERRORS) as error:
        raise BadPicture(message) from error


def _to_rgb(picture: Image.Image) -> Image.Image:
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


def _encode(picture: Image.Image, format: str, options: dict[str, Any]) -> bytes:
    stream = BytesIO()
    with _raising_bad_picture(NO_RENDITION):
        picture.save(stream, format=format, **options)
    return stream.getvalue()


def looks_like_markup(content: bytes) -> bool:
    """Tell whether ``content`` begins as XML or HTML does, in any of the usual encodings."""
    start = content[:1024].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    return start.startswith(b"<") or b"<svg" in start or b"<html" in start


# What Pillow raises on damaged bytes, by its formats, and on what is too much for an encoder or for the memory.
PILLOW_ERRORS = (
    *(OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError, OverflowError),
    *(RuntimeError, TypeError, AttributeError, MemoryError),
)
