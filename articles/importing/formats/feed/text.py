"""A feed's bytes -> text that may be parsed, and the entries cut out of it as they stand there.

Nothing is declared and nothing fetched: the DOCTYPE is left out unread, one with a general entity is refused.
Sources: https://www.w3.org/TR/xml/, https://encoding.spec.whatwg.org/ (Latin-1 on the web is Windows-1252)
"""

import codecs
import re
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from xml.parsers import expat

import feedparser

from articles.importing.formats.types import ReadError
from articles.text.encoding import decode
from articles.text.messages import Message

LIMIT = 32_000_000  # bytes of one feed, which is read whole
MAX_ATTRIBUTES = 256  # of one element
_DECLARED = re.compile(rb"\s*<\?xml\s[^>]*?encoding\s*=\s*[\"']([A-Za-z][\w.:-]*)[\"']")
_UNSAFE_CODECS = {"utf-7", "unicode_escape", "raw_unicode_escape", "idna", "punycode", "undefined"}
_WIDER = {"iso8859-1": "cp1252", "ascii": "utf-8", "gb2312": "gb18030"}
_DECLARATION = re.compile(r"\s*<\?xml\s[^>]*\?>")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufeff\ufffe\uffff]")
_REFERENCE = re.compile(r"&#(?:[xX]([0-9a-fA-F]+)|([0-9]+));?")
_DOCTYPE = re.compile(
    r"""(?:\s+|<\?.*?\?>|<!--.*?-->)*+
    (?P<doctype><!DOCTYPE(?:"[^"]*"|'[^']*'|[^"'\[>])*+
    (?:\[(?P<inner>(?:<!--.*?-->|<\?.*?\?>|"[^"]*"|'[^']*'|[^"'\]])*+)\]\s*)?(?P<end>>)?)""",
    re.DOTALL | re.VERBOSE,
)
_ENTITY = re.compile(r"<!ENTITY\s+([^%\s][^\s]*)")
_CUT = re.compile(
    r"""<!--(?:.*?-->|.*\Z)|<!\[CDATA\[(?:.*?\]\]>|.*\Z)
    |<(?P<end>/?)(?P<name>(?:[\w.-]+:)?(?:item|entry))(?P<rest>(?=[\s/>])[^<>]*)>""",
    re.DOTALL | re.VERBOSE | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class FeedText:
    """A feed in Unicode: its ``entries`` as they stand there, and what is around all of them.

    ``note`` says how the bytes were read where they are not what they say; ``is_cut_off``: the last entry has no end.
    """

    text: str
    before: str
    entries: tuple[str, ...]
    after: str
    note: str = ""
    is_cut_off: bool = False


def read_feed_text(data: bytes) -> FeedText:
    """Return the text of a feed, cut.

    Raises ReadError for a general entity, for more than 32 MB and for more than 256 attributes on an element.
    """
    if len(data) > LIMIT:
        raise ReadError(
            Message(
                "The feed is longer than %(limit)s MB. Ask for a shorter one.",
                {"limit": LIMIT // 1000000},
                "feed.size",
            )
        )
    text, note = _decoded(data)
    text = _DECLARATION.sub("", _CONTROLS.sub("", text), count=1).lstrip()
    text = _without_doctype(_REFERENCE.sub(_allowed_reference, text))
    _check_attribute_counts(text)
    spans, is_cut_off = _spans(text)
    if not spans:
        return FeedText(text, text, (), "", note)
    entries = tuple(text[start:end] for start, end in spans)
    return FeedText(text, text[: spans[0][0]], entries, text[spans[-1][1] :], note, is_cut_off)


def _decoded(data: bytes) -> tuple[str, str]:
    """Return the text of ``data`` by its mark, the declared encoding, else what fits; and a note when it lies."""
    if data.startswith((b"<\0", b"\0<")):
        return data.decode("utf-16-le" if data[1] == 0 else "utf-16-be", "replace"), ""
    declared = _DECLARED.match(data)
    if not declared or data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return decode(data)[0], ""
    charset = declared[1].decode()
    try:
        name = codecs.lookup(charset).name
        if name not in _UNSAFE_CODECS and not name.startswith(("utf-16", "utf-32")):
            return data.decode(_WIDER.get(name, name)), ""
    except (LookupError, UnicodeError):
        pass
    text, fitted = decode(data)
    return text, f"The feed says that it is in {charset[:40]}, but it was read as {fitted}."


def _allowed_reference(reference: re.Match[str]) -> str:
    """Return a reference to a character that XML allows as it is; nothing for another."""
    digits = reference[1] or reference[2]
    number = int(digits, 16 if reference[1] else 10) if len(digits) < 12 else 0
    is_allowed = number in (9, 10, 13) or 32 <= number < 0xD800 or 0xE000 <= number <= 0x10FFFF
    return reference[0] if is_allowed and number not in (0xFFFE, 0xFFFF) else ""


def _without_doctype(text: str) -> str:
    """Leave out the DOCTYPE, which can stand only behind comments and instructions."""
    doctype = _DOCTYPE.match(text)
    if not doctype:
        return text
    if entity := _ENTITY.search(doctype["doctype"]):
        raise ReadError(
            Message(
                "It declares an entity (%(name)s), which is not safe to read. Write the text itself.",
                {"name": repr(entity[1][:40])},
                "feed.entity",
            )
        )
    if not doctype["end"]:
        raise ReadError(Message("Its DOCTYPE does not end. Leave it out.", code="feed.doctype"))
    lines = "\n" * doctype["doctype"].count("\n")  # so that the lines keep their numbers
    return text[: doctype.start("doctype")] + lines + text[doctype.end() :]


def _check_attribute_counts(text: str) -> None:
    """Raise ReadError for an element with more attributes than any feed has: feedparser takes quadratic time on them.

    Linear, and before anything is kept. It ends where the text is no longer well-formed, as the parser that is slow
    does; the one that reads on behind a fault is linear itself.
    """
    parser = expat.ParserCreate("utf-8")

    def check_element(name: str, attributes: dict[str, str]) -> None:
        if len(attributes) > MAX_ATTRIBUTES:
            position = f"line {parser.CurrentLineNumber}: the element {name[:40]}"
            count = f"{len(attributes):,} attributes, more than {MAX_ATTRIBUTES}"
            raise ReadError(
                Message(
                    "It is no feed that can be read, %(position)s has %(count)s. Leave it out.",
                    {"position": position, "count": count},
                    "feed.deep",
                )
            )

    parser.StartElementHandler = check_element
    with suppress(expat.ExpatError):
        parser.Parse(text.encode("utf-8", "replace"), True)


def _spans(text: str) -> tuple[list[tuple[int, int]], bool]:
    """Return where the outermost entries begin and end, and whether the last is cut off."""
    spans: list[tuple[int, int]] = []
    start, depth = 0, 0
    for tag in _CUT.finditer(text):
        if not tag["name"] or (tag["rest"].endswith("/") and depth):
            continue
        if tag["rest"].endswith("/"):
            spans.append(tag.span())
        elif not tag["end"]:
            start = start if depth else tag.start()
            depth += 1
        elif depth:
            depth -= 1
            if not depth:
                spans.append((start, tag.end()))
    return (spans + [(start, len(text))] if depth else spans), bool(depth)


def parse_feed(feed_text: FeedText) -> Any:
    """Return what feedparser makes of a feed. Raises ReadError when that is nothing."""
    # else a picture's caption could pass for the text
    text = feed_text.text.replace("<media:description", "<media:caption")
    data = text.replace("</media:description", "</media:caption").encode()
    if not data:
        raise ReadError(Message("It is empty. Fetch it again.", code="feed.empty"))
    try:  # a stream: bytes could be taken for the name of a file
        parsed_feed = feedparser.parse(
            BytesIO(data), sanitize_html=False, resolve_relative_uris=False
        )
    except Exception as error:  # of a program that is not ours: one bad feed ends nothing else
        raise ReadError(
            Message(
                "It is not a feed that can be read (%(error)s). Fetch it again.",
                {"error": str(error)},
                "feed.malformed",
            )
        ) from error
    if parsed_feed.bozo and not parsed_feed.entries:
        fault = parsed_feed.get("bozo_exception")
        line_number = getattr(fault, "getLineNumber", lambda: None)()
        position = f", line {line_number}" if line_number else ""
        raise ReadError(
            Message(
                "It is not well-formed XML%(position)s, and no entry was found. Fetch it again.",
                {"position": position},
                "feed.malformed",
            )
        )
    return parsed_feed
