"""Which reader a file is for."""

from collections.abc import Iterable

from articles.text.messages import Message

from . import READERS
from .reader import Reader
from .types import ReadError


def identify(head: bytes, name: str, readers: Iterable[Reader] = READERS) -> Reader:
    """Return the one reader that knows a file by its first bytes and its name, else the last resort that takes it.

    Raises ReadError when none does, or more than one.
    """
    readers = tuple(readers)
    willing = [reader for reader in readers if reader.identify(head, name)]
    matches = [reader for reader in willing if not reader.IS_LAST_RESORT] or willing
    if len(matches) == 1:
        return matches[0]
    if matches:
        names = " and ".join(reader.NAME for reader in matches)
        raise ReadError(
            Message(
                "It could be %(names)s. Say which with --format.",
                {"names": names},
                "format.ambiguous",
            )
        )
    names = ", ".join(reader.NAME for reader in readers)
    raise ReadError(
        Message(
            "No reader knows this file. Formats that can come in: %(names)s.",
            {"names": names},
            "format.unknown",
        )
    )
