"""One JSON object whose fields are long lists, read list by list: it is never in memory as a whole."""

import re
from typing import BinaryIO

from articles.importing.json_text import LIMIT
from articles.importing.parsed import ReadError

_CHUNK = 1_000_000
_DEEPEST = 1000
_TOKEN = re.compile(rb'"(?:[^"\\]|\\.)*+"|["\[\]{}]', re.DOTALL)
_CUT = "It ends in the middle, or a mark in it is not closed."


class Part:
    """The bytes of ``stream`` from ``start`` up to ``end`` (not included), read as a file of their own."""

    def __init__(self, stream: BinaryIO, start: int, end: int) -> None:
        self.stream, self.at, self.end = stream, start, end

    def read(self, size: int = -1) -> bytes:
        """Return at most ``size`` bytes, all that are left by default."""
        return self._advanced(self._stream().read(self._most(size)))

    def readline(self, size: int = -1) -> bytes:
        """Return one line, at most ``size`` bytes of it."""
        return self._advanced(self._stream().readline(self._most(size)))

    def _stream(self) -> BinaryIO:
        self.stream.seek(self.at)
        return self.stream

    def _most(self, size: int) -> int:
        left = self.end - self.at
        return left if size < 0 else min(size, left)

    def _advanced(self, data: bytes) -> bytes:
        self.at += len(data)
        return data


def sections(stream: BinaryIO) -> dict[str, Part]:
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
        self.found: dict[str, Part] = {}

    def lists(self) -> dict[str, Part]:
        rest = b""
        while chunk := self.stream.read(_CHUNK):
            data = rest + chunk
            read = self.scan(data)
            rest = data[read:]
            if len(rest) > LIMIT:
                raise ReadError(_CUT)
            self.offset += read
        if self.depth or rest.startswith(b'"'):
            raise ReadError(_CUT)
        return self.found

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

    def open(self, mark: bytes, at: int) -> None:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise ReadError("It is nested too deeply. Export it again.")
        if self.depth == 2:
            self.start = at if mark == b"[" else -1

    def close(self, end: int) -> None:
        self.depth -= 1
        if self.depth < 0:
            raise ReadError("A bracket closes that was never opened. Export it again.")
        if self.depth == 1 and self.start >= 0 and self.name not in self.found:
            self.found[self.name] = Part(self.stream, self.start, end)
