"""What a cue reports: the clause after it, told apart from a plain object ("added a goal")."""

from articles.extraction.reading.cues import Cue
from articles.extraction.reading.document import Reading
from articles.extraction.reading.function_words import (
    ADVERBS,
    DETERMINERS,
    MONTHS,
    PREPOSITIONS,
    word_set,
)

SPEECH = word_set("say argue insist contend state claim testify allege maintain reckon")
URGING = word_set("urge implore beg advise")
_ADDRESSED = word_set("tell remind assure inform reassure")
_FINITE = word_set(
    "is are was were am has have had do does did will would can could may might must shall should"
    " ’re 're ’ve 've ’ll 'll ’m 'm cannot"
)
_SHORT_FORMS = word_set("’s 's ’d 'd")
NOMINATIVE = word_set("he she they it we i there these those")
_OBJECTS = word_set("him her me us them you it")
_OPENERS = word_set("that whether if")
_BORDERS = word_set(
    "who which that whose when where because after before if while as than until : ;"
)
_NO_CLAUSE = word_set("of about so something nothing anything everything much more yes no goodbye")
_MEDIA = word_set(
    "statement interview email e-mail letter report release tweet post speech memo website filing"
    " conference message call briefing address lawsuit document documents note television radio"
)
_LATE = word_set("late earlier later early today yesterday out publicly")
_NEAR_TIMES = word_set("last this next")
_SPANS = word_set(
    "week month year morning afternoon evening night spring summer fall autumn winter"
)
_FAR = 18  # tokens in which a clause shows its verb, or its "that"


def is_finite(reading: Reading, at: int) -> bool:
    """Tell whether the token is an auxiliary that only a clause has; the one behind the last is none."""
    tokens = reading.tokens
    if at >= len(tokens.lower):
        return False
    lower = tokens.lower[at]
    if lower in _SHORT_FORMS:
        return tokens.lower[at - 1] in NOMINATIVE or tokens.lower[at - 1] in ("that", "who")
    return lower in _FINITE or lower.endswith(("n’t", "n't"))


def has_finite(reading: Reading, first: int, last: int) -> bool:
    """Tell whether an auxiliary stands in the tokens ``first`` to ``last``, outside quotes."""
    quote = reading.tokens.quote
    return any(quote[at] < 0 and is_finite(reading, at) for at in range(first, last + 1))


def clause_start(reading: Reading, cue: Cue, last: int, *, is_sure: bool = False) -> int | None:
    """Return the token at which the clause that ``cue`` reports begins, or None when no clause follows.

    ``last`` is the last word of the sentence. ``is_sure``: words of it are quoted, so that something is reported.
    """
    tokens, at = reading.tokens, past_addressee(reading, cue, last)
    that_at = _find_that(reading, cue, at, last)
    if that_at is not None:
        return that_at
    if cue.base in URGING:
        return _infinitive(reading, at, last)
    at = _past_circumstances(reading, at, last)
    while is_sure and at <= last and tokens.words[at] in ",:":
        at += 1
    if at > last or tokens.lower[at] == "of" or (at > cue.at + 1 and tokens.quote[at] >= 0):
        return None
    return at if is_sure or _is_clause(reading, cue, at, last) else None


def past_addressee(reading: Reading, cue: Cue, last: int) -> int:
    """Return the token after the cue, and after whom it tells."""
    tokens, at = reading.tokens, cue.at + 1
    if cue.base not in _ADDRESSED or at > last:
        return at
    while (run := reading.run_of(at)) and run.first == at and run.last < last:
        at = run.last + 1
    if at > cue.at + 1:
        return at
    if tokens.lower[at] in _OBJECTS:
        return at + 1
    if tokens.lower[at] not in DETERMINERS:
        return at + 1  # employees
    at += 1
    while at <= last and not _begins_clause(reading, at) and at < cue.at + 6:
        at += 1
    return at


def _begins_clause(reading: Reading, at: int) -> bool:
    tokens = reading.tokens
    lower = tokens.lower[at]
    if lower in NOMINATIVE or lower in DETERMINERS or lower in PREPOSITIONS or lower == "to":
        return True
    return tokens.quote[at] >= 0 or not tokens.words[at][0].isalnum()


def _find_that(reading: Reading, cue: Cue, at: int, last: int) -> int | None:
    """Return the "that" which opens the clause: behind it, or behind where and when it was said."""
    tokens = reading.tokens
    if at > last:
        return None
    is_open = _is_circumstance(reading, at) or cue.base in _ADDRESSED
    for place in range(at, min(last, at + (_FAR if is_open else 0)) + 1):
        lower = tokens.lower[place]
        if lower == "that" and tokens.quote[place] < 0:
            return place if _opens_clause(reading, place, last) else None
        if lower == "to" and not _is_heavy(reading, place + 1) and cue.base not in _ADDRESSED:
            return None
        is_quoted = tokens.quote[place] >= 0 and cue.base not in _ADDRESSED
        if is_quoted or lower in NOMINATIVE or is_finite(reading, place):
            return None
    return None


def _opens_clause(reading: Reading, that_at: int, last: int) -> bool:
    """Tell whether "that" joins a clause on, and stands for no thing: "that of Okafor", "despite that,"."""
    tokens = reading.tokens
    if that_at >= last:
        return False
    is_mark = not tokens.words[that_at + 1][0].isalnum() and tokens.quote[that_at + 1] < 0
    return tokens.lower[that_at + 1] != "of" and not is_mark


def _is_circumstance(reading: Reading, at: int) -> bool:
    tokens = reading.tokens
    word, lower = tokens.words[at], tokens.lower[at]
    if lower in _NEAR_TIMES and at + 1 < len(tokens.words):
        return tokens.lower[at + 1] in _SPANS or tokens.words[at + 1] in MONTHS
    if lower == "to":
        return _is_heavy(reading, at + 1)
    return word in MONTHS or lower in PREPOSITIONS or lower in ADVERBS or lower in _LATE


def _is_heavy(reading: Reading, at: int) -> bool:
    """Tell whether a noun phrase begins at the token, after "to" an addressee and no verb."""
    if at >= len(reading.tokens.lower):
        return False
    lower = reading.tokens.lower[at]
    return reading.run_at[at] >= 0 or lower in DETERMINERS or lower in _OBJECTS


def _past_circumstances(reading: Reading, at: int, last: int) -> int:
    """Return the token after when and where it was said: "on Monday", "in an interview"."""
    tokens, start = reading.tokens, -1
    while at <= last and at != start:
        start = at
        while at < last and _is_day(reading, at, is_first=at == start):
            at += 1
        if at >= last or tokens.lower[at] not in PREPOSITIONS:
            continue
        if tokens.words[at + 1] in MONTHS:
            at += 2
            continue
        for place in range(at + 1, min(at + 7, last)):
            if tokens.quote[place] >= 0 or is_finite(reading, place):
                break
            if tokens.lower[place] in _MEDIA:
                at = place + 1
                break
    return at


def _is_day(reading: Reading, at: int, *, is_first: bool) -> bool:
    tokens = reading.tokens
    if tokens.lower[at + 1] in _SHORT_FORMS:
        return False  # Tuesday's vote
    return tokens.words[at] in MONTHS or (not is_first and tokens.lower[at].isdigit())


def _infinitive(reading: Reading, at: int, last: int) -> int | None:
    """Return the "to" of what somebody is urged to do."""
    tokens = reading.tokens
    for place in range(at, min(last - 1, at + 10) + 1):
        if tokens.quote[place] >= 0:
            return None
        if tokens.lower[place] == "to":
            return place
    return None


def _is_clause(reading: Reading, cue: Cue, at: int, last: int) -> bool:
    tokens = reading.tokens
    lower = tokens.lower[at]
    if lower in _OPENERS:
        return True
    if lower in _NO_CLAUSE or tokens.quote[at] >= 0 or not tokens.words[at][0].isalnum():
        return lower == "about" and tokens.lower[at + 1].isdigit()
    if cue.base in SPEECH:
        return last - at >= 2 and (cue.base == "say" or lower not in PREPOSITIONS)
    if lower in NOMINATIVE or (cue.base in _ADDRESSED and lower == "to"):
        return True
    if lower in PREPOSITIONS:
        return False
    for place in range(at + 1, min(last, at + _FAR) + 1):
        if tokens.lower[place] in _BORDERS or tokens.words[place] == ",":
            return False
        if is_finite(reading, place):
            return True
    return False
