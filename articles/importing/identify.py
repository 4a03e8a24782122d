"""Which reader a file is for."""

from collections.abc import Iterable, Iterator
from typing import BinaryIO, Protocol

from .parsed import ParsedArticle, ReadError, Refused
from .readers import READERS


class Reader(Protocol):
    """What a module in ``readers`` offers."""

    NAME: str

    def identify(self, head: bytes, name: str) -> bool:
        """Tell whether a file that begins with ``head`` is of this format."""

    def read(self, stream: BinaryIO, name: str) -> Iterator[ParsedArticle | Refused]:
        """Yield one outcome a record."""

    # It may offer more:
    # unread(stream, name) -> Iterator[Unread | Refused]: the same as ``read``, each record cut out and not read yet;
    # read(stream, name, columns) and mapping_of(head, columns): its columns can be given by the operator;
    # IS_ONE_STORY: a file is one record;
    # around(head, [columns]) -> (before, after): what it needs around the bytes of one record to read that alone;
    # COMPANIONS = (file, pattern): files of this name are read together with those beside them that the pattern
    # fits, by ``read(stream, name, beside)``.


def identify(head: bytes, name: str, readers: Iterable[Reader] = READERS) -> Reader:
    """Return the one reader that knows a file by its first bytes and its name.

    Raises ReadError when none does, or more than one.
    """
    readers = tuple(readers)
    known = [reader for reader in readers if reader.identify(head, name)]
    if len(known) == 1:
        return known[0]
    if known:
        names = " and ".join(reader.NAME for reader in known)
        raise ReadError(f"It could be {names}. Say which with --format.")
    names = ", ".join(reader.NAME for reader in readers)
    raise ReadError(f"No reader knows this file. Formats that can come in: {names}.")
