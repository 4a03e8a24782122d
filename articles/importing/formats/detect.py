"""Which reader a file is for."""

from collections.abc import Iterable

from . import READERS
from .reader import Reader
from .types import ReadError


def identify(head: bytes, name: str, readers: Iterable[Reader] = READERS) -> Reader:
    """Return the one reader that knows a file by its first bytes and its name.

    Raises ReadError when none does, or more than one.
    """
    readers = tuple(readers)
    matches = [reader for reader in readers if reader.identify(head, name)]
    if len(matches) == 1:
        return matches[0]
    if matches:
        names = " and ".join(reader.NAME for reader in matches)
        raise ReadError(f"It could be {names}. Say which with --format.")
    names = ", ".join(reader.NAME for reader in readers)
    raise ReadError(f"No reader knows this file. Formats that can come in: {names}.")
