"""JSON from outside, one record at a time: an array, JSON Lines, or one object.

Sources: RFC 8259 (which also asks for UTF-8), https://jsonlines.org/
"""

import codecs
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any, BinaryIO, NoReturn

from articles.importing.formats.types import ReadError, RecordError
from articles.text.characters import printable
from articles.text.messages import Message

LIMIT = 10_000_000  # bytes of one record
_CHUNK = 65_536
_JSON_START = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:\[\s*)?\{\s*\"")
_OUTSIDE, _INSIDE = re.compile(rb"[\"\[\]{},]"), re.compile(rb"[\"\\]")
_HEAD = re.compile(rb"\"((?:[^\"\\]|\\.)*+)(?:\"(\s*:)?|\Z)|[\[{]|[\]}]", re.DOTALL)
_OTHER_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)


def looks_like_json(head: bytes) -> bool:
    """Tell whether a file that begins with ``head`` is a JSON object, or an array of objects."""
    return bool(_JSON_START.match(head))


def first_keys(head: bytes) -> set[str]:
    """Return the keys of the first object of a JSON file, as far as ``head`` reaches; inner objects' are left out."""
    keys: set[str] = set()
    if not looks_like_json(head):
        return keys
    depth, level = 0, 2 if head.removeprefix(codecs.BOM_UTF8).lstrip()[:1] == b"[" else 1
    for match in _HEAD.finditer(head):
        if match[0] in (b"{", b"["):
            depth += 1
        elif match[0] in (b"}", b"]"):
            depth -= 1
            if depth < level:
                break
        elif match[2] and depth == level:
            keys.add(match[1].decode("utf-8", "replace"))
    return keys


def iter_json_records(stream: BinaryIO) -> Iterator[bytes | None]:
    """Yield the bytes of each record of ``stream``, None for one of more than 10 MB; no more than one is in memory.

    The elements of an array, the lines of JSON Lines (whose first line ends with a brace), else the whole file. A bad
    record costs only itself, as long as its brackets and quotation marks close; raises ReadError when they do not.
    """
    first = stream.readline(_CHUNK)
    if first.startswith(_OTHER_MARKS):
        raise ReadError(Message("It is not in UTF-8, as JSON has to be.", code="json.encoding"))
    first = first.removeprefix(codecs.BOM_UTF8)
    while first and not first.strip():
        first = stream.readline(_CHUNK)
    if first.lstrip().startswith(b"["):
        chunks = chain([first.lstrip()[1:]], iter(lambda: stream.read(_CHUNK), b""))
        yield from _elements(chunks)
        return
    first += b"" if first.endswith(b"\n") else stream.readline(LIMIT)
    if first.rstrip().endswith(b"}"):
        yield from _lines(first, stream)
    elif first:
        whole = first + stream.read(LIMIT)
        yield whole if len(whole) <= LIMIT else None


def load_json(data: bytes) -> Any:
    """Return the value of one record. Raises RecordError for what is no JSON, NaN, deep nesting, a field given twice.

    Inside of its fields a doubled key is let through, its last value holds: real exports have them.
    """
    remedy = Message("Export it again with a program that writes JSON.")
    duplicate_key = ""

    def as_dict(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        nonlocal duplicate_key  # the outermost object is the last
        fields = dict(pairs)
        duplicate_key = ""
        if len(fields) < len(pairs):
            duplicate_key = Counter(key for key, _ in pairs).most_common(1)[0][0]
        return fields

    try:
        value = json.loads(
            data.decode(), parse_constant=_reject_constant, object_pairs_hook=as_dict
        )
    except UnicodeDecodeError as error:
        reason = Message("byte %(place)s is not UTF-8", {"place": error.start}, "json.encoding")
        raise RecordError("file", reason, Message("Save it as UTF-8.")) from error
    except RecursionError as error:
        reason = Message("it is nested too deeply", code="json.depth")
        raise RecordError("file", reason, remedy) from error
    except ValueError as error:
        reason = Message("it is not JSON: %(error)s", {"error": str(error)}, "json.invalid")
        raise RecordError("file", reason, remedy) from error
    if duplicate_key:
        reason = Message("a field stands there twice", code="json.duplicate_key")
        field = printable(duplicate_key)[:40] or "file"
        raise RecordError(field, reason, Message("Leave one out."))
    return value


def _elements(chunks: Iterable[bytes]) -> Iterator[bytes | None]:
    """Yield the elements of an array whose opening bracket is read, found by their brackets alone."""
    brackets, element, count = _Brackets(), bytearray(), 0
    for chunk in chunks:
        begin = 0
        for end in brackets.ends(chunk):
            _append_capped(element, chunk[begin:end])
            if element.strip():
                count += 1
                yield bytes(element) if len(element) <= LIMIT else None
            element.clear()
            begin = end + 1
        _append_capped(element, chunk[begin:])
    if brackets.depth >= 0:
        raise ReadError(
            Message(
                "It ends in the middle of record %(record)s, or a mark in it is not closed.",
                {"record": count + 1},
                "json.unclosed",
            )
        )
    if element.strip():
        raise ReadError(
            Message(
                "After record %(record)s the array ends, but not the file.",
                {"record": count},
                "json.trailing",
            )
        )


class _Brackets:
    """Counts the brackets of an array outside of its strings, chunk by chunk; ``depth`` is -1 behind its end."""

    def __init__(self) -> None:
        self.depth = self.at = 0
        self.pattern = _OUTSIDE

    def ends(self, chunk: bytes) -> Iterator[int]:
        """Yield where in ``chunk`` an element ends: the places of commas, and of the closing bracket."""
        while self.depth >= 0 and (match := self.pattern.search(chunk, self.at)):
            mark, self.at = match[0], match.end()
            if mark == b'"':
                self.pattern = _INSIDE if self.pattern is _OUTSIDE else _OUTSIDE
            elif mark == b"\\":
                self.at += 1
            elif mark != b",":
                self.depth += 1 if mark in b"[{" else -1
            if self.depth < 0 or (self.depth == 0 and mark == b","):
                yield match.start()
        self.at = max(0, self.at - len(chunk))  # an escape may go on in the next chunk


def _append_capped(element: bytearray, data: bytes) -> None:
    """Add ``data`` to ``element``, no more than tells that it is too long."""
    element += data[: max(0, LIMIT + 1 - len(element))]


def _lines(first: bytes, stream: BinaryIO) -> Iterator[bytes | None]:
    for line in chain([first], iter(lambda: stream.readline(LIMIT + 1), b"")):
        rest = line
        while rest and not rest.endswith(b"\n"):
            rest = stream.readline(LIMIT)
        if len(line) > LIMIT:
            yield None
        elif line.strip():
            yield line


def _reject_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number")
