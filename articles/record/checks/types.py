"""What a warning about a story's quotes looks like, whatever check has it."""

import hashlib
from dataclasses import dataclass

from articles.text.diff import DiffPiece

CHECK_LABELS = {
    "quoted": "Words in quotation marks that nobody is on record for",
    "elsewhere": "The same statement, printed elsewhere with other words",
    "role": "Speakers of whom readers are not told what they are",
    "marks": "Quotation marks without their other half",
}


@dataclass(frozen=True, slots=True)
class QuoteWarning:
    """One warning of the check ``check``: about the ``words`` at ``place`` (code points of the plain body).

    ``sentence`` tells the editor. ``fingerprint`` (hex) names the warning by what it is about, so that a changed text
    brings it back. ``story`` is the key of a story that prints it otherwise, 0 for none; of ``pieces`` what is deleted
    stands there, what is inserted here.
    """

    check: str
    words: str
    place: int
    sentence: str
    fingerprint: str
    pieces: tuple[DiffPiece, ...] = ()
    story: int = 0


def warning_fingerprint(check: str, *subjects: str) -> str:
    """Name a warning by its check and what it is about; white space does not count."""
    plain = "\0".join([check, *(" ".join(text.split()) for text in subjects)])
    return hashlib.sha256(plain.encode()).hexdigest()
