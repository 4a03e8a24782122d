"""The lead picture of a ninjs item: the largest rendition of its main association.

Source: https://iptc.org/standards/ninjs/. Associations and renditions are objects of named items in 1.x, lists later.
"""

from collections.abc import Iterator
from typing import Any

from .ninjs_fields import Fields
from .parsed import RemotePicture

_MAIN = (
    "featuremedia",
    "mainpic",
    "main",
    "lead",
)  # as agencies name it; else the first that is one
_MOST_BYTES, _MOST_PIXELS = 15_000_000, 50_000_000  # more the library does not take
Row = dict[str, Any]


def picture(fields: Fields) -> RemotePicture | None:
    """Return the lead picture where it can be had by http. Raises Unfit for associations of the wrong type."""
    named = zip(_names(fields.values.get("associations")), fields.associations(), strict=True)
    pictures = [one for one in named if one[1].text("type").casefold() == "picture"]
    pictures.sort(key=lambda one: _MAIN.index(one[0]) if one[0] in _MAIN else len(_MAIN))
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
    found = [_rendition(row) for row in rows if isinstance(row, dict)]
    fit = [(pixels, -number, url) for number, (pixels, url) in enumerate(found) if url]
    return max(fit)[2] if fit else ""


def _rendition(row: Row) -> tuple[int, str]:
    """Return pixels (0 where unknown) and address of one rendition, empty for what is no picture for us."""
    row = {key.casefold(): value for key, value in row.items()}
    url, kind = row.get("href"), row.get("contenttype") or row.get("mimetype") or "image/"
    pixels = _number(row.get("width")) * _number(row.get("height"))
    is_image = isinstance(kind, str) and kind.casefold().startswith("image/")
    is_fit = _number(row.get("sizeinbytes")) <= _MOST_BYTES and pixels <= _MOST_PIXELS
    is_remote = isinstance(url, str) and url.startswith(("https://", "http://"))
    return pixels, str(url) if is_image and is_fit and is_remote else ""


def _number(value: Any) -> int:
    """Return a number; agencies write some of them as text."""
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 10:
        return int(value)
    return value if isinstance(value, int) and 0 < value < 10**9 else 0


def _alt(item: Fields) -> str:
    """Return what is seen: a field of its own, else the text of the picture, as Superdesk sends it."""
    own = (item.values.get(name) for name in ("alttext", "alt_text"))
    text = next((one for one in own if isinstance(one, str) and one.strip()), "")
    return text or next((one.line for one in item.labelled("body", "bodies")), "")


def _caption(item: Fields) -> str:
    found = item.labelled("description", "descriptions")
    return next(
        (one.line for one in found if one.role == "caption"), found[0].line if found else ""
    )


def _credit(item: Fields) -> str:
    return item.text("by", "byline", "source", "copyrightholder")
