"""One NewsML 1 item -> the story that it is, by its identifier, its management and its lines."""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from articles.importing.formats.common.bylines import byline_names, first_credit
from articles.importing.formats.common.iptc import correction_note, iptc_code, top_topic
from articles.importing.formats.common.news_management import (
    first_date,
    parse_embargo,
    parse_pub_status,
    sortable_xml_date,
)
from articles.importing.formats.common.wire_body import read_wire_body
from articles.importing.formats.common.xml_fields import (
    dateline_place,
    descendants,
    element_language,
    element_line,
    find_elements,
    first_line,
    prefixed_tags,
    usable_dek,
    usage_terms_that_fit,
)
from articles.importing.formats.common.xml_records import XmlRecord
from articles.importing.formats.newsml_1.languages import other_language_notes
from articles.importing.formats.types import ParsedArticle, ParsedName, PubStatus, RecordError
from articles.text.characters import printable
from articles.text.messages import Message
from articles.text.names.agencies import find_agency

from .news_components import NewsComponents

_FORMAL_NAME = "FormalName"
_SUBJECTS = ("Subject", "SubjectMatter", "SubjectDetail", "SubjectQualifier")
_SUBJECT = "DescriptiveMetadata/SubjectCode"
_STATUSES = {
    "usable": "usable",
    "embargoed": "usable",
    "canceled": "canceled",
    "withheld": "withheld",
}
_STATUSES |= {"cancelled": "canceled", "killed": "canceled", "withdrawn": "canceled", "": "usable"}


class Newsml1Item:
    """One item on its way to a story; ``notes`` are for the editors."""

    def __init__(self, item: Any) -> None:
        self.item = item
        self.notes: list[str] = []
        self.embargoed_until: datetime | None = None
        self.components = NewsComponents(item)
        story = self.components.story
        self.component_chain = [story, *story.iterancestors("{*}NewsComponent")]

    def parse(self, record: str, xml_record: XmlRecord) -> ParsedArticle:
        """Put the item together."""
        pub_status, headline = (
            self._status(),
            self._line("HeadLine") or self.components.line_of("headline"),
        )
        self._add_notes()
        body = read_wire_body(self._body(pub_status), headline, self._bylines())
        published_at, precision = self._published()
        summary = self._line("SubHeadLine") or self.components.line_of("abstract")
        return ParsedArticle(
            record=record,
            original=xml_record.original,
            ref=self._ref(),
            version=self._version(),
            headline=headline,
            dek=usable_dek(summary, body.html, headline, self.notes),
            body_html=body.html,
            bylines=body.bylines,
            dateline=dateline_place(self._line("DateLine").partition(", ")[0]) or body.place,
            credit=self._credit(body.credit),
            usage_terms=usage_terms_that_fit(self._line("UsageTerms"), self.notes),
            language=self._language(),
            published_at=published_at,
            date_precision=precision,
            embargoed_until=self.embargoed_until,
            pub_status=pub_status,
            tags=tuple(dict.fromkeys(self._tags())),
            qcodes=tuple(dict.fromkeys(self._coded())),
            correction=correction_note(self._comment(), self._is_correction()),
            ed_note="\n".join(filter(None, dict.fromkeys(self.notes))),
            removed=tuple(self.components.removed),
        )

    def _body(self, pub_status: PubStatus) -> str:
        """Return the text; a kill often has none, and has to come in nevertheless."""
        sent_only = f"The source sent only: {pub_status}." if pub_status != "usable" else ""
        return self.components.body_html(sent_only and (self._comment() or sent_only))

    def _identified(self, name: str) -> str:
        return first_line(self.item, f"Identification/NewsIdentifier/{name}")

    def _ref(self) -> str:
        """Return the id that stays over revisions; a public one only when it is the item's own."""
        provider, own = self._identified("ProviderId"), self._identified("NewsItemId")
        day = self._identified("DateId")
        if "T" in day:  # some write the moment of the revision there
            day = first_line(self.item, "NewsManagement/FirstCreated") or day
        if own:
            own = re.sub(rf"[-_.]v{re.escape(self._identified('RevisionId') or '?')}\Z", "", own)
            return ":".join(filter(None, (provider, day[:8], own)))
        if public := self._identified("PublicIdentifier"):
            revision = re.escape(self._identified("RevisionId"))
            return re.sub(rf":{revision}[NUA]?\Z", "", public) if revision else public
        raise RecordError(
            "NewsItemId",
            Message("the item has none", code="newsml_1.no_id"),
            "Export it with its id.",
        )

    def _version(self) -> str:
        revision = self._identified("RevisionId")
        return revision or sortable_xml_date(
            first_line(self.item, "NewsManagement/ThisRevisionCreated")
        )

    def _managed(self, name: str) -> str:
        values = (
            element.get(_FORMAL_NAME, "")
            for element in find_elements(self.item, f"NewsManagement/{name}")
        )
        return next(filter(None, values), "").strip().casefold()

    def _status(self) -> PubStatus:
        """Return the status; an embargo ends when its status will change, else the story is withheld."""
        sent = self._managed("Status")
        pub_status = parse_pub_status("Status", _STATUSES.get(sent, sent))
        changes = list(find_elements(self.item, "NewsManagement/StatusWillChange"))
        release = next(
            filter(None, (first_line(element, "DateAndTime") for element in changes)), ""
        )
        if sent == "embargoed":
            self.embargoed_until, pub_status = parse_embargo(
                release or "without an end", pub_status, self.notes
            )
        elif changes:
            future_status = next(
                (
                    element.get(_FORMAL_NAME, "")
                    for element in find_elements(changes[0], "FutureStatus")
                ),
                "",
            )
            self.notes.append(f"Its status will change: {future_status} {release}".strip())
        return pub_status

    def _lines(self, name: str) -> Iterator[str]:
        """Yield lines of the story's component, then of those around it."""
        for component in self.component_chain:
            yield from filter(
                None, map(element_line, find_elements(component, f"NewsLines/{name}"))
            )

    def _line(self, name: str) -> str:
        return next(self._lines(name), "")

    def _described(self, path: str) -> Iterator[Any]:
        for component in self.component_chain:
            yield from find_elements(component, path)

    def _language(self) -> str:
        languages = (
            element.get(_FORMAL_NAME, "")
            for element in self._described("DescriptiveMetadata/Language")
        )
        tag = (
            next(filter(None, languages), "")
            or element_language(self.components.story)
            or self.components.base_language
        )
        return (tag.lower() if tag.isupper() else tag).replace("_", "-")

    def _bylines(self) -> Iterator[ParsedName]:
        title = self._line("ByLineTitle")
        yield from byline_names(self._line("ByLine"), title if len(title) <= 80 else "")

    def _credit(self, signature: str) -> str:
        """Return the nearest source: the line, the source, the signature, the provider."""
        candidates = [self._line("CreditLine")]
        for path in ("Source", "Provider"):
            paths = f"AdministrativeMetadata/{path}/Party"
            candidates += [candidate.get(_FORMAL_NAME, "") for candidate in self._described(paths)]
            candidates.append(signature)
        lines = (" ".join(printable(candidate).split()) for candidate in candidates)
        credit = first_credit(lines)
        return find_agency(credit) or credit

    def _published(self) -> tuple[datetime | None, Any]:
        names = ("FirstCreated", "ThisRevisionCreated")
        sent = [first_line(self.item, f"NewsManagement/{name}") for name in names]
        return first_date([*sent, self._identified("DateId")], self.notes)

    def _tags(self) -> Iterator[str]:
        keywords = (word for item in self._lines("KeywordLine") for word in re.split("[;,]", item))
        yield from prefixed_tags("topic", map(str.strip, keywords), self.notes)
        yield from (tag for tag, _ in self._coded())
        cities = self._described("DescriptiveMetadata/Location/Property")
        city_names = (item.get("Value", "") for item in cities if item.get(_FORMAL_NAME) == "City")
        yield from prefixed_tags(
            "place", (" ".join(printable(item).split()) for item in city_names), self.notes
        )

    def _coded(self) -> Iterator[tuple[str, str]]:
        """Yield the tops of the subjects' codes: the codes come without names, and tops are known by heart."""
        for code in self._codes():
            name, top = top_topic(code)
            if name:
                yield f"topic:{name}", top

    def _codes(self) -> Iterator[str]:
        for subject in self._described(_SUBJECT):
            for element in descendants(subject, *_SUBJECTS):
                yield from filter(None, [iptc_code(element.get(_FORMAL_NAME, ""), "subj")])

    def _comment(self) -> str:
        return first_line(self.item, "Comment", "NewsManagement/Comment", "Update/Comment")

    def _is_correction(self) -> bool:
        revision = next(find_elements(self.item, "Identification/NewsIdentifier/RevisionId"), None)
        kinds = [self._managed("NewsItemType"), self._managed("Instruction")]
        kinds.append(revision.get("Update", "") if revision is not None else "")
        return any("correct" in kind or kind == "rectify" for kind in kinds)

    def _add_notes(self) -> None:
        """Tell the editors what the source says to them and what stands beside the text."""
        self.notes.append(self._comment())
        fine_codes = [
            entry for entry in dict.fromkeys(self._codes()) if not entry.endswith("000000")
        ]
        self.notes.append(
            f"Subject codes without names: {', '.join(fine_codes)}" if fine_codes else ""
        )
        for entry in descendants(self.item, "ContentItem"):
            if href := " ".join(printable(entry.get("Href", "")).split()):
                kinds = (
                    kind.get(_FORMAL_NAME, "")
                    for kind in find_elements(entry, "MediaType", "MimeType")
                )
                kind = printable(next(filter(None, kinds), "item")).strip()
                self.notes.append(f"Offered with it, {kind}: {href}")
        self.notes += other_language_notes(
            self.item,
            self.components.base_language,
            lambda entry: bool(self.components.html_of(entry)[0]),
        )
