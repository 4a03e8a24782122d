"""What one cue reports: the clause after it, before it, or on both sides of it."""

from typing import NamedTuple

from articles.extraction.attribution.attributor import Attribution
from articles.extraction.attribution.complements import (
    SPEECH,
    URGING,
    clause_start,
    has_finite,
    is_finite,
    past_addressee,
)
from articles.extraction.attribution.noun_phrases import is_nominal, phrase_right
from articles.extraction.reading.cues import ACCORDING, Cue
from articles.extraction.reading.document import Phrase, Reading
from articles.extraction.reading.function_words import (
    ADVERBS,
    CLAUSES,
    DETERMINERS,
    MONTHS,
    PASSIVE,
    PREPOSITIONS,
    PRONOUNS,
    word_set,
)
from articles.extraction.reading.sentences import Sentence

_REPORTING_VERBS = SPEECH | URGING
_REPORTING_VERBS |= word_set(
    "tell write add explain warn acknowledge admit conclude note suggest announce confirm reveal"
    " report agree predict concede tweet lament remind assure inform promise vow rule caution"
    " observe remark reiterate emphasize stress disclose boast complain declare counter"
)
_NOT_AFTER = word_set("to the a an this of get got him them her us me")
_NOT_BEHIND = word_set("after before if when since than until unless what whose how why")
_THINGS = word_set("that which")
_NARRATOR = word_set("i we you")
_NEGATING = word_set("not never without will would could should might may can must")
_NOUNS = word_set("claim report note state promise rule vow remark boast counter tweet release")
_PLURALS = word_set("people police men women children media some many others several both all")
_BEFORE_PARTICIPLE = word_set("and but by while then") | ADVERBS | PASSIVE
_GOES_ON = word_set("and but or because so if for by to of from into that than")
_LONG = 6  # tokens: more may be a clause though no auxiliary shows it
_WIDE = 4  # tokens between a cue and the sentence that it quotes: more are reported too


class CueContext(NamedTuple):
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


def reported_clauses(context: CueContext, attribution: Attribution | None) -> list[Phrase]:
    """Return what the cue reports, as tokens: nothing, one clause, or the two around the attribution.

    ``attribution``: the quote that goes with the cue, if any; its words are then part of the clause.
    """
    cue = context.cue
    if cue.base == ACCORDING and not (attribution and attribution.kind == "direct"):
        return _according(context)
    if cue.base not in _REPORTING_VERBS:
        return []
    if attribution:
        return _clause_around_quote(context, attribution)
    if _is_no_report(context):
        return []
    clauses = _trailing(context)
    if clauses:
        return clauses
    first = clause_start(context.reading, cue, context.last)
    return [] if first is None or context.last - cue.at < 3 else [(first, context.last)]


def unquoted_subject(reading: Reading, cue: Cue, sentence: Sentence, last: int) -> Phrase | None:
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


def _clause_around_quote(context: CueContext, attribution: Attribution) -> list[Phrase]:
    """Return the clause around quoted words whose cue is at hand."""
    reading, cue = context.reading, context.cue
    first, end = reading.tokens.spans[attribution.number]
    if attribution.kind == "direct":
        return _before_sentence(context, first, end) if attribution.pattern == "before" else []
    if attribution.pattern == "before":
        start = clause_start(reading, cue, context.last, is_sure=True)
        return [] if start is None else [(start, max(context.last, end - 1))]
    low, last = context.sentence.low, context.left - 1
    if (
        cue.at < end
        or attribution.pattern != "after-within"
        or not _may_be_sentence(context, low, last)
    ):
        return []
    has_clause = clause_start(reading, cue, context.last) is not None
    return [] if has_clause and context.phrase[1] < cue.at else [(low, last)]


def _before_sentence(context: CueContext, first: int, end: int) -> list[Phrase]:
    """Return what is reported before a quoted sentence: "Okafor said the lock leaked: “It is old.”"."""
    if first - context.cue.at <= _WIDE + 1:
        return []
    mark = context.reading.tokens.words[first - 1]
    start = clause_start(context.reading, context.cue, first - 2)
    if start is None or first - start <= _WIDE or mark not in ",:":
        return []
    return [(start, first - 2 if mark == ":" else max(context.last, end - 1))]


def may_report(reading: Reading, cue: Cue, low: int) -> bool:
    """Tell from the words right before it whether a cue without quotes may report: "not said", "to say" do not.

    ``low`` is the first token of the sentence.
    """
    if cue.base == ACCORDING:
        return True
    tokens = reading.tokens
    if cue.base not in _REPORTING_VERBS or tokens.words[cue.at][0].isupper():
        return False
    before = tokens.lower[cue.at - 1] if cue.at > low else ""
    if before in _NOT_AFTER and not _went_on(reading, cue):
        return False
    if before in PASSIVE and not tokens.lower[cue.at].endswith("ing"):
        return False
    return not any(_negates(reading, at) for at in range(max(low, cue.at - 3), cue.at))


def _is_no_report(context: CueContext) -> bool:
    """Tell whether nothing is reported: a noun, the writer's own view, what a thing says."""
    lower, at = context.reading.tokens.lower, context.cue.at
    before = lower[at - 1] if at > context.sentence.low else ""
    is_noun = _is_gerund if lower[at].endswith("ing") else _is_noun
    return is_noun(context, before) or _is_by_nobody(context)


def _is_by_nobody(context: CueContext) -> bool:
    """Tell whether the subject is the writer, a thing, or stands in a clause of time or condition."""
    lower = context.reading.tokens.lower
    first, last = context.phrase
    if first == last and lower[first] in _NARRATOR:
        return True
    before = lower[first - 1] if first > context.sentence.low else ""
    return lower[last] in _THINGS or before in _NOT_BEHIND or lower[first] in _NOT_BEHIND


def _went_on(reading: Reading, cue: Cue) -> bool:
    """Tell whether the cue ends "went on to say"."""
    before = reading.tokens.lower[max(0, cue.at - 3) : cue.at]
    return before[1:] == ["on", "to"] and before[0] in ("went", "goes", "going")


def _negates(reading: Reading, at: int) -> bool:
    """Tell whether by this word nothing was said, or not yet."""
    word = reading.tokens.words[at]  # as printed: Ms May and the month do not negate
    return reading.run_at[at] < 0 and (word in _NEGATING or word.endswith(("n’t", "n't")))


def _is_gerund(context: CueContext, before: str) -> bool:
    """Tell whether the participle is a noun: "by way of saying", "it means admitting that", "the ruling was"."""
    reading, at = context.reading, context.cue.at
    if (before in PREPOSITIONS and before != "by") or is_finite(reading, at + 1):
        return True
    is_beside = context.phrase[1] == at - 1 or reading.run_at[at - 1] >= 0
    is_free = not before.isalpha() or before in _BEFORE_PARTICIPLE or before.endswith("ly")
    return not (is_beside or is_free)


def _is_noun(context: CueContext, before: str) -> bool:
    """Tell whether the word is a noun by what stands before it: "the notice of claim", "earnings reports"."""
    word, cue = context.reading.tokens.lower[context.cue.at], context.cue
    if cue.base not in _NOUNS or before in PRONOUNS or before in ADVERBS:
        return False
    is_plural = before.endswith("s") or before in _PLURALS
    if word == cue.base:
        return not is_plural
    is_subject = is_nominal(context.reading, context.phrase) and not is_plural and before != ","
    return word.endswith("s") and not is_subject


def _trailing(context: CueContext) -> list[Phrase]:
    """Return what stands before the attribution, and after it: "…, Okafor said.", "…, she says, …"."""
    tokens, low, left = context.reading.tokens, context.sentence.low, context.left
    if (
        left - 2 < low
        or tokens.words[left - 1] != ","
        or tokens.lower[context.cue.at].endswith("ing")
    ):
        return []
    before, after = (low, left - 2), _after_attribution(context)
    if after > context.last:
        return [before]
    if tokens.words[after] == ",":
        is_complete = has_finite(context.reading, *before)
        return [before, *_clause_after(context, after + 1, is_complete=is_complete)]
    has_clause = clause_start(context.reading, context.cue, context.last) is not None
    return [before] if not has_clause and _may_be_sentence(context, *before) else []


def _after_attribution(context: CueContext) -> int:
    """Return the first token after the attribution and after whom and on what day it was said."""
    tokens, at = context.reading.tokens, context.right + 1
    if context.right == context.cue.at:
        at = past_addressee(context.reading, context.cue, context.last)
    while at <= context.last and (tokens.words[at] in MONTHS or tokens.lower[at].isdigit()):
        at += 1
    return at


def _may_be_sentence(context: CueContext, first: int, last: int) -> bool:
    """Tell whether the tokens may be a sentence of their own."""
    if has_finite(context.reading, first, last):
        return True
    lower = context.reading.tokens.lower[first]
    return last - first >= _LONG and lower not in PREPOSITIONS and not lower.endswith("ing")


def _clause_after(context: CueContext, first: int, *, is_complete: bool) -> list[Phrase]:
    """Return the part after an attribution in the middle, when it goes on with what is reported."""
    if context.last <= first:
        return []
    goes_on = not is_complete or context.reading.tokens.lower[first] in _GOES_ON
    return [(first, context.last)] if goes_on else []


def _according(context: CueContext) -> list[Phrase]:
    """Return what is said according to somebody: "According to Okafor, …", "…, according to Okafor."."""
    tokens, low, cue = context.reading.tokens, context.sentence.low, context.cue
    after = context.phrase[1] + 1
    has_comma = after < context.last and tokens.words[after] == ","
    if cue.at <= low + 3:
        first = after + has_comma
        return [(first, context.last)] if first <= context.last else []
    if has_comma and tokens.lower[cue.at - 1] in CLAUSES:
        return [(after + 1, context.last)]
    before = (low, cue.at - 2 if tokens.words[cue.at - 1] == "," else cue.at - 1)
    if not has_comma:
        return [before]
    is_complete = has_finite(context.reading, *before) and tokens.lower[before[1]] not in CLAUSES
    return [before, *_clause_after(context, after + 1, is_complete=is_complete)]
