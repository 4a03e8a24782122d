"""Records that did not come in, in one file that people can mend and import again.

A line of equals signs with a word that occurs nowhere else begins each: who refused it and why, as ``Name: value``
lines; then, after an empty line, its bytes as they were. ``readers/rejects.py`` reads it.
"""

import json
import secrets
from pathlib import Path
from typing import BinaryIO

from articles.importing.formats.types import ReadError, RejectedRecord
from articles.importing.pipeline.reading.records import Record
from articles.text.messages import Message

BEGIN = b"=== newsroom rejects "
INSTRUCTIONS = (
    "Mend the bytes below the empty line of a record, or take the record out; leave the other lines alone.\n"
    "Then: manage.py import_articles THIS-FILE, with the --source, and the --map, of before.\n"
)


class RejectsFile:
    """The file at ``path``, made when the first record goes into it.

    It is written beside it and takes its place at the end, when the import is through: what stands there may be the
    very file that is read. Raises ReadError where it cannot be written.
    """

    def __init__(self, path: Path | None) -> None:
        if path and not path.absolute().parent.is_dir():
            raise ReadError(
                Message(
                    "There is no folder %(path)s for the file of rejects. Make it.",
                    {"path": path.parent},
                    "rejects.no_folder",
                )
            )
        self.path = path
        self.unfinished = path.with_name(f".{path.name}.part") if path else None
        self.count = 0
        self.stream: BinaryIO | None = None
        self.mark = secrets.token_hex(8).encode()

    def add(self, record: Record, refused: RejectedRecord) -> None:
        """Write one record; one whose bytes nobody has (a whole file, which is still there) is not written."""
        if not self.unfinished or not refused.original:
            return
        try:
            if self.stream is None:
                self.stream = self.unfinished.open("wb")
                self.stream.write(BEGIN + self.mark + b"\n" + INSTRUCTIONS.encode())
            self.stream.write(_header_bytes(self.mark, record, refused) + refused.original + b"\n")
        except OSError as error:
            raise _write_error(self.unfinished, error) from error
        self.count += 1

    def close(self, *, is_whole: bool) -> None:
        """Close the file, if there is one; it takes its place when ``is_whole``: the import was not broken off."""
        if not self.stream or not self.unfinished or not self.path:
            return
        try:
            self.stream.close()
            if is_whole:
                self.unfinished.replace(self.path)
        except OSError as error:
            raise _write_error(self.unfinished, error) from error


def _write_error(path: Path, error: OSError) -> ReadError:
    return ReadError(
        Message(
            "%(path)s cannot be written: %(reason)s. Give another place: --rejects.",
            {"path": path, "reason": error.strerror},
            "rejects.unwritable",
        )
    )


def _header_bytes(mark: bytes, record: Record, refused: RejectedRecord) -> bytes:
    has_wrapper = refused.before or refused.after
    before, after = (refused.before, refused.after) if has_wrapper else record.record_wrapper
    lines = {
        "File": record.label,
        "Record": refused.record,
        "Field": refused.field,
        "Code": refused.code,
        "Reason": str(refused.reason),
        "Remedy": str(refused.remedy),
        "Format": record.format,
        "Name": record.name,
        "Before": before.decode("latin-1"),
        "After": after.decode("latin-1"),
    }
    header = "".join(f"{name}: {json.dumps(value)}\n" for name, value in lines.items() if value)
    return b"=== " + mark + b"\n" + header.encode("ascii") + b"\n"
