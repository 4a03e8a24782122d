"""The lines of a wire: control characters and marks at their ends."""

import re

from articles.text.characters import printable

_MARKER = re.compile(r"(?:[<=]!?|(?<=\s)\+|(?<=[.!?])-)\Z")  # how a wire ends a line


def clean_line(line: str) -> str:
    """Return a line without control characters and without the mark that ends it."""
    return _MARKER.sub("", printable(line).rstrip()).strip()


def has_end_mark(line: str) -> bool:
    """Tell whether a line ends with the mark of a wire for it."""
    return bool(_MARKER.search(line))
