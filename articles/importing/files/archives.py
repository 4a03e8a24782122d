"""Archives read in place, guarded: nothing is written beside them, and what is packed too well is refused.

Sizes in an archive's own header are not believed: bytes are counted as they come out.
Sources: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, RFC 1952
"""

import gzip
import lzma
import re
import stat
import struct
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import IO, BinaryIO, cast
from zipfile import BadZipFile, ZipFile, ZipInfo

from articles.importing.formats.types import ReadError
from articles.text.messages import Message

ZIP_MAGIC, GZIP_MAGIC = b"PK\x03\x04", b"\x1f\x8b"
MAX_FILES = 200_000
MAX_UNPACKED_BYTES = 4_000_000_000  # of one file, unpacked
FREE_BYTES, MAX_RATIO = 50_000_000, 100  # what is larger may not be packed better than this
MAX_BYTES_IN_MEMORY = 4_000_000
_CHUNK = 1 << 16
_LOCAL_HEADER = 30  # bytes before a file, at least
_LEADS_OUT = re.compile(r"[/\\]|[A-Za-z]:(?!\s)")  # from the root, from a drive
_TOO_MUCH = Message(
    "It unpacks to more than it should. Unpack it by hand and look.", code="archive.too_large"
)
_DOCUMENTS = {
    "[Content_Types].xml",
    "mimetype",
    "META-INF/MANIFEST.MF",
}  # of Word, of books, of Java
_UTF8_NAME = 0x800  # flag of a name that says that it is UTF-8
_BROKEN = (
    BadZipFile,
    EOFError,
    OSError,
    OverflowError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    lzma.LZMAError,
    struct.error,
    zlib.error,
)


def gunzip(stream: BinaryIO, packed: int) -> BinaryIO:
    """Return the content of gzip ``stream`` as a seekable file. Raises ReadError for a damaged one and for a bomb.

    ``packed``: the bytes as which it came, in an archive fewer than those of ``stream``.
    """
    stream.seek(0)
    with gzip.GzipFile(fileobj=stream, mode="rb") as inner:
        return _spool(cast(IO[bytes], inner), packed, "gzip file")


def is_archive(path: Path) -> bool:
    """Tell whether the file at ``path`` is a zip archive, and not a document that is one inside."""
    try:
        with path.open("rb") as stream:
            if stream.read(4) != ZIP_MAGIC:
                return False
    except OSError:
        return False  # whoever opens it says why not
    try:
        with ZipFile(path) as archive:
            return not _DOCUMENTS & set(archive.namelist())
    except _BROKEN:
        return True  # whoever opens it says what is wrong with it


class Archive:
    """The files of a zip archive by name. Raises ReadError when its list is damaged or not to be trusted.

    A folder that holds all of it and is called as the archive (``wire/`` in ``wire.zip``) is left out of the names: so
    they are those of the folder that was packed, whichever way it was.
    """

    def __init__(self, path: Path) -> None:
        try:
            self.zip = ZipFile(path)
        except _BROKEN as error:
            raise ReadError(
                Message(
                    "The archive is damaged: %(error)s. Pack it again.",
                    {"error": str(error)},
                    "archive.damaged",
                )
            ) from error
        infos = self.zip.infolist()
        if len(infos) > MAX_FILES:
            raise ReadError(
                Message(
                    "The archive holds more than %(most)s files. Unpack it and import the folder.",
                    {"most": MAX_FILES},
                    "archive.too_many_files",
                )
            )
        for info in infos:
            _check_name(info)
        _check_overlaps(infos, self.zip.start_dir)
        members = {_name(info): info for info in infos if not info.is_dir()}
        top = f"{path.stem}/"
        cut = len(top) if all(name.startswith(top) for name in members) else 0
        self.members = {name[cut:]: info for name, info in members.items()}
        self.remaining_bytes = max(
            FREE_BYTES, MAX_RATIO * path.stat().st_size
        )  # of all its files, unpacked

    def names(self) -> Iterator[str]:
        """Yield the names of the files in their order, hidden ones left out."""
        for name in sorted(self.members, key=lambda name: name.split("/")):
            if not is_hidden(name.split("/")):
                yield name

    def open(self, name: str) -> BinaryIO:
        """Open a file for reading bytes, seekable. Raises ReadError."""
        info = self.members[name]
        if info.flag_bits & 1:
            raise ReadError(
                Message(
                    "The archive is locked by a password. Unpack it first.", code="archive.password"
                )
            )
        try:
            with self.zip.open(info) as inner:
                content = _spool(inner, info.compress_size, "archive")
        except _BROKEN as error:
            raise ReadError(
                Message(
                    "The archive is damaged here: %(error)s. Pack it again.",
                    {"error": str(error)},
                    "archive.damaged",
                )
            ) from error
        self.remaining_bytes -= content.seek(0, 2)
        content.seek(0)
        if self.remaining_bytes < 0:
            content.close()
            raise ReadError(_TOO_MUCH)
        return content


def is_hidden(parts: Iterable[str]) -> bool:
    """Tell whether a file is passed over, by the ``parts`` of its path: hidden, or what a Mac packs beside it."""
    return any(part.startswith(".") or part == "__MACOSX" for part in parts)


def _name(info: ZipInfo) -> str:
    """Return the name of a file; some programs write UTF-8 and do not say so."""
    if info.flag_bits & _UTF8_NAME:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return info.filename


def _check_name(info: ZipInfo) -> None:
    """Raise ReadError for a name that leads out of the archive, and for a link."""
    name = info.orig_filename  # not cut at a NUL
    if _LEADS_OUT.match(name) or "\\" in name or "\0" in name or ".." in name.split("/"):
        raise ReadError(
            Message(
                "A name in the archive leads out of it: %(name)s. Pack it again.",
                {"name": repr(name[:80])},
                "archive.path",
            )
        )
    if stat.S_ISLNK(info.external_attr >> 16):
        raise ReadError(
            Message(
                "The archive holds a link: %(name)s. Pack the files themselves.",
                {"name": repr(name[:80])},
                "archive.link",
            )
        )


def _check_overlaps(infos: list[ZipInfo], end: int) -> None:
    """Raise ReadError when files of the archive share bytes, as those of a bomb do (CVE-2024-0450)."""
    for info in sorted(infos, key=lambda info: info.header_offset, reverse=True):
        if info.header_offset + _LOCAL_HEADER + info.compress_size > end:
            raise ReadError(
                Message(
                    "Files of the archive overlap each other. Pack it again.",
                    code="archive.overlap",
                )
            )
        end = info.header_offset


def _spool(inner: IO[bytes], packed: int, kind: str) -> BinaryIO:
    """Return what comes out of ``inner`` (``packed`` bytes before) as a seekable file, in memory while it is small."""
    spool = SpooledTemporaryFile(max_size=MAX_BYTES_IN_MEMORY)  # noqa: SIM115  # its reader closes it
    size = 0
    try:
        while chunk := inner.read(_CHUNK):
            size += len(chunk)
            if size > MAX_UNPACKED_BYTES or (
                size > FREE_BYTES and size > MAX_RATIO * max(packed, 1)
            ):
                raise ReadError(_TOO_MUCH)
            spool.write(chunk)
    except _BROKEN as error:
        spool.close()
        raise ReadError(
            Message(
                "The %(kind)s is damaged: %(error)s. Pack it again.",
                {"kind": kind, "error": str(error)},
                "archive.damaged",
            )
        ) from error
    except ReadError:
        spool.close()
        raise
    spool.seek(0)
    return cast(BinaryIO, spool)
