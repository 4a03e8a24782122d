"""One JSON object whose fields are long lists, read list by list: it is never in memory as a whole."""

import re
from typing import BinaryIO

from articles.importing.formats.common.json_records import LIMIT
from articles.importing.formats.types import ReadError
from articles.text.messages import Message

_CHUNK = 1_000_000
_MAX_DEPTH = 1000
_TOKEN = re.compile(rb'"(?:[^"\\]|\\.)*+"|["\[\]{}]', re.DOTALL)
_TRUNCATED = Message(
    "It ends in the middle, or a mark in it is not closed.", code="people.truncated"
)


class ListSection:
    """The bytes of ``stream`` from ``start`` up to ``end`` (not included), read as a file of their own."""

    def __init__(self, stream: BinaryIO, start: int, end: int) -> None:
        self.stream, self.position, self.end = stream, start, end

    def read(self, size: int = -1) -> bytes:
        """Return at most ``size`` bytes, all that are left by default."""
        return self._advance(self._stream().read(self._capped(size)))

    def readline(self, size: int = -1) -> bytes:
        """Return one line, at most ``size`` bytes of it."""
        return self._advance(self._stream().readline(self._capped(size)))

    def _stream(self) -> BinaryIO:
        self.stream.seek(self.position)
        return self.stream

    def _capped(self, size: int) -> int:
        remaining = self.end - self.position
        return remaining if size < 0 else min(size, remaining)

    def _advance(self, data: bytes) -> bytes:
        self.position += len(data)
        return data


def sections(stream: BinaryIO) -> dict[str, ListSection]:
    """Return the lists among the fields of the one object that ``stream`` (seekable, at its start) holds, by name.

    Empty when it is an array or no JSON. Raises ReadError when the brackets do not close.
    """
    if stream.read(100).lstrip(b"\xef\xbb\xbf \t\r\n")[:1] != b"{":
        return {}
    stream.seek(0)
    return _Scan(stream).lists()


class _Scan:
    """One pass over the brackets of a file, outside of its strings."""

    def __init__(self, stream: BinaryIO) -> None:
        self.stream, self.offset, self.depth = stream, 0, 0
        self.name, self.start = "", 0
        self.sections: dict[str, ListSection] = {}

    def lists(self) -> dict[str, ListSection]:
        rest = b""
        while chunk := self.stream.read(_CHUNK):
            data = rest + chunk
            consumed = self.scan(data)
            rest = data[consumed:]
            if len(rest) > LIMIT:
                raise ReadError(_TRUNCATED)
            self.offset += consumed
        if self.depth or rest.startswith(b'"'):
            raise ReadError(_TRUNCATED)
        return self.sections

    def scan(self, data: bytes) -> int:
        """Take what ``data`` holds in whole; return how many bytes that is."""
        for token in _TOKEN.finditer(data):
            mark = token[0]
            if mark == b'"':
                return token.start()  # the string goes on in the next chunk
            if mark in (b"[", b"{"):
                self.open(mark, self.offset + token.start())
            elif mark in (b"]", b"}"):
                self.close(self.offset + token.end())
            elif self.depth == 1:
                self.name = mark[1:-1].decode("utf-8", "replace")
        return len(data)

    def open(self, mark: bytes, offset: int) -> None:
        self.depth += 1
        if self.depth > _MAX_DEPTH:
            raise ReadError(
                Message("It is nested too deeply. Export it again.", code="people.depth")
            )
        if self.depth == 2:
            self.start = offset if mark == b"[" else -1

    def close(self, end: int) -> None:
        self.depth -= 1
        if self.depth < 0:
            raise ReadError(
                Message(
                    "A bracket closes that was never opened. Export it again.",
                    code="people.bracket",
                )
            )
        if self.depth == 1 and self.start >= 0 and self.name not in self.sections:
            self.sections[self.name] = ListSection(self.stream, self.start, end)
