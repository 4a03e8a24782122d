"""The bytes of a saved page -> its tree, within bounds.

Source: https://encoding.spec.whatwg.org/#names-and-labels for the names of encodings.
"""

import re
from typing import Any

from lxml import etree, html

from articles.importing.formats.types import RecordError
from articles.text.characters import printable
from articles.text.encoding import decode, is_binary
from articles.text.messages import Message

LIMIT = 10_000_000  # bytes of a page
MAX_LETTERS = 400_000  # of its text, scripts and styles apart
MAX_ELEMENTS = 10_000
MAX_DEPTH = 100
MAX_TOTAL_DEPTH = 600_000  # of all elements together, counted where they begin and end

_DECLARED = re.compile(rb"<meta\s[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{1,40})", re.I)
_PROLOG = re.compile(rb"\A\s*<\?xml\s[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9_.-]{1,40})", re.I)
_CODECS = {
    **dict.fromkeys(("utf-8", "utf8", "unicode-1-1-utf-8"), "utf-8"),
    **dict.fromkeys(("iso-8859-1", "latin1", "latin-1", "ascii", "us-ascii"), "cp1252"),
    **dict.fromkeys(("shift_jis", "shift-jis", "sjis", "x-sjis", "windows-31j"), "cp932"),
    **dict.fromkeys(("euc-kr", "ks_c_5601-1987", "ksc5601", "windows-949", "cp949"), "cp949"),
    **dict.fromkeys(("gb2312", "gbk", "x-gbk", "gb18030", "gb_2312-80"), "gb18030"),
    **dict.fromkeys(("big5", "big5-hkscs", "cn-big5"), "big5hkscs"),
    **dict.fromkeys(("tis-620", "windows-874", "iso-8859-11"), "cp874"),
    **{name: name for name in ("euc-jp", "iso-2022-jp", "koi8-r", "koi8-u", "macintosh")},
    **{f"windows-125{number}": f"cp125{number}" for number in range(9)},
    **{
        f"iso-8859-{number}": f"iso8859-{number}"
        for number in range(2, 17)
        if number not in (9, 11, 12)
    },
    "iso-8859-9": "cp1254",
}
_STRAY = 1000  # one letter in so many may be broken


def page_text(data: bytes) -> tuple[str, bool]:
    """Return the printable text of a page and whether letters of it were lost.

    By its byte order mark, as UTF-8 when it is that without fault (whatever it names), the encoding it names,
    Windows-1252, Latin-1. Stray bytes that are none in the encoding it names are passed over. Never raises.
    """
    text, encoding = decode(data)
    if encoding in ("utf-8-sig", "utf-16", "utf-32"):
        return printable(text), False
    if (
        encoding == "utf-8" and not data.isascii()
    ):  # by chance only; programs that save pages turn them into it
        return printable(text), False
    match = _DECLARED.search(data[:65_536]) or _PROLOG.search(data[:1000])
    codec = _CODECS.get(match[1].decode("ascii").lower(), "") if match else ""
    for name in dict.fromkeys(filter(None, (codec, "utf-8"))):
        decoded = data.decode(name, "replace")
        lost = decoded.count("\ufffd") - data.count("\ufffd".encode())
        if lost <= (len(decoded) // _STRAY if name == codec else 0):
            return printable(decoded), lost > 0
    return printable(text), False


def page_tree(data: bytes) -> tuple[Any, bool]:
    """Return the root element of a page and whether letters were lost in decoding.

    Raises RecordError for what is no text, too large, too deep, or holds no element. Nothing is fetched.
    """
    if len(data) > LIMIT:
        raise RecordError(
            "file",
            Message("the page has more than 10 MB", code="web_page.size"),
            "Save the page as HTML only.",
        )
    if is_binary(data) or not data.strip():
        raise RecordError(
            "file",
            Message("the file is empty or not text", code="web_page.empty"),
            "Save the page as HTML.",
        )
    text, is_lossy = page_text(data)
    parser = html.HTMLParser(encoding="utf-8", no_network=True, remove_pis=True)
    try:
        root = html.document_fromstring(text.encode(), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise RecordError(
            "file", Message("it is not HTML", code="web_page.not_html"), "Save the page again."
        ) from error
    _check_size(root)
    return root, is_lossy


def _check_size(root: Any) -> None:
    """Raise RecordError for a page on which finding the story would take more than a moment."""
    depth = depths = count = letters = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        count += event == "start"
        depths += depth
        if event == "end":
            silent = element.tag in ("script", "style")
            letters += len(element.tail or "") + (0 if silent else len(element.text or ""))
        if (
            depth > MAX_DEPTH
            or depths > MAX_TOTAL_DEPTH
            or count > MAX_ELEMENTS
            or letters > MAX_LETTERS
        ):
            reason = Message(
                "the page has too much text, too many tags, or too deep ones", code="web_page.depth"
            )
            raise RecordError("file", reason, "Copy the story into a text file.")


def inner_text(element: Any) -> str:
    """Return the text of an element in one line."""
    if element is None:
        return ""
    return " ".join("".join(element.itertext()).split())
