"""One ninjs item -> the story that it is: its best body, its headline, its dates, its subjects."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, cast, get_args

from articles.importing.formats.common.bylines import read_byline, split_agencies
from articles.importing.formats.common.iptc import correction_note, iptc_code
from articles.importing.formats.common.markup import (
    extract_story_markup,
    strip_headline,
    take_dateline,
)
from articles.importing.formats.common.xml_fields import plain_paragraphs, usage_terms_that_fit
from articles.importing.formats.ninjs.fields import LabelledText, NinjsFields, entry_text
from articles.importing.formats.ninjs.pictures import lead_picture
from articles.importing.formats.types import ParsedArticle, ParsedName, PubStatus, RecordError
from articles.text.characters import printable
from articles.text.dates import Precision, aware, parse_printed
from articles.text.html.plain import plain_text
from articles.text.html.sanitize import paragraphs_to_html, sanitise
from articles.text.messages import Message

# A description may be all the text that these have.
_STORIES = {"", "text", "composite", "component"}
_RANKS = ("html", "text", "nitf")
_NO_DEKS = {"caption", "credit", "creditline", "writer", "byline"}
_DEK_LIMIT = 500  # letters; what is longer goes to the editors
_KINDS = {"section", "topic", "series"}


def parse_item(value: Any, record: str, data: bytes) -> ParsedArticle:
    """Return the story of one item. Raises RecordError."""
    return NinjsItem(NinjsFields(value)).parse(record, data)


class NinjsItem:
    """One item on its way: ``notes`` are for the editors, ``removed`` is what stood in the body beside the story."""

    def __init__(self, fields: NinjsFields) -> None:
        self.fields = fields
        self.notes = [fields.text("ednote")]
        self.removed: list[str] = []
        self.embargoed_until: datetime | None = None

    def parse(self, record: str, data: bytes) -> ParsedArticle:
        """Put the item together."""
        fields, status, headline = self.fields, self._status(), self._headline()
        body_html = strip_headline(self._body(), headline)
        body_html, place, signature = take_dateline(body_html)
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
            credit=self._source() or signature or agencies or fields.text("copyrightholder"),
            usage_terms=usage_terms_that_fit(
                " ".join(fields.text("usageterms").split()), self.notes
            ),
            language=fields.text("language").replace("_", "-"),
            published_at=published_at,
            date_precision=precision,
            embargoed_until=self.embargoed_until,
            pub_status=status,
            ed_note="\n".join(filter(None, self.notes)),
            tags=tuple(self._tags()),
            qcodes=tuple(self._qcodes()),
            correction=correction_note(fields.text("ednote")),
            people=tuple(fields.names("person", "people")),
            organizations=tuple(fields.names("organisation", "organisations")),
            remote_picture=lead_picture(fields),
            removed=tuple(self.removed),
        )

    def _ref(self) -> str:
        ref = self.fields.text("uri", "guid")
        if not ref:
            reason = Message("the item has none", code="ninjs.no_uri")
            raise RecordError("uri", reason, Message("Export it with the uri that it is known by."))
        return ref

    def _version(self) -> str:
        """Return the version, or the moment at which this one was made."""
        created = parse_printed(self.fields.text("versioncreated"))
        try:
            stamp = aware(created[0], UTC).isoformat() if created and created[0].tzinfo else ""
        except ValueError:
            stamp = ""
        return self.fields.text("version") or stamp

    def _status(self) -> PubStatus:
        """Return the status; an embargo whose end is not clear withholds the story."""
        status = self.fields.text("pubstatus").casefold() or "usable"
        if status not in get_args(PubStatus):
            choices = ", ".join(get_args(PubStatus))
            reason = Message(
                "it is not one of %(choices)s", {"choices": choices}, "ninjs.pubstatus"
            )
            raise RecordError("pubstatus", reason, Message("Correct it at the source."))
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
        main = [headline.line for headline in headlines if headline.role in ("", "main")]
        others = [headline.line for headline in headlines if headline.role != "kicker"]
        return next(filter(None, main + others), self.fields.text("title"))

    def _role(self, singular: str, plural: str, role: str) -> str:
        texts = self.fields.labelled(singular, plural)
        return next((text.line for text in texts if text.role == role), "")

    def _body(self) -> str:
        """Return the best body there is; a kill often has none, and has to come in nevertheless."""
        body_texts = self.fields.labelled("body", "bodies")
        is_event = self.fields.values.get("eventdetails")
        kind = self.fields.text("type").casefold() or ("event" if is_event else "")
        if not body_texts and kind in _STORIES:
            body_texts = self._descriptions()
        for body in sorted(body_texts, key=lambda text: _RANKS.index(text.kind)):
            if plain_text(html := self._html(body)).strip():
                return html
        notice = self.fields.text("pubstatus").casefold()
        if notice in ("withheld", "canceled"):
            return paragraphs_to_html([("p", self.notes[0] or f"The source sent only: {notice}.")])
        if not body_texts and kind not in _STORIES:
            reason = Message(
                "%(kind)s without a body is no story",
                {"kind": repr(printable(kind)[:20])},
                "ninjs.no_body",
            )
            raise RecordError("type", reason, Message("Leave it out of the import."))
        return ""

    def _html(self, body: LabelledText) -> str:
        if body.kind == "text":
            return paragraphs_to_html(("p", line) for line in plain_paragraphs(body.value))
        markup, removed = extract_story_markup(body.value)
        self.removed = removed
        return sanitise(markup)

    def _descriptions(self) -> list[LabelledText]:
        descriptions = self.fields.labelled("description", "descriptions")
        return [
            description
            for description in descriptions
            if description.role.partition("_")[0] not in _NO_DEKS
        ]

    def _dek(self, body_html: str) -> str:
        """Return the first description, unless the body begins with it."""
        described = next(iter(self._descriptions()), None)
        line = described.line if described else ""
        start = " ".join(plain_text(body_html).split())
        if described and described.role != "summary" and start.startswith(line.rstrip(" .…")):
            return ""
        if len(line) <= _DEK_LIMIT:
            return line
        self.notes.append(f"Description: {line}")
        return ""

    def _bylines(self) -> tuple[tuple[ParsedName, ...], str]:
        """Return who wrote it, and the agencies among them, which are a credit."""
        signers = read_byline(self.fields.text("by", "byline"))
        if not signers:
            authors = self.fields.entries("authors")
            signers = tuple(
                ParsedName(entry_text(signer, "name"), entry_text(signer, "role"))
                for signer in authors
            )
        return split_agencies(signers)

    def _source(self) -> str:
        """Return the source that has no role of its own, as interviewees have."""
        sources = self.fields.entries("infosource", "infosources")
        names = [
            entry_text(source, "name")
            for source in sources
            if not source.get("rel") and not source.get("role")
        ]
        return next(filter(None, names), self.fields.text("source"))

    def _published(self) -> tuple[datetime | None, Precision]:
        """Return the first date that is one: of the publication, of the story, of this version."""
        for name in ("firstpublished", "firstcreated", "versioncreated", "contentcreated"):
            sent = self.fields.text(name)
            if date := parse_printed(sent):
                return date
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
            codes = filter(None, (iptc_code(value, scheme) for value in sent))
            if (tag := _subject_tag(subject)) and (code := next(codes, "")):
                yield tag, code

    def _note_associations(self) -> None:
        """Tell the editors what was offered beside the text."""
        for item in self.fields.associations():
            texts = [
                *(text.line for text in item.labelled("description", "descriptions")[:1]),
                *(text.line for text in item.labelled("headline", "headlines")[:1]),
                item.text("title"),
            ]
            title = next(filter(None, texts), "")
            credit = item.text("by", "byline", "source", "copyrightholder")
            values = (title, f"({credit})" if credit else "", item.text("uri", "guid"))
            summary = " ".join(filter(None, values))
            self.notes.append(f"Offered with it, {item.text('type') or 'item'}: {summary}")


def _subject_tag(subject: dict[str, Any]) -> str:
    kind = entry_text(subject, "literal").partition(":")[0]
    name = " ".join(printable(entry_text(subject, "name")).split())
    return f"{kind if kind in _KINDS else 'topic'}:{name}" if name else ""
