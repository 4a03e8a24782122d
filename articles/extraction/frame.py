"""Frame lines: what the page says around the story. They are blanked, so that offsets hold."""

import re

_LINES = re.compile(
    r"^[ \t]*(?:"
    r"(?:story|article|content) continues (?:below|after)[^\n]*"
    r"|(?:read more|read next|related|see also|watch|more on this)(?: stor(?:y|ies))?[ \t]*[:|>][^\n]*"
    r"|(?:follow|like) us on [^\n]{0,80}"
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
_DATELINE = re.compile(
    r"^[ \t]*[A-Z][A-Z.’'-]+(?: [A-Z][A-Z.’'-]*){0,3}"  # NORTHTOWN
    r"(?:, [A-Z][\w. ]{1,20})?(?: \([A-Z][\w /]{1,30}\))? ?(?:—|–|--|-) ",  # , Freedonia (Coastline) —
    re.MULTILINE,
)


def blank_frame(text: str) -> str:
    """Return ``text`` with promotion, captions, bylines, datelines and the wire's credit as spaces: same length."""
    for rule in (_LINES, _BYLINE, _DATELINE):
        text = rule.sub(_blank, text)
    if "ign up" in text or "ubscribe" in text or "SIGN UP" in text:
        text = _SIGN_UP.sub(_blank, text)
    end = max(0, len(text) - _ENDING)
    return text[:end] + _CREDIT.sub(_blank, text[end:])


def _blank(found: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", found[0])
