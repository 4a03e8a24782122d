"""Paths of the command line -> open files with the name that their stories are known by."""

import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from .parsed import ReadError
from .readers import READERS
from .unpack import GZIP_MARK, Archive, gunzipped, is_archive

STDIN = "-"
HEAD = 8192  # bytes of a file that ``identify`` sees
LARGEST_BESIDE = 10_000_000
Beside = Callable[[str], bytes | None]


@dataclass(frozen=True, slots=True)
class NamedBytes:
    """Bytes in place of a path: ``label`` is for people, ``name`` for identity."""

    label: str
    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Source:
    """One file to read. ``label`` is for people, ``name`` (relative to the path given, no suffix) for identity.

    ``size`` in bytes, packed. ``is_given``: the operator named it, it was not merely met in a folder. ``beside`` gives
    the content of a file that belongs to it, by its name relative to it, None where there is none.
    """

    label: str
    name: str
    size: int
    begin: Callable[[], BinaryIO]
    is_given: bool = True
    beside: Beside | None = None

    def open(self) -> BinaryIO:
        """Open for reading bytes, seekable; gzip is unpacked. Raises ReadError when it cannot be opened."""
        try:
            stream = self.begin()
        except OSError as error:
            raise ReadError(f"{error.strerror}. Check the path and its permissions.") from error
        if stream.read(2) == GZIP_MARK:
            with stream:
                return gunzipped(stream)
        stream.seek(0)
        return stream


Given = str | NamedBytes


def find(paths: Sequence[Given]) -> Iterator[Source]:
    """Yield the files of ``paths`` in order: folders and zip archives are walked, hidden files and links passed over.

    Of a Jekyll site only its posts are taken; files that another one's reader reads (``COMPANIONS``) come with it.
    Raises ReadError for a path that does not exist.
    """
    for given in paths:
        if isinstance(given, NamedBytes):
            yield Source(given.label, given.name, len(given.content), _held(given.content))
        elif given == STDIN:
            content = sys.stdin.buffer.read()
            yield Source("standard input", "", len(content), _held(content))
        else:
            yield from _at(Path(given))


def _held(content: bytes) -> Callable[[], BinaryIO]:
    return lambda: BytesIO(content)


def _at(path: Path) -> Iterator[Source]:
    if not path.exists():
        raise ReadError(f"{path} does not exist. Check the path.")
    if path.is_dir():
        yield from _walked(path)
    elif not is_archive(path):
        yield Source(str(path), _stem(path.name), path.stat().st_size, lambda: path.open("rb"))
    else:
        yield from _in_archive(path)


def _walked(folder: Path) -> Iterator[Source]:
    names = {}
    for file in sorted(folder.rglob("*")):
        inner = file.relative_to(folder)
        if file.is_file() and not file.is_symlink() and not _is_hidden(inner):
            names[inner.as_posix()] = file

    def begin(name: str) -> BinaryIO:
        return names[name].open("rb")

    for source in _chosen(list(names), begin, lambda name: names[name].stat().st_size, f"{folder}"):
        path = folder / source.label.removeprefix(f"{folder}/")
        yield from _in_archive(path) if is_archive(path) else [source]


def _in_archive(path: Path) -> Iterator[Source]:
    try:
        archive = Archive(path)
    except ReadError as error:
        yield Source(str(path), _stem(path.name), path.stat().st_size, _raising(error))
        return
    sizes = {name: info.compress_size for name, info in archive.members.items()}
    yield from _chosen(list(archive.names()), archive.open, sizes.__getitem__, f"{path}")


def _raising(error: ReadError) -> Callable[[], BinaryIO]:
    def begin() -> BinaryIO:
        raise error

    return begin


def _chosen(
    names: list[str],
    begin: Callable[[str], BinaryIO],
    size: Callable[[str], int],
    root: str,
) -> Iterator[Source]:
    """Yield the files ``names`` of one folder or archive that are read each by itself."""
    if any("_posts" in name.split("/") for name in names):
        names = [name for name in names if {"_posts", "_drafts"} & set(name.split("/"))]
    owners = {name: pattern for name in names if (pattern := _companions(name, begin))}
    for name in names:
        if any(fnmatch(name, f"{_folder(owner)}{owners[owner]}") for owner in owners):
            continue
        beside = _beside(_folder(name), set(names), begin) if name in owners else None
        yield Source(
            f"{root}/{name}", _stem(name), size(name), _at_name(begin, name), False, beside
        )


def _at_name(begin: Callable[[str], BinaryIO], name: str) -> Callable[[], BinaryIO]:
    return lambda: begin(name)


def _companions(name: str, begin: Callable[[str], BinaryIO]) -> str:
    """Return the pattern of the files that are read with ``name``, empty for a file that stands alone."""
    for reader in READERS:
        main, pattern = getattr(reader, "COMPANIONS", ("", ""))
        if main and PurePosixPath(name).name == main:
            with begin(name) as stream:
                return str(pattern) if reader.identify(stream.read(HEAD), name) else ""
    return ""


def _beside(folder: str, names: set[str], begin: Callable[[str], BinaryIO]) -> Beside:
    def content(name: str) -> bytes | None:
        if f"{folder}{name}" not in names:
            return None
        with begin(f"{folder}{name}") as stream:
            return stream.read(LARGEST_BESIDE)

    return content


def _folder(name: str) -> str:
    return name[: name.rfind("/") + 1]


def _stem(name: str) -> str:
    """Return ``name`` without its suffix, and without that of gzip after it."""
    return PurePosixPath(name.removesuffix(".gz")).with_suffix("").as_posix()


def default_source(paths: Sequence[Given]) -> str:
    """Name the source after the folder or archive given, or the folder of the file; ``stdin`` for standard input."""
    first = paths[0]
    if isinstance(first, NamedBytes):
        return first.label[:80]
    if first == STDIN:
        return "stdin"
    path = Path(first).resolve()
    if path.is_file() and is_archive(path):
        return path.stem[:80]
    return (path.name if path.is_dir() else path.parent.name)[:80] or "files"


def _is_hidden(inner: Path) -> bool:
    return any(part.startswith(".") for part in inner.parts)
