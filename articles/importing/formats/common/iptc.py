"""What IPTC's formats share: codes of subjects, and notes to editors that a version corrects the one before.

Sources: https://cv.iptc.org/newscodes/mediatopic/, https://cv.iptc.org/newscodes/subjectcode/
"""

import re

from articles.text.characters import printable
from articles.text.messages import Message

CORRECTED = str(Message("The agency has corrected this story."))

_TOPS = (  # Media Topics' labels, in the order of their codes: 01000000, 02000000 …
    *("arts, culture, entertainment and media", "crime, law and justice"),
    *("disaster, accident and emergency incident", "economy, business and finance", "education"),
    *("environment", "health", "human interest", "labour", "lifestyle and leisure"),
    *("politics and government", "religion", "science and technology", "society", "sport"),
    *("conflict, war and peace", "weather"),
)
_SCHEMES = {"medtop": "medtop", "mediatopic": "medtop", "subj": "subj", "subjectcode": "subj"}
_SCHEMES |= {"mediatopics": "medtop", "iptc_subject_code": "subj", "iptcsubjectcode": "subj"}
_CODE = re.compile(
    r"(?:(?:https?://cv\.iptc\.org/newscodes/)?([A-Za-z_]+)[:/])?(\d{8})/?", re.ASCII
)
_CORRECTS = re.compile(
    r"\W*(?:eds?(?:itors)?[:.]?\s+)?(?:this\s+)?corr(?:ect(?:s|ed|ing|ion)|igendum)\b", re.I
)


def iptc_code(code: str, scheme: str = "") -> str:
    """Return ``medtop:20000002`` or ``subj:04001000`` for a code with or without its scheme or address; else "".

    Eight bare digits are a Media Topic from 20000000, and for the 17 tops, which both vocabularies number alike.
    """
    match = _CODE.fullmatch(code.strip())
    if not match:
        return ""
    scheme_name = match[1] or scheme.rpartition("/")[2]
    vocabulary = _SCHEMES.get(scheme_name.casefold(), "")
    if match[1] and not vocabulary:
        return ""
    is_topic = match[2] >= "20000000" or _top_code(match[2]) == match[2]
    return f"{vocabulary or ('medtop' if is_topic else 'subj')}:{match[2]}"


def top_topic(code: str) -> tuple[str, str]:
    """Return the name and the code of the top that a subject code (its last eight digits) is below; empty for none.

    A Media Topic from 20000000 on does not tell its top.
    """
    top = _top_code(code[-8:])
    return (_TOPS[int(top[:2]) - 1], f"medtop:{top}") if top else ("", "")


def correction_note(note: str, is_marked: bool = False) -> str:
    """Return what a note to editors says is corrected: a note that opens with it, or one with a marked version."""
    note = " ".join(printable(note).split())
    if is_marked:
        return note or CORRECTED
    return note if _CORRECTS.match(note) else ""


def _top_code(digits: str) -> str:
    is_known = digits.isascii() and digits.isdigit() and 1 <= int(digits[:2]) <= len(_TOPS)
    return f"{digits[:2]}000000" if is_known else ""
