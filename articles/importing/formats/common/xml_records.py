"""XML from outside, one record at a time: no DTD is loaded, no entity resolved, no network used.

Refused: the declaration of a general entity, an entity that is not defined, elements nested 256 deep, a text of more
than 10 MB (libxml2's own limits). A DOCTYPE that points elsewhere, and parameter entities, are passed over unread.
Sources: https://www.w3.org/TR/xml/, https://lxml.de/FAQ.html#how-do-i-use-lxml-safely-as-a-web-service-endpoint
"""

import codecs
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from io import BytesIO
from itertools import chain
from typing import Any, BinaryIO

from lxml import etree

from articles.importing.formats.common.parse_faults import (
    entity_message,
    malformed_message,
    undefined_message,
)
from articles.importing.formats.types import ReadError
from articles.text.messages import Message

LIMIT = 32_000_000  # letters of one record, or between two
_PROLOG_LIMIT = 1_000_000
_CHUNK = 65_536
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"<\0?\0", "utf-16-le"),
    (b"<\0\n\0", "utf-16-le"),
    (b"\0<\0?", "utf-16-be"),
)
_DECLARED = re.compile(rb"\s*<\?xml\s[^>]*?encoding\s*=\s*[\"']([A-Za-z][\w.:-]*)[\"']")
_UNSAFE_CODECS = {"utf-7", "unicode_escape", "raw_unicode_escape", "idna", "punycode", "undefined"}
_DECLARATION = re.compile(r"\s*(?:<\?xml\s[^>]*\?>\s*)?")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_CONTROL_REFERENCES = re.compile(
    r"&#(?:0*(?:[0-8]|1[124-9]|2\d|3[01])|[xX]0*(?:[0-8bcefBCEF]|1[0-9a-fA-F])|[xX]0*[dD][89a-fA-F]\w\w);"
)
_PROLOG = re.compile(  # quotation marks stand in declarations only
    r"""<!--.*?(?:-->|\Z)|<\?.*?(?:\?>|\Z)|"[^"]*(?:"|\Z)|'[^']*(?:'|\Z)|<!ENTITY\s+(?P<general>[^%\s]+)
    |<!ENTITY\s+%\s+(?P<parameter>\S+)|<(?P<root>[^!?\s/>"']+)(?P<rest>[^>]*)|[^<"']+|.""",
    re.DOTALL | re.VERBOSE,
)
_NAMESPACE = re.compile(r"""\sxmlns(?::([^\s=]+))?\s*=\s*["']([^"']*)["']""")


@dataclass(frozen=True, slots=True)
class XmlRecord:
    """One element, gone once the next is asked for; ``original`` are its bytes as they stood there, in UTF-8.

    Control characters, which XML forbids, are left out. ``line`` counts from 1.
    """

    element: Any
    original: bytes
    line: int


def xml_root_name(head: bytes) -> tuple[str, str]:
    """Return the local name and the namespace of the root of a file that begins with ``head``; empty if no XML."""
    text = codecs.getincrementaldecoder(_encoding(head))("ignore").decode(head)
    is_in_doctype = False
    declaration = _DECLARATION.match(text)
    for match in _PROLOG.finditer(text, declaration.end() if declaration else 0):
        if match["root"]:
            prefix, _, local = match["root"].rpartition(":")
            namespaces = dict(_NAMESPACE.findall(match["rest"]))
            return local, namespaces.get(prefix, "")
        is_in_doctype = is_in_doctype or match[0] == "<"
        if not is_in_doctype and match[0][0] != "<" and match[0].strip():
            break
    return "", ""


def parse_xml(data: bytes, *, recovers: bool = False) -> Any:
    """Return the root element of a whole document. Raises ReadError naming the line."""
    local, _ = xml_root_name(data[:_PROLOG_LIMIT])
    for record in iter_xml_records(BytesIO(data), {local} if local else {"-"}, recovers=recovers):
        return record.element
    raise ReadError(Message("It is not XML.", code="xml.not_xml"))


def iter_xml_records(
    stream: BinaryIO, tags: Collection[str], *, recovers: bool = False
) -> Iterator[XmlRecord]:
    """Yield the outermost elements with a local name of ``tags``, as they end; only one is in memory.

    The encoding is that of the byte order mark, else the declared one, else UTF-8. ``recovers`` reads on behind what
    is malformed: only after a strict try, and the editors are told. Raises ReadError naming the line, when what was
    well-formed is already out.
    """
    return _RecordParser(tags, recovers).records(stream)


def local_name(element: Any) -> str:
    """Return the name of ``element`` without its namespace; empty for a comment or an instruction."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


class _RecordParser:
    """One pass over a file: the parser, how deep in a record it is, and the text of that record."""

    def __init__(self, tags: Collection[str], recovers: bool) -> None:
        self.recovers = recovers
        names = "|".join(map(re.escape, sorted(tags)))
        self.cut = re.compile(rf"<(/?)(?:[^\s<>/:]+:)?(?:{names})(?=[\s/>])[^<>]*>?")
        self.parser = etree.XMLPullParser(
            events=("start", "end"),
            tag=[f"{{*}}{name}" for name in tags if name],
            encoding="utf-8",
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            recover=recovers,
        )
        self.depth = self.letters = self.logged = 0
        self.parts: list[str] = []
        self.is_recording = False
        self.parameters: set[str] | None = None

    def records(self, stream: BinaryIO) -> Iterator[XmlRecord]:
        """Yield the records of ``stream``."""
        chunks = _decoded_chunks(stream)
        try:
            self.parameters, prolog = _prolog(chunks)
            for chunk in chain([prolog], chunks):
                yield from self.feed(chunk)
            self.parser.close()
            yield from self.events()
        except etree.XMLSyntaxError as error:
            raise ReadError(malformed_message(error.lineno or 1, str(error.msg))) from error

    def feed(self, chunk: str) -> Iterator[XmlRecord]:
        """Feed text cut where a record may begin or end: so its own letters are known."""
        at = 0
        for tag in self.cut.finditer(chunk):
            yield from self.push(chunk[at : tag.start()])
            if not self.depth:
                self.parts, self.is_recording = [], True
            yield from self.push(tag[0])
            at = tag.end()
        yield from self.push(chunk[at:])

    def push(self, text: str) -> Iterator[XmlRecord]:
        """Feed one cut."""
        if not text:
            return
        self.parser.feed(text.encode())
        self.stop_at_fault()  # else it would begin anew with what is fed next
        self.letters += len(text)
        if self.letters > LIMIT:
            raise ReadError(
                Message(
                    "A record is longer than %(limit)s MB. Leave it out.",
                    {"limit": LIMIT // 1000000},
                    "xml.size",
                )
            )
        if self.is_recording:
            self.parts.append(text)
        yield from self.events()

    def stop_at_fault(self) -> None:
        """Raise ReadError for the first fault, unless it is to be read on behind it."""
        if self.recovers:
            return
        for entry in self.parser.feed_error_log:
            if entry.level >= etree.ErrorLevels.FATAL:
                raise ReadError(malformed_message(entry.line, entry.message))

    def events(self) -> Iterator[XmlRecord]:
        """Yield the record that ended with what was fed last."""
        for event, element in self.parser.read_events():
            self.depth += 1 if event == "start" else -1
            if event == "end" and not self.depth:
                self.refuse_entities(element)
                yield XmlRecord(element, "".join(self.parts).encode(), element.sourceline or 0)
                self.parts, self.letters, self.is_recording = [], 0, False
                _free(element)

    def refuse_entities(self, element: Any) -> None:
        """Raise ReadError for entities: libxml2 leaves them out, and at times the words behind them."""
        inner = element.getroottree().docinfo.internalDTD
        if inner is not None and self.parameters is not None:
            for entity in inner.iterentities():
                if entity.name not in self.parameters:
                    raise ReadError(entity_message(entity.name))
            self.parameters = None
        for entity in element.iter(etree.Entity):
            raise ReadError(undefined_message(entity.sourceline or element.sourceline, entity.name))
        log = self.parser.feed_error_log
        for entry in list(log)[self.logged :]:
            if entry.type_name in ("WAR_UNDECLARED_ENTITY", "ERR_UNDECLARED_ENTITY"):
                raise ReadError(
                    undefined_message(entry.line, "".join(entry.message.split("'")[1:2]))
                )
        self.logged = len(log)


def _decoded_chunks(stream: BinaryIO) -> Iterator[str]:
    """Yield the text of ``stream`` in pieces that end behind a ``>`` as far as there is one, without controls.

    The XML declaration is left out: what follows is Unicode. Raises ReadError for bytes that do not fit the encoding.
    """
    head = stream.read(_CHUNK)
    encoding = _encoding(head)
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    lines, rest, is_first = 1, "", True
    for data in chain([head], iter(lambda: stream.read(_CHUNK), b""), [b""]):
        try:
            text = rest + decoder.decode(data, final=not data)
        except UnicodeError as error:
            reason = f"near line {lines + rest.count(chr(10))} are bytes that are not {encoding}"
            raise ReadError(
                Message(
                    "It is not XML as it says: %(reason)s. Save it as UTF-8.",
                    {"reason": reason},
                    "xml.encoding",
                )
            ) from error
        if is_first:
            declared = _DECLARATION.match(text)
            text = "\n" * declared[0].count("\n") + text[declared.end() :] if declared else text
            is_first = False
        end = text.rfind(">") + 1 or max(0, len(text) - 200)
        end, rest = (len(text), "") if not data else (end, text[end:])
        lines += text.count("\n", 0, end)
        yield _CONTROL_REFERENCES.sub("", _CONTROLS.sub("", text[:end]))


def _encoding(head: bytes) -> str:
    marked = next((name for mark, name in _MARKS if head.startswith(mark)), "")
    declared = _DECLARED.match(head)
    if marked or not declared:
        return marked or "utf-8"
    name = declared[1].decode()
    try:
        codec = codecs.lookup(name)
    except LookupError:
        codec = None
    is_text = codec and getattr(codec, "_is_text_encoding", True)
    if not codec or not is_text or codec.name in _UNSAFE_CODECS:
        return "utf-8"
    return "utf-8" if codec.name.startswith(("utf-16", "utf-32")) else codec.name


def _prolog(chunks: Iterator[str]) -> tuple[set[str], str]:
    """Return the parameter entities declared before the root, and the text read for that.

    Raises ReadError for general entities.
    """
    text = ""
    for chunk in chunks:
        text += chunk
        parameters: set[str] = set()
        for match in _PROLOG.finditer(text):
            if match["general"]:
                raise ReadError(entity_message(match["general"]))
            if match["parameter"]:
                parameters.add(match["parameter"])
            if match["root"]:
                return parameters, text
        if len(text) > _PROLOG_LIMIT:
            raise ReadError(
                Message(
                    "Its first element does not come within 1 MB. Leave out what is before.",
                    code="xml.late_root",
                )
            )
    return set(), text


def _free(element: Any) -> None:
    """Free ``element`` and all that came before it."""
    element.clear()
    while element is not None:
        parent = element.getparent()
        while parent is not None and element.getprevious() is not None:
            del parent[0]
        element = parent
