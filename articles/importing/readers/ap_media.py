"""The answers of AP's Media API, one item or a feed of them, read as the ninjs that they extend.

The text of a story stands in a rendition elsewhere, unless the item was saved with it (``nitf.body_html``): such an
item is refused with that reason. Source: https://api.ap.org/media/v/docs/
"""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, BinaryIO

from articles.importing.iptc import correction
from articles.importing.json_text import first_keys, load, records
from articles.importing.parsed import ParsedArticle, Refused
from articles.importing.unfit import Unfit

from . import ninjs

NAME = "ap-media"

_SAME = set(
    "uri version type language versioncreated firstcreated pubstatus ednote headline title embargoed"
    " slugline infosource person organisation".split()
)
_CORRECTIONS = {"correction", "corrective", "corrected"}


def identify(head: bytes, name: str) -> bool:
    """Tell whether a file is an answer of the interface, by its outermost keys."""
    return first_keys(head) >= {"api_version", "data"} and b'"item' in head


def read(stream: BinaryIO, name: str) -> Iterator[ParsedArticle | Refused]:
    """Yield one outcome an item of ``stream``; its ref is its uri.

    Raises ReadError only when the rest of the file cannot be read.
    """
    for number, data in enumerate(records(stream), 1):
        try:
            if data is None:
                raise Unfit("file", "the answer has more than 10 MB", "Ask for fewer items.")
            answer = load(data)
        except Unfit as error:
            yield Refused(str(number), error.field, str(error), error.remedy, data or b"")
            continue
        for place, one in enumerate(_answers(answer), 1):
            record = str(number) if one is answer else f"{number}.{place}"
            own = data if one is answer else json.dumps(one).encode()
            yield _outcome(one, record, own)


def _answers(answer: Any) -> list[Any]:
    """Return the answer, or one answer for each item of a feed, so that it can be read alone."""
    data = answer.get("data") if isinstance(answer, dict) else None
    items = data.get("items") if isinstance(data, dict) else None
    if not isinstance(items, list):
        return [answer]
    head = {name: value for name, value in answer.items() if name != "data"}
    return [head | {"data": one} for one in items]


def _outcome(answer: Any, record: str, data: bytes) -> ParsedArticle | Refused:
    try:
        inner = answer.get("data") if isinstance(answer, dict) else None
        item = inner.get("item") if isinstance(inner, dict) else None
        if not isinstance(item, dict):
            raise Unfit("item", "the answer has none", "Leave it out of the import.")
        fields = _as_ninjs(item, answer.get("nitf"))
        found = ninjs.parsed(fields, record, data)
        marks = [*_list(item, "signals"), *_list(item, "editorialtypes")]
        is_marked = any(str(one).casefold() in _CORRECTIONS for one in marks)
        return replace(found, correction=correction(str(item.get("ednote") or ""), is_marked))
    except Unfit as error:
        return Refused(record, error.field, str(error), error.remedy, data)


def _as_ninjs(item: dict[str, Any], text: Any) -> dict[str, Any]:
    found = {name: value for name, value in item.items() if name in _SAME}
    body = text.get("body_html") if isinstance(text, dict) else None
    found["body_html"] = body if body is not None else item.get("body_nitf")
    is_live = str(item.get("pubstatus") or "usable").casefold() == "usable"
    if not found["body_html"] and item.get("type") == "text" and is_live:
        remedy = "Import the NITF that it points to."
        raise Unfit("renditions", "its text stands elsewhere", remedy)
    if isinstance(place := item.get("datelinelocation"), dict):
        found["located"] = place.get("city")
    found["by"] = "; ".join(_signed(one) for one in _entries(item, "bylines"))
    if extended := item.get("headline_extended"):
        found["description_summary"] = extended
    subjects = _entries(item, "subject")
    found["subject"] = [one for one in subjects if not _is_category(one)]
    names = [one for one in subjects if _is_category(one) and len(str(one.get("name") or "")) > 1]
    found["service"] = names
    found["place"] = [one for one in _entries(item, "place") if "direct" in _list(one, "rels")]
    found["subject"] += [{"name": one} for one in _list(item, "keywords") if isinstance(one, str)]
    return found


def _signed(one: dict[str, Any]) -> str:
    by, title = (str(one.get(name) or "").strip() for name in ("by", "title"))
    name = by[3:] if by[:3].casefold() == "by " else by
    return f"{name} ({title})" if title and "(" not in title + name else name


def _is_category(subject: dict[str, Any]) -> bool:
    return bool({"category", "suppcategory"} & {str(one) for one in _list(subject, "rels")})


def _entries(item: dict[str, Any], name: str) -> list[dict[str, Any]]:
    return [one for one in _list(item, name) if isinstance(one, dict)]


def _list(item: dict[str, Any], name: str) -> list[Any]:
    value = item.get(name)
    return value if isinstance(value, list) else []
