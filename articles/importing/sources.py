"""Paths of the command line -> open files with the name that their stories are known by."""

import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatch
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from .parsed import ReadError, Refused
from .readers import READERS, rejects
from .unpack import GZIP_MARK, Archive, gunzipped, is_archive, is_hidden

STDIN = "-"
HEAD = 8192  # bytes of a file that ``identify`` sees
LARGEST_BESIDE = 10_000_000
DEEPEST = 3  # files of rejects within records of rejects
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
    the content of a file that belongs to it, by its name relative to it, None where there is none. ``part`` is the
    record of a file of rejects that this is instead of a file.
    """

    label: str
    name: str
    size: int
    begin: Callable[[], BinaryIO]
    is_given: bool = True
    beside: Beside | None = None
    part: rejects.Part | None = None

    def open(self) -> BinaryIO:
        """Open for reading bytes, seekable; gzip is unpacked. Raises ReadError when it cannot be opened."""
        try:
            stream = self.begin()
        except OSError as error:
            raise ReadError(f"{error.strerror}. Check the path and its permissions.") from error
        if stream.read(2) == GZIP_MARK:
            with stream:
                return gunzipped(stream, self.size)
        stream.seek(0)
        return stream

    def refusal(self, error: ReadError) -> Refused:
        """Return that this could not be read, with its bytes where these stand in a file of rejects only."""
        given = self.part
        kept = (given.original, given.before, given.after) if given else ()
        return Refused("1", "file", str(error), "Mend the file and import it again.", *kept)


Given = str | NamedBytes


def find(paths: Sequence[Given]) -> Iterator[Source]:
    """Yield the files of ``paths`` in order: folders and zip archives are walked, hidden files and links passed over.

    Of a Jekyll site only its posts are taken; files that another one's reader reads (``COMPANIONS``) come with it.
    Raises ReadError for a path that does not exist.
    """
    for given in paths:
        if isinstance(given, NamedBytes):
            size = len(given.content)
            yield from _unfolded(Source(given.label, given.name, size, _held(given.content)))
        elif given == STDIN:
            content = sys.stdin.buffer.read()
            yield from _unfolded(Source("standard input", "", len(content), _held(content)))
        else:
            yield from _at(Path(given))


def _held(content: bytes) -> Callable[[], BinaryIO]:
    return lambda: BytesIO(content)


def _at(path: Path) -> Iterator[Source]:
    if not path.exists():
        raise ReadError(f"{path} does not exist. Check the path.")
    if path.is_dir():
        yield from _walked(path)
    elif not path.is_file():
        raise ReadError(f"{path} is no file. Give files, folders, archives, or - and a pipe.")
    elif is_archive(path):
        yield from _in_archive(path, "")
    else:
        size = path.stat().st_size
        name = f"{_drafts(path)}{_stem(path.name)}"
        yield from _unfolded(Source(str(path), name, size, lambda: path.open("rb")))


def _drafts(path: Path) -> str:
    """Return what tells the readers of what lies at ``path`` that it is a draft, when its folders say so."""
    return "_drafts/" if "_drafts" in path.resolve().parts else ""


def _unfolded(source: Source, depth: int = 0) -> Iterator[Source]:
    """Yield ``source``; for a file of rejects the records in it, each as a file of the format that it was of."""
    try:
        stream = source.begin()
    except (OSError, ReadError):
        yield source  # whoever opens it says why not
        return
    with stream:
        if depth == DEEPEST or not rejects.identify(stream.read(HEAD), source.label):
            yield source
            return
        stream.seek(0)
        try:
            for part in rejects.parts(stream):
                content = part.content
                inner = Source(part.label, part.name, len(content), _held(content), part=part)
                is_file = part.format == rejects.NAME and not part.is_damaged
                yield from _unfolded(inner, depth + 1) if is_file else [inner]
        except ReadError as error:
            yield replace(source, begin=_raising(error))


def _walked(folder: Path) -> Iterator[Source]:
    names = {}
    for file in sorted(folder.rglob("*")):
        inner = file.relative_to(folder)
        if file.is_file() and not file.is_symlink() and not is_hidden(inner.parts):
            names[inner.as_posix()] = file

    def begin(name: str) -> BinaryIO:
        return names[name].open("rb")

    for source in _chosen(list(names), begin, lambda name: names[name].stat().st_size, f"{folder}"):
        path = names.get(source.label.removeprefix(f"{folder}/"))
        is_packed = path and not source.part and is_archive(path)
        named = replace(source, name=f"{_drafts(folder)}{source.name}")
        yield from _in_archive(path, named.name) if path and is_packed else [named]


def _in_archive(path: Path, within: str) -> Iterator[Source]:
    """Yield the files of the archive at ``path``, called as if it were a folder ``within`` that of the others."""
    try:
        archive = Archive(path)
    except ReadError as error:
        yield Source(str(path), within or _stem(path.name), path.stat().st_size, _raising(error))
        return
    sizes = {name: info.compress_size for name, info in archive.members.items()}
    for source in _chosen(list(archive.names()), archive.open, sizes.__getitem__, f"{path}"):
        yield replace(source, name=f"{within}/{source.name}") if within else source


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
        source = Source(
            f"{root}/{name}", _stem(name), size(name), _at_name(begin, name), False, beside
        )
        yield from _unfolded(source) if name.endswith(".rejects") else [source]


def _at_name(begin: Callable[[str], BinaryIO], name: str) -> Callable[[], BinaryIO]:
    return lambda: begin(name)


def _companions(name: str, begin: Callable[[str], BinaryIO]) -> str:
    """Return the pattern of the files that are read with ``name``, empty for a file that stands alone."""
    for reader in READERS:
        main, pattern = getattr(reader, "COMPANIONS", ("", ""))
        if main and name.rpartition("/")[2] == main:
            try:
                with begin(name) as stream:
                    return str(pattern) if reader.identify(stream.read(HEAD), name) else ""
            except (OSError, ReadError):
                return ""  # whoever opens it says why not
    return ""


def _beside(folder: str, names: set[str], begin: Callable[[str], BinaryIO]) -> Beside:
    def content(name: str) -> bytes | None:
        if f"{folder}{name}" not in names:
            return None
        try:
            with begin(f"{folder}{name}") as stream:
                return stream.read(LARGEST_BESIDE)
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
