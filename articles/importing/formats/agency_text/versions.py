"""The words by which a wire marks a version of a story: leads, updates, corrections, kills, embargoes."""

import re
from collections.abc import Iterable

from articles.importing.formats.types import PubStatus

_VERSION = (
    r"(?:\d{1,2}(?:st|nd|rd|th) (?:ld|lead|add|sub|writethru)(?:-\w+)?|(?:ld-)?writethru|refile|extra|urgent"
    r"|update(?: \d+)?|lead|correct(?:ion|ed|s)?|clarification|bulletin|flash|advisory|withhold"
    r"|(?:bulletin |mandatory )?kill|withdrawal|elimination)"
)
_IN_SLUG = re.compile(rf"{_VERSION}(?: .*)?", re.IGNORECASE)
_IN_HEADLINE = re.compile(rf"{_VERSION}[: -]+(?=\S)", re.IGNORECASE)
_KILL = re.compile(r"(?i)(?:bulletin |mandatory )?(?:kill|withdrawal|elimination)")
_WITHHELD = re.compile(r"(?i)advisory|withhold")
_EMBARGO = re.compile(r"(?i)\W*(?:embargoed|embargo(?: until|:)|hold for release|sperrfrist)")


def is_version_mark(words: str) -> bool:
    """Tell whether a part of a slug is the mark of a version: ``1st Ld-Writethru``."""
    return bool(_IN_SLUG.fullmatch(words))


def split_version_mark(headline: str) -> tuple[str, str]:
    """Return the mark that a headline begins with, empty for none, and the headline without it.

    A mark is in capitals, in a headline that is not.
    """
    match = _IN_HEADLINE.match(headline)
    if match and match[0].isupper() and not headline.isupper():
        return match[0].strip(" :-"), headline[match.end() :]
    return "", headline


def is_embargo(line: str) -> bool:
    """Tell whether a line is an embargo."""
    return bool(_EMBARGO.match(line))


def version_status(notes: Iterable[str], *, is_embargoed: bool) -> PubStatus:
    """Return what the marks of a version among ``notes`` make of its story."""
    marks = tuple(notes)
    if any(_KILL.match(mark) for mark in marks):
        return "canceled"
    is_withheld = is_embargoed or any(_WITHHELD.match(mark) for mark in marks)
    return "withheld" if is_withheld else "usable"
