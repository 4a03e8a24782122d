"""Text folded for searching, matching and addresses."""

import re
import unicodedata

_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "æ": "ae", "œ": "oe", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ß": "ss"}
)
_NOT_IN_SLUGS = re.compile(r"[^a-z0-9]+")


def fold(text: str) -> str:
    """Return ``text`` without marks and case, one space between words: "Ó Cuilleanáin" becomes "o cuilleanain"."""
    plain = unicodedata.normalize("NFKD", text.casefold()).translate(_LETTERS)
    bare = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return " ".join(bare.casefold().split())


def slugify(text: str, limit: int = 80, default: str = "story") -> str:
    """Return an ASCII slug of at most ``limit`` letters, cut between words; ``default`` when nothing is left."""
    slug = _NOT_IN_SLUGS.sub("-", fold(text).replace("'", "").replace("’", "")).strip("-")
    if len(slug) > limit:
        slug = slug[: limit + 1].rpartition("-")[0] or slug[:limit]
    return slug or default
