"""NITF of every version, read by local name: real files seldom follow their schema. Source: https://iptc.org/standards/nitf/

Unknown elements are passed over. Nothing that a story points to is fetched.
"""

from collections.abc import Iterator
from typing import BinaryIO

from articles.importing.formats.common.xml_records import iter_xml_records, xml_root_name
from articles.importing.formats.reader import Reader
from articles.importing.formats.types import ParsedArticle, RecordError, RejectedRecord

from .document import NitfDocument


class NitfReader(Reader):
    """Reads NITF."""

    NAME = "nitf"

    def identify(self, head: bytes, name: str) -> bool:
        """Tell whether a file is NITF, by its root; NITF inside of another format is that format's."""
        return xml_root_name(head)[0] == "nitf"

    def read(self, stream: BinaryIO, name: str) -> Iterator[ParsedArticle | RejectedRecord]:
        """Yield the one story of ``stream``; its ref is its doc-id.

        Raises ReadError only when the rest of the file cannot be read.
        """
        for number, record in enumerate(iter_xml_records(stream, {"nitf"}), 1):
            try:
                yield NitfDocument(record.element).parse(str(number), record)
            except RecordError as error:
                yield RejectedRecord(
                    str(number), error.field, error.reason, error.remedy, record.original
                )


READER = NitfReader()
