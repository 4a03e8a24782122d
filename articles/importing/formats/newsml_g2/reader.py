"""NewsML-G2: news items alone or in a message, read by local name. Source: https://iptc.org/standards/newsml-g2/

Packages, concepts, plans and pictures are refused with that reason. Nothing that an item points to is fetched.
"""

from collections.abc import Iterator
from typing import Any, BinaryIO

from articles.importing.formats.common.xml_records import (
    iter_xml_records,
    local_name,
    xml_root_name,
)
from articles.importing.formats.reader import Reader
from articles.importing.formats.types import ParsedArticle, RecordError, RejectedRecord
from articles.text.messages import Message

from .item import NewsmlG2Item

_NAMESPACE = "http://iptc.org/std/nar/"
_NO_STORIES = {
    "packageItem": Message("a package only lists other items", code="newsml_g2.package"),
    "conceptItem": Message("a concept is no story", code="newsml_g2.concept"),
    "knowledgeItem": Message("a list of concepts is no story", code="newsml_g2.concepts"),
    "planningItem": Message("a plan of coverage is no story", code="newsml_g2.planning"),
    "catalogItem": Message("a catalog is no story", code="newsml_g2.catalog"),
}
_ITEMS = {"newsItem", *_NO_STORIES}


class NewsmlG2Reader(Reader):
    """Reads NewsML-G2."""

    NAME = "newsml-g2"

    def identify(self, head: bytes, name: str) -> bool:
        """Tell whether a file is NewsML-G2, by its root."""
        local, namespace = xml_root_name(head)
        return namespace.startswith(_NAMESPACE) or (
            local in ("newsItem", "newsMessage") and not namespace
        )

    def read(self, stream: BinaryIO, name: str) -> Iterator[ParsedArticle | RejectedRecord]:
        """Yield one outcome an item of ``stream``; its ref is its guid.

        Raises ReadError only when the rest of the file cannot be read.
        """
        number = 0
        for number, record in enumerate(iter_xml_records(stream, _ITEMS), 1):
            try:
                _refuse_other_items(record.element)
                yield NewsmlG2Item(record.element).parse(str(number), record)
            except RecordError as error:
                yield RejectedRecord(
                    str(number), error.field, error.reason, error.remedy, record.original
                )
        if not number:
            yield RejectedRecord(
                "1",
                "newsItem",
                Message("the file has none", code="newsml_g2.no_items"),
                "Leave it out of the import.",
            )


READER = NewsmlG2Reader()


def _refuse_other_items(element: Any) -> None:
    """Raise RecordError for an item that is no news item."""
    name = local_name(element)
    if name in _NO_STORIES:
        raise RecordError(
            name, _NO_STORIES[name], "Leave it out; its stories come as items of their own."
        )
