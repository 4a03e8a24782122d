"""Archives read in place, guarded: nothing is written beside them, and what is packed too well is refused.

Sizes in an archive's own header are not believed: bytes are counted as they come out.
Sources: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, RFC 1952
"""

import gzip
import stat
import zlib
from collections.abc import Iterator
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import IO, BinaryIO, cast
from zipfile import BadZipFile, ZipFile, ZipInfo

from .parsed import ReadError

ZIP_MARK, GZIP_MARK = b"PK\x03\x04", b"\x1f\x8b"
MOST_FILES = 200_000
MOST_BYTES = 4_000_000_000  # of one file, unpacked
FREE_BYTES, RATIO = 50_000_000, 100  # what is larger may not be packed better than this
IN_MEMORY = 4_000_000
_CHUNK = 1 << 16
_DOCUMENTS = {
    "[Content_Types].xml",
    "mimetype",
    "META-INF/MANIFEST.MF",
}  # of Word, of books, of Java
_BROKEN = (BadZipFile, EOFError, OSError, zlib.error, NotImplementedError, RuntimeError, ValueError)


def gunzipped(stream: BinaryIO) -> BinaryIO:
    """Return the content of gzip ``stream`` as a seekable file. Raises ReadError for a damaged one and for a bomb."""
    packed = stream.seek(0, 2)
    stream.seek(0)
    with gzip.GzipFile(fileobj=stream) as inner:
        return _spooled(cast(IO[bytes], inner), packed)


def is_archive(path: Path) -> bool:
    """Tell whether the file at ``path`` is a zip archive, and not a document that is one inside."""
    with path.open("rb") as stream:
        if stream.read(4) != ZIP_MARK:
            return False
    try:
        with ZipFile(path) as archive:
            return not _DOCUMENTS & set(archive.namelist())
    except _BROKEN:
        return True  # whoever opens it says what is wrong with it


class Archive:
    """The files of a zip archive by name. Raises ReadError when its list is damaged or not to be trusted."""

    def __init__(self, path: Path) -> None:
        try:
            self.zip = ZipFile(path)
        except _BROKEN as error:
            raise ReadError(f"The archive is damaged: {error}. Pack it again.") from error
        self.members = {info.filename: info for info in self.zip.infolist() if not info.is_dir()}
        if len(self.members) > MOST_FILES:
            raise ReadError(
                f"The archive holds more than {MOST_FILES} files. Unpack it and import the folder."
            )
        for info in self.members.values():
            _check_name(info)
        _check_places(self.zip.infolist())

    def names(self) -> Iterator[str]:
        """Yield the names of the files in their order, hidden ones left out."""
        for name in sorted(self.members):
            parts = name.split("/")
            if not any(part.startswith((".", "__MACOSX")) for part in parts):
                yield name

    def open(self, name: str) -> BinaryIO:
        """Open a file for reading bytes, seekable. Raises ReadError."""
        info = self.members[name]
        if info.flag_bits & 1:
            raise ReadError("The archive is locked by a password. Unpack it first.")
        try:
            with self.zip.open(info) as inner:
                return _spooled(inner, info.compress_size)
        except _BROKEN as error:
            raise ReadError(f"The archive is damaged here: {error}. Pack it again.") from error


def _check_name(info: ZipInfo) -> None:
    """Raise ReadError for a name that leads out of the archive, and for a link."""
    name = info.filename
    is_absolute = name.startswith(("/", "\\")) or ":" in name.partition("/")[0]
    if is_absolute or "\\" in name or "\0" in name or ".." in name.split("/"):
        raise ReadError(f"A name in the archive leads out of it: {name[:80]!r}. Pack it again.")
    if stat.S_ISLNK(info.external_attr >> 16):
        raise ReadError(f"The archive holds a link: {name[:80]!r}. Pack the files themselves.")


def _check_places(infos: list[ZipInfo]) -> None:
    """Raise ReadError when files of the archive share bytes, as those of a bomb do (CVE-2024-0450)."""
    placed = sorted(infos, key=lambda info: info.header_offset)
    for before, after in zip(placed, placed[1:], strict=False):
        if before.header_offset + before.compress_size > after.header_offset:
            raise ReadError("Files of the archive overlap each other. Pack it again.")


def _spooled(inner: IO[bytes], packed: int) -> BinaryIO:
    """Return what comes out of ``inner`` (``packed`` bytes before) as a seekable file, in memory while it is small."""
    spool = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  # its reader closes it
    size = 0
    try:
        while chunk := inner.read(_CHUNK):
            size += len(chunk)
            if size > MOST_BYTES or (size > FREE_BYTES and size > RATIO * max(packed, 1)):
                raise ReadError("It unpacks to more than it should. Unpack it by hand and look.")
            spool.write(chunk)
    except _BROKEN as error:
        spool.close()
        raise ReadError(f"The archive is damaged: {error}. Pack it again.") from error
    except ReadError:
        spool.close()
        raise
    spool.seek(0)
    return cast(BinaryIO, spool)
