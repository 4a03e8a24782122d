"""What reads one format: the base class of every reader, with what most formats have no need to say."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from io import BytesIO
from typing import BinaryIO, ClassVar

from articles.importing.formats.types import (
    ColumnMapping,
    Columns,
    LazyRecord,
    ParsedArticle,
    ReadError,
    RejectedRecord,
)
from articles.text.messages import Message

CompanionReader = Callable[[str], bytes | None]
LARGEST_UNREAD = 16_000_000  # bytes of a file that is one record and waits in memory to be read


def no_companion(path: str) -> bytes | None:
    """Return the bytes of the file ``path`` beside the one that is read: there is none."""
    return None


@dataclass(frozen=True, slots=True)
class ReaderOptions:
    """What an operator says of a file, ``columns`` (field: column), and ``beside``, which gives a file next to it."""

    columns: Columns = field(default_factory=dict)
    beside: CompanionReader = no_companion


class Reader(ABC):
    """What reads one format. The module of a format holds its one instance, ``READER``.

    ``COMPANION_FILES`` (file, pattern): files of this name are read together with those beside them that fit the
    pattern; empty for a format whose files stand alone. ``IS_LAST_RESORT``: the format has no mark of its own, and
    takes a file only where no other does.
    """

    NAME: ClassVar[str]
    COMPANION_FILES: ClassVar[tuple[str, str]] = ("", "")
    IS_LAST_RESORT: ClassVar[bool] = False

    @abstractmethod
    def identify(self, head: bytes, name: str) -> bool:
        """Tell whether a file that begins with ``head`` is of this format."""

    @abstractmethod
    def read(self, stream: BinaryIO, name: str) -> Iterator[ParsedArticle | RejectedRecord]:
        """Yield one outcome a record. Raises ReadError when the rest of the file cannot be read."""

    def records(
        self, stream: BinaryIO, name: str, options: ReaderOptions
    ) -> Iterator[ParsedArticle | RejectedRecord | LazyRecord]:
        """Yield the records as an import takes them: cut out and not read yet, where the format can do so."""
        yield from self.read(stream, name)

    def record_wrapper(self, head: bytes, columns: Columns) -> tuple[bytes, bytes]:
        """Return what the bytes of one record need before and after them to be read alone."""
        return b"", b""

    def column_mapping(self, head: bytes, columns: Columns) -> ColumnMapping | None:
        """Return what the columns mean, None for a format without. Raises ReadError for ``columns`` that it has not."""
        if columns:
            raise ReadError(
                Message(
                    "%(format)s has no columns. Leave --map out.",
                    {"format": self.NAME},
                    "format.no_columns",
                )
            )
        return None


class LazyReader(Reader):
    """Reads a format whose records can be cut out of a file without being read."""

    @abstractmethod
    def read_lazily(self, stream: BinaryIO, name: str) -> Iterator[LazyRecord | RejectedRecord]:
        """Yield the records as ``read`` does, each cut out and not read yet."""

    def read(self, stream: BinaryIO, name: str) -> Iterator[ParsedArticle | RejectedRecord]:
        """Yield one outcome a record, by ``read_lazily``."""
        for outcome in self.read_lazily(stream, name):
            yield outcome.finish() if isinstance(outcome, LazyRecord) else outcome

    def records(
        self, stream: BinaryIO, name: str, options: ReaderOptions
    ) -> Iterator[ParsedArticle | RejectedRecord | LazyRecord]:
        """Yield the records, cut out and not read yet."""
        yield from self.read_lazily(stream, name)


class SingleStoryReader(Reader):
    """Reads a format of which a file is one record."""

    def records(
        self, stream: BinaryIO, name: str, options: ReaderOptions
    ) -> Iterator[ParsedArticle | RejectedRecord | LazyRecord]:
        """Yield the file, not read yet unless it is large."""
        data = stream.read(LARGEST_UNREAD)
        if len(data) == LARGEST_UNREAD:
            stream.seek(0)
            yield from self.read(stream, name)
        else:
            yield LazyRecord("1", data, partial(self._first, data, name))

    def _first(self, data: bytes, name: str) -> ParsedArticle | RejectedRecord:
        return next(self.read(BytesIO(data), name))
