"""NewsML 1.0 to 1.2: news items in an envelope, read by local name. Source: https://iptc.org/standards/newsml-1/

A story is the first component that has a text; its other languages and pictures are named to the editors. Packages of
other items are refused. Nothing that an item points to is fetched.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any, BinaryIO

from articles.importing.iptc import correction, iptc_code, top_of
from articles.importing.markup import take_dateline, without_headline
from articles.importing.parsed import ParsedArticle, ParsedName, PubStatus, Refused
from articles.importing.safe_xml import Record, records, root_of
from articles.importing.tongues import is_foreign, other_texts, tongue
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
    part_agencies,
    signed,
    stamp,
    status,
    take_byline,
    take_place,
    usage,
)
from articles.text.agencies import agency
from articles.text.chars import printable
from articles.text.html import paragraphs_to_html, plain_text

from . import nitf

NAME = "newsml-1"

_NAMED = "FormalName"
_SUBJECTS = ("Subject", "SubjectMatter", "SubjectDetail", "SubjectQualifier")
_SUBJECT = "DescriptiveMetadata/SubjectCode"
_NO_BODIES = {"title", "headline", "abstract", "lead", "caption", "keyword", "keywords", "summary"}
_FIRST = ("lead", "body", "main", "")  # roles of what makes up a text, in the order of reading
_WORDS = {"usable": "usable", "embargoed": "usable", "canceled": "canceled", "withheld": "withheld"}
_WORDS |= {"cancelled": "canceled", "killed": "canceled", "withdrawn": "canceled", "": "usable"}
_MARKUP = re.compile(r"</?(?:p|br|div|b|i|em|strong|a|h\d|ul|li|table)\b[^<>]*>", re.IGNORECASE)
_NO_TEXT = re.compile(r"\bcss\b|style|script|jpe?g|graphic|photo")
_CREDIT_LIMIT = 160  # letters


def identify(head: bytes, name: str) -> bool:
    """Tell whether a file is NewsML 1, by its root; NewsML-G2 has others."""
    return root_of(head)[0] == "NewsML"


def read(stream: BinaryIO, name: str) -> Iterator[ParsedArticle | Refused]:
    """Yield one outcome an item of ``stream``; its ref is its provider's with its id there.

    Raises ReadError only when the rest of the file cannot be read.
    """
    number = 0
    for number, record in enumerate(records(stream, {"NewsItem"}), 1):
        try:
            yield _Item(record.element).parsed(str(number), record)
        except Unfit as error:
            yield Refused(
                *(str(number), error.field, str(error), error.remedy, record.original),
                before=b"<NewsML>",
                after=b"</NewsML>",
            )
    if not number:
        yield Refused("1", "NewsItem", "the file has none", "Leave it out of the import.")


class _Item:
    """One item on its way: ``story`` is the component whose text it is, ``notes`` are for the editors."""

    def __init__(self, item: Any) -> None:
        self.item = item
        self.notes: list[str] = []
        self.removed: list[str] = []
        self.embargoed_until: datetime | None = None
        self.story, self.texts, self.tongue = self._texts()
        self.around = [self.story, *self.story.iterancestors("{*}NewsComponent")]

    def parsed(self, record: str, found: Record) -> ParsedArticle:
        """Put the item together."""
        pub_status, headline = self._status(), self._line("HeadLine") or self._part("headline")
        self._note()
        body_html = without_headline(self._body(pub_status), headline)
        bylines, agencies = part_agencies(self._bylines())
        body_html, bylines = take_byline(body_html, bylines)
        body_html, place, signature = take_dateline(body_html)
        published_at, precision = self._published()
        words = self._line("SubHeadLine") or self._part("abstract")
        return ParsedArticle(
            record=record,
            original=found.original,
            ref=self._ref(),
            version=self._version(),
            headline=headline,
            dek=as_dek(words, body_html, headline, self.notes),
            body_html=body_html,
            bylines=bylines,
            dateline=take_place(self._line("DateLine").partition(", ")[0]) or place,
            credit=self._credit(signature or agencies),
            language=self._language(),
            published_at=published_at,
            date_precision=precision,
            embargoed_until=self.embargoed_until,
            pub_status=pub_status,
            tags=tuple(dict.fromkeys(self._tags())),
            qcodes=tuple(dict.fromkeys(self._coded())),
            correction=correction(self._said(), self._is_correction()),
            ed_note="\n".join(filter(None, dict.fromkeys(self.notes))),
            removed=tuple(self.removed),
        )

    def _texts(self) -> tuple[Any, list[tuple[str, str, list[str]]], str]:
        """Return the story's component, its texts with their roles, its language; the item itself for none."""
        for content in inner(self.item, "ContentItem"):
            if self._html(content)[0]:
                own = content.getparent()
                above = own.getparent()
                beside = every(above, "NewsComponent") if self._role(own) else [own]
                parts = [one for one in beside if not is_foreign(one, tongue(own))]
                found = [(self._role(one), *self._joined(one)) for one in parts]
                if any(html for role, html, _ in found if role not in _NO_BODIES):
                    return own if len(parts) == 1 else above, found, tongue(own)
        return self.item, [], ""

    def _joined(self, component: Any) -> tuple[str, list[str]]:
        for content in every(component, "ContentItem"):
            html, removed = self._html(content)
            if html:
                return html, removed
        return "", []

    def _html(self, content: Any) -> tuple[str, list[str]]:
        """Return the text of one content, empty for pictures, style sheets and what is encoded."""
        data = next(every(content, "DataContent", "Encoding/DataContent"), None)
        kinds = [one.get(_NAMED, "") for one in every(content, "MediaType", "MimeType", "Format")]
        kind = " ".join(kinds).casefold()
        if data is None or _NO_TEXT.search(kind) or list(every(content, "Encoding")):
            return "", []
        flat = not len(data)
        has_markup = "html" in kind or bool(_MARKUP.search(data.text or ""))
        html, removed = nitf.content_of(data, is_plain=flat and not has_markup, is_flat=flat)
        return (html, removed) if plain_text(html).strip() else ("", [])

    def _role(self, component: Any) -> str:
        roles = (one.get(_NAMED, "").casefold() for one in every(component, "Role"))
        return next(filter(None, roles), "")

    def _part(self, *roles: str) -> str:
        """Return the text of a component that has this part of the story, as one line."""
        for component in inner(self.item, "NewsComponent"):
            is_it = self._role(component) in roles and not is_foreign(component, self.tongue)
            if is_it and (html := self._joined(component)[0]):
                return " ".join(plain_text(html).split())
        return ""

    def _body(self, pub_status: PubStatus) -> str:
        """Return the text; a kill often has none, and has to come in nevertheless."""
        kept = [one for one in self.texts if one[0] not in _NO_BODIES or one[0] == "lead"]
        kept.sort(key=lambda one: _FIRST.index(one[0]) if one[0] in _FIRST else len(_FIRST))
        self.removed = [words for _, _, removed in kept for words in removed]
        main = [html for role, html, _ in kept if html and (role in _FIRST or len(kept) == 1)]
        html = "\n".join(main) or next((html for _, html, _ in kept if html), "")
        if html or pub_status != "usable":
            said = self._said() or f"The source sent only: {pub_status}."
            return html or paragraphs_to_html([("p", said)])
        if list(inner(self.item, "NewsItemRef")):
            raise Unfit("NewsItemRef", "a package only lists other items", "Leave it out.")
        if list(inner(self.item, "ContentItem")):
            raise Unfit("ContentItem", "no text is among its contents", "Leave it out.")
        raise Unfit("DataContent", "the item has no text", "Export it with its text.")

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
        raise Unfit("NewsItemId", "the item has none", "Export it with its id.")

    def _version(self) -> str:
        revision = self._identified("RevisionId")
        return revision or stamp(first_line(self.item, "NewsManagement/ThisRevisionCreated"))

    def _managed(self, name: str) -> str:
        named = (one.get(_NAMED, "") for one in every(self.item, f"NewsManagement/{name}"))
        return next(filter(None, named), "").strip().casefold()

    def _status(self) -> PubStatus:
        """Return the status; an embargo ends when its status will change, else the story is withheld."""
        sent = self._managed("Status")
        found = status("Status", _WORDS.get(sent, sent))
        changes = list(every(self.item, "NewsManagement/StatusWillChange"))
        release = next(filter(None, (first_line(one, "DateAndTime") for one in changes)), "")
        if sent == "embargoed":
            self.embargoed_until, found = embargo(release or "without an end", found, self.notes)
        elif changes:
            to = next((one.get(_NAMED, "") for one in every(changes[0], "FutureStatus")), "")
            self.notes.append(f"Its status will change: {to} {release}".strip())
        return found

    def _lines(self, name: str) -> Iterator[str]:
        """Yield lines of the story's component, then of those around it."""
        for component in self.around:
            yield from filter(None, map(line, every(component, f"NewsLines/{name}")))

    def _line(self, name: str) -> str:
        return next(self._lines(name), "")

    def _described(self, path: str) -> Iterator[Any]:
        for component in self.around:
            yield from every(component, path)

    def _language(self) -> str:
        found = (one.get(_NAMED, "") for one in self._described("DescriptiveMetadata/Language"))
        tag = next(filter(None, found), "") or language(self.story) or self.tongue
        return (tag.lower() if tag.isupper() else tag).replace("_", "-")

    def _bylines(self) -> Iterator[ParsedName]:
        title = self._line("ByLineTitle")
        yield from signed(self._line("ByLine"), title if len(title) <= 80 else "")

    def _credit(self, signature: str) -> str:
        """Return the nearest source: the line, the source, the signature, the provider."""
        found = [self._line("CreditLine")]
        for path in ("Source", "Provider"):
            paths = f"AdministrativeMetadata/{path}/Party"
            found += [one.get(_NAMED, "") for one in self._described(paths)]
            found.append(signature)
        lines = (" ".join(printable(one).split()) for one in found)
        credit = next((one for one in lines if one and len(one) <= _CREDIT_LIMIT), "")
        return agency(credit) or credit

    def _published(self) -> tuple[datetime | None, Any]:
        names = ("FirstCreated", "ThisRevisionCreated")
        sent = [first_line(self.item, f"NewsManagement/{name}") for name in names]
        return first_date([*sent, self._identified("DateId")], self.notes)

    def _tags(self) -> Iterator[str]:
        words = (word for one in self._lines("KeywordLine") for word in re.split("[;,]", one))
        yield from as_tags("topic", map(str.strip, words), self.notes)
        yield from (tag for tag, _ in self._coded())
        cities = self._described("DescriptiveMetadata/Location/Property")
        named = (one.get("Value", "") for one in cities if one.get(_NAMED) == "City")
        yield from as_tags("place", (" ".join(printable(one).split()) for one in named), self.notes)

    def _coded(self) -> Iterator[tuple[str, str]]:
        """Yield the tops of the subjects' codes: the codes come without names, and tops are known by heart."""
        for code in self._codes():
            name, top = top_of(code)
            if name:
                yield f"topic:{name}", top

    def _codes(self) -> Iterator[str]:
        for subject in self._described(_SUBJECT):
            for one in inner(subject, *_SUBJECTS):
                yield from filter(None, [iptc_code(one.get(_NAMED, ""), "subj")])

    def _said(self) -> str:
        return first_line(self.item, "Comment", "NewsManagement/Comment", "Update/Comment")

    def _is_correction(self) -> bool:
        revision = next(every(self.item, "Identification/NewsIdentifier/RevisionId"), None)
        kinds = [self._managed("NewsItemType"), self._managed("Instruction")]
        kinds.append(revision.get("Update", "") if revision is not None else "")
        return any("correct" in kind or kind == "rectify" for kind in kinds)

    def _note(self) -> None:
        """Tell the editors what the source says to them and what stands beside the text."""
        self.notes.append(self._said())
        fine = [one for one in dict.fromkeys(self._codes()) if not one.endswith("000000")]
        self.notes.append(f"Subject codes without names: {', '.join(fine)}" if fine else "")
        for one in inner(self.item, "ContentItem"):
            if href := " ".join(printable(one.get("Href", "")).split()):
                kinds = (kind.get(_NAMED, "") for kind in every(one, "MediaType", "MimeType"))
                kind = printable(next(filter(None, kinds), "item")).strip()
                self.notes.append(f"Offered with it, {kind}: {href}")
        self.notes += other_texts(self.item, self.tongue, lambda one: bool(self._joined(one)[0]))
        self.notes.append(usage(self._line("UsageTerms")))
