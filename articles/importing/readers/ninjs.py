"""ninjs 1.x, 2.x and 3.x, as the standard has it and as agencies extend it. Source: https://iptc.org/standards/ninjs/

Also a page of items as the BBC's interface answers (``total``, ``limit``, ``offset``, ``item``).
Unknown fields are passed over. Nothing that an item points to is fetched.
"""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from typing import Any, BinaryIO, cast, get_args

from articles.importing.bylines import read_byline
from articles.importing.iptc import correction, iptc_code
from articles.importing.json_text import first_keys, load, records
from articles.importing.markup import story_part, take_dateline, without_headline
from articles.importing.ninjs_fields import Fields, Labelled, string
from articles.importing.ninjs_pictures import picture
from articles.importing.parsed import ParsedArticle, ParsedName, PubStatus, Refused, Unread
from articles.importing.unfit import Unfit
from articles.text.agencies import agency
from articles.text.chars import printable
from articles.text.dates import Precision, aware, parse_printed
from articles.text.html import paragraphs_to_html, plain_text, sanitise
from articles.text.paragraphs import split
from articles.text.spacing import is_spaced, mend

NAME = "ninjs"

_MARKS = {"guid", "versioncreated", "versionCreated", "pubstatus", "pubStatus", "bodies"}
_MARKS |= {"headlines", "body_text", "body_html", "body_xhtml", "firstcreated"}
_STORIES = {
    "",
    "text",
    "composite",
    "component",
}  # a description may be all the text that these have
_RANKS = ("html", "text", "nitf")
_NO_DEKS = {"caption", "credit", "creditline", "writer", "byline"}
_DEK_LIMIT = 500  # letters; what is longer goes to the editors
_KINDS = {"section", "topic", "series"}
_PAGE = {"total", "offset", "item"}


def identify(head: bytes, name: str) -> bool:
    """Tell whether a file is ninjs, by the keys of its first object; one with ``_id`` is another system's own."""
    keys = first_keys(head)
    is_foreign = any(key.startswith("_") for key in keys)
    is_page = keys >= _PAGE and b'"pubstatus"' in head.lower()
    return not is_foreign and ("uri" in keys or len(keys & _MARKS) > 1 or is_page)


def read(stream: BinaryIO, name: str) -> Iterator[ParsedArticle | Refused]:
    """Yield one outcome an item of ``stream`` (UTF-8; one object, an array or JSON Lines); its ref is its uri.

    Raises ReadError only when the rest of the file cannot be read.
    """
    for one in unread(stream, name):
        yield one.finish() if isinstance(one, Unread) else one


def unread(stream: BinaryIO, name: str) -> Iterator[Unread | Refused]:
    """Yield the items of ``stream`` as ``read`` does, each cut out and not read yet."""
    for number, data in enumerate(records(stream), 1):
        if data is None:
            yield Refused(str(number), "file", "the item has more than 10 MB", "Leave it out.")
        elif (items := _of_page(data)) is None:
            yield Unread(str(number), data, partial(_finished, data, str(number)))
        else:
            for place, item in enumerate(items, 1):
                record, own = f"{number}.{place}", json.dumps(item).encode()
                yield Unread(record, own, partial(outcome, item, record, own))


def _of_page(data: bytes) -> list[Any] | None:
    """Return the items of a page, None for what is no page: that is not even parsed."""
    if not all(f'"{key}"'.encode() in data for key in _PAGE):
        return None
    try:
        value = load(data)
    except Unfit:
        return None
    if not isinstance(value, dict) or not value.keys() >= _PAGE:
        return None
    return value["item"] if isinstance(value["item"], list) else [value["item"]]


def _finished(data: bytes, record: str) -> ParsedArticle | Refused:
    try:
        return outcome(load(data), record, data)
    except Unfit as error:
        return Refused(record, error.field, str(error), error.remedy, data)


def outcome(value: Any, record: str, data: bytes) -> ParsedArticle | Refused:
    """Return what becomes of one item, the value that ``data`` holds."""
    try:
        return parsed(value, record, data)
    except Unfit as error:
        return Refused(record, error.field, str(error), error.remedy, data)


def parsed(value: Any, record: str, data: bytes) -> ParsedArticle:
    """Return the story of one item. Raises Unfit."""
    return _Item(Fields(value)).parsed(record, data)


class _Item:
    """One item on its way: ``notes`` are for the editors, ``removed`` is what stood in the body beside the story."""

    def __init__(self, fields: Fields) -> None:
        self.fields = fields
        self.notes = [fields.text("ednote")]
        self.removed: list[str] = []
        self.embargoed_until: datetime | None = None

    def parsed(self, record: str, data: bytes) -> ParsedArticle:
        """Put the item together."""
        fields, status, headline = self.fields, self._status(), self._headline()
        body_html = without_headline(self._body(), headline)
        body_html, place, signed = take_dateline(body_html)
        published_at, precision = self._published()
        bylines, agencies = self._bylines()
        dek = self._dek(body_html)
        self._note_associations()
        return ParsedArticle(
            record=record,
            original=data,
            ref=self._ref(),
            version=self._version(),
            headline=headline,
            kicker=self._role("headline", "headlines", "kicker"),
            dek=dek,
            body_html=body_html,
            bylines=bylines,
            dateline=fields.text("located") or place,
            credit=self._source() or signed or agencies or fields.text("copyrightholder"),
            language=fields.text("language").replace("_", "-"),
            published_at=published_at,
            date_precision=precision,
            embargoed_until=self.embargoed_until,
            pub_status=status,
            ed_note="\n".join(filter(None, self.notes)),
            tags=tuple(self._tags()),
            qcodes=tuple(self._qcodes()),
            correction=correction(fields.text("ednote")),
            people=tuple(fields.names("person", "people")),
            organizations=tuple(fields.names("organisation", "organisations")),
            remote_picture=picture(fields),
            removed=tuple(self.removed),
        )

    def _ref(self) -> str:
        ref = self.fields.text("uri", "guid")
        if not ref:
            raise Unfit("uri", "the item has none", "Export it with the uri that it is known by.")
        return ref

    def _version(self) -> str:
        """Return the version, or the moment at which this one was made."""
        made = parse_printed(self.fields.text("versioncreated"))
        try:
            stamp = aware(made[0], UTC).isoformat() if made and made[0].tzinfo else ""
        except ValueError:
            stamp = ""
        return self.fields.text("version") or stamp

    def _status(self) -> PubStatus:
        """Return the status; an embargo whose end is not clear withholds the story."""
        status = self.fields.text("pubstatus").casefold() or "usable"
        if status not in get_args(PubStatus):
            known = ", ".join(get_args(PubStatus))
            raise Unfit("pubstatus", f"it is not one of {known}", "Correct it at the source.")
        if embargo := self.fields.text("embargoeduntil", "embargoed"):
            until = parse_printed(embargo)
            if until and until[1] == "minute":
                self.embargoed_until = until[0]
            else:
                self.notes.append(f"Embargo as sent: {embargo}")
                status = "withheld" if status == "usable" else status
        return cast(PubStatus, status)

    def _headline(self) -> str:
        headlines = self.fields.labelled("headline", "headlines")
        main = [one.line for one in headlines if one.role in ("", "main")]
        others = [one.line for one in headlines if one.role != "kicker"]
        return next(filter(None, main + others), self.fields.text("title"))

    def _role(self, one: str, many: str, role: str) -> str:
        texts = self.fields.labelled(one, many)
        return next((text.line for text in texts if text.role == role), "")

    def _body(self) -> str:
        """Return the best body there is; a kill often has none, and has to come in nevertheless."""
        bodies = self.fields.labelled("body", "bodies")
        is_event = self.fields.values.get("eventdetails")
        kind = self.fields.text("type").casefold() or ("event" if is_event else "")
        if not bodies and kind in _STORIES:
            bodies = self._descriptions()
        for body in sorted(bodies, key=lambda one: _RANKS.index(one.kind)):
            if plain_text(html := self._html(body)).strip():
                return html
        notice = self.fields.text("pubstatus").casefold()
        if notice in ("withheld", "canceled"):
            return paragraphs_to_html([("p", self.notes[0] or f"The source sent only: {notice}.")])
        if not bodies and kind not in _STORIES:
            reason = f"{printable(kind)[:20]!r} without a body is no story"
            raise Unfit("type", reason, "Leave it out of the import.")
        return ""

    def _html(self, body: Labelled) -> str:
        if body.kind == "text":
            paragraphs, keeps = split(body.value), is_spaced(body.value)
            lines = (mend(body.value, one.spans, keeps_spaces=keeps)[0] for one in paragraphs)
            return paragraphs_to_html(("p", line) for line in lines)
        markup, removed = story_part(body.value)
        self.removed = removed
        return sanitise(markup)

    def _descriptions(self) -> list[Labelled]:
        found = self.fields.labelled("description", "descriptions")
        return [one for one in found if one.role.partition("_")[0] not in _NO_DEKS]

    def _dek(self, body_html: str) -> str:
        """Return the first description, unless the body begins with it."""
        described = next(iter(self._descriptions()), None)
        line = described.line if described else ""
        opening = " ".join(plain_text(body_html).split())
        if described and described.role != "summary" and opening.startswith(line.rstrip(" .…")):
            return ""
        if len(line) <= _DEK_LIMIT:
            return line
        self.notes.append(f"Description: {line}")
        return ""

    def _bylines(self) -> tuple[tuple[ParsedName, ...], str]:
        """Return who wrote it, and the agencies among them, which are a credit."""
        found = read_byline(self.fields.text("by", "byline"))
        if not found:
            authors = self.fields.entries("authors")
            found = tuple(ParsedName(string(one, "name"), string(one, "role")) for one in authors)
        agencies = dict.fromkeys(filter(None, (agency(one.name) for one in found)))
        return tuple(one for one in found if not agency(one.name)), ", ".join(agencies)

    def _source(self) -> str:
        """Return the source that has no role of its own, as interviewees have."""
        sources = self.fields.entries("infosource", "infosources")
        names = [
            string(one, "name") for one in sources if not one.get("rel") and not one.get("role")
        ]
        return next(filter(None, names), self.fields.text("source"))

    def _published(self) -> tuple[datetime | None, Precision]:
        """Return the first date that is one: of the publication, of the story, of this version."""
        for name in ("firstpublished", "firstcreated", "versioncreated", "contentcreated"):
            sent = self.fields.text(name)
            if found := parse_printed(sent):
                return found
            if sent:
                self.notes.append(f"Date as sent: {sent}")
        return None, "minute"

    def _tags(self) -> Iterator[str]:
        for name in self.fields.names("service"):
            yield f"section:{name}"
        for subject in self.fields.entries("subject", "subjects"):
            if tag := _subject_tag(subject):
                yield tag
        for name in self.fields.names("place", "places"):
            yield f"place:{name}"

    def _qcodes(self) -> Iterator[tuple[str, str]]:
        """Yield the subjects that have a code of IPTC's, each with its code."""
        for subject in self.fields.entries("subject", "subjects"):
            scheme = str(subject.get("scheme") or "")
            sent = (str(subject.get(name) or "") for name in ("uri", "qcode", "code", "literal"))
            codes = filter(None, (iptc_code(one, scheme) for one in sent))
            if (tag := _subject_tag(subject)) and (code := next(codes, "")):
                yield tag, code

    def _note_associations(self) -> None:
        """Tell the editors what was offered beside the text."""
        for item in self.fields.associations():
            texts = [
                *(one.line for one in item.labelled("description", "descriptions")[:1]),
                *(one.line for one in item.labelled("headline", "headlines")[:1]),
                item.text("title"),
            ]
            words = next(filter(None, texts), "")
            credit = item.text("by", "byline", "source", "copyrightholder")
            parts = (words, f"({credit})" if credit else "", item.text("uri", "guid"))
            said = " ".join(filter(None, parts))
            self.notes.append(f"Offered with it, {item.text('type') or 'item'}: {said}")


def _subject_tag(subject: dict[str, Any]) -> str:
    kind = string(subject, "literal").partition(":")[0]
    name = " ".join(printable(string(subject, "name")).split())
    return f"{kind if kind in _KINDS else 'topic'}:{name}" if name else ""
