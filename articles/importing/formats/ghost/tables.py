"""The tables of a Ghost export, a row at a time; what is not asked for (keys, passwords, members) is passed over.

Source: https://ghost.org/docs/migration/custom/
"""

import re
from collections.abc import Iterator, Set
from typing import BinaryIO

from articles.importing.formats.common.json_records import LIMIT
from articles.importing.formats.types import ReadError
from articles.text.messages import Message

_CHUNK = 65_536
_OUTSIDE, _INSIDE = re.compile(rb"[\"\[\]{},:]"), re.compile(rb"[\"\\]")
_PLACES = (  # the keys of the brackets around the tables, that of the file is empty
    ["", "db", "", "data"],  # what Ghost exports
    ["", "data"],  # what Ghost takes in as well
    [""],  # what its migration tools hand on
)


def table_rows(stream: BinaryIO, tables: Set[str]) -> Iterator[tuple[str, bytes | None]]:
    """Yield table and bytes of each row of ``tables``, from the start of ``stream`` on; None for more than 10 MB.

    No more than one row is in memory. Raises ReadError when the brackets of the file do not close.
    """
    stream.seek(0)
    stack: list[str] = []  # the key of each bracket that is open
    depth, key, text = 0, "", bytearray()  # of the table that is being read, 0 for none
    for preceding, mark in _marks(stream):
        text += preceding[: max(0, LIMIT + 1 - len(text))]
        if depth and not (len(stack) == depth and mark in (b",", b"]")):
            text += mark
        elif mark:
            if depth and text.strip():
                yield stack[-1], bytes(text).strip() if len(text) <= LIMIT else None
            key = _key(text) if mark == b":" else key
            text.clear()
        if mark in (b"[", b"{"):
            is_table = mark == b"[" and key in tables and stack in _PLACES
            depth = depth or (len(stack) + 1 if is_table else 0)
            stack.append(key)
        elif mark in (b"]", b"}"):
            _close(stack)
            depth = depth if len(stack) >= depth else 0
        key = key if mark in (b"", b":") else ""
    if stack:
        place = next(filter(None, reversed(stack)), "the file")
        raise ReadError(
            Message(
                "It ends in the middle of %(place)s. Export it again.",
                {"place": place},
                "ghost.truncated",
            )
        )


def _close(stack: list[str]) -> None:
    if not stack:
        raise ReadError(
            Message(
                "A bracket closes that was never opened. Export it again.", code="ghost.bracket"
            )
        )
    stack.pop()


def _key(text: bytearray) -> str:
    """Return the key that ``text``, all that stands before a colon, is."""
    return text[-100:].decode("utf-8", "replace").strip().strip('"')[:40]


def _marks(stream: BinaryIO) -> Iterator[tuple[bytes, bytes]]:
    """Yield each bracket, comma and colon outside of strings after what stands before it; no mark ends a chunk."""
    pattern, at = _OUTSIDE, 0
    for chunk in iter(lambda: stream.read(_CHUNK), b""):
        begin = 0
        while match := pattern.search(chunk, at):
            mark, at = match[0], match.end()
            if mark == b'"':
                pattern = _INSIDE if pattern is _OUTSIDE else _OUTSIDE
            elif mark == b"\\":
                at += 1
            else:
                yield chunk[begin : match.start()], mark
                begin = at
        at = max(0, at - len(chunk))  # an escape may go on in the next chunk
        yield chunk[begin:], b""
