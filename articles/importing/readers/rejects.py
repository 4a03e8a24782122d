"""The file of refused records that an import leaves, mended by a person: each is read as what it was.

Source: ``articles/importing/rejects.py``, which writes it.
"""

import json
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from typing import Any, BinaryIO

from articles.importing.parsed import ParsedArticle, Refused

NAME = "rejects"
LIMIT = 64_000_000  # bytes of one record

_BEGIN = b"=== newsroom rejects "
_REMEDY = "Leave its first lines as they were written, and import the file again."


def identify(head: bytes, name: str) -> bool:
    """Tell whether a file is one of rejects, by its first line."""
    return head.startswith(_BEGIN)


def read(stream: BinaryIO, name: str) -> Iterator[ParsedArticle | Refused]:
    """Yield one outcome a record of ``stream``, named and numbered as in the file that it came from."""
    mark = stream.readline().removeprefix(_BEGIN).strip()
    for number, block in enumerate(_blocks(stream, b"=== " + mark), 1):
        head, _, original = block.replace(b"\r\n", b"\n", 12).partition(b"\n\n")
        try:
            told = _told(head)
        except ValueError:
            yield Refused(str(number), "file", "its first lines are damaged", _REMEDY, block)
            continue
        first = _BEGIN + mark + b"\n=== " + mark + b"\n" + head + b"\n\n"
        for outcome in _outcomes(told, original):
            if isinstance(outcome, Refused):
                yield replace(outcome, before=first, after=b"")
            else:
                yield outcome


def _blocks(stream: BinaryIO, mark: bytes) -> Iterator[bytes]:
    """Yield what stands between the lines ``mark``; the bytes of a record end before its last newline."""
    lines: list[bytes] | None = None
    for line in stream:
        if line.rstrip(b"\r\n") == mark:
            if lines is not None:
                yield b"".join(lines).removesuffix(b"\n")
            lines = []
        elif lines is not None:
            lines.append(line)
    if lines is not None:
        yield b"".join(lines).removesuffix(b"\n")


def _told(head: bytes) -> dict[str, str]:
    """Return what the first lines tell. Raises ValueError."""
    told = {}
    for line in head.decode("ascii").splitlines():
        name, _, value = line.partition(": ")
        told[name] = json.loads(value)
        if not isinstance(told[name], str):
            raise ValueError(name)
    return told


def _outcomes(told: dict[str, str], original: bytes) -> Iterator[ParsedArticle | Refused]:
    reader = _reader(told.get("Format", ""))
    record = f"{told.get('File', '')}, {told.get('Record', '')}"
    before, after = (told.get(name, "").encode("latin-1") for name in ("Before", "After"))
    if reader is None:
        yield Refused(record, "format", "no reader has this name", _REMEDY, original)
        return
    yield from reader.read(BytesIO(before + original + after), told.get("Name", ""))


def _reader(name: str) -> Any:
    """Return the reader of a format, None for none; looked up late, since this one is among them."""
    from . import READERS

    return next((one for one in READERS if name == one.NAME and one.NAME != NAME), None)
