"""What extraction gives: frozen shapes, all offsets in code points of the text as given, ends exclusive."""

from dataclasses import dataclass

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Piece:
    """Words at one place: ``text == article[start:end]``."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Quote:
    """One quoted run, marks excluded, or (``indirect``) one clause of reported speech.

    ``kind``: direct (whole sentence), partial (words inside the reporter's sentence), term (title, scare quotes) or
    indirect. ``speaker_type``: person, organization, unnamed or unknown. ``confidence``: the share of such finds,
    0 to 1, that were right in measured texts. ``pattern``: the rule that spoke; ``floating`` begins those that
    carried a speaker over. ``utterance`` is the same number for the parts of what was said in one go.
    """

    start: int
    end: int
    text: str
    kind: str
    speaker: str | None
    speaker_type: str
    mention: Piece | None
    cue: Piece | None
    confidence: float
    pattern: str
    utterance: int


@dataclass(frozen=True, slots=True)
class Named:
    """A person or an organization of the text: fullest name, role as printed (people only), places in reading order."""

    name: str
    role: str | None
    mentions: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that was found in one text."""

    quotes: tuple[Quote, ...]
    people: tuple[Named, ...]
    organizations: tuple[Named, ...]


def piece(text: str, span: Span | None) -> Piece | None:
    """Cut ``span`` out of ``text``."""
    return span and Piece(*span, text[span[0] : span[1]])
