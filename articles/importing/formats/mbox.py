"""A mailbox: mails one behind the other, a line that begins with ``From`` and a space before each.

Source: RFC 4155, and https://www.loc.gov/preservation/digital/formats/fdd/fdd000385.shtml on ``>From``. Each mail is
read as one that was saved alone.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import BinaryIO

from articles.importing.formats.reader import LazyReader
from articles.importing.formats.types import LazyRecord, ParsedArticle, RejectedRecord
from articles.text.messages import Message

from . import email_message

LIMIT = email_message.LIMIT  # bytes of one mail

_CHUNK = 65_536
_ENVELOPE = b"From "
_BEFORE = b"From - Thu Jan  1 00:00:00 1970\n"  # any such line will do to read a mail alone
_HEADER = re.compile(rb"[!-9;-~]{1,60}[ \t]{0,9}:")  # RFC 5322, 2.2
_QUOTED = re.compile(rb"^>(>*From )", re.MULTILINE)
_REMEDY = "Export the mailbox again, or save each mail as a file."


class MboxReader(LazyReader):
    """Reads a mailbox."""

    NAME = "mbox"

    def identify(self, head: bytes, name: str) -> bool:
        """Tell whether a file begins with a mailbox's ``From`` line and the header of a mail behind it."""
        first, _, rest = head.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n").partition(b"\n")
        return first.startswith(_ENVELOPE) and email_message.READER.identify(rest, name)

    def read_lazily(self, stream: BinaryIO, name: str) -> Iterator[LazyRecord | RejectedRecord]:
        """Yield the mails of ``stream`` as ``read`` does, each cut out and not read yet; one at a time is in memory.

        The bytes of a mail begin behind its ``From`` line and end before the blank line that the next one asks for, so
        that a mailbox that grew holds the same mails as before.
        """
        number = 0
        for number, data in enumerate(_mails(stream), 1):
            own_name = name if number == 1 else f"{name}#{number}"
            yield LazyRecord(str(number), data, partial(_finished, data, str(number), own_name))
        if not number:
            yield RejectedRecord(
                "1", "file", Message("no mail is in the mailbox", code="mbox.empty"), _REMEDY
            )


READER = MboxReader()


def _finished(data: bytes, record: str, name: str) -> ParsedArticle | RejectedRecord:
    outcome = email_message.read_mail(_QUOTED.sub(rb"\1", data), name)
    if isinstance(outcome, ParsedArticle):
        return replace(outcome, record=record, original=data)
    return replace(outcome, record=record, original=data[:LIMIT], before=_BEFORE)


def _mails(stream: BinaryIO) -> Iterator[bytes]:
    """Yield the bytes of each mail, no more of it than tells that it is too long.

    A ``From`` line begins one only behind a blank line (or at the start) and before a header: careless programs leave
    such lines in the texts as they are.
    """
    mail: bytearray | None = None
    envelope, is_blank, is_start = b"", True, True
    for line in iter(lambda: stream.readline(_CHUNK), b""):
        if envelope and is_start and _HEADER.match(line):
            if mail is not None:
                yield bytes(mail).rstrip(b"\r\n")
            mail, envelope = bytearray(), b""
        elif envelope and is_start:
            _append_capped(mail, envelope)
            envelope = b""
        if is_start and is_blank and line.startswith(_ENVELOPE):
            envelope = line
        else:
            _append_capped(mail, line)
        is_blank = is_start and not line.strip()
        is_start = line.endswith(b"\n")
    if mail is not None:
        _append_capped(mail, envelope)
        yield bytes(mail).rstrip(b"\r\n")


def _append_capped(mail: bytearray | None, line: bytes) -> None:
    """Add ``line`` to the mail that is open, if one is."""
    if mail is not None:
        mail += line[: max(0, LIMIT + 1 - len(mail))]
