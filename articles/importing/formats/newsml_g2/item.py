"""One NewsML-G2 news item -> the story that it is: its id, status, dates, notes, and its text."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from typing import Any

from articles.importing.formats.common.iptc import correction_note
from articles.importing.formats.common.news_management import (
    first_date,
    parse_embargo,
    parse_pub_status,
    sortable_xml_date,
)
from articles.importing.formats.common.wire_body import read_wire_body
from articles.importing.formats.common.xml_fields import (
    element_line,
    find_elements,
    first_line,
    prefixed_tags,
    usable_dek,
    usage_terms_that_fit,
)
from articles.importing.formats.common.xml_records import XmlRecord, local_name
from articles.importing.formats.nitf import fields as nitf
from articles.importing.formats.types import ParsedArticle, PubStatus, RecordError
from articles.text.characters import printable
from articles.text.html.plain import plain_text
from articles.text.html.sanitize import paragraphs_to_html
from articles.text.messages import Message

from .concepts import concept_code
from .content_meta import ContentMeta

_STORIES = {"text", "composite", ""}


class NewsmlG2Item:
    """One item on its way: ``notes`` are for the editors, ``removed`` is what stood in the body beside the story."""

    def __init__(self, item: Any) -> None:
        self.item = item
        self.content_meta = ContentMeta(item)
        self.notes = [element_line(element) for element in find_elements(item, "itemMeta/edNote")]
        self.removed: list[str] = []
        self.embargoed_until: datetime | None = None

    def parse(self, record: str, xml_record: XmlRecord) -> ParsedArticle:
        """Put the item together."""
        meta, pub_status = self.content_meta, self._status()
        headline = meta.headline()
        body = read_wire_body(self._body(pub_status), headline, meta.bylines())
        published_at, precision = self._published()
        self._add_notes()
        return ParsedArticle(
            record=record,
            original=xml_record.original,
            ref=self._ref(),
            version=self._version(),
            headline=headline,
            kicker=meta.first_headline("kicker"),
            dek=usable_dek(meta.description(), body.html, headline, self.notes),
            body_html=body.html,
            bylines=body.bylines,
            dateline=meta.dateline() or body.place,
            credit=meta.credit(body.credit),
            usage_terms=usage_terms_that_fit(
                first_line(self.item, "rightsInfo/usageTerms"), self.notes
            ),
            language=meta.language,
            published_at=published_at,
            date_precision=precision,
            embargoed_until=self.embargoed_until,
            pub_status=pub_status,
            tags=tuple(self._tags()),
            qcodes=tuple(meta.coded_topics()),
            correction=correction_note(self.notes[0] if self.notes else "", self._is_marked()),
            people=tuple(meta.subjects("person")),
            organizations=tuple(meta.subjects("organisation")),
            ed_note="\n".join(filter(None, dict.fromkeys(self.notes))),
            removed=tuple(self.removed),
        )

    def _ref(self) -> str:
        ref: str = self.item.get("guid", "").strip()
        if not ref:
            raise RecordError(
                "guid",
                Message("the item has none", code="newsml_g2.no_id"),
                "Export it with the guid that it is known by.",
            )
        return ref

    def _version(self) -> str:
        version: str = self.item.get("version", "").strip()
        return version or sortable_xml_date(first_line(self.item, "itemMeta/versionCreated"))

    def _status(self) -> PubStatus:
        sent = next(
            (concept_code(element) for element in find_elements(self.item, "itemMeta/pubStatus")),
            "",
        )
        pub_status, until = (
            parse_pub_status("pubStatus", sent),
            first_line(self.item, "itemMeta/embargoed"),
        )
        self.embargoed_until, pub_status = parse_embargo(until, pub_status, self.notes)
        return pub_status

    def _body(self, pub_status: PubStatus) -> str:
        """Return the first content that has a text; a kill often has none, and has to come in nevertheless."""
        contents = sorted(
            find_elements(self.item, "contentSet/inlineXML", "contentSet/inlineData"),
            key=self.content_meta.is_foreign,
        )
        for content in contents:
            html, removed = self._html(content)
            if plain_text(html).strip():
                self.removed = removed
                return html
        if pub_status != "usable":
            notice = next(filter(None, self.notes), f"The source sent only: {pub_status}.")
            return paragraphs_to_html([("p", notice)])
        kind = next(
            (concept_code(element) for element in find_elements(self.item, "itemMeta/itemClass")),
            "",
        )
        if kind not in _STORIES:
            reason = Message(
                "%(kind)s without a text is no story",
                {"kind": repr(printable(kind)[:20])},
                "newsml_g2.no_text",
            )
            raise RecordError("itemClass", reason, "Leave it out of the import.")
        if list(find_elements(self.item, "contentSet/remoteContent")):
            raise RecordError(
                "contentSet",
                Message("its text stands elsewhere", code="newsml_g2.text_elsewhere"),
                "Export it with the text inline.",
            )
        return ""

    def _html(self, content: Any) -> tuple[str, list[str]]:
        kind = content.get("contenttype", "").casefold()
        is_data = local_name(content) == "inlineData"
        if is_data and "html" not in kind and content.get("encoding"):
            return "", []
        return nitf.content_of(content, is_plain=is_data and "html" not in kind, is_flat=is_data)

    def _published(self) -> tuple[datetime | None, Any]:
        paths = ("itemMeta/firstCreated", "contentMeta/contentCreated", "itemMeta/versionCreated")
        return first_date([first_line(self.item, path) for path in paths], self.notes)

    def _tags(self) -> Iterator[str]:
        tags = partial(prefixed_tags, notes=self.notes)
        yield from tags(
            "section",
            (
                self.content_meta.name_of(element)
                for element in find_elements(self.item, "itemMeta/service")
            ),
        )
        yield from tags("topic", self.content_meta.subjects("topic"))
        yield from tags("topic", map(element_line, find_elements(self.item, "contentMeta/keyword")))
        yield from tags("place", self.content_meta.subjects("place"))

    def _is_marked(self) -> bool:
        return "correction" in {
            concept_code(element) for element in find_elements(self.item, "itemMeta/signal")
        }

    def _add_notes(self) -> None:
        """Tell the editors what the source says of the item, and what was offered beside the text."""
        signals = {concept_code(entry) for entry in find_elements(self.item, "itemMeta/signal")}
        self.notes += [f"Signal: {entry}" for entry in ("correction", "kill") if entry in signals]
        for entry in find_elements(self.item, "contentSet/remoteContent"):
            values = (
                entry.get("contenttype") or "item",
                entry.get("href") or entry.get("residref"),
            )
            self.notes.append(f"Offered with it, {': '.join(filter(None, values))}")
