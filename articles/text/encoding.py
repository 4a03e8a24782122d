"""Bytes of unknown origin -> text."""

import codecs

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MAGIC = (
    *(
        b"\x89PNG",
        b"\xff\xd8\xff",
        b"GIF8",
        b"%PDF-",
        b"PK\x03\x04",
        b"\x1f\x8b",
        b"SQLite format 3",
    ),
    *(b"\xd0\xcf\x11\xe0", b"\x7fELF", b"BZh", b"7z\xbc\xaf", b"\xfd7zXZ", b"RIFF", b"MZ\x90"),
)


def decode(data: bytes) -> tuple[str, str]:
    """Return the text of ``data``, without its byte order mark, and the encoding that fitted. Never raises.

    By the mark, else UTF-8, else Windows-1252, else Latin-1, which fits anything.
    """
    marked = [name for mark, name in _MARKS if data.startswith(mark)]
    for encoding in (*marked, "utf-8", "cp1252"):
        try:
            return data.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1"), "latin-1"


def is_binary(data: bytes) -> bool:
    """Tell whether ``data`` is no text: a picture, an archive, a document, or full of NULs without a mark of UTF-16."""
    if data.startswith(_MAGIC):
        return True
    has_mark = any(data.startswith(mark) for mark, _ in _MARKS)
    return not has_mark and data.count(0) > max(3, len(data) // 100)
