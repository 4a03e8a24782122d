"""JSON Lines, or one JSON array, of flat objects: one story an object, its keys guessed as the columns of a table.

Source: https://jsonlines.org/, RFC 8259; ``articles.importing.formats.tabular.columns`` says which keys are known.
"""

import re
from collections.abc import Iterator
from functools import partial
from typing import BinaryIO

from articles.importing.formats.common.json_records import first_keys, iter_json_records, load_json
from articles.importing.formats.ninjs import reader as ninjs
from articles.importing.formats.tabular.columns import row_fields
from articles.importing.formats.tabular.mapping import (
    guess_mapping,
    is_story_table,
    resolve_mapping,
)
from articles.importing.formats.tabular.reader import TableReader
from articles.importing.formats.types import (
    ColumnMapping,
    Columns,
    LazyRecord,
    ParsedArticle,
    RecordError,
    RejectedRecord,
)
from articles.text.messages import Message

_FOREIGN = set(  # keys by which JSON Feed, Ghost, Superdesk, WordPress and schemas are known
    "items feed_url home_page_url db mobiledoc lexical comment_id pubstatus pubStatus versioncreated"
    " versionCreated anpa_category headlines bodies associations renditions".split()
)
_MARKS = ("_", "@", "$", "?")
_NESTED = re.compile(rb"(?<!\\)\"\s*:\s*(?:\[\s*)?\{")
_SHAPE = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:\[|\{[^\r\n]*(?:\}\s*[\r\n]|\}?\s*\Z))")


class JsonLinesReader(TableReader):
    """Reads flat objects that are stories."""

    NAME = "json-lines"

    def identify(self, head: bytes, name: str) -> bool:
        """Tell whether a file holds flat objects that are stories, by the keys of the first and what these hold.

        One object over many lines is some program's own; ``read`` takes it nevertheless.
        """
        shape = _SHAPE.match(head)
        if not shape:
            return False
        head = head if shape[0].endswith(b"[") else shape[0]
        if _NESTED.search(head):
            return False
        keys = first_keys(head)
        if (
            keys & _FOREIGN
            or any(key.startswith(_MARKS) for key in keys)
            or ninjs.READER.identify(head, name)
        ):
            return False
        mapping = guess_mapping(sorted(keys))
        story_keys = [mapping.columns.get(field) for field in ("headline", "text", "html")]
        return is_story_table(mapping) and all(_is_text(head, key) for key in story_keys if key)

    def read_lazily(
        self, stream: BinaryIO, name: str, columns: Columns | None = None
    ) -> Iterator[LazyRecord | RejectedRecord]:
        """Yield the objects of ``stream`` as ``read`` does, each cut out and not read yet.

        ``columns`` (field: key) says of some keys what they mean; the others are known by their names.
        """
        for number, data in enumerate(iter_json_records(stream), 1):
            if data is None:
                reason = Message("the object has more than 10 MB", code="table.row_size")
                yield RejectedRecord(str(number), "file", reason, "Leave it out.")
            else:
                yield LazyRecord(
                    str(number), data, partial(_finished, data, str(number), columns or {})
                )

    def column_mapping(self, head: bytes, columns: Columns) -> ColumnMapping:
        """Return what the keys of the first object mean. Raises ReadError for ``columns`` that it has not."""
        return resolve_mapping(columns, sorted(first_keys(head)))


READER = JsonLinesReader()


def _finished(data: bytes, record: str, columns: Columns) -> ParsedArticle | RejectedRecord:
    try:
        return _parsed(data, record, columns)
    except RecordError as error:
        return RejectedRecord(record, error.field, error.reason, error.remedy, data)


def _parsed(data: bytes, record: str, columns: Columns) -> ParsedArticle:
    row = load_json(data)
    if not isinstance(row, dict):
        raise RecordError(
            "file", Message("it is no object", code="table.type"), "Write one object a story."
        )
    mapping = resolve_mapping({f: key for f, key in columns.items() if key in row}, list(row))
    if not mapping.columns.keys() & {"text", "html"}:
        raise RecordError(
            "text",
            Message("no key is called text, body or content", code="table.no_text_column"),
            "Name the key of the text.",
        )
    return ParsedArticle(record=record, original=data, **row_fields(row, mapping))


def _is_text(head: bytes, key: str) -> bool:
    """Tell whether the value of ``key`` is a text, as far as ``head`` tells."""
    values = re.findall(rb"\"" + re.escape(key.encode()) + rb"\"\s*:\s*(\S)", head)
    return all(value in b'"n' for value in values)  # or null
