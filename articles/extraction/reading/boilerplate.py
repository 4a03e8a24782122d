"""Frame lines: what the page says around the story. They are blanked, so that offsets hold."""

import re

_LINES = re.compile(
    r"^[ \t]*(?:"
    r"(?:story|article|content) continues (?:below|after)[^\n]*"
    r"|[\"“]?(?:read more|read next|related|see also|watch|more on this)(?: stor(?:y|ies))?[ \t]*[:|>][^\n]*"
    r"|(?:follow|like) us on [^\n]{0,80}"
    r"|[\"“]?follow [^\n]{1,40} on (?:facebook|twitter|instagram)[^\n]{0,80}"
    r"|(?:advertisement|share this (?:story|article)|most popular)[ \t]*"
    r"|\(?(?:photo|image|picture|video)s?(?: credit| by|:)[^\n]*"
    r"|with files? from [^\n]*"
    r")$",
    re.IGNORECASE | re.MULTILINE,
)
_SIGN_UP = re.compile(
    r"\b(?:sign up now|sign up for|subscribe to our)\b[^\n.]{0,160}$", re.I | re.M
)
_BYLINE = re.compile(r"^[ \t]*[Bb][Yy] (?:[A-Z][\w.’'-]*,? ?(?:and )?){2,8}$", re.MULTILINE)
_ENDING = 150  # characters in which the credit is looked for
_CREDIT = re.compile(
    r"(?<=[.!?”\"’])[ \t\n]*[—–-]{0,2} ?[A-Z]{2,}(?:[ ,/]{1,2}[A-Z]{2,}){0,3}\.?\s*\Z"
)
_NO_WIDTH = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_AGENCY = re.compile(r"/(?:[^()\n]{2,60}\)|[A-Z]{2}[A-Z ]{0,30})[ \t]*$", re.MULTILINE)
_NAME = 62  # characters: the photographer's, before the agency
_DATELINE = re.compile(
    r"^[ \t]*[A-Z][A-Z.’'-]+(?: [A-Z][A-Z.’'-]*){0,3}"  # NORTHTOWN
    r"(?:, [A-Z][\w. ]{1,20})?(?: \([A-Z][\w /]{1,30}\))? ?(?:—|–|--|-) ",  # , Freedonia (Coastline) —
    re.MULTILINE,
)


def blank_boilerplate(text: str) -> str:
    """Return ``text`` with promotion, captions, bylines, datelines and the wire's credit as spaces: same length.

    What has no width (soft hyphens, zero-width spaces) becomes a space too: it would pass for a mark.
    """
    if not text.isascii():
        text = _NO_WIDTH.sub(" ", text)
    for rule in (_LINES, _BYLINE, _DATELINE):
        text = rule.sub(_blank, text)
    if "ign up" in text or "ubscribe" in text or "SIGN UP" in text:
        text = _SIGN_UP.sub(_blank, text)
    end = max(0, len(text) - _ENDING)
    return text[:end] + _CREDIT.sub(_blank, text[end:])


def find_captions(text: str) -> list[tuple[int, int]]:
    """Return the lines that end with a picture's credit, "(Ada Okafor/Coast Press)", as offsets in reading order."""
    captions = []
    for agency in _AGENCY.finditer(text):
        at = agency.start()
        is_open = "(" in text[max(0, at - _NAME) : at].rpartition(")")[2]
        if is_open or (not agency[0].rstrip().endswith(")") and text[at - 1 : at].isalpha()):
            captions.append((text.rfind("\n", 0, at) + 1, agency.end()))
    return captions


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match[0])
