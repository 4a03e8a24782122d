"""Paths of the command line -> open files with the name that their stories are known by."""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from .parsed import ReadError

STDIN = "-"


@dataclass(frozen=True, slots=True)
class Source:
    """One file to read. ``label`` is for people, ``name`` (relative to the path given, no suffix) for identity."""

    label: str
    name: str
    path: Path | None

    def open(self) -> BinaryIO:
        """Open for reading bytes; standard input is read whole. Raises ReadError when it cannot be opened."""
        if self.path is None:
            return BytesIO(sys.stdin.buffer.read())
        try:
            return self.path.open("rb")
        except OSError as error:
            raise ReadError(f"{error.strerror}. Check the path and its permissions.") from error


def find(paths: Sequence[str]) -> Iterator[Source]:
    """Yield the files of ``paths`` in order; folders are walked, dot-files and symbolic links in them passed over.

    Raises ReadError for a path that does not exist.
    """
    for given in paths:
        if given == STDIN:
            yield Source("standard input", "", None)
            continue
        path = Path(given)
        if not path.exists():
            raise ReadError(f"{given} does not exist. Check the path.")
        if path.is_file():
            yield Source(given, path.stem, path)
            continue
        for file in sorted(path.rglob("*")):
            inner = file.relative_to(path)
            if file.is_file() and not file.is_symlink() and not _is_hidden(inner):
                yield Source(str(file), inner.with_suffix("").as_posix(), file)


def default_source(paths: Sequence[str]) -> str:
    """Name the source after the folder given, or the folder of the file given; ``stdin`` for standard input."""
    if paths[0] == STDIN:
        return "stdin"
    path = Path(paths[0]).resolve()
    return (path.name if path.is_dir() else path.parent.name)[:80] or "files"


def _is_hidden(inner: Path) -> bool:
    return any(part.startswith(".") for part in inner.parts)
