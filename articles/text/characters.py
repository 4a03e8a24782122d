"""Characters that may not stand in a story, whatever its format."""

import re

_SEPARATOR = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
UNPRINTABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
_SPECIAL = re.compile(f"{_SEPARATOR.pattern}|{UNPRINTABLE.pattern}")


def printable(text: str) -> str:
    """Return ``text`` without what breaks feeds, XML exports and PostgreSQL, and what ``java\\x03script:`` hides in.

    Carriage returns and the other line separators become newlines; the other C0 and C1 controls (but for tab),
    lone surrogates, U+FEFF, U+FFFE and U+FFFF go. Linear, idempotent, never raises.
    """
    if text.isprintable() or not _SPECIAL.search(text):
        return text
    return UNPRINTABLE.sub("", _SEPARATOR.sub("\n", text))
