"""An e-mail as its sender wrote it: the first text of a message, its attachments left aside.

Sources: RFC 5322, RFC 2045 to 2047 (MIME), RFC 3676 (format=flowed). Addresses never come into the paper.
"""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from email import policy
from email.errors import MessageError
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parseaddr, parsedate_to_datetime
from typing import BinaryIO, cast

from articles.importing.formats.common.markup import (
    extract_story_markup,
    strip_headline,
    take_dateline,
)
from articles.importing.formats.reader import SingleStoryReader
from articles.importing.formats.types import ParsedArticle, ParsedName, RecordError, RejectedRecord
from articles.text import wire_copy
from articles.text.characters import printable
from articles.text.encoding import decode, is_binary
from articles.text.html.plain import plain_text
from articles.text.html.sanitize import paragraphs_to_html, sanitise
from articles.text.messages import Message
from articles.text.names.agencies import find_agency
from articles.text.paragraphs import split_paragraphs
from articles.text.whitespace import has_french_spacing, normalize_whitespace

LIMIT = 40_000_000  # bytes, pictures and all

_FIELD = re.compile(rb"([A-Za-z][A-Za-z\d-]{0,60})[ \t]{0,9}:[ \t]?(.*)")
_COMMON_FIELDS = {b"from", b"to", b"subject", b"date", b"content-type", b"cc", b"reply-to"}
_MAIL_ONLY = {b"received", b"return-path", b"delivered-to", b"message-id", b"mime-version"}
_MAIL_ONLY |= {b"dkim-signature", b"x-received", b"arc-seal", b"received-spf"}
_BROKEN = (ValueError, LookupError, TypeError, AttributeError, RecursionError, MessageError)
_PREFIX = re.compile(r"(?:(?:re|fwd?|aw|wg|tr|sv)(?:\[\d+\])?:\s*)+", re.IGNORECASE)
_EMBARGO = re.compile(
    r"[\W_]*(?:(?:strictly )?(?:under )?embargo(?:ed)?\b|not for (?:publication|release) before"
    r"|hold for release|sperrfrist)",
    re.IGNORECASE,
)
_SIGNATURE = re.compile(r"^--[ \t]*\r?$", re.MULTILINE)
_NOT_PERSON = re.compile(
    r"\b(?:desk|press|news|team|office|editor|info|service|media|sender|no-?reply)", re.I
)
_PERSON = re.compile(r"[^\W\d_][\w.’'-]*(?: [^\W\d_][\w.’'-]*){1,3}")


class EmailReader(SingleStoryReader):
    """Reads an e-mail as a story."""

    NAME = "email"

    def identify(self, head: bytes, name: str) -> bool:
        """Tell whether a file begins with the header of a mail: three of its fields, one that only mails have."""
        names: set[bytes] = set()
        has_sender = False
        for line in head.removeprefix(b"\xef\xbb\xbf").lstrip().splitlines():
            match = _FIELD.match(line)
            if not line.strip() or not match and line[:1] not in (b" ", b"\t"):
                break
            if match:
                names.add(match[1].lower())
                has_sender = has_sender or match[1].lower() == b"from" and b"@" in match[2]
        return len(names & (_COMMON_FIELDS | _MAIL_ONLY)) > 2 and (
            has_sender or bool(names & _MAIL_ONLY)
        )

    def read(self, stream: BinaryIO, name: str) -> Iterator[ParsedArticle | RejectedRecord]:
        """Yield the one story of the mail in ``stream``; its ref is the Message-ID, else ``name``."""
        yield read_mail(stream.read(LIMIT + 1), name)


READER = EmailReader()


def read_mail(data: bytes, name: str) -> ParsedArticle | RejectedRecord:
    """Return what becomes of the mail whose bytes are ``data``, as far as LIMIT and one byte more."""
    try:
        if len(data) > LIMIT:
            raise RecordError(
                "file",
                Message("the mail has more than 40 MB", code="email.size"),
                "Send it without its attachments.",
            )
        message = BytesParser(policy=policy.default).parsebytes(data.lstrip())
        return _parsed(message, data, name)
    except RecordError as error:
        return RejectedRecord("1", error.field, error.reason, error.remedy, data[:LIMIT])
    except _BROKEN:
        remedy = "Save the mail again as a file, or its text."
        return RejectedRecord(
            "1", "file", Message("the mail is damaged", code="email.damaged"), remedy, data
        )


def _parsed(message: EmailMessage, data: bytes, name: str) -> ParsedArticle:
    subject = _PREFIX.sub("", _field(message, "Subject"), count=1)
    body_html, removed = _body(message)
    body_html, place, signed = take_dateline(strip_headline(body_html, subject))
    bylines, credit = _sender(_field(message, "From"))
    ref = _field(message, "Message-ID").strip("<> ")
    first_lines = plain_text(body_html).split("\n", 3)[:3]
    embargo_lines = [line[:200] for line in (subject, *first_lines) if _EMBARGO.match(line)]
    return ParsedArticle(
        record="1",
        original=data,
        ref=ref if ref and len(ref) <= 255 else name,
        headline=subject,
        body_html=body_html,
        bylines=bylines,
        dateline=place,
        credit=signed or credit,
        published_at=_sent_at(_field(message, "Date")),
        pub_status="withheld" if embargo_lines else "usable",
        ed_note="\n".join(f"Embargo as sent: {line}" for line in embargo_lines),
        removed=removed,
    )


def _field(message: EmailMessage, name: str) -> str:
    """Return a field as one printable line, as it stands when the library cannot read it."""
    try:
        value = str(message[name] or "")
    except _BROKEN:
        value = next(
            (str(raw) for key, raw in message.raw_items() if key.lower() == name.lower()), ""
        )
    if any("\udc80" <= letter <= "\udcff" for letter in value):
        value = decode(value.encode("utf-8", "surrogateescape"))[0]
    return " ".join(printable(value).split())


def _sent_at(value: str) -> datetime | None:
    """Return when it was sent: ``-0000`` is UTC (RFC 5322, 3.3), no zone is no zone, no date is None."""
    try:
        sent_at = parsedate_to_datetime(value)
    except _BROKEN:
        return None
    return sent_at.replace(tzinfo=UTC) if "-0000" in value else sent_at


def _sender(value: str) -> tuple[tuple[ParsedName, ...], str]:
    """Return who signs, and the credit: an agency, or a desk; a bare address is neither."""
    name = parseaddr(value)[0].strip(" '\"")
    if not name or "@" in name:
        return (), ""
    if agency_name := find_agency(name):
        return (), agency_name
    if _PERSON.fullmatch(name) and name[0].isupper() and not _NOT_PERSON.search(name):
        return (ParsedName(name),), ""
    return (), name if name[0].isupper() else ""


def _body(message: EmailMessage) -> tuple[str, tuple[str, ...]]:
    """Return the first text that says anything, plain before HTML, and what was taken off it."""
    if message.get_content_subtype() in ("encrypted", "pkcs7-mime", "x-pkcs7-mime"):
        raise RecordError(
            "body",
            Message("the mail is encrypted", code="email.encrypted"),
            "Decrypt it, and save it as plain text.",
        )
    for kind in ("plain", "html"):
        part = cast(EmailMessage | None, message.get_body(preferencelist=(kind,)))
        text = _text(part) if part else ""
        if part and kind == "plain" and text.strip():
            html, removed = _from_plain(text, part)
        else:
            markup, left_out = extract_story_markup(text)
            html, removed = sanitise(markup), tuple(left_out)
        if plain_text(html).strip():
            return html, removed
    raise RecordError(
        "body",
        Message("the mail has no text", code="email.no_text"),
        "Send the story in the mail, not as its attachment.",
    )


def _text(part: EmailMessage) -> str:
    """Return the text of a part in the charset that it names; when that does not fit, in the one that does."""
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    if is_binary(data) and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise RecordError(
            "body",
            Message("its text is no text", code="email.not_text"),
            "Send the story as plain text.",
        )
    try:
        return data.decode(part.get_content_charset("utf-8"))
    except _BROKEN:
        return decode(data)[0]


def _from_plain(text: str, part: EmailMessage) -> tuple[str, tuple[str, ...]]:
    removed: list[str] = []
    if signature := _SIGNATURE.search(text):
        removed = [" ".join(printable(text[signature.end() :]).split())]
        text = text[: signature.start()]
    if part.get_param("format") == "flowed":
        space = "" if str(part.get_param("delsp")).lower() == "yes" else " "
        text = re.sub(r" \r?\n(?=\S)", space, text)
    if text.lstrip().startswith("{") and _is_json(text):
        raise RecordError(
            "body",
            Message("it is data, not a story", code="email.data"),
            "Save it as a file of its own format.",
        )
    keeps_spaces = has_french_spacing(text)
    lines = (
        normalize_whitespace(text, paragraph.spans, keeps_spaces=keeps_spaces)[0]
        for paragraph in split_paragraphs(text)
    )
    story_lines = [line for line in lines if line.strip()]
    removed += [line for line in story_lines if wire_copy.is_promo(line)]
    story_lines = [line for line in story_lines if not wire_copy.is_promo(line)]
    return paragraphs_to_html(("p", line) for line in story_lines), tuple(filter(None, removed))


def _is_json(text: str) -> bool:
    try:
        return isinstance(json.loads(text, strict=False), dict)
    except (ValueError, RecursionError):
        return False
