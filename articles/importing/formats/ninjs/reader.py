"""ninjs 1.x, 2.x and 3.x, as the standard has it and as agencies extend it. Source: https://iptc.org/standards/ninjs/

Also a page of items as the BBC's interface answers (``total``, ``limit``, ``offset``, ``item``).
Unknown fields are passed over. Nothing that an item points to is fetched.
"""

import json
from collections.abc import Iterator
from functools import partial
from typing import Any, BinaryIO

from articles.importing.formats.common.json_records import first_keys, iter_json_records, load_json
from articles.importing.formats.reader import LazyReader
from articles.importing.formats.types import LazyRecord, ParsedArticle, RecordError, RejectedRecord
from articles.text.messages import Message

from .item import parse_item

_MARKS = {"guid", "versioncreated", "versionCreated", "pubstatus", "pubStatus", "bodies"}
_MARKS |= {"headlines", "body_text", "body_html", "body_xhtml", "firstcreated"}
_PAGE = {"total", "offset", "item"}


class NinjsReader(LazyReader):
    """Reads ninjs."""

    NAME = "ninjs"

    def identify(self, head: bytes, name: str) -> bool:
        """Tell whether a file is ninjs, by the keys of its first object; one with ``_id`` is another system's own."""
        keys = first_keys(head)
        is_foreign = any(key.startswith("_") for key in keys)
        is_page = keys >= _PAGE and b'"pubstatus"' in head.lower()
        return not is_foreign and ("uri" in keys or len(keys & _MARKS) > 1 or is_page)

    def read_lazily(self, stream: BinaryIO, name: str) -> Iterator[LazyRecord | RejectedRecord]:
        """Yield the items of ``stream`` as ``read`` does, each cut out and not read yet."""
        for number, data in enumerate(iter_json_records(stream), 1):
            if data is None:
                reason = Message("the item has more than 10 MB", code="ninjs.size")
                yield RejectedRecord(str(number), "file", reason, Message("Leave it out."))
            elif (items := _page_items(data)) is None:
                yield LazyRecord(str(number), data, partial(_finished, data, str(number)))
            else:
                for place, item in enumerate(items, 1):
                    record, item_data = f"{number}.{place}", json.dumps(item).encode()
                    yield LazyRecord(record, item_data, partial(_outcome, item, record, item_data))


READER = NinjsReader()


def _page_items(data: bytes) -> list[Any] | None:
    """Return the items of a page, None for what is no page: that is not even parsed."""
    if not all(f'"{key}"'.encode() in data for key in _PAGE):
        return None
    try:
        value = load_json(data)
    except RecordError:
        return None
    if not isinstance(value, dict) or not value.keys() >= _PAGE:
        return None
    return value["item"] if isinstance(value["item"], list) else [value["item"]]


def _finished(data: bytes, record: str) -> ParsedArticle | RejectedRecord:
    try:
        return _outcome(load_json(data), record, data)
    except RecordError as error:
        return RejectedRecord(record, error.field, error.reason, error.remedy, data)


def _outcome(value: Any, record: str, data: bytes) -> ParsedArticle | RejectedRecord:
    """Return what becomes of one item, the value that ``data`` holds."""
    try:
        return parse_item(value, record, data)
    except RecordError as error:
        return RejectedRecord(record, error.field, error.reason, error.remedy, data)
