"""Superdesk's own JSON: one item, an array, JSON Lines, or a page of its interface (``_items``).

What a desk published comes in as the ninjs it means; what no desk published is refused with its state.
Nothing of users, desks, subscribers or workflow comes in. Nothing that an item points to is fetched.
"""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, BinaryIO

from articles.importing.iptc import correction
from articles.importing.json_text import first_keys, load, looks_like_json, records
from articles.importing.parsed import ParsedArticle, Refused
from articles.importing.superdesk_fields import as_ninjs, is_corrected, picture
from articles.importing.unfit import Unfit

from . import ninjs

NAME = "superdesk"

_MARKS = set(
    "guid versioncreated firstcreated pubstatus family_id unique_name original_creator slugline item_id"
    " schedule_settings anpa_category body_html".split()
)
_OWN = {"_id", "_current_version", "_etag", "_updated", "_created", "_type"}


def identify(head: bytes, name: str) -> bool:
    """Tell whether a file is Superdesk's, by the keys of its first object: its own begin with ``_``."""
    if not looks_like_json(head):
        return False
    keys = first_keys(head)
    is_page = "_items" in keys and b'"guid"' in head and b'"versioncreated"' in head
    return is_page or bool(keys & _OWN) and len(keys & _MARKS) > 1


def read(stream: BinaryIO, name: str) -> Iterator[ParsedArticle | Refused]:
    """Yield one outcome an item of ``stream`` (UTF-8); its ref is its guid.

    Raises ReadError only when the rest of the file cannot be read.
    """
    for number, data in enumerate(records(stream), 1):
        try:
            if data is None:
                raise Unfit("file", "the item has more than 10 MB", "Leave it out.")
            value = load(data)
        except Unfit as error:
            yield Refused(str(number), error.field, str(error), error.remedy, data or b"")
            continue
        items = value.get("_items") if isinstance(value, dict) else None
        if not isinstance(items, list):
            yield _outcome(value, str(number), data)
            continue
        for place, item in enumerate(items, 1):
            yield _outcome(item, f"{number}.{place}", json.dumps(item).encode())


def _outcome(value: Any, record: str, data: bytes) -> ParsedArticle | Refused:
    try:
        if not isinstance(value, dict):
            raise Unfit("file", "the item is no object", "Export it again.")
        fields = as_ninjs(value)
        note = fields.get("ednote", "")
        found = ninjs.parsed(fields, record, data)
        return replace(
            found,
            correction=correction(note, is_corrected(value)),
            remote_picture=picture(value),
        )
    except Unfit as error:
        return Refused(record, error.field, str(error), error.remedy, data)
