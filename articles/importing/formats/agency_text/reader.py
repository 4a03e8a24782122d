"""Agency text with a header of its own: IPTC 7901, ANPA 1312 (1984), ``ZCZC`` messages and media releases."""

import re
from collections.abc import Iterator
from typing import BinaryIO

from articles.importing.formats.reader import Reader
from articles.importing.formats.types import ParsedArticle, RejectedRecord
from articles.text.encoding import decode, is_binary
from articles.text.messages import Message

from .message import AgencyMessage

LIMIT = 10_000_000  # bytes
_END = re.compile(rb"(?:\x04|[\r\n]NNNN(?=\s|\Z)|[\r\n](?=\x16{0,8}\x01))")
_BEGIN = re.compile(  # SOH or STX, ZCZC, "%A #", the number of a media release
    rb"(?:\xef\xbb\xbf)?(?:[\s\x00\x16\x7f]{0,64}[\x01\x02]|\s{0,64}ZCZC\b|\s{0,64}%[A-Z]{1,8} ?#"
    rb"|\s{0,64}(?:Source:[^\r\n]{0,200}\s{1,4})?MEDIA RELEASE PR\s?\d)"
)
_BLANKS = bytes(range(33)) + b"\x7f"


class AgencyTextReader(Reader):
    """Reads the text of news agencies."""

    NAME = "agency-text"

    def identify(self, head: bytes, name: str) -> bool:
        """Tell whether a file begins as agencies' messages do: SOH or STX, ZCZC, ``%A #``, or a release's number."""
        return bool(_BEGIN.match(head)) and not is_binary(head)

    def read(self, stream: BinaryIO, name: str) -> Iterator[ParsedArticle | RejectedRecord]:
        """Yield one outcome a message of ``stream``; its ref is slug or number with the day, else ``name``."""
        data = stream.read(LIMIT + 1)
        if len(data) > LIMIT:
            yield RejectedRecord(
                "1",
                "file",
                Message("the file has more than 10 MB", code="agency_text.size"),
                "Split it at its messages.",
            )
            return
        ends = [0, *(match.end() for match in _END.finditer(data)), len(data)]
        cuts = (data[begin:end] for begin, end in zip(ends, ends[1:], strict=False))
        messages = [cut for cut in cuts if cut.translate(None, _BLANKS) not in (b"", b"NNNN")]
        for number, message_data in enumerate(messages, 1):
            if is_binary(message_data):
                yield RejectedRecord(
                    str(number),
                    "file",
                    Message("the message is not text", code="agency_text.not_text"),
                    "Leave it out.",
                    message_data,
                )
            else:
                ref = name if number == 1 else f"{name}#{number}"
                message = AgencyMessage(decode(message_data)[0], ref)
                yield message.parse(str(number), message_data)
        if not messages:
            yield RejectedRecord(
                "1",
                "file",
                Message("the file is empty", code="agency_text.empty"),
                "Export it again or leave it out.",
                data,
            )


READER = AgencyTextReader()
