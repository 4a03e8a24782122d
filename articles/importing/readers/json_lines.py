"""JSON Lines, or one JSON array, of flat objects: one story an object, its keys guessed as the columns of a table.

Source: https://jsonlines.org/, RFC 8259; ``articles.importing.columns`` says which keys are known.
"""

import re
from collections.abc import Iterator
from functools import partial
from typing import BinaryIO

from articles.importing.columns import fields_of
from articles.importing.json_text import first_keys, load, records
from articles.importing.mapping import Columns, Mapping, given, guess
from articles.importing.parsed import ParsedArticle, Refused, Unread
from articles.importing.unfit import Unfit

from . import ninjs

NAME = "json-lines"

_FOREIGN = set(  # keys by which JSON Feed, Ghost, Superdesk, WordPress and schemas are known
    "items feed_url home_page_url db mobiledoc lexical comment_id pubstatus pubStatus versioncreated"
    " versionCreated anpa_category headlines bodies associations renditions".split()
)
_MARKS = ("_", "@", "$", "?")
_NESTED = re.compile(rb"(?<!\\)\"\s*:\s*(?:\[\s*)?\{")
_SHAPE = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:\[|\{[^\r\n]*(?:\}\s*[\r\n]|\}?\s*\Z))")


def identify(head: bytes, name: str) -> bool:
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
    if keys & _FOREIGN or any(key.startswith(_MARKS) for key in keys) or ninjs.identify(head, name):
        return False
    mapping = guess(sorted(keys))
    told = [mapping.columns.get(field) for field in ("headline", "text", "html")]
    return mapping.is_story and all(_is_text(head, key) for key in told if key)


def read(stream: BinaryIO, name: str) -> Iterator[ParsedArticle | Refused]:
    """Yield one outcome an object of ``stream`` (UTF-8); its ref is its id, else its address.

    Raises ReadError only when the rest of the file cannot be read.
    """
    for outcome in unread(stream, name):
        yield outcome.finish() if isinstance(outcome, Unread) else outcome


def unread(
    stream: BinaryIO, name: str, columns: Columns | None = None
) -> Iterator[Unread | Refused]:
    """Yield the objects of ``stream`` as ``read`` does, each cut out and not read yet.

    ``columns`` (field: key) says of some keys what they mean; the others are known by their names.
    """
    for number, data in enumerate(records(stream), 1):
        if data is None:
            reason = "the object has more than 10 MB"
            yield Refused(str(number), "file", reason, "Leave it out.")
        else:
            yield Unread(str(number), data, partial(_finished, data, str(number), columns or {}))


def _finished(data: bytes, record: str, columns: Columns) -> ParsedArticle | Refused:
    try:
        return _parsed(data, record, columns)
    except Unfit as error:
        return Refused(record, error.field, str(error), error.remedy, data)


def _parsed(data: bytes, record: str, columns: Columns) -> ParsedArticle:
    row = load(data)
    if not isinstance(row, dict):
        raise Unfit("file", "it is no object", "Write one object a story.")
    mapping = given({f: key for f, key in columns.items() if key in row}, list(row))
    if not mapping.columns.keys() & {"text", "html"}:
        raise Unfit("text", "no key is called text, body or content", "Name the key of the text.")
    return ParsedArticle(record=record, original=data, **fields_of(row, mapping))


def mapping_of(head: bytes, columns: Columns) -> Mapping:
    """Return what the keys of the first object mean. Raises ReadError for ``columns`` that it has not."""
    return given(columns, sorted(first_keys(head)))


def _is_text(head: bytes, key: str) -> bool:
    """Tell whether the value of ``key`` is a text, as far as ``head`` tells."""
    values = re.findall(rb"\"" + re.escape(key.encode()) + rb"\"\s*:\s*(\S)", head)
    return all(value in b'"n' for value in values)  # or null
