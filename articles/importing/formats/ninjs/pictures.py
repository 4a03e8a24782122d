"""The lead picture of a ninjs item: the largest rendition of its main association.

Source: https://iptc.org/standards/ninjs/. Associations and renditions are objects of named items in 1.x, lists later.
"""

from collections.abc import Iterator
from typing import Any

from articles.importing.formats.types import RemotePicture

from .fields import NinjsFields

_MAIN = (
    "featuremedia",
    "mainpic",
    "main",
    "lead",
)  # as agencies name it; else the first that is one
_MAX_BYTES, _MAX_PIXELS = 15_000_000, 50_000_000  # more the library does not take
Row = dict[str, Any]


def lead_picture(fields: NinjsFields) -> RemotePicture | None:
    """Return the lead picture where it can be had by http. Raises RecordError for associations of the wrong type."""
    pairs = zip(_names(fields.values.get("associations")), fields.associations(), strict=True)
    pictures = [pair for pair in pairs if pair[1].text("type").casefold() == "picture"]
    pictures.sort(key=lambda pair: _MAIN.index(pair[0]) if pair[0] in _MAIN else len(_MAIN))
    for _, item in pictures:
        if url := _largest(item.values.get("renditions")):
            return RemotePicture(url, _alt(item), _caption(item), _credit(item))
    return None


def _names(associations: Any) -> Iterator[str]:
    """Yield the name of each association that says something, in small letters."""
    if isinstance(associations, dict):
        yield from (name.casefold() for name, item in associations.items() if item)
    for item in associations if isinstance(associations, list) else ():
        if item:
            yield str(item.get("name") or "").casefold()


def _largest(renditions: Any) -> str:
    """Return the address of the image with the most pixels that the library would take; empty for none."""
    rows = list(renditions.values()) if isinstance(renditions, dict) else renditions
    rows = rows if isinstance(rows, list) else []
    candidates = [_rendition(row) for row in rows if isinstance(row, dict)]
    usable = [(pixels, -number, url) for number, (pixels, url) in enumerate(candidates) if url]
    return max(usable)[2] if usable else ""


def _rendition(row: Row) -> tuple[int, str]:
    """Return pixels (0 where unknown) and address of one rendition, empty for what is no picture for us."""
    row = {key.casefold(): value for key, value in row.items()}
    url, kind = row.get("href"), row.get("contenttype") or row.get("mimetype") or "image/"
    pixels = _number(row.get("width")) * _number(row.get("height"))
    is_image = isinstance(kind, str) and kind.casefold().startswith("image/")
    is_fit = _number(row.get("sizeinbytes")) <= _MAX_BYTES and pixels <= _MAX_PIXELS
    is_remote = isinstance(url, str) and url.startswith(("https://", "http://"))
    return pixels, str(url) if is_image and is_fit and is_remote else ""


def _number(value: Any) -> int:
    """Return a number; agencies write some of them as text."""
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 10:
        return int(value)
    return value if isinstance(value, int) and 0 < value < 10**9 else 0


def _alt(item: NinjsFields) -> str:
    """Return what is seen: a field of its own, else the text of the picture, as Superdesk sends it."""
    values = (item.values.get(name) for name in ("alttext", "alt_text"))
    text = next((value for value in values if isinstance(value, str) and value.strip()), "")
    return text or next((value.line for value in item.labelled("body", "bodies")), "")


def _caption(item: NinjsFields) -> str:
    descriptions = item.labelled("description", "descriptions")
    return next(
        (description.line for description in descriptions if description.role == "caption"),
        descriptions[0].line if descriptions else "",
    )


def _credit(item: NinjsFields) -> str:
    return item.text("by", "byline", "source", "copyrightholder")
