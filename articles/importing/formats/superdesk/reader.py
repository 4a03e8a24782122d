"""Superdesk's own JSON: one item, an array, JSON Lines, or a page of its interface (``_items``).

What a desk published comes in as the ninjs it means; what no desk published is refused with its state.
Nothing of users, desks, subscribers or workflow comes in. Nothing that an item points to is fetched.
"""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, BinaryIO

from articles.importing.formats.common.iptc import correction_note
from articles.importing.formats.common.json_records import (
    first_keys,
    iter_json_records,
    load_json,
    looks_like_json,
)
from articles.importing.formats.ninjs.item import parse_item
from articles.importing.formats.reader import Reader
from articles.importing.formats.superdesk.fields import as_ninjs, featured_picture, is_corrected
from articles.importing.formats.types import ParsedArticle, RecordError, RejectedRecord
from articles.text.messages import Message

_MARKS = set(
    "guid versioncreated firstcreated pubstatus family_id unique_name original_creator slugline item_id"
    " schedule_settings anpa_category body_html".split()
)
_OWN = {"_id", "_current_version", "_etag", "_updated", "_created", "_type"}


class SuperdeskReader(Reader):
    """Reads the items of Superdesk."""

    NAME = "superdesk"

    def identify(self, head: bytes, name: str) -> bool:
        """Tell whether a file is Superdesk's, by the keys of its first object: its own begin with ``_``."""
        if not looks_like_json(head):
            return False
        keys = first_keys(head)
        is_page = "_items" in keys and b'"guid"' in head and b'"versioncreated"' in head
        return is_page or bool(keys & _OWN) and len(keys & _MARKS) > 1

    def read(self, stream: BinaryIO, name: str) -> Iterator[ParsedArticle | RejectedRecord]:
        """Yield one outcome an item of ``stream`` (UTF-8); its ref is its guid.

        Raises ReadError only when the rest of the file cannot be read.
        """
        for number, data in enumerate(iter_json_records(stream), 1):
            try:
                if data is None:
                    raise RecordError(
                        "file",
                        Message("the item has more than 10 MB", code="superdesk.size"),
                        "Leave it out.",
                    )
                value = load_json(data)
            except RecordError as error:
                yield RejectedRecord(
                    str(number), error.field, error.reason, error.remedy, data or b""
                )
                continue
            items = value.get("_items") if isinstance(value, dict) else None
            if not isinstance(items, list):
                yield _outcome(value, str(number), data)
                continue
            for place, item in enumerate(items, 1):
                yield _outcome(item, f"{number}.{place}", json.dumps(item).encode())


READER = SuperdeskReader()


def _outcome(value: Any, record: str, data: bytes) -> ParsedArticle | RejectedRecord:
    try:
        if not isinstance(value, dict):
            raise RecordError(
                "file", Message("the item is no object", code="superdesk.type"), "Export it again."
            )
        fields = as_ninjs(value)
        note = fields.get("ednote", "")
        story = parse_item(fields, record, data)
        return replace(
            story,
            correction=correction_note(note, is_corrected(value)),
            remote_picture=featured_picture(value),
        )
    except RecordError as error:
        return RejectedRecord(record, error.field, error.reason, error.remedy, data)
