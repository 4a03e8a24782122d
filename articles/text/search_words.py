"""How many words one search looks for: each is a look through every text that is left."""

from collections.abc import Sequence

from .excerpt import shorten
from .messages import Message

MOST_WORDS = 8
MOST_SHOWN = 160  # letters of what was left out


def limit_words(text: str) -> str:
    """Return the words of ``text`` that are looked for, one space between them."""
    return " ".join(text.split()[:MOST_WORDS])


def omitted_words(text: str) -> str:
    """Return the words of ``text`` that are not, empty when all are looked for."""
    return " ".join(text.split()[MOST_WORDS:])


def describe_omitted(text: str) -> Message | str:
    """Say which words of ``text`` were not looked for, empty when all were."""
    return describe_left_out(omitted_words(text).split())


def describe_left_out(words: Sequence[str]) -> Message | str:
    """Say that ``words``, which came after the first ``MOST_WORDS``, were not looked for; empty for none."""
    omitted = shorten(" ".join(words), MOST_SHOWN)
    if not omitted:
        return ""
    return Message(
        "Only the first %(most)s words were looked for. Left out: %(words)s",
        {"most": MOST_WORDS, "words": omitted},
    )
