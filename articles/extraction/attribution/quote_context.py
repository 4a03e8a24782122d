"""One quoted run inside its sentence: what stands around it, and the cue that goes with it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from articles.extraction.reading.cues import NOUN, STRONG, WEAK, Cue
from articles.extraction.reading.document import Reading
from articles.extraction.reading.function_words import DETERMINERS, PREPOSITIONS, word_set
from articles.extraction.reading.sentences import Sentence

_WORD = re.compile(r"\w[\w’'\-]*")
_TAIL = re.compile(r"[^\w%\])]*\Z")
_DASHES = (" —", " –", "— ")
_MARKS = "“\"‘„«`'"
_SMALL = PREPOSITIONS | DETERMINERS | {"and", "or", "to", "the"}
_PLAIN_REPORT = word_set("say tell write add according state argue insist warn explain")
_AWAY = word_set("which who whose but and while although though when where meaning")
_MODALS = word_set("would should could must might may can will")
_LINKS = frozenset(["and", "or", ","])
_NEAR = 4  # tokens between a cue and the quote after it
_REACH = 28  # tokens between a quote and the cue after it


@dataclass(frozen=True, slots=True)
class QuoteContext:
    """Segment ``number`` as tokens ``first`` to ``last`` (inclusive), and what decides about it."""

    number: int
    first: int
    last: int
    text: str
    size: int  # words
    has_comma: bool  # inside the closing mark or right after it
    has_question: bool
    has_stop: bool
    is_closed: bool
    has_dash: bool
    opens: bool  # it begins the sentence
    is_whole: bool  # nothing else stands in the sentence
    before: tuple[str, ...]  # up to four words before it
    after: str  # the word after it, if one is near

    def leads_to(self, at: int) -> bool:
        """Tell whether the verb at token ``at`` goes on right behind: its “sympathy” and said; a “friend,” saying."""
        if self.after in ("and", "but"):
            return at - self.last <= 3
        return self.after.endswith("ing") and at - self.last <= 2

    @property
    def is_title(self) -> bool:
        """Tell whether it is printed like a title: every word of weight begins with a capital."""
        words = _WORD.findall(self.text)
        if not words:
            return True
        heavy = all(word[0].isupper() or word.lower() in _SMALL for word in words)
        return heavy and words[0][0].isupper() and len(words) <= 9


def read_context(reading: Reading, sentence: Sentence, number: int) -> QuoteContext:
    """Describe segment ``number``, which stands in ``sentence``."""
    tokens, segment = reading.tokens, reading.segments[number]
    first, end = tokens.spans[number]
    tail = _TAIL.search(segment.text)
    closing = tail[0] if tail else ""
    after = tokens.text[segment.last : segment.last + 2]
    before = [
        tokens.lower[at]
        for at in range(max(sentence.low, first - 4), first)
        if tokens.quote[at] < 0 and tokens.words[at] not in _MARKS
    ]
    return QuoteContext(
        number=number,
        first=first,
        last=end - 1,
        text=segment.text,
        size=len(_WORD.findall(segment.text)),
        has_comma="," in closing or after[:1] == ",",
        has_question="?" in closing or "!" in closing,
        has_stop="." in closing,
        is_closed=segment.is_closed,
        has_dash=after in _DASHES,
        opens=first <= sentence.low + 1,
        is_whole=first <= sentence.low + 1 and end + 2 >= sentence.high,
        before=tuple(before),
        after=next((word for word in tokens.lower[end : end + 3] if word[0].isalnum()), ""),
    )


def is_in_list(reading: Reading, number: int) -> bool:
    """Tell whether the quote is the next of a list: “old,” “slow” and “leaky”."""
    spans = reading.tokens.spans
    between = reading.tokens.lower[spans[number - 1][1] : spans[number][0]] if number else []
    if not between:
        return number > 0 and reading.segments[number - 1].text.endswith(",")
    heavy = [word for word in between if word not in _SMALL]
    return not _LINKS.isdisjoint(between) and _LINKS.issuperset(heavy)


def choose_cue(
    reading: Reading, context: QuoteContext, cues: Sequence[Cue]
) -> tuple[Cue | None, str]:
    """Return the cue that goes with ``context`` and the pattern: after, before or loose-after."""
    before = [cue for cue in cues if cue.at < context.first]
    before = [cue for cue in before if cue.base != NOUN] or before
    after = next((cue for cue in cues if cue.at > context.last and cue.base != NOUN), None)
    chosen = after if after and _is_tied(reading, context, after) else None
    earlier = _nearest(reading, context, before) if before else None
    if earlier is None:
        return (chosen, "after") if chosen else (after, "loose-after")
    if chosen is None or _runs_on(reading, context, chosen):
        return earlier, "before"
    is_led = earlier.base != NOUN and _introduces(reading, context, earlier)
    return (earlier, "before") if is_led else (chosen, "after")


def _is_tied(reading: Reading, context: QuoteContext, cue: Cue) -> bool:
    """Tell whether the closing mark leads to the cue after it: a comma, a question mark, a dash, no full stop."""
    if context.has_stop and not context.has_comma:
        return False
    if not (context.has_comma or context.has_question or not context.is_closed or context.has_dash):
        return False
    between = reading.tokens.quote[context.last + 1 : cue.at]
    if len(between) > _REACH or max(between, default=-1) >= 0:
        return False
    return context.opens or not _leads_away(reading, context, cue)


def _leads_away(reading: Reading, context: QuoteContext, cue: Cue) -> bool:
    """Tell whether another clause begins after the quote: “…,” which allows; “…,” but Okafor said; “…,” comparing."""
    between = [
        word for word in reading.tokens.lower[context.last + 1 : cue.at + 1] if word[0].isalnum()
    ]
    return between[0] in _AWAY or between[0].endswith("ing")


def _nearest(reading: Reading, context: QuoteContext, before: Sequence[Cue]) -> Cue:
    """Return the last cue before the quote, or a plain verb of saying before it when the last is doubtful."""
    words = reading.tokens.words
    before = [cue for cue in before if cue.at == 0 or words[cue.at - 1] != "to"] or before
    last = before[-1]
    is_near = context.first - last.at <= _NEAR or words[last.at + 1] in ":,"
    if not _is_inside_report(reading, before) and (is_near or last.base in STRONG):
        return last
    plain = [c for c in before[:-1] if c.base in _PLAIN_REPORT and not words[c.at].endswith("ing")]
    return plain[-1] if plain else last


def _is_inside_report(reading: Reading, before: Sequence[Cue]) -> bool:
    """Tell whether the last cue is part of what is reported: "Okafor said that the town wants “…”", "it would tell"."""
    if len(before) < 2:
        return False
    between = reading.tokens.lower[before[-2].at + 1 : before[-1].at]
    if before[-1].base in WEAK:
        return "that" in between
    return before[-2].base in _PLAIN_REPORT and between[-1:] != [] and between[-1] in _MODALS


def _runs_on(reading: Reading, context: QuoteContext, cue: Cue) -> bool:
    """Tell whether the cue after the quote belongs to the next part: Okafor said it was “late,” adding that …"""
    return context.text[:1].islower() and reading.tokens.lower[cue.at].endswith("ing")


def _introduces(reading: Reading, context: QuoteContext, cue: Cue) -> bool:
    """Tell whether the cue before wins over a tied one after: it stands right before the mark."""
    between = [w for w in reading.tokens.words[cue.at + 1 : context.first] if w not in _MARKS]
    is_near = not between or between[-1] in (":", ",")
    return is_near and len(between) <= 6 and not (context.has_comma and context.opens)
