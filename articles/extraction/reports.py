"""What one cue reports: the clause after it, before it, or on both sides of it."""

from typing import NamedTuple

from articles.extraction.attribution import Attribution
from articles.extraction.complements import (
    SPEECH,
    URGING,
    has_finite,
    is_finite,
    past_addressee,
    reported_from,
)
from articles.extraction.cues import ACCORDING, Cue
from articles.extraction.phrases import is_nominal, phrase_right
from articles.extraction.reading import Phrase, Reading
from articles.extraction.sentences import Sentence
from articles.extraction.words import (
    ADVERBS,
    CLAUSES,
    DETERMINERS,
    MONTHS,
    PASSIVE,
    PREPOSITIONS,
    PRONOUNS,
    words,
)

_SAYING = SPEECH | URGING
_SAYING |= words(
    "tell write add explain warn acknowledge admit conclude note suggest announce confirm reveal"
    " report agree predict concede tweet lament remind assure inform promise vow rule caution"
    " observe remark reiterate emphasize stress disclose boast complain declare counter"
)
_NOT_AFTER = words("to the a an this of get got him them her us me")
_NOT_BEHIND = words("after before if when since than until unless what whose how why")
_THINGS = words("that which")
_NARRATOR = words("i we you")
_NEVER = words("not never without will would could should might may can must")
_NOUNS = words("claim report note state promise rule vow remark boast counter tweet release")
_PLURALS = words("people police men women children media some many others several both all")
_BEFORE_PARTICIPLE = words("and but by while then") | ADVERBS | PASSIVE
_GOES_ON = words("and but or because so if for by to of from into that than")
_LONG = 6  # tokens: more may be a clause though no auxiliary shows it
_WIDE = 4  # tokens between a cue and the sentence that it quotes: more are reported too


class Place(NamedTuple):
    """A cue in its sentence, whose last word is token ``last``; ``phrase`` is who spoke."""

    reading: Reading
    sentence: Sentence
    last: int
    cue: Cue
    phrase: Phrase

    @property
    def left(self) -> int:
        """Return the first token of the attribution, the subject's or the cue's."""
        return min(self.phrase[0], self.cue.at)

    @property
    def right(self) -> int:
        """Return the last token of the attribution, the subject's or the cue's."""
        return max(self.phrase[1], self.cue.at)


def reported(place: Place, attribution: Attribution | None) -> list[Phrase]:
    """Return what the cue reports, as tokens: nothing, one clause, or the two around the attribution.

    ``attribution``: the quote that goes with the cue, if any; its words are then part of the clause.
    """
    cue = place.cue
    if cue.base == ACCORDING and not (attribution and attribution.kind == "direct"):
        return _according(place)
    if cue.base not in _SAYING:
        return []
    if attribution:
        return _around(place, attribution)
    if _is_no_report(place):
        return []
    parts = _trailing(place)
    if parts:
        return parts
    first = reported_from(place.reading, cue, place.last)
    return [] if first is None or place.last - cue.at < 3 else [(first, place.last)]


def inverted(reading: Reading, cue: Cue, sentence: Sentence, last: int) -> Phrase | None:
    """Return the subject after the verb where a clause without marks stands before it: "…, said Okafor."."""
    tokens, at = reading.tokens, cue.at + 1
    if cue.base not in SPEECH or at > last or cue.at == sentence.low:
        return None
    if tokens.words[cue.at - 1] != ",":
        return None
    if not (tokens.words[at][0].isupper() or tokens.lower[at] in DETERMINERS):
        return None
    is_long = cue.at - sentence.low > _LONG + 1 and reading.run_at[at] >= 0
    if not (is_long or has_finite(reading, sentence.low, cue.at - 2)):
        return None
    phrase = phrase_right(reading, at, last + 1)
    is_whole = phrase and (phrase[1] == last or tokens.words[phrase[1] + 1] == ",")
    return phrase if is_whole else None


def _around(place: Place, attribution: Attribution) -> list[Phrase]:
    """Return the clause around quoted words whose cue is at hand."""
    reading, cue = place.reading, place.cue
    first, end = reading.tokens.spans[attribution.number]
    if attribution.kind == "direct":
        return _before_sentence(place, first, end) if attribution.pattern == "before" else []
    if attribution.pattern == "before":
        start = reported_from(reading, cue, place.last, is_sure=True)
        return [] if start is None else [(start, max(place.last, end - 1))]
    low, last = place.sentence.low, place.left - 1
    if cue.at < end or attribution.pattern != "after-within" or not _says(place, low, last):
        return []
    has_clause = reported_from(reading, cue, place.last) is not None
    return [] if has_clause and place.phrase[1] < cue.at else [(low, last)]


def _before_sentence(place: Place, first: int, end: int) -> list[Phrase]:
    """Return what is reported before a quoted sentence: "Okafor said the lock leaked: “It is old.”"."""
    if first - place.cue.at <= _WIDE + 1:
        return []
    mark = place.reading.tokens.words[first - 1]
    start = reported_from(place.reading, place.cue, first - 2)
    if start is None or first - start <= _WIDE or mark not in ",:":
        return []
    return [(start, first - 2 if mark == ":" else max(place.last, end - 1))]


def may_report(reading: Reading, cue: Cue, low: int) -> bool:
    """Tell from the words right before it whether a cue without quotes may report: "not said", "to say" do not.

    ``low`` is the first token of the sentence.
    """
    if cue.base == ACCORDING:
        return True
    tokens = reading.tokens
    if cue.base not in _SAYING or tokens.words[cue.at][0].isupper():
        return False
    before = tokens.lower[cue.at - 1] if cue.at > low else ""
    if before in _NOT_AFTER and not _went_on(reading, cue):
        return False
    if before in PASSIVE and not tokens.lower[cue.at].endswith("ing"):
        return False
    return not any(_negates(reading, at) for at in range(max(low, cue.at - 3), cue.at))


def _is_no_report(place: Place) -> bool:
    """Tell whether nothing is reported: a noun, the writer's own view, what a thing says."""
    lower, at = place.reading.tokens.lower, place.cue.at
    before = lower[at - 1] if at > place.sentence.low else ""
    is_noun = _is_gerund if lower[at].endswith("ing") else _is_noun
    return is_noun(place, before) or _is_by_nobody(place)


def _is_by_nobody(place: Place) -> bool:
    """Tell whether the subject is the writer, a thing, or stands in a clause of time or condition."""
    lower = place.reading.tokens.lower
    first, last = place.phrase
    if first == last and lower[first] in _NARRATOR:
        return True
    behind = lower[first - 1] if first > place.sentence.low else ""
    return lower[last] in _THINGS or behind in _NOT_BEHIND or lower[first] in _NOT_BEHIND


def _went_on(reading: Reading, cue: Cue) -> bool:
    """Tell whether the cue ends "went on to say"."""
    before = reading.tokens.lower[max(0, cue.at - 3) : cue.at]
    return before[1:] == ["on", "to"] and before[0] in ("went", "goes", "going")


def _negates(reading: Reading, at: int) -> bool:
    """Tell whether by this word nothing was said, or not yet."""
    word = reading.tokens.words[at]  # as printed: Ms May and the month do not negate
    return reading.run_at[at] < 0 and (word in _NEVER or word.endswith(("n’t", "n't")))


def _is_gerund(place: Place, before: str) -> bool:
    """Tell whether the participle is a noun: "by way of saying", "it means admitting that", "the ruling was"."""
    reading, at = place.reading, place.cue.at
    if (before in PREPOSITIONS and before != "by") or is_finite(reading, at + 1):
        return True
    is_beside = place.phrase[1] == at - 1 or reading.run_at[at - 1] >= 0
    is_free = not before.isalpha() or before in _BEFORE_PARTICIPLE or before.endswith("ly")
    return not (is_beside or is_free)


def _is_noun(place: Place, before: str) -> bool:
    """Tell whether the word is a noun by what stands before it: "the notice of claim", "earnings reports"."""
    word, cue = place.reading.tokens.lower[place.cue.at], place.cue
    if cue.base not in _NOUNS or before in PRONOUNS or before in ADVERBS:
        return False
    is_plural = before.endswith("s") or before in _PLURALS
    if word == cue.base:
        return not is_plural
    is_subject = is_nominal(place.reading, place.phrase) and not is_plural and before != ","
    return word.endswith("s") and not is_subject


def _trailing(place: Place) -> list[Phrase]:
    """Return what stands before the attribution, and after it: "…, Okafor said.", "…, she says, …"."""
    tokens, low, left = place.reading.tokens, place.sentence.low, place.left
    if (
        left - 2 < low
        or tokens.words[left - 1] != ","
        or tokens.lower[place.cue.at].endswith("ing")
    ):
        return []
    before, after = (low, left - 2), _after_attribution(place)
    if after > place.last:
        return [before]
    if tokens.words[after] == ",":
        is_complete = has_finite(place.reading, *before)
        return [before, *_second(place, after + 1, is_complete=is_complete)]
    has_clause = reported_from(place.reading, place.cue, place.last) is not None
    return [before] if not has_clause and _says(place, *before) else []


def _after_attribution(place: Place) -> int:
    """Return the first token after the attribution and after whom and on what day it was said."""
    tokens, at = place.reading.tokens, place.right + 1
    if place.right == place.cue.at:
        at = past_addressee(place.reading, place.cue, place.last)
    while at <= place.last and (tokens.words[at] in MONTHS or tokens.lower[at].isdigit()):
        at += 1
    return at


def _says(place: Place, first: int, last: int) -> bool:
    """Tell whether the tokens may be a sentence of their own."""
    if has_finite(place.reading, first, last):
        return True
    lower = place.reading.tokens.lower[first]
    return last - first >= _LONG and lower not in PREPOSITIONS and not lower.endswith("ing")


def _second(place: Place, first: int, *, is_complete: bool) -> list[Phrase]:
    """Return the part after an attribution in the middle, when it goes on with what is reported."""
    if place.last <= first:
        return []
    goes_on = not is_complete or place.reading.tokens.lower[first] in _GOES_ON
    return [(first, place.last)] if goes_on else []


def _according(place: Place) -> list[Phrase]:
    """Return what is said according to somebody: "According to Okafor, …", "…, according to Okafor."."""
    tokens, low, cue = place.reading.tokens, place.sentence.low, place.cue
    after = place.phrase[1] + 1
    has_comma = after < place.last and tokens.words[after] == ","
    if cue.at <= low + 3:
        first = after + has_comma
        return [(first, place.last)] if first <= place.last else []
    if has_comma and tokens.lower[cue.at - 1] in CLAUSES:
        return [(after + 1, place.last)]
    before = (low, cue.at - 2 if tokens.words[cue.at - 1] == "," else cue.at - 1)
    if not has_comma:
        return [before]
    is_complete = has_finite(place.reading, *before) and tokens.lower[before[1]] not in CLAUSES
    return [before, *_second(place, after + 1, is_complete=is_complete)]
