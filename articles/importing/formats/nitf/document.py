"""One NITF document -> the story that it is: its ids, dates, status, subjects and notes from the docdata."""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from articles.importing.formats.common.bylines import first_credit
from articles.importing.formats.common.iptc import correction_note, iptc_code
from articles.importing.formats.common.news_management import (
    first_date,
    parse_embargo,
    parse_pub_status,
    parse_xml_date,
    sortable_xml_date,
)
from articles.importing.formats.common.wire_body import read_wire_body
from articles.importing.formats.common.xml_fields import (
    element_language,
    element_line,
    find_elements,
    first_line,
    prefixed_tags,
    usable_dek,
    usage_terms_that_fit,
)
from articles.importing.formats.common.xml_records import XmlRecord
from articles.importing.formats.types import ParsedArticle, PubStatus
from articles.text.characters import printable
from articles.text.html.sanitize import paragraphs_to_html
from articles.text.names.agencies import find_agency

from .fields import abstract_of, body_html_of, bylines_of, credit_of, dateline_of, headline_of

_HEAD, _DOCDATA = "body/body.head", "head/docdata"


class NitfDocument:
    """One document on its way to a story; ``notes`` are for the editors."""

    def __init__(self, nitf: Any) -> None:
        self.nitf = nitf
        self.notes: list[str] = []
        self.embargoed_until: datetime | None = None

    def parse(self, record: str, xml_record: XmlRecord) -> ParsedArticle:
        """Put the story together."""
        nitf, pub_status = self.nitf, self._status()
        headline = headline_of(nitf)
        body_html, removed = body_html_of(nitf)
        body = read_wire_body(body_html, headline, bylines_of(nitf))
        self._add_notes()
        body_html = body.html
        if not body_html and pub_status != "usable":
            notice = next(filter(None, self.notes), f"The source sent only: {pub_status}.")
            body_html = paragraphs_to_html([("p", notice)])
        published_at, precision = self._published()
        credit = credit_of(nitf) or body.credit or self._owner()
        return ParsedArticle(
            record=record,
            original=xml_record.original,
            ref=self._ref(),
            version=self._version(),
            headline=headline,
            dek=usable_dek(abstract_of(nitf), body_html, headline, self.notes),
            body_html=body_html,
            bylines=body.bylines,
            dateline=dateline_of(nitf) or body.place,
            credit=find_agency(credit) or credit,
            usage_terms=usage_terms_that_fit(self._value("doc.rights", "limitations"), self.notes),
            language=(nitf.get("baselang") or element_language(nitf)).replace("_", "-"),
            published_at=published_at,
            date_precision=precision,
            embargoed_until=self.embargoed_until,
            pub_status=pub_status,
            tags=tuple(self._tags()),
            qcodes=tuple(self._qcodes()),
            correction=self._correction(),
            people=tuple(self._identified("person")),
            organizations=tuple(self._identified("org")),
            ed_note="\n".join(filter(None, dict.fromkeys(self.notes))),
            removed=tuple(removed),
        )

    def _values(self, path: str, name: str) -> Iterator[str]:
        """Yield the values of an attribute; docdata stands at times in the wrong place."""
        for element in find_elements(
            self.nitf, f"{_DOCDATA}/{path}", f"head/{path}", f"docdata/{path}"
        ):
            if value := " ".join(element.get(name, "").split()):
                yield value

    def _value(self, path: str, name: str) -> str:
        return next(self._values(path, name), "")

    def _ref(self) -> str:
        """Return the document's id, without the version that some append to the key of the story.

        A key alone is used anew each day; a story with neither is known by its content.
        """
        ref, key = self._value("doc-id", "id-string"), self._value("du-key", "key")
        if ref and key and re.fullmatch(r"[_:.-]v?\d+", ref.removeprefix(key)):
            return key
        day = parse_xml_date(self._value("date.issue", "norm"))
        return ref or (f"{key} {day[0]:%Y-%m-%d}" if key and day else "")

    def _version(self) -> str:
        """Return the version of the key, or the moment of issue."""
        return self._value("du-key", "version") or sortable_xml_date(
            self._value("date.issue", "norm")
        )

    def _status(self) -> PubStatus:
        """Return the status; an embargo whose end is not clear withholds the story."""
        sent = next(
            (
                element.get("management-status", "")
                for element in find_elements(self.nitf, _DOCDATA)
            ),
            "",
        )
        is_embargoed = sent.strip().casefold() == "embargoed"
        pub_status = parse_pub_status("management-status", "usable" if is_embargoed else sent)
        release, issue = self._value("date.release", "norm"), self._value("date.issue", "norm")
        until, issued = parse_xml_date(release), parse_xml_date(issue)
        if until and until[1] == "minute" and not is_embargoed and not _is_later(until[0], issued):
            return pub_status
        if not is_embargoed and not re.search("[1-9]", release):  # a mask as YYYYMMDD
            return pub_status
        self.embargoed_until, pub_status = parse_embargo(
            release or "without an end", pub_status, self.notes
        )
        return pub_status

    def _published(self) -> tuple[datetime | None, Any]:
        sent = [self._value("date.issue", "norm"), self._value("date.release", "norm")]
        sent += [
            date.get("norm", "")
            for date in find_elements(self.nitf, f"{_HEAD}/dateline/story.date")
        ]
        sent.append(self._value("pubdata", "date.publication"))
        return first_date([date for date in sent if re.search("[1-9]", date)], self.notes)

    def _owner(self) -> str:
        owners = (self._value("doc.copyright", "holder"), self._value("doc.rights", "owner"))
        return first_credit(owners)

    def _tags(self) -> Iterator[str]:
        keywords = (
            keyword.get("key") or element_line(keyword)
            for keyword in find_elements(self.nitf, f"{_DOCDATA}/key-list/keyword")
        )
        yield from prefixed_tags("topic", keywords, self.notes)
        kinds = ("detail", "matter", "type")
        for subject in find_elements(self.nitf, "head/tobject/tobject.subject"):
            names = (subject.get(f"tobject.subject.{kind}") for kind in kinds)
            yield from prefixed_tags("topic", iter([next(filter(None, names), "")]), self.notes)
        yield from prefixed_tags("place", self._identified("location"), self.notes)
        yield from prefixed_tags("place", self._values("evloc", "city"), self.notes)
        yield from prefixed_tags("series", self._values("series", "series.name"), self.notes)

    def _identified(self, name: str) -> Iterator[str]:
        for element in find_elements(self.nitf, f"{_DOCDATA}/identified-content/{name}"):
            yield first_line(element, "city") or element_line(element)

    def _qcodes(self) -> Iterator[tuple[str, str]]:
        """Yield the subjects with a code, each with the finest name that it has."""
        for subject in find_elements(self.nitf, "head/tobject/tobject.subject"):
            names = (
                subject.get(f"tobject.subject.{kind}", "") for kind in ("detail", "matter", "type")
            )
            name = " ".join(printable(next(filter(None, names), "")).split())
            code = iptc_code(subject.get("tobject.subject.refnum", ""), "subj")
            for tag in prefixed_tags("topic", iter([name] if code else []), []):
                yield tag, code

    def _correction(self) -> str:
        """Return what it corrects: as it says, else as the editors are told of a version that is one."""
        info, note = self._value("correction", "info"), next(filter(None, self.notes), "")
        return correction_note(info or note, bool(info or self._value("correction", "id-string")))

    def _add_notes(self) -> None:
        """Tell the editors what the source says to them."""
        self.notes += self._values("ed-msg", "info")
        self.notes += [
            element_line(element) for element in find_elements(self.nitf, f"{_HEAD}/note")
        ]
        self.notes += [
            f"It says of {doc_id}: {status}"
            for element in find_elements(self.nitf, _DOCDATA)
            if (doc_id := element.get("management-doc-idref"))
            and (status := element.get("management-idref-status"))
        ]
        tagline = first_line(self.nitf, "body/body.end/tagline")
        if tagline and tagline != credit_of(self.nitf):
            self.notes.append(tagline)


def _is_later(until: datetime, issued: tuple[datetime, Any] | None) -> bool:
    """Tell whether the release comes after the issue; when they cannot be compared, it counts."""
    if not issued or bool(issued[0].tzinfo) != bool(until.tzinfo):
        return True
    return until > issued[0]
