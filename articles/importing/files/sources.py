"""Paths of the command line -> open files with the name that their stories are known by."""

import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatch
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from articles.importing.formats import READERS, REJECTS
from articles.importing.formats.reader import CompanionReader
from articles.importing.formats.rejects import RejectsEntry
from articles.importing.formats.types import ReadError, RejectedRecord
from articles.text.messages import Message

from .archives import GZIP_MAGIC, Archive, gunzip, is_archive, is_hidden

STDIN = "-"
HEAD_SIZE = 8192  # bytes of a file that ``identify`` sees
MAX_COMPANION_BYTES = 10_000_000
MAX_REJECTS_DEPTH = 3  # files of rejects within records of rejects


@dataclass(frozen=True, slots=True)
class NamedBytes:
    """Bytes in place of a path: ``label`` is for people, ``name`` for identity."""

    label: str
    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Source:
    """One file to read. ``label`` is for people, ``name`` (relative to the path given, no suffix) for identity.

    ``size`` in bytes, packed. ``is_explicit``: the operator named it, it did not merely stand in a folder. ``beside``
    gives the content of a file that belongs to it, by its name relative to it, None where there is none.
    ``rejects_part`` is the record of a file of rejects that this is instead of a file.
    """

    label: str
    name: str
    size: int
    opener: Callable[[], BinaryIO]
    is_explicit: bool = True
    beside: CompanionReader | None = None
    rejects_part: RejectsEntry | None = None

    def open(self) -> BinaryIO:
        """Open for reading bytes, seekable; gzip is unpacked. Raises ReadError when it cannot be opened."""
        try:
            stream = self.opener()
        except OSError as error:
            raise ReadError(
                Message(
                    "%(reason)s. Check the path and its permissions.",
                    {"reason": error.strerror},
                    "file.unreadable",
                )
            ) from error
        if stream.read(2) == GZIP_MAGIC:
            with stream:
                return gunzip(stream, self.size)
        stream.seek(0)
        return stream

    def rejection(self, error: ReadError) -> RejectedRecord:
        """Return that this could not be read, with its bytes where these stand in a file of rejects only."""
        part = self.rejects_part
        raw = (part.original, part.before, part.after) if part else ()
        remedy = Message("Mend the file and import it again.")
        return RejectedRecord("1", "file", error.message, remedy, *raw)


PathOrBytes = str | NamedBytes


def find_sources(paths: Sequence[PathOrBytes]) -> Iterator[Source]:
    """Yield the files of ``paths`` in order: folders and zip archives are walked, hidden files and links passed over.

    Of a Jekyll site only its posts are taken; files that another one's reader reads (``COMPANION_FILES``) come with it.
    Raises ReadError for a path that does not exist.
    """
    for path in paths:
        if isinstance(path, NamedBytes):
            size = len(path.content)
            yield from _unpack_rejects(
                Source(path.label, path.name, size, _bytes_opener(path.content))
            )
        elif path == STDIN:
            content = sys.stdin.buffer.read()
            yield from _unpack_rejects(
                Source("standard input", "", len(content), _bytes_opener(content))
            )
        else:
            yield from _path_sources(Path(path))


def _bytes_opener(content: bytes) -> Callable[[], BinaryIO]:
    return lambda: BytesIO(content)


def _path_sources(path: Path) -> Iterator[Source]:
    if not path.exists():
        raise ReadError(
            Message("%(path)s does not exist. Check the path.", {"path": path}, "file.missing")
        )
    if path.is_dir():
        yield from _walk_folder(path)
    elif not path.is_file():
        raise ReadError(
            Message(
                "%(path)s is no file. Give files, folders, archives, or - and a pipe.",
                {"path": path},
                "file.no_file",
            )
        )
    elif is_archive(path):
        yield from _walk_archive(path, "")
    else:
        size = path.stat().st_size
        name = f"{_draft_prefix(path)}{_stem(path.name)}"
        yield from _unpack_rejects(Source(str(path), name, size, lambda: path.open("rb")))


def _draft_prefix(path: Path) -> str:
    """Return what tells the readers of what lies at ``path`` that it is a draft, when its folders say so."""
    return "_drafts/" if "_drafts" in path.resolve().parts else ""


def _unpack_rejects(source: Source, depth: int = 0) -> Iterator[Source]:
    """Yield ``source``; for a file of rejects the records in it, each as a file of the format that it was of."""
    try:
        stream = source.opener()
    except (OSError, ReadError):
        yield source  # whoever opens it says why not
        return
    with stream:
        if depth == MAX_REJECTS_DEPTH or not REJECTS.identify(stream.read(HEAD_SIZE), source.label):
            yield source
            return
        stream.seek(0)
        try:
            for part in REJECTS.entries(stream):
                content = part.content
                inner = Source(
                    part.label, part.name, len(content), _bytes_opener(content), rejects_part=part
                )
                is_file = part.format == REJECTS.NAME and not part.is_damaged
                yield from _unpack_rejects(inner, depth + 1) if is_file else [inner]
        except ReadError as error:
            yield replace(source, opener=_failing_opener(error))


def _walk_folder(folder: Path) -> Iterator[Source]:
    names = {}
    for file in sorted(folder.rglob("*")):
        inner = file.relative_to(folder)
        if file.is_file() and not file.is_symlink() and not is_hidden(inner.parts):
            names[inner.as_posix()] = file

    def open_file(name: str) -> BinaryIO:
        return names[name].open("rb")

    for source in _select_sources(
        list(names), open_file, lambda name: names[name].stat().st_size, f"{folder}"
    ):
        path = names.get(source.label.removeprefix(f"{folder}/"))
        is_packed = path and not source.rejects_part and is_archive(path)
        renamed = replace(source, name=f"{_draft_prefix(folder)}{source.name}")
        yield from _walk_archive(path, renamed.name) if path and is_packed else [renamed]


def _walk_archive(path: Path, prefix: str) -> Iterator[Source]:
    """Yield the files of the archive at ``path``, called as if it were a folder ``prefix`` that of the others."""
    try:
        archive = Archive(path)
    except ReadError as error:
        yield Source(
            str(path), prefix or _stem(path.name), path.stat().st_size, _failing_opener(error)
        )
        return
    sizes = {name: info.compress_size for name, info in archive.members.items()}
    for source in _select_sources(
        list(archive.names()), archive.open, sizes.__getitem__, f"{path}"
    ):
        yield replace(source, name=f"{prefix}/{source.name}") if prefix else source


def _failing_opener(error: ReadError) -> Callable[[], BinaryIO]:
    def fail() -> BinaryIO:
        raise error

    return fail


def _select_sources(
    names: list[str],
    open_file: Callable[[str], BinaryIO],
    size: Callable[[str], int],
    root: str,
) -> Iterator[Source]:
    """Yield the files ``names`` of one folder or archive that are read each by itself."""
    if any("_posts" in name.split("/") for name in names):
        names = [name for name in names if {"_posts", "_drafts"} & set(name.split("/"))]
    owners = {name: pattern for name in names if (pattern := _companion_pattern(name, open_file))}
    for name in names:
        if any(fnmatch(name, f"{_folder(owner)}{owners[owner]}") for owner in owners):
            continue
        beside = _companion_reader(_folder(name), set(names), open_file) if name in owners else None
        source = Source(
            f"{root}/{name}", _stem(name), size(name), _opener_of(open_file, name), False, beside
        )
        yield from _unpack_rejects(source) if name.endswith(".rejects") else [source]


def _opener_of(open_file: Callable[[str], BinaryIO], name: str) -> Callable[[], BinaryIO]:
    return lambda: open_file(name)


def _companion_pattern(name: str, open_file: Callable[[str], BinaryIO]) -> str:
    """Return the pattern of the files that are read with ``name``, empty for a file that stands alone."""
    for reader in READERS:
        main, pattern = reader.COMPANION_FILES
        if main and name.rpartition("/")[2] == main:
            try:
                with open_file(name) as stream:
                    return pattern if reader.identify(stream.read(HEAD_SIZE), name) else ""
            except (OSError, ReadError):
                return ""  # whoever opens it says why not
    return ""


def _companion_reader(
    folder: str, names: set[str], open_file: Callable[[str], BinaryIO]
) -> CompanionReader:
    def content(name: str) -> bytes | None:
        if f"{folder}{name}" not in names:
            return None
        try:
            with open_file(f"{folder}{name}") as stream:
                return stream.read(MAX_COMPANION_BYTES)
        except (OSError, ReadError):
            return None  # as if it were not there: it costs only itself

    return content


def _folder(name: str) -> str:
    return name[: name.rfind("/") + 1]


def _stem(name: str) -> str:
    """Return ``name`` without its suffix, and without that of gzip after it; a Jekyll post in HTML keeps its own."""
    path = PurePosixPath(name.removesuffix(".gz"))
    is_markup = path.suffix == ".html" and {"_posts", "_drafts"} & set(path.parts)
    if not path.name:
        return name
    return path.as_posix() if is_markup else path.with_suffix("").as_posix()


def default_source(paths: Sequence[PathOrBytes]) -> str:
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
