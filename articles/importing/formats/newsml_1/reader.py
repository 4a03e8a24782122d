"""NewsML 1.0 to 1.2: news items in an envelope, read by local name. Source: https://iptc.org/standards/newsml-1/

A story is the first component that has a text; its other languages and pictures are named to the editors. Packages of
other items are refused. Nothing that an item points to is fetched.
"""

from collections.abc import Iterator
from typing import BinaryIO

from articles.importing.formats.common.xml_records import iter_xml_records, xml_root_name
from articles.importing.formats.reader import Reader
from articles.importing.formats.types import ParsedArticle, RecordError, RejectedRecord
from articles.text.messages import Message

from .item import Newsml1Item


class Newsml1Reader(Reader):
    """Reads NewsML 1."""

    NAME = "newsml-1"

    def identify(self, head: bytes, name: str) -> bool:
        """Tell whether a file is NewsML 1, by its root; NewsML-G2 has others."""
        return xml_root_name(head)[0] == "NewsML"

    def read(self, stream: BinaryIO, name: str) -> Iterator[ParsedArticle | RejectedRecord]:
        """Yield one outcome an item of ``stream``; its ref is its provider's with its id there.

        Raises ReadError only when the rest of the file cannot be read.
        """
        number = 0
        for number, record in enumerate(iter_xml_records(stream, {"NewsItem"}), 1):
            try:
                yield Newsml1Item(record.element).parse(str(number), record)
            except RecordError as error:
                yield RejectedRecord(
                    *(str(number), error.field, error.reason, error.remedy, record.original),
                    before=b"<NewsML>",
                    after=b"</NewsML>",
                )
        if not number:
            yield RejectedRecord(
                "1",
                "NewsItem",
                Message("the file has none", code="newsml_1.no_items"),
                "Leave it out of the import.",
            )


READER = Newsml1Reader()
