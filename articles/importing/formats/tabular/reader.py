"""What the formats of rows have in common: an operator may say what a column, or a key, means."""

from abc import abstractmethod
from collections.abc import Iterator
from typing import BinaryIO

from articles.importing.formats.reader import LazyReader, ReaderOptions
from articles.importing.formats.types import Columns, LazyRecord, ParsedArticle, RejectedRecord


class TableReader(LazyReader):
    """Reads rows; ``columns`` (field: column) says of some columns what they mean, the others are known by name."""

    @abstractmethod
    def read_lazily(
        self, stream: BinaryIO, name: str, columns: Columns | None = None
    ) -> Iterator[LazyRecord | RejectedRecord]:
        """Yield the rows, each cut out and not read yet."""

    def read(
        self, stream: BinaryIO, name: str, columns: Columns | None = None
    ) -> Iterator[ParsedArticle | RejectedRecord]:
        """Yield one outcome a row."""
        for outcome in self.read_lazily(stream, name, columns):
            yield outcome.finish() if isinstance(outcome, LazyRecord) else outcome

    def records(
        self, stream: BinaryIO, name: str, options: ReaderOptions
    ) -> Iterator[LazyRecord | RejectedRecord]:
        """Yield the rows, their columns read as the operator said."""
        yield from self.read_lazily(stream, name, options.columns)
