"""What a picture's file says of itself: caption, who made it, what it shows, when. No Django here.

Places, cameras and e-mail addresses are not read. XMP goes before IPTC-IIM, IPTC-IIM before Exif.
Sources: https://www.iptc.org/std/photometadata/specification/IPTC-PhotoMetadata, IPTC-IIM 4.2, Exif 2.32, ISO 16684-1
"""

import re
import struct
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any

from PIL import Image
from PIL.IptcImagePlugin import getiptcinfo
from PIL.TiffImagePlugin import TiffImageFile

from articles.image_files import FORMATS, PILLOW_ERRORS
from articles.importing.formats.common.xml_records import parse_xml
from articles.importing.formats.types import ReadError
from articles.text.characters import printable

MAX_LENGTH = 5_000  # letters of one value that are looked at
DAMAGED = (AttributeError, RuntimeError, TypeError, struct.error)  # what Pillow raises beside
_UNREADABLE = (*PILLOW_ERRORS, *DAMAGED, Image.DecompressionBombError, ReadError)
_IPTC_OF_JPEG = 0x0404
_EXIF_IFD, _DATE_TAKEN, _COMMENT = 0x8769, 0x9003, 0x9C9C
_EXIF = {0x010E: "caption", 0x013B: "creator", 0x8298: "copyright"}
_IIM = {
    **{(2, 120): "caption", (2, 5): "title", (2, 80): "creator", (2, 110): "agency"},
    **{(2, 115): "source", (2, 116): "copyright", (2, 55): "taken_on"},
}
_DC, _PHOTOSHOP = "http://purl.org/dc/elements/1.1/", "http://ns.adobe.com/photoshop/1.0/"
_CORE = "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/"
_XMP = {
    **{f"{{{_DC}}}description": "caption", f"{{{_DC}}}title": "title"},
    **{f"{{{_DC}}}creator": "creator", f"{{{_DC}}}rights": "copyright"},
    **{f"{{{_PHOTOSHOP}}}Credit": "agency", f"{{{_PHOTOSHOP}}}Source": "source"},
    **{f"{{{_PHOTOSHOP}}}DateCreated": "taken_on", f"{{{_CORE}}}AltTextAccessibility": "alt"},
}
_ITEM = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}li"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_CAMERA_DEFAULTS = {  # what cameras write where a caption belongs
    *("olympus digital camera", "sony dsc", "minolta digital camera", "kodak digital still camera"),
    *("samsung camera pictures", "digital camera", "dcim", "untitled"),
}
_MAIL = re.compile(r"[<(\[]?[\w.+-]+@[\w-]+(?:\.[\w-]+)+[>)\]]?")
_DATE = re.compile(r"(\d{4})[-:]?(\d\d)[-:]?(\d\d)(?!\d)", re.ASCII)
Values = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class PictureMetadata:
    """Each on one line, empty where the file says nothing. ``taken_on`` is a day as ISO 8601.

    ``agency`` is the credit line, ``source`` who supplied it; ``alt`` says what is seen for those who cannot see it.
    """

    caption: str = ""
    title: str = ""
    creator: str = ""
    agency: str = ""
    source: str = ""
    copyright: str = ""
    alt: str = ""
    taken_on: str = ""

    @property
    def credit(self) -> str:
        """Who made it and who supplied it (``Kit Wetherall / Skerry Press``), else whose right it is."""
        supplier = self.agency or self.source
        if self.creator and self.creator.casefold() in supplier.casefold():
            return supplier
        return " / ".join(filter(None, (self.creator, supplier))) or self.copyright


def read_metadata(content: bytes) -> PictureMetadata:
    """Return what the picture ``content`` says of itself; what cannot be read is empty. Never raises."""
    values: dict[str, str] = {}
    for read in (_of_exif, _of_iptc, _of_xmp):
        with suppress(*_UNREADABLE):  # opened anew: reading one part can use up another
            values |= _joined(read(Image.open(BytesIO(content), formats=FORMATS)))
    return PictureMetadata(**values)


def _joined(values: Values) -> dict[str, str]:
    """Return values as lines by field, empty ones left out; several of one field one after another."""
    lines_by_field: dict[str, list[str]] = {}
    for field, value in values:
        line = _day(value) if field == "taken_on" else _line(value)
        if line and line.casefold() not in _CAMERA_DEFAULTS:
            lines_by_field.setdefault(field, []).append(line)
    return {
        field: lines[0] if field == "taken_on" else ", ".join(dict.fromkeys(lines))
        for field, lines in lines_by_field.items()
    }


def _line(text: str) -> str:
    cleaned = printable(text[:MAX_LENGTH].replace("\0", " "))
    return " ".join(_MAIL.sub("", cleaned).split())


def _day(text: str) -> str:
    match = _DATE.match(text.strip())
    with suppress(ValueError):
        return date(*map(int, match.groups())).isoformat() if match else ""
    return ""


def _of_exif(picture: Image.Image) -> Values:
    exif = picture.getexif()
    values = [(field, _recoded(exif.get(tag))) for tag, field in _EXIF.items()]
    if not values[0][1].strip():
        comment = exif.get(_COMMENT)
        if isinstance(comment, (bytes, tuple)):
            values.append(("caption", bytes(comment).decode("utf-16-le", "ignore")))
    return [*values, ("taken_on", _recoded(exif.get_ifd(_EXIF_IFD).get(_DATE_TAKEN)))]


def _recoded(value: Any) -> str:
    """Return an ASCII value, which Pillow reads as Latin-1 though most of today's programs write UTF-8."""
    if isinstance(value, str):
        with suppress(UnicodeEncodeError):
            return _decoded(value.encode("latin-1"))
        return value
    return _decoded(value) if isinstance(value, bytes) else ""


def _decoded(data: bytes) -> str:
    with suppress(UnicodeDecodeError):
        return data.decode()
    return data.decode("cp1252", "ignore")


def _of_iptc(picture: Image.Image) -> Values:
    if isinstance(picture, TiffImageFile):  # Pillow knows where that keeps it
        datasets = getiptcinfo(picture) or {}
        lists = (
            (key, value if isinstance(value, list) else [value]) for key, value in datasets.items()
        )
        pairs = [(key, value) for key, values in lists for value in values]
    else:
        blocks = picture.info.get("photoshop")
        data = blocks.get(_IPTC_OF_JPEG, b"") if isinstance(blocks, dict) else b""
        pairs = [*_datasets(data)]
    return [(_IIM[key], _decoded(value)) for key, value in pairs if key in _IIM]


def _datasets(data: bytes) -> Iterator[tuple[tuple[int, int], bytes]]:
    """Yield ``((record, number), value)`` of IPTC-IIM ``data``, as far as it is whole."""
    at = 0
    while len(data) - at >= 5 and data[at] == 0x1C:
        key, size = (data[at + 1], data[at + 2]), int.from_bytes(data[at + 3 : at + 5], "big")
        at += 5
        if size & 0x8000:  # the size of the size
            size, at = int.from_bytes(data[at : at + (size & 7)], "big"), at + (size & 7)
        yield key, data[at : at + size]
        at += size


def _of_xmp(picture: Image.Image) -> Values:
    packet = picture.info.get("xmp") or picture.info.get("XML:com.adobe.xmp") or b""
    packet = packet.encode() if isinstance(packet, str) else packet
    values: Values = []
    for element in parse_xml(packet.strip(b"\0 \r\n\t")).iter("{*}Description"):
        values += [(_XMP[name], text) for name, text in element.attrib.items() if name in _XMP]
        for child in element:
            if child.tag in _XMP:
                values += [(_XMP[child.tag], text) for text in _texts(child)]
    return values


def _texts(element: Any) -> list[str]:
    """Return the text of a property: of a list all, of its languages the default or the first."""
    items = element.findall(f".//{_ITEM}")
    if not items:
        return [element.text or ""]
    default = next((item for item in items if item.get(_LANGUAGE) == "x-default"), items[0])
    is_by_language = any(item.get(_LANGUAGE) for item in items)
    return [item.text or "" for item in ([default] if is_by_language else items)]
