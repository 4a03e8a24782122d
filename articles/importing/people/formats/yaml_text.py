"""YAML from outside, one entry of its outermost list or mapping at a time, every scalar of it a string.

No tags, anchors or aliases, no deep nesting: nothing can grow. Source: https://yaml.org/spec/1.1/
"""

import re
from collections.abc import Iterator
from typing import Any, BinaryIO

import yaml

from articles.importing.formats.types import ReadError, RecordError
from articles.text.characters import printable
from articles.text.messages import Message

LIMIT = 2_000_000  # bytes of one entry
_MAX_DEPTH = 20
_ENTRY = re.compile(rb"- |-\r?\n")
_KEY = re.compile(rb"[A-Za-z0-9_]+:\s*\r?\n")


def entries(stream: BinaryIO) -> Iterator[tuple[bytes, bytes, int]]:
    """Yield the key above each entry (empty in a plain list), the bytes of the entry, and the line it begins in.

    Entries begin with a dash in the first column. Raises ReadError for one of more than 2 MB.
    """
    key, entry, start_line = b"", bytearray(), 0
    for number, text in enumerate(iter(lambda: stream.readline(LIMIT), b""), 1):
        is_key = bool(_KEY.fullmatch(text))
        if is_key or _ENTRY.match(text):
            if entry:
                yield key, bytes(entry), start_line
            key, entry, start_line = (text if is_key else key), bytearray(), number
            entry += b"" if is_key else text
        elif entry:
            entry += text
        elif text.strip() and not text.lstrip().startswith((b"#", b"---", b"\xef\xbb\xbf")):
            raise ReadError(
                Message(
                    "Line %(line)s is not the beginning of an entry. Export it again.",
                    {"line": number},
                    "people.yaml",
                )
            )
        if len(entry) > LIMIT:
            raise ReadError(
                Message(
                    "The entry of line %(line)s has more than 2 MB. Leave it out.",
                    {"line": start_line},
                    "people.size",
                )
            )
    if entry:
        yield key, bytes(entry), start_line


def load(entry: bytes) -> dict[str, Any]:
    """Return one entry ("- key: value …"); values are strings, lists and dicts. Raises RecordError."""
    remedy = "Correct it at the source and export it again."
    try:
        value = _build(printable(entry.decode()))
    except UnicodeDecodeError as error:
        raise RecordError(
            "file",
            Message("byte %(byte)s is not UTF-8", {"byte": error.start}, "people.encoding"),
            "Save it as UTF-8.",
        ) from error
    except yaml.YAMLError as error:
        reason = getattr(error, "problem", None) or "it is not YAML"
        raise RecordError(
            "file", Message("it is not YAML: %(reason)s", {"reason": reason}, "people.yaml"), remedy
        ) from error
    if not isinstance(value, list) or len(value) != 1 or not isinstance(value[0], dict):
        raise RecordError("file", Message("it is not “key: value”", code="people.type"), remedy)
    return value[0]


def _build(text: str) -> Any:
    """Build the value from the parser's events, by a stack of our own: no input can exhaust Python's."""
    root: list[Any] = []
    stack: list[Any] = [root]
    keys: list[str | None] = [None]
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise RecordError(
                "file",
                Message("it has an anchor or an alias", code="people.alias"),
                "Write the value itself.",
            )
        if isinstance(event, yaml.CollectionEndEvent):
            stack.pop()
            keys.pop()
            continue
        if not isinstance(event, yaml.NodeEvent):
            continue
        value: Any = event.value if isinstance(event, yaml.ScalarEvent) else []
        if isinstance(event, yaml.MappingStartEvent):
            value = {}
        _add_child(stack[-1], keys, value)
        if not isinstance(value, str):
            stack.append(value)
            keys.append(None)
        if len(stack) > _MAX_DEPTH:
            raise RecordError(
                "file", Message("it is nested too deeply", code="people.depth"), "Export it again."
            )
    return root[0] if root else None


def _add_child(parent: Any, keys: list[str | None], value: Any) -> None:
    if isinstance(parent, list):
        parent.append(value)
    elif keys[-1] is None:
        if not isinstance(value, str):
            raise RecordError(
                "file", Message("a key of it is no text", code="people.key"), "Export it again."
            )
        keys[-1] = value
    else:
        parent[keys[-1]] = "" if value in ("~", "null") else value
        keys[-1] = None
