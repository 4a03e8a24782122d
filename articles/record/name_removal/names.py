"""Names looked for as whole words, without case and marks, in plain text, markup, JSON and source files."""

import json
import re
import unicodedata
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import suppress
from html import unescape
from typing import Any

from articles.text.fold import fold
from articles.text.html.plain import plain_text

MAX_NAMES, MIN_LETTERS = 12, 2
REMOVED = "[name removed]"  # stored in place of the name
_NO_SPACES = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"  # scripts that part no words: each letter stands for itself
_WORD = re.compile(rf"[{_NO_SPACES}]|(?:(?![{_NO_SPACES}])[^\W_])+")
_ENCODINGS = ("utf-8", "utf-16", "latin-1")


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of ``text``, folded: "Ó Briain-Lund’s" is ``o``, ``briain``, ``lund``, ``s``."""
    return tuple(fold(match[0]) for match in _WORD.finditer(unicodedata.normalize("NFC", text)))


class NamePattern:
    """Some names of one source, each a run of whole words: "Ollerby" is in "Ms OLLERBY’s", not in "Ollerbyshire"."""

    def __init__(self, names: Iterable[str]) -> None:
        self._by_first: dict[str, list[tuple[str, ...]]] = defaultdict(list)
        for words in {words_of(name) for name in names} - {()}:
            self._by_first[words[0]].append(words)
        for runs in self._by_first.values():
            runs.sort(key=len, reverse=True)  # the longest first

    def is_in(self, text: str) -> bool:
        """Tell whether ``text`` has one of the names, as it stands or as what its markup shows."""
        if not text:
            return False
        if data := _parsed(text):
            return self.is_in_value(data)
        versions = [text]
        if "&" in text:
            versions.append(unescape(text))
        if "<" in text:
            versions.append(plain_text(text))
        return any(self._has_span(version) for version in versions)

    def is_in_value(self, value: Any) -> bool:
        """Tell whether any text in ``value``, as a column has it, has one of the names. Bytes may be compressed."""
        if isinstance(value, str):
            return self.is_in(value)
        if isinstance(value, dict):
            return any(self.is_in_value(item) for item in value.values())
        if isinstance(value, list | tuple):
            return any(self.is_in_value(item) for item in value)
        if isinstance(value, bytes | memoryview):
            return any(self.is_in(text) for text in _decoded(bytes(value)))
        return False

    def redact(self, value: Any) -> Any:
        """Return ``value`` with ``REMOVED`` for each of the names in its texts; keys of a dict stay."""
        if isinstance(value, str):
            return self._redact_text(value)
        if isinstance(value, dict):
            return {key: self.redact(item) for key, item in value.items()}
        if isinstance(value, list):
            return [self.redact(item) for item in value]
        return value

    def _redact_text(self, text: str) -> str:
        if data := _parsed(text):
            redacted_data = self.redact(data)
            return text if redacted_data == data else json.dumps(redacted_data)
        text = unicodedata.normalize("NFC", text)
        pieces, last = [], 0
        for start, end in self._spans(text):
            pieces += [text[last:start], REMOVED]
            last = end
        redacted = "".join([*pieces, text[last:]])
        if redacted == text and self.is_in(text):  # it stands there only as markup shows it
            return REMOVED
        return redacted

    def _has_span(self, text: str) -> bool:
        return next(self._spans(unicodedata.normalize("NFC", text)), None) is not None

    def _spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield where names stand in ``text``, in order, none within another."""
        matches = list(_WORD.finditer(text))
        words = [fold(match[0]) for match in matches]
        place = 0
        while place < len(words):
            runs = self._by_first.get(words[place], ())
            run = next((r for r in runs if tuple(words[place : place + len(r)]) == r), ())
            if run:
                yield matches[place].start(), matches[place + len(run) - 1].end()
            place += len(run) or 1


def _parsed(text: str) -> Any:
    """Return what ``text`` holds as JSON, as the admin's log does: there a name may stand in escapes. Else None."""
    if text[:1] not in ("[", "{"):
        return None
    try:
        return json.loads(text)
    except ValueError:
        return None


def _decoded(content: bytes) -> Iterator[str]:
    """Yield the texts that ``content`` may be, as far as it can be read."""
    with suppress(zlib.error):
        content = zlib.decompress(content)
    for encoding in _ENCODINGS:
        yield content.decode(encoding, "ignore")
