"""The answers of AP's Media API, one item or a feed of them, read as the ninjs that they extend.

The text of a story stands in a rendition elsewhere, unless the item was saved with it (``nitf.body_html``): such an
item is refused with that reason. Source: https://api.ap.org/media/v/docs/
"""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, BinaryIO

from articles.importing.formats.common.iptc import correction_note
from articles.importing.formats.common.json_records import first_keys, iter_json_records, load_json
from articles.importing.formats.reader import Reader
from articles.importing.formats.types import ParsedArticle, RecordError, RejectedRecord
from articles.text.messages import Message

from .ninjs.item import parse_item

_COPIED_FIELDS = set(
    "uri version type language versioncreated firstcreated pubstatus ednote headline title embargoed"
    " slugline infosource person organisation".split()
)
_CORRECTIONS = {"correction", "corrective", "corrected"}


class ApMediaReader(Reader):
    """Reads the feed of AP's Media API."""

    NAME = "ap-media"

    def identify(self, head: bytes, name: str) -> bool:
        """Tell whether a file is an answer of the interface, by its outermost keys."""
        return first_keys(head) >= {"api_version", "data"} and b'"item' in head

    def read(self, stream: BinaryIO, name: str) -> Iterator[ParsedArticle | RejectedRecord]:
        """Yield one outcome an item of ``stream``; its ref is its uri.

        Raises ReadError only when the rest of the file cannot be read.
        """
        for number, data in enumerate(iter_json_records(stream), 1):
            try:
                if data is None:
                    raise RecordError(
                        "file",
                        Message("the answer has more than 10 MB", code="ap_media.size"),
                        "Ask for fewer items.",
                    )
                answer = load_json(data)
            except RecordError as error:
                yield RejectedRecord(
                    str(number), error.field, error.reason, error.remedy, data or b""
                )
                continue
            for place, item_answer in enumerate(_answers(answer), 1):
                record = str(number) if item_answer is answer else f"{number}.{place}"
                item_data = data if item_answer is answer else json.dumps(item_answer).encode()
                yield _outcome(item_answer, record, item_data)


READER = ApMediaReader()


def _answers(answer: Any) -> list[Any]:
    """Return the answer, or one answer for each item of a feed, so that it can be read alone."""
    data = answer.get("data") if isinstance(answer, dict) else None
    items = data.get("items") if isinstance(data, dict) else None
    if not isinstance(items, list):
        return [answer]
    head = {name: value for name, value in answer.items() if name != "data"}
    return [head | {"data": item} for item in items]


def _outcome(answer: Any, record: str, data: bytes) -> ParsedArticle | RejectedRecord:
    try:
        inner = answer.get("data") if isinstance(answer, dict) else None
        item = inner.get("item") if isinstance(inner, dict) else None
        if not isinstance(item, dict):
            raise RecordError(
                "item",
                Message("the answer has none", code="ap_media.no_id"),
                "Leave it out of the import.",
            )
        fields = _as_ninjs(item, answer.get("nitf"))
        story = parse_item(fields, record, data)
        marks = [*_list(item, "signals"), *_list(item, "editorialtypes")]
        is_marked = any(str(mark).casefold() in _CORRECTIONS for mark in marks)
        return replace(story, correction=correction_note(str(item.get("ednote") or ""), is_marked))
    except RecordError as error:
        return RejectedRecord(record, error.field, error.reason, error.remedy, data)


def _as_ninjs(item: dict[str, Any], text: Any) -> dict[str, Any]:
    fields = {name: value for name, value in item.items() if name in _COPIED_FIELDS}
    body = text.get("body_html") if isinstance(text, dict) else None
    fields["body_html"] = body if body is not None else item.get("body_nitf")
    is_live = str(item.get("pubstatus") or "usable").casefold() == "usable"
    if not fields["body_html"] and item.get("type") == "text" and is_live:
        remedy = "Import the NITF that it points to."
        raise RecordError(
            "renditions",
            Message("its text stands elsewhere", code="ap_media.text_elsewhere"),
            remedy,
        )
    if isinstance(place := item.get("datelinelocation"), dict):
        fields["located"] = place.get("city")
    fields["by"] = "; ".join(_byline(entry) for entry in _entries(item, "bylines"))
    if extended := item.get("headline_extended"):
        fields["description_summary"] = extended
    subjects = _entries(item, "subject")
    fields["subject"] = [entry for entry in subjects if not _is_category(entry)]
    names = [
        entry for entry in subjects if _is_category(entry) and len(str(entry.get("name") or "")) > 1
    ]
    fields["service"] = names
    fields["place"] = [
        entry for entry in _entries(item, "place") if "direct" in _list(entry, "rels")
    ]
    fields["subject"] += [
        {"name": entry} for entry in _list(item, "keywords") if isinstance(entry, str)
    ]
    return fields


def _byline(entry: dict[str, Any]) -> str:
    by, title = (str(entry.get(name) or "").strip() for name in ("by", "title"))
    name = by[3:] if by[:3].casefold() == "by " else by
    return f"{name} ({title})" if title and "(" not in title + name else name


def _is_category(subject: dict[str, Any]) -> bool:
    return bool({"category", "suppcategory"} & {str(rel) for rel in _list(subject, "rels")})


def _entries(item: dict[str, Any], name: str) -> list[dict[str, Any]]:
    return [entry for entry in _list(item, name) if isinstance(entry, dict)]


def _list(item: dict[str, Any], name: str) -> list[Any]:
    value = item.get(name)
    return value if isinstance(value, list) else []
