"""Where the words of a quote stand, also after an edit. Source: W3C Web Annotation, TextQuoteSelector"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

CONTEXT = 32  # letters kept before and after
_OPENING, _CLOSING = "“‘„‚«‹\"'", "”’“‘»›\"'"


@dataclass(frozen=True, slots=True)
class Anchor:
    """Words at ``text[start:end]`` of a plain body with what stands around them; offsets count code points."""

    start: int
    end: int
    text: str
    prefix: str
    suffix: str


def anchor(body_text: str, start: int, end: int) -> Anchor:
    """Return the anchor of ``body_text[start:end]``. Raises ValueError for a range that holds no words of it."""
    if not 0 <= start < end <= len(body_text):
        raise ValueError(f"{start} to {end} is no range of a text of {len(body_text)} letters")
    prefix = body_text[max(0, start - CONTEXT) : start]
    return Anchor(start, end, body_text[start:end], prefix, body_text[end : end + CONTEXT])


def find_again(anchors: Sequence[Anchor], body_text: str) -> list[Anchor] | None:
    """Return where ``anchors`` (the parts of one quote, in order) stand in ``body_text`` now, None if one is gone.

    The words must be there letter by letter, in quotation marks where they stood in such, and in their order. Where
    they stand several times, what stood around them decides, then how near the place is.
    """
    found = []
    for one in anchors:
        at = _best_place(one, body_text)
        if at < 0:
            return None
        found.append(anchor(body_text, at, at + len(one.text)))
    in_order = all(before.end <= after.start for before, after in pairwise(found))
    return found if in_order else None


def places(words: str, body_text: str) -> list[int]:
    """Return where ``words`` begin in ``body_text``, in order, overlapping ones too."""
    found, at = [], body_text.find(words) if words else -1
    while at >= 0:
        found.append(at)
        at = body_text.find(words, at + 1)
    return found


def _best_place(one: Anchor, body_text: str) -> int:
    """Return where the words of ``one`` stand now, -1 for nowhere."""
    return max(
        (at for at in places(one.text, body_text) if _keeps_marks(one, body_text, at)),
        key=lambda at: (_likeness(one, body_text, at), -abs(at - one.start)),
        default=-1,
    )


def _keeps_marks(one: Anchor, body_text: str, at: int) -> bool:
    """Tell whether words that stood in quotation marks do so at ``at`` too: without them nobody is quoted."""
    before, end = body_text[max(0, at - 1) : at], at + len(one.text)
    opens = one.prefix[-1:] not in _OPENING or before and before in _OPENING
    closes = one.suffix[:1] not in _CLOSING or body_text[end : end + 1] in _CLOSING
    return bool(not one.prefix or opens) and bool(not one.suffix or closes)


def _likeness(one: Anchor, body_text: str, at: int) -> int:
    """Return how many letters around ``at`` are those that stood around the words."""
    end = at + len(one.text)
    before = body_text[max(0, at - CONTEXT) : at]
    after = body_text[end : end + CONTEXT]
    return _shared(one.prefix[::-1], before[::-1]) + _shared(one.suffix, after)


def _shared(left: str, right: str) -> int:
    """Return how many letters two texts begin with alike."""
    alike = 0
    for one, other in zip(left, right, strict=False):
        if one != other:
            break
        alike += 1
    return alike
