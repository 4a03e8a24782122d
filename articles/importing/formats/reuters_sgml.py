"""Reuters-21578, the SGML of a wire of 1987: one regular expression a record, then one a field.

It is neither XML nor HTML: ``&#5;`` is illegal there, and HTML parsers swallow ``<BODY>``. Latin-1 throughout.
Source: the collection's own README and lewis.dtd (D. D. Lewis, 1997).
"""

import re
from collections.abc import Iterator
from datetime import datetime
from functools import partial
from typing import BinaryIO

from articles.importing.formats.common.bylines import read_byline
from articles.importing.formats.reader import LazyReader
from articles.importing.formats.types import (
    LazyRecord,
    ParsedArticle,
    ParsedName,
    RecordError,
    RejectedRecord,
)
from articles.text.characters import printable
from articles.text.dates import Precision, parse_printed
from articles.text.html.sanitize import paragraphs_to_html
from articles.text.messages import Message
from articles.text.names.agencies import find_agency
from articles.text.paragraphs import split_paragraphs
from articles.text.whitespace import normalize_whitespace
from articles.text.wire_copy import proper_case

LIMIT = 10_000_000  # bytes of one record
CREDIT = "Reuters"

_CHUNK = 65_536
_BEGIN, _END = b"<REUTERS", b"</REUTERS>"
_HEAD = re.compile(rb"<REUTERS\s[^<>]*\bNEWID\s*=")
_ID = re.compile(r"<REUTERS\s[^<>]*\bNEWID\s*=\s*\"?(\w+)")
_REFERENCE = re.compile(r"&(?:(?P<name>lt|gt|amp|quot)|#(?P<number>\d{1,7}));")
_LETTERS = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_CODE = re.compile(r"<D>([^<]*)</D>")
_DATE = re.compile(r"(\d{1,2})-([A-Za-z]{3})-(\d{4})(?:\s+(\d\d:\d\d)(?::\d\d)?)?")
_MONTH = r"(?:Jan|Feb|[MN]a?r?ch|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
_PLACE = re.compile(  # "LONDON, March 9 -", and as the wire mangles it: "MAR8  --", "2 March -", "FOB RIVER -"
    rf"(?:\*+|\w\s\s+)?(?P<place>[^\n]*?)[\s,-]*(?:(?:{_MONTH}\s*\d{{1,2}}|\b\d{{1,2}}\s{_MONTH})\b"
    r"(?:,?\sReuters?)?[\s,]*)?(?:(?:(?<=\s)-+|--+|(?<=\d)-+|-+(?=\s*\Z))(?!\w)[\s-]*(?P<rest>.*))?",
    re.IGNORECASE | re.DOTALL,
)
_LONGEST_DATELINE = 120  # letters
_AGENCY = re.compile(r",\s*Reuters?\.?\s*\Z", re.IGNORECASE)
_SIGNED = re.compile(
    r"(?:\A|\n|(?<=[.\")\]]))[ \t]*(?:reui?ter?s?|more)[ .]*(?:\^M)?\Z", re.IGNORECASE
)
_FILLER = re.compile(r"[\s*]*(?:blah[\s.]*)*", re.IGNORECASE)
_BRIEF = "The source sent only a headline."
_REMEDY = "Take the record from the collection again."


class ReutersReader(LazyReader):
    """Reads the Reuters collection."""

    NAME = "reuters"

    def identify(self, head: bytes, name: str) -> bool:
        """Tell whether a file is of the collection: by the first tag of a record."""
        return bool(_HEAD.search(head))

    def read_lazily(self, stream: BinaryIO, name: str) -> Iterator[LazyRecord | RejectedRecord]:
        """Yield the records of ``stream`` as ``read`` does, each cut out and not read yet."""
        for number, data in enumerate(_records(stream), 1):
            if len(data) > LIMIT:
                reason = Message("the record has more than 10 MB", code="reuters_sgml.size")
                yield RejectedRecord(str(number), "file", reason, "Leave it out.", data[:LIMIT])
            else:
                yield LazyRecord(str(number), data, partial(_finished, data, str(number)))


READER = ReutersReader()


def _finished(data: bytes, record: str) -> ParsedArticle | RejectedRecord:
    try:
        return _parsed(data, record)
    except RecordError as error:
        return RejectedRecord(record, error.field, error.reason, error.remedy, data)


def _records(stream: BinaryIO) -> Iterator[bytes]:
    """Yield the bytes from one ``<REUTERS`` to its end, or to the next one; what stands between is passed over."""
    buffer, is_open, at = bytearray(), False, 0
    while chunk := stream.read(_CHUNK):
        buffer += chunk
        while (end := _boundary(buffer, at, is_open)) >= 0:
            if is_open:
                yield bytes(buffer[:end])
            del buffer[:end]
            is_open = buffer.startswith(_BEGIN)
            at = len(_BEGIN) if is_open else 0
        if is_open:
            del buffer[LIMIT + 1 : len(buffer) - len(_END)]
            at = max(at, len(buffer) - len(_END))
        else:
            del buffer[: max(0, len(buffer) - len(_BEGIN))]
    if is_open:
        yield bytes(buffer)


def _boundary(buffer: bytearray, at: int, is_open: bool) -> int:
    """Return where in ``buffer`` a record ends, by its end tag or by the next one's first; -1 when it does not yet."""
    begin = buffer.find(_BEGIN, at)
    end = buffer.find(_END, at, begin if begin >= 0 else len(buffer)) if is_open else -1
    return end + len(_END) if end >= 0 else begin


def _parsed(data: bytes, record: str) -> ParsedArticle:
    """Put one record together."""
    text = data.decode("latin-1")
    id_match = _ID.match(text)
    if not id_match or not text.endswith(_END.decode()):
        missing = _END.decode() if id_match else "NEWID"
        raise RecordError(
            missing, Message("the record has none", code="reuters_sgml.no_id"), _REMEDY
        )
    headline, place, body = _story(text)
    notes = [_line(text, "MKNOTE")]
    if _FILLER.fullmatch(body):
        body = headline
        notes.append(_BRIEF)
    published_at, precision = _date(_line(text, "DATE"), notes)
    return ParsedArticle(
        record=record,
        original=data,
        ref=id_match[1],
        headline=headline,
        body_html=_body(body),
        bylines=_bylines(_line(text, "AUTHOR")),
        dateline=place,
        credit=CREDIT,
        language="en",
        published_at=published_at,
        date_precision=precision,
        ed_note="\n".join(filter(None, notes)),
        tags=(
            *(f"topic:{code}" for code in _codes(text, "TOPICS")),
            *(f"place:{_name_of_code(code)}" for code in _codes(text, "PLACES")),
        ),
        people=tuple(map(_name_of_code, _codes(text, "PEOPLE"))),
        organizations=tuple(
            code.upper() for kind in ("ORGS", "EXCHANGES") for code in _codes(text, kind)
        ),
    )


def _story(text: str) -> tuple[str, str, str]:
    """Return headline, place and plain body; a record that was not processed is all body."""
    start, end = _span(text, "TEXT")
    if start == end:
        raise RecordError(
            "TEXT", Message("the record has none", code="reuters_sgml.no_text"), _REMEDY
        )
    content = text[start:end]
    headline = _line(content, "TITLE")
    begin, stop = _span(content, "BODY")
    if begin < stop:
        place, rest = _dateline(_plain(content[slice(*_span(content, "DATELINE"))]))
        return headline, place, rest + _plain(content[begin:stop])
    if headline:
        begin, stop = _span(content, "TITLE")
        content = content[: begin - len("<TITLE>")] + "\n" + content[stop + len("</TITLE>") :]
    return headline, "", _plain(content)


def _span(text: str, name: str) -> tuple[int, int]:
    """Return where in ``text`` the content of the first element ``name`` stands; equal ends for none."""
    tag = re.search(rf"<{name}\b[^<>]*>", text)
    end = text.rfind(f"</{name}>") if name in ("TEXT", "BODY") else -1
    if tag and end < tag.end():
        end = text.find(f"</{name}>", tag.end())
    return (tag.end(), end) if tag and end >= 0 else (0, 0)


def _line(text: str, name: str) -> str:
    """Return the words of the element ``name`` as one line."""
    return " ".join(_plain(text[slice(*_span(text, name))]).split())


def _codes(text: str, name: str) -> list[str]:
    codes = _CODE.findall(text[slice(*_span(text, name))])
    return list(filter(None, (" ".join(_plain(code).split()) for code in codes)))


def _plain(markup: str) -> str:
    """Return ``markup`` with the few references that the DTD knows resolved; ``&#3;`` and its like go."""
    return printable(_REFERENCE.sub(_letter, markup))


def _letter(match: re.Match[str]) -> str:
    number = int(match["number"] or 0)
    return chr(number) if 0 < number < 0x110000 else _LETTERS.get(match["name"] or "", "")


def _name_of_code(code: str) -> str:
    """Return the name that the code of a person or a place stands for: ``west-germany``, ``usa``."""
    is_short = len(code) <= 3 or code == "ussr"
    return code.upper() if is_short else code.replace("-", " ").title()


def _date(sent: str, notes: list[str]) -> tuple[datetime | None, Precision]:
    """Return the date, naive as it was sent: the wire names no zone."""
    match = _DATE.search(sent)
    day = f"{match[1]} {match[2]} {match[3]}" if match else ""
    clock = f" {match[4]}" if match and match[4] else ""
    parsed = parse_printed(day + clock) or parse_printed(day)
    if sent and (not parsed or parsed[1] != "minute"):
        notes.append(f"Date as sent: {sent}")
    return parsed or (None, "minute")


def _dateline(sent: str) -> tuple[str, str]:
    """Return the place in proper case, and what of the story stands in the same element."""
    sent = sent.strip()
    match = _PLACE.fullmatch(sent[:_LONGEST_DATELINE])
    if not match:
        return "", f"{sent} "
    rest = (match["rest"] or "") + sent[_LONGEST_DATELINE:]
    return proper_case(" ".join(match["place"].split()).strip(" ,")), rest.strip() + " "


def _bylines(sent: str) -> tuple[ParsedName, ...]:
    """Return who wrote it; the agency among them is the credit already."""
    signers = read_byline(_AGENCY.sub("", sent))
    return tuple(
        ParsedName(proper_case(signer.name), signer.role)
        for signer in signers
        if not find_agency(signer.name)
    )


def _body(text: str) -> str:
    """Return the paragraphs as HTML, without what the wire signed them with."""
    text = text.rstrip()
    for _ in range(3):
        if signature := _SIGNED.search(text, max(0, len(text) - 40)):
            text = text[: signature.start()].rstrip()
    lines = (normalize_whitespace(text, paragraph.spans)[0] for paragraph in split_paragraphs(text))
    return paragraphs_to_html(("p", line) for line in lines)
