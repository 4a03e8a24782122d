"""NewsML-G2: news items alone or in a message, read by local name. Source: https://iptc.org/standards/newsml-g2/

Packages, concepts, plans and pictures are refused with that reason. Nothing that an item points to is fetched.
"""

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from typing import Any, BinaryIO

from articles.importing.iptc import correction, iptc_code
from articles.importing.markup import take_dateline, without_headline
from articles.importing.parsed import ParsedArticle, ParsedName, PubStatus, Refused
from articles.importing.safe_xml import Record, local_name, records, root_of
from articles.importing.unfit import Unfit
from articles.importing.xml_fields import (
    as_dek,
    as_tags,
    code,
    embargo,
    every,
    first_date,
    first_line,
    full_code,
    inner,
    language,
    last_part,
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

NAME = "newsml-g2"

_NAMESPACE = "http://iptc.org/std/nar/"
_NO_STORIES = {
    "packageItem": "a package only lists other items",
    "conceptItem": "a concept is no story",
    "knowledgeItem": "a list of concepts is no story",
    "planningItem": "a plan of coverage is no story",
    "catalogItem": "a catalog is no story",
}
_ITEMS = {"newsItem", *_NO_STORIES}
_STORIES = {"text", "composite", ""}
_NO_HEADLINES = {"kicker", "subheadline", "subheading", "sub", "short", "medium"}
_NO_DEKS = {"caption", "credit", "creditline", "writer", "byline"}
_UNKNOWN = {"no-data-available", "none", "n/a"}
_ENTITIES = {"person": "person", "organisation": "organisation", "geoarea": "place", "poi": "place"}


def identify(head: bytes, name: str) -> bool:
    """Tell whether a file is NewsML-G2, by its root."""
    local, namespace = root_of(head)
    return namespace.startswith(_NAMESPACE) or (
        local in ("newsItem", "newsMessage") and not namespace
    )


def read(stream: BinaryIO, name: str) -> Iterator[ParsedArticle | Refused]:
    """Yield one outcome an item of ``stream``; its ref is its guid.

    Raises ReadError only when the rest of the file cannot be read.
    """
    number = 0
    for number, record in enumerate(records(stream, _ITEMS), 1):
        try:
            yield _item(record.element).parsed(str(number), record)
        except Unfit as error:
            yield Refused(str(number), error.field, str(error), error.remedy, record.original)
    if not number:
        yield Refused("1", "newsItem", "the file has none", "Leave it out of the import.")


def _item(element: Any) -> "_Item":
    name = local_name(element)
    if name in _NO_STORIES:
        raise Unfit(
            name, _NO_STORIES[name], "Leave it out; its stories come as items of their own."
        )
    return _Item(element)


class _Item:
    """One item on its way: ``notes`` are for the editors, ``removed`` is what stood in the body beside the story."""

    def __init__(self, item: Any) -> None:
        self.item = item
        self.nitf = next(inner(item, "nitf"), None)
        self.notes = [line(one) for one in every(item, "itemMeta/edNote")]
        self.removed: list[str] = []
        self.embargoed_until: datetime | None = None
        self.language = self._language()
        self.asserted = {full_code(one): [one] for one in every(item, "assert")}

    def parsed(self, record: str, found: Record) -> ParsedArticle:
        """Put the item together."""
        pub_status, headline = self._status(), self._headline()
        body_html = without_headline(self._body(pub_status), headline)
        bylines, agencies = part_agencies(self._bylines())
        body_html, bylines = take_byline(body_html, bylines)
        body_html, place, signature = take_dateline(body_html)
        published_at, precision = self._published()
        self._note()
        return ParsedArticle(
            record=record,
            original=found.original,
            ref=self._ref(),
            version=self._version(),
            headline=headline,
            kicker=self._headlines("kicker"),
            dek=self._dek(body_html, headline),
            body_html=body_html,
            bylines=bylines,
            dateline=self._dateline() or place,
            credit=self._credit(signature or agencies),
            language=self.language,
            published_at=published_at,
            date_precision=precision,
            embargoed_until=self.embargoed_until,
            pub_status=pub_status,
            tags=tuple(self._tags()),
            qcodes=tuple(self._qcodes()),
            correction=correction(self.notes[0] if self.notes else "", self._is_marked()),
            people=tuple(self._subjects("person")),
            organizations=tuple(self._subjects("organisation")),
            ed_note="\n".join(filter(None, dict.fromkeys(self.notes))),
            removed=tuple(self.removed),
        )

    def _ref(self) -> str:
        ref: str = self.item.get("guid", "").strip()
        if not ref:
            raise Unfit("guid", "the item has none", "Export it with the guid that it is known by.")
        return ref

    def _version(self) -> str:
        version: str = self.item.get("version", "").strip()
        return version or stamp(first_line(self.item, "itemMeta/versionCreated"))

    def _language(self) -> str:
        tags = (one.get("tag", "") for one in every(self.item, "contentMeta/language"))
        return (next(filter(None, tags), "") or language(self.item)).replace("_", "-")

    def _status(self) -> PubStatus:
        sent = next((code(one) for one in every(self.item, "itemMeta/pubStatus")), "")
        found, until = status("pubStatus", sent), first_line(self.item, "itemMeta/embargoed")
        self.embargoed_until, found = embargo(until, found, self.notes)
        return found

    def _headline(self) -> str:
        found = self._headlines("", "main", "headline")
        if not found and self.nitf is not None:
            found = nitf.headline_of(self.nitf)
        return found or self._headlines() or first_line(self.item, "itemMeta/title")

    def _headlines(self, *roles: str) -> str:
        """Return the first headline in one of ``roles``, the item's language first; without any, in no odd one."""
        found = sorted(every(self.item, "contentMeta/headline"), key=self._is_foreign)
        for one in found:
            role = last_part(one.get("role", ""))
            if (role in roles if roles else role not in _NO_HEADLINES) and (words := line(one)):
                return words
        return ""

    def _is_foreign(self, element: Any) -> bool:
        own, wanted = (
            tag.casefold().partition("-")[0] for tag in (language(element), self.language)
        )
        return bool(own and wanted and own != wanted)

    def _body(self, pub_status: PubStatus) -> str:
        """Return the first content that has a text; a kill often has none, and has to come in nevertheless."""
        contents = sorted(
            every(self.item, "contentSet/inlineXML", "contentSet/inlineData"), key=self._is_foreign
        )
        for content in contents:
            html, removed = self._html(content)
            if plain_text(html).strip():
                self.removed = removed
                return html
        if pub_status != "usable":
            said = next(filter(None, self.notes), f"The source sent only: {pub_status}.")
            return paragraphs_to_html([("p", said)])
        kind = next((code(one) for one in every(self.item, "itemMeta/itemClass")), "")
        if kind not in _STORIES:
            reason = f"{printable(kind)[:20]!r} without a text is no story"
            raise Unfit("itemClass", reason, "Leave it out of the import.")
        if list(every(self.item, "contentSet/remoteContent")):
            raise Unfit(
                "contentSet", "its text stands elsewhere", "Export it with the text inline."
            )
        return ""

    def _html(self, content: Any) -> tuple[str, list[str]]:
        kind = content.get("contenttype", "").casefold()
        is_data = local_name(content) == "inlineData"
        if is_data and "html" not in kind and content.get("encoding"):
            return "", []
        return nitf.content_of(content, is_plain=is_data and "html" not in kind, is_flat=is_data)

    def _bylines(self) -> Iterator[ParsedName]:
        """Yield who signed the item, else who made it; what is all in small letters is a login."""
        found = [line(one) for one in every(self.item, "contentMeta/by")]
        found = found[:1] or [self._name(one) for one in every(self.item, "contentMeta/creator")]
        names = [name for words in found if not words.islower() for name in signed(words)]
        yield from names or (nitf.bylines_of(self.nitf) if self.nitf is not None else ())

    def _dek(self, body_html: str, headline: str) -> str:
        described = sorted(every(self.item, "contentMeta/description"), key=self._is_foreign)
        words = next(
            (line(one) for one in described if last_part(one.get("role", "")) not in _NO_DEKS), ""
        )
        if not words:
            words = self._headlines("subheadline", "subheading", "sub")
        if not words and self.nitf is not None:
            words = nitf.abstract_of(self.nitf)
        return as_dek(words, body_html, headline, self.notes)

    def _dateline(self) -> str:
        located = (self._name(one) for one in every(self.item, "contentMeta/located"))
        printed = first_line(self.item, "contentMeta/dateline")
        found = take_place(printed)
        inline = nitf.dateline_of(self.nitf) if self.nitf is not None else ""
        return next(filter(None, located), "") or found or inline

    def _credit(self, signature: str) -> str:
        """Return the nearest source: the line, the source, the signature, whose it is, who sent it."""
        inline = nitf.credit_of(self.nitf) if self.nitf is not None else ""
        found = [first_line(self.item, "contentMeta/creditline"), inline]
        found += map(self._source, every(self.item, "contentMeta/infoSource"))
        found.append(signature)
        for path in ("rightsInfo/copyrightHolder", "itemMeta/provider"):
            found += map(self._source, every(self.item, path))
        credit = next((one for one in found if one and len(one) <= 160), "")
        credit = credit.strip(" -\u2013\u2014")
        return agency(credit) or credit

    def _source(self, element: Any) -> str:
        return self._name(element) or agency(code(element))

    def _published(self) -> tuple[datetime | None, Any]:
        paths = ("itemMeta/firstCreated", "contentMeta/contentCreated", "itemMeta/versionCreated")
        return first_date([first_line(self.item, path) for path in paths], self.notes)

    def _name(self, element: Any) -> str:
        """Return the name of what ``element`` means: its own, that of its assertion, or the word it is."""
        named = [element, *self.asserted.get(full_code(element), ())]
        names = [one for about in named for one in every(about, "name")]
        words = (line(one) for one in sorted(names, key=self._is_foreign))
        name = next(filter(None, words), "") or " ".join(element.get("literal", "").split())
        return "" if name.casefold() in _UNKNOWN else name

    def _subjects(self, *kinds: str) -> Iterator[str]:
        """Yield the names of the subjects of these kinds: person, organisation, place, topic."""
        for subject in every(self.item, "contentMeta/subject"):
            kind = _ENTITIES.get(last_part(subject.get("type", "")), "topic")
            if kind in kinds and (subject.get("literal") is None or list(every(subject, "name"))):
                yield self._name(subject)

    def _tags(self) -> Iterator[str]:
        tags = partial(as_tags, note=self.notes)
        yield from tags(
            "section", (self._name(one) for one in every(self.item, "itemMeta/service"))
        )
        yield from tags("topic", self._subjects("topic"))
        yield from tags("topic", map(line, every(self.item, "contentMeta/keyword")))
        yield from tags("place", self._subjects("place"))

    def _qcodes(self) -> Iterator[tuple[str, str]]:
        """Yield the topics that have a code of IPTC's, each with its code."""
        for subject in every(self.item, "contentMeta/subject"):
            code = next(
                filter(None, map(iptc_code, map(subject.get, ("qcode", "uri"), ("", "")))), ""
            )
            for tag in as_tags("topic", iter([self._name(subject)] if code else []), []):
                yield tag, code

    def _is_marked(self) -> bool:
        return "correction" in {code(one) for one in every(self.item, "itemMeta/signal")}

    def _note(self) -> None:
        """Tell the editors what the source says of the item, and what was offered beside the text."""
        signals = {code(one) for one in every(self.item, "itemMeta/signal")}
        self.notes += [f"Signal: {one}" for one in ("correction", "kill") if one in signals]
        for one in every(self.item, "contentSet/remoteContent"):
            offered = (one.get("contenttype") or "item", one.get("href") or one.get("residref"))
            self.notes.append(f"Offered with it, {': '.join(filter(None, offered))}")
        self.notes.append(usage(first_line(self.item, "rightsInfo/usageTerms")))
