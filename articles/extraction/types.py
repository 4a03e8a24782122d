"""What extraction gives: frozen shapes, all offsets in code points of the text as given, ends exclusive."""

from dataclasses import dataclass

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class TextSpan:
    """Words at one place: ``text == article[start:end]``."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class ExtractedQuote:
    """One quoted run, marks excluded, or (``indirect``) one clause of reported speech.

    ``kind``: direct (whole sentence), partial (words inside the reporter's sentence), term (title, scare quotes) or
    indirect. ``speaker_type``: person, organization, unnamed or unknown. ``confidence``: the share of such detections,
    0 to 1, that were right in measured texts. ``pattern``: the rule that spoke; ``floating`` begins those that
    carried a speaker over. ``utterance`` is the same number for the parts of what was said in one go.
    """

    start: int
    end: int
    text: str
    kind: str
    speaker: str | None
    speaker_type: str
    mention: TextSpan | None
    cue: TextSpan | None
    confidence: float
    pattern: str
    utterance: int


@dataclass(frozen=True, slots=True)
class ExtractedEntity:
    """A person or an organization of the text: fullest name, role as printed (people only), places in reading order."""

    name: str
    role: str | None
    mentions: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that was found in one text."""

    quotes: tuple[ExtractedQuote, ...]
    people: tuple[ExtractedEntity, ...]
    organizations: tuple[ExtractedEntity, ...]


def text_span(text: str, span: Span | None) -> TextSpan | None:
    """Cut ``span`` out of ``text``."""
    return span and TextSpan(*span, text[span[0] : span[1]])
