"""The same words said again: a key for a statement."""

import hashlib
import re

from articles.text.fold import fold

FEWEST_WORDS = 4
_NO_WORD = re.compile(r"[^\w]+")


def statement_key(words: str) -> str:
    """Return a key (32 hex digits) that ``words`` share with the same words set otherwise; empty for a short answer.

    Case, accents, marks and spaces do not count. Of fewer than four words two people may say the same twice and mean
    two things. Two quotes are one statement when key and speaker are the same.
    """
    bare = _NO_WORD.sub(" ", fold(words)).split()
    if len(bare) < FEWEST_WORDS:
        return ""
    return hashlib.sha256(" ".join(bare).encode()).hexdigest()[:32]
