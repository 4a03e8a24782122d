"""NITF of every version, read by local name: real files seldom follow their schema. Source: https://iptc.org/standards/nitf/

Unknown elements are passed over. Nothing that a story points to is fetched.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any, BinaryIO

from lxml import etree

from articles.importing.iptc import correction, iptc_code
from articles.importing.markup import story_part, take_dateline, without_headline
from articles.importing.parsed import ParsedArticle, ParsedName, PubStatus, Refused
from articles.importing.safe_xml import Record, local_name, records, root_of
from articles.importing.unfit import Unfit
from articles.importing.xml_fields import (
    as_dek,
    as_tags,
    embargo,
    every,
    first_date,
    first_line,
    inner,
    language,
    line,
    markup,
    moment,
    part_agencies,
    plain,
    signed,
    stamp,
    status,
    take_byline,
    take_place,
    usage,
)
from articles.text.agencies import agency
from articles.text.chars import printable
from articles.text.html import paragraphs_to_html, sanitise

NAME = "nitf"

_HEAD, _DOCDATA = "body/body.head", "head/docdata"
_CREDIT_LIMIT = 160  # letters
_TEXTS = {"html", "body", "body.content", "div", "section", "article", "main", "p", "block"}
_TEXTS |= {"h1", "h2", "h3", "h4", "hl2", "ul", "ol", "table", "pre", "blockquote"}


def identify(head: bytes, name: str) -> bool:
    """Tell whether a file is NITF, by its root; NITF inside of another format is that format's."""
    return root_of(head)[0] == "nitf"


def read(stream: BinaryIO, name: str) -> Iterator[ParsedArticle | Refused]:
    """Yield the one story of ``stream``; its ref is its doc-id.

    Raises ReadError only when the rest of the file cannot be read.
    """
    for number, record in enumerate(records(stream, {"nitf"}), 1):
        try:
            yield _Story(record.element).parsed(str(number), record)
        except Unfit as error:
            yield Refused(str(number), error.field, str(error), error.remedy, record.original)


def headline_of(nitf: Any) -> str:
    """Return the headline of a story."""
    lines = (f"{_HEAD}/hedline/hl1", f"{_HEAD}/hedline", f"{_HEAD}/headline", "head/title")
    return first_line(nitf, *lines)


def abstract_of(nitf: Any) -> str:
    """Return what stands between headline and text."""
    for abstract in every(nitf, f"{_HEAD}/abstract"):
        if words := first_line(abstract, "p", "hl2") or (
            line(abstract) if not len(abstract) else ""
        ):
            return words
    return first_line(nitf, f"{_HEAD}/hedline/hl2")


def bylines_of(nitf: Any) -> Iterator[ParsedName]:
    """Yield who signed a story, with what they are there."""
    for printed in every(nitf, f"{_HEAD}/byline"):
        role = first_line(printed, "byttl")
        persons = list(every(printed, "person"))
        for person in persons:
            yield from signed(line(person), role if len(role) <= 80 else "")
        if not persons:
            words = line(printed)
            yield from signed(
                words.removesuffix(role).rstrip(" ,"), role if len(role) <= 80 else ""
            )


def dateline_of(nitf: Any) -> str:
    """Return the place of a story: its city, else what is printed there."""
    for dateline in every(nitf, f"{_HEAD}/dateline"):
        for place in inner(dateline, "city", "location", "state", "country"):
            if words := line(place):
                return line(next(inner(place, "city"), place)) or words
        if not list(inner(dateline, "story.date")) and (words := take_place(line(dateline))):
            return words
    return ""


def body_of(nitf: Any) -> tuple[str, list[str]]:
    """Return the text of a story sanitised, and the words of its pictures."""
    html = ""
    removed: list[str] = []
    for content in every(nitf, "body/body.content"):
        part, words = markup(content)
        html, removed = "\n".join(filter(None, (html, part))), removed + words
    return html, removed


def content_of(content: Any, *, is_plain: bool, is_flat: bool) -> tuple[str, list[str]]:
    """Return what NewsML holds as a text: NITF, XHTML, HTML as a ``is_flat`` string, or an ``is_plain`` text.

    Empty for elements of another kind.
    """
    if is_plain:
        return paragraphs_to_html(("p", one) for one in plain(content.xpath("string()"))), []
    if is_flat or not len(content):
        story, removed = story_part(content.xpath("string()"))
        return sanitise(story), removed
    if (inline := next(inner(content, "nitf"), None)) is not None:
        return body_of(inline)
    if not all(local_name(one).casefold() in _TEXTS for one in content.iterchildren(etree.Element)):
        return "", []
    return markup(next(inner(content, "body", "BODY", "body.content"), content))


def credit_of(nitf: Any) -> str:
    """Return who distributed a story, or whose name closes it."""
    words = first_line(nitf, f"{_HEAD}/distributor")
    tagline = first_line(nitf, "body/body.end/tagline")
    return next((one for one in (words, tagline) if one and len(one) <= _CREDIT_LIMIT), "")


class _Story:
    """One story on its way; ``notes`` are for the editors."""

    def __init__(self, nitf: Any) -> None:
        self.nitf = nitf
        self.notes: list[str] = []
        self.embargoed_until: datetime | None = None

    def parsed(self, record: str, found: Record) -> ParsedArticle:
        """Put the story together."""
        nitf, pub_status = self.nitf, self._status()
        headline = headline_of(nitf)
        body_html, removed = body_of(nitf)
        body_html = without_headline(body_html, headline)
        bylines, agencies = part_agencies(bylines_of(nitf))
        body_html, bylines = take_byline(body_html, bylines)
        body_html, place, signature = take_dateline(body_html)
        self._note()
        if not body_html and pub_status != "usable":
            said = next(filter(None, self.notes), f"The source sent only: {pub_status}.")
            body_html = paragraphs_to_html([("p", said)])
        published_at, precision = self._published()
        credit = credit_of(nitf) or signature or agencies or self._owner()
        return ParsedArticle(
            record=record,
            original=found.original,
            ref=self._ref(),
            version=self._version(),
            headline=headline,
            dek=as_dek(abstract_of(nitf), body_html, headline, self.notes),
            body_html=body_html,
            bylines=bylines,
            dateline=dateline_of(nitf) or place,
            credit=agency(credit) or credit,
            language=(nitf.get("baselang") or language(nitf)).replace("_", "-"),
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
        for one in every(self.nitf, f"{_DOCDATA}/{path}", f"head/{path}", f"docdata/{path}"):
            if value := " ".join(one.get(name, "").split()):
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
        day = moment(self._value("date.issue", "norm"))
        return ref or (f"{key} {day[0]:%Y-%m-%d}" if key and day else "")

    def _version(self) -> str:
        """Return the version of the key, or the moment of issue."""
        return self._value("du-key", "version") or stamp(self._value("date.issue", "norm"))

    def _status(self) -> PubStatus:
        """Return the status; an embargo whose end is not clear withholds the story."""
        sent = next((one.get("management-status", "") for one in every(self.nitf, _DOCDATA)), "")
        is_embargoed = sent.strip().casefold() == "embargoed"
        found = status("management-status", "usable" if is_embargoed else sent)
        release, issue = self._value("date.release", "norm"), self._value("date.issue", "norm")
        until, issued = moment(release), moment(issue)
        if until and until[1] == "minute" and not is_embargoed and not _is_later(until[0], issued):
            return found
        if not is_embargoed and not re.search("[1-9]", release):  # a mask as YYYYMMDD
            return found
        self.embargoed_until, found = embargo(release or "without an end", found, self.notes)
        return found

    def _published(self) -> tuple[datetime | None, Any]:
        sent = [self._value("date.issue", "norm"), self._value("date.release", "norm")]
        sent += [one.get("norm", "") for one in every(self.nitf, f"{_HEAD}/dateline/story.date")]
        sent.append(self._value("pubdata", "date.publication"))
        return first_date([one for one in sent if re.search("[1-9]", one)], self.notes)

    def _owner(self) -> str:
        owners = (self._value("doc.copyright", "holder"), self._value("doc.rights", "owner"))
        return next((one for one in owners if one and len(one) <= _CREDIT_LIMIT), "")

    def _tags(self) -> Iterator[str]:
        keywords = (
            one.get("key") or line(one) for one in every(self.nitf, f"{_DOCDATA}/key-list/keyword")
        )
        yield from as_tags("topic", keywords, self.notes)
        kinds = ("detail", "matter", "type")
        for subject in every(self.nitf, "head/tobject/tobject.subject"):
            names = (subject.get(f"tobject.subject.{kind}") for kind in kinds)
            yield from as_tags("topic", iter([next(filter(None, names), "")]), self.notes)
        yield from as_tags("place", self._identified("location"), self.notes)
        yield from as_tags("place", self._values("evloc", "city"), self.notes)
        yield from as_tags("series", self._values("series", "series.name"), self.notes)

    def _identified(self, name: str) -> Iterator[str]:
        for one in every(self.nitf, f"{_DOCDATA}/identified-content/{name}"):
            yield first_line(one, "city") or line(one)

    def _qcodes(self) -> Iterator[tuple[str, str]]:
        """Yield the subjects with a code, each with the finest name that it has."""
        for one in every(self.nitf, "head/tobject/tobject.subject"):
            names = (
                one.get(f"tobject.subject.{part}", "") for part in ("detail", "matter", "type")
            )
            name = " ".join(printable(next(filter(None, names), "")).split())
            code = iptc_code(one.get("tobject.subject.refnum", ""), "subj")
            for tag in as_tags("topic", iter([name] if code else []), []):
                yield tag, code

    def _correction(self) -> str:
        """Return what it corrects: as it says, else as the editors are told of a version that is one."""
        words, note = self._value("correction", "info"), next(filter(None, self.notes), "")
        return correction(words or note, bool(words or self._value("correction", "id-string")))

    def _note(self) -> None:
        """Tell the editors what the source says to them."""
        self.notes += self._values("ed-msg", "info")
        self.notes += [line(one) for one in every(self.nitf, f"{_HEAD}/note")]
        self.notes += [
            f"It says of {of}: {said}"
            for one in every(self.nitf, _DOCDATA)
            if (of := one.get("management-doc-idref"))
            and (said := one.get("management-idref-status"))
        ]
        tagline = first_line(self.nitf, "body/body.end/tagline")
        if tagline and tagline != credit_of(self.nitf):
            self.notes.append(tagline)
        self.notes.append(usage(self._value("doc.rights", "limitations")))


def _is_later(until: datetime, issued: tuple[datetime, Any] | None) -> bool:
    """Tell whether the release comes after the issue; when they cannot be compared, it counts."""
    if not issued or bool(issued[0].tzinfo) != bool(until.tzinfo):
        return True
    return until > issued[0]
