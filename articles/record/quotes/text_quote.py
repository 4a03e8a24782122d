"""Where the words of a quote stand. Source: W3C Web Annotation, TextQuoteSelector"""

from collections.abc import Sequence
from dataclasses import dataclass

CONTEXT = 64  # letters kept before and after; 32 in older rows
_OPENING, _CLOSING = "“‘„‚«‹\"'", "”’“‘»›\"'"


@dataclass(frozen=True, slots=True)
class Anchor:
    """Words at ``text[start:end]`` of a plain body with what stands around them; offsets count code points."""

    start: int
    end: int
    text: str
    prefix: str
    suffix: str

    @property
    def span(self) -> tuple[int, int]:
        """Where the words begin and end."""
        return self.start, self.end

    def stands_in(self, body_text: str) -> bool:
        """Tell whether the words stand at their place in ``body_text``."""
        return body_text[self.start : self.end] == self.text

    def keeps_marks(self, body_text: str, at: int) -> bool:
        """Tell whether words that stood in quotation marks do so at ``at`` too: without them nobody is quoted."""
        before, end = body_text[max(0, at - 1) : at], at + len(self.text)
        opens = self.prefix[-1:] not in _OPENING or before and before in _OPENING
        closes = self.suffix[:1] not in _CLOSING or body_text[end : end + 1] in _CLOSING
        return bool(not self.prefix or opens) and bool(not self.suffix or closes)

    def letters_alike(self, body_text: str, at: int) -> int:
        """Return how many letters on both sides of ``at``, from the words on, are those that stood around them."""
        end = at + len(self.text)
        before, after = body_text[max(0, at - CONTEXT) : at], body_text[end : end + CONTEXT]
        return _shared(self.prefix[::-1], before[::-1]) + _shared(self.suffix, after)

    def is_surrounded_as(self, body_text: str, at: int) -> bool:
        """Tell whether all letters that stood around the words stand around ``at``, however many were kept."""
        return self.letters_alike(body_text, at) == len(self.prefix) + len(self.suffix)


def anchor(body_text: str, start: int, end: int) -> Anchor:
    """Return the anchor of ``body_text[start:end]``. Raises ValueError for a range that holds no words of it."""
    if not 0 <= start < end <= len(body_text):
        raise ValueError(f"{start} to {end} is no range of a text of {len(body_text)} letters")
    prefix = body_text[max(0, start - CONTEXT) : start]
    return Anchor(start, end, body_text[start:end], prefix, body_text[end : end + CONTEXT])


def find_all(words: str, body_text: str) -> list[int]:
    """Return where ``words`` begin in ``body_text``, in order, overlapping ones too."""
    starts, at = [], body_text.find(words) if words else -1
    while at >= 0:
        starts.append(at)
        at = body_text.find(words, at + 1)
    return starts


def clash(first: Sequence[int], second: Sequence[int], body_text: str) -> bool:
    """Tell whether two spans of ``body_text`` (start, end) cannot both be quotes.

    They can when they share no letter, and when one is a quote within the other: shorter, and in marks of its own.
    """
    if first[1] <= second[0] or second[1] <= first[0]:
        return False
    inner, outer = sorted((tuple(first), tuple(second)), key=lambda span: span[1] - span[0])
    is_within = inner != outer and outer[0] <= inner[0] and inner[1] <= outer[1]
    mark_before, mark_after = (
        body_text[max(0, inner[0] - 1) : inner[0]],
        body_text[inner[1] : inner[1] + 1],
    )
    is_quoted = mark_before and mark_before in _OPENING and mark_after and mark_after in _CLOSING
    return not (is_within and outer[0] < inner[0] and inner[1] < outer[1] and is_quoted)


def _shared(first: str, second: str) -> int:
    """Return how many letters two texts begin with alike."""
    count = 0
    for letter, other in zip(first, second, strict=False):
        if letter != other:
            break
        count += 1
    return count
