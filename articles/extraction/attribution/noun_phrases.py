"""Noun phrases beside a cue."""

from articles.extraction.reading.cues import STRONG
from articles.extraction.reading.document import Phrase, Reading
from articles.extraction.reading.function_words import (
    ADVERBS,
    AUXILIARIES,
    CLAUSES,
    CUTS,
    DETERMINERS,
    INTRO,
    MONTHS,
    POSSESSIVE_ENDINGS,
    PREPOSITIONS,
    PRONOUNS,
)

_WITHIN = {"of", "for", "at", "from", "with"}  # prepositions that stay inside a phrase
_RELATIVES = {"who", "which", "that", "whose"}
_STAYING_PREPOSITIONS = {"about", "over", "under", "around"}
_LEADING = PREPOSITIONS | ADVERBS | CLAUSES
_CONNECTIVES = {"but", "and", "so", "then", "meanwhile", "however", "also", "still", "yet"}
_POSSESSIVE = {"’s", "'s", "’", "'"}


def is_auxiliary(reading: Reading, at: int) -> bool:
    """Tell whether the token is an auxiliary; "’s" is one after a pronoun only."""
    word = reading.tokens.lower[at]
    if reading.run_at[at] >= 0:
        return False  # Ms. May
    if word in _POSSESSIVE:
        return at > 0 and reading.tokens.lower[at - 1] in PRONOUNS
    return word in AUXILIARIES


def phrase_right(reading: Reading, at: int, high: int) -> Phrase | None:
    """Return the noun phrase that begins at token ``at`` and ends before ``high``."""
    tokens = reading.tokens
    if at >= high:
        return None
    word = tokens.words[at]
    if tokens.lower[at] in PRONOUNS and tokens.quote[at] < 0:
        return at, at
    if not word[0].isalnum():
        return None
    end = at
    while end + 1 < high:
        following = end + 1
        if tokens.quote[following] >= 0 or not _continues(reading, following):
            break
        if tokens.lower[following] in _WITHIN and following + 1 >= high:
            break
        end = following
    return at, end


def is_nominal(reading: Reading, phrase: Phrase) -> bool:
    """Tell whether ``phrase`` looks like one: a name, a pronoun, or a determiner or a number to begin with."""
    first = phrase[0]
    word, lower = reading.tokens.words[first], reading.tokens.lower[first]
    if reading.name_in(phrase) or lower in PRONOUNS or lower in DETERMINERS:
        return True
    return not word[0].islower()


def _continues(reading: Reading, at: int) -> bool:
    """Tell whether a noun phrase may go on with token ``at``."""
    word, lower = reading.tokens.words[at], reading.tokens.lower[at]
    if reading.run_at[at] >= 0 and reading.run_at[at] == reading.run_at[at - 1]:
        return True
    if not (word[0].isalnum() or word[0] in "’'-&"):
        return False
    if lower in PREPOSITIONS:
        return lower in _WITHIN
    if lower in CLAUSES or lower in ADVERBS or at in reading.cues or word in MONTHS:
        return False
    return not is_auxiliary(reading, at)


def phrase_left(reading: Reading, at: int, low: int) -> Phrase | None:
    """Return the noun phrase that ends at token ``at`` and does not begin before ``low``."""
    tokens = reading.tokens
    if at < low or tokens.quote[at] >= 0 or not tokens.words[at][0].isalnum():
        return None
    if tokens.lower[at] in PRONOUNS:
        return at, at
    first = at
    while first > low and _reaches(reading, first - 1, low):
        first -= 1
    relative = _before_relative(reading, first, at, low)
    if relative is not None:
        return phrase_left(reading, relative, low)
    return _without_lead(reading, first, at), at


def _reaches(reading: Reading, at: int, low: int) -> bool:
    """Tell whether a noun phrase may reach left over token ``at``."""
    tokens = reading.tokens
    word, lower = tokens.words[at], tokens.lower[at]
    if tokens.quote[at] >= 0:
        return False
    if reading.run_at[at] >= 0 and reading.run_at[at] == reading.run_at[at + 1]:
        return True
    if not (word[0].isalnum() or word[0] in "’'-&/"):
        return False
    if lower == "and":
        return at > low and tokens.words[at - 1][0].isupper() and tokens.words[at + 1][0].isupper()
    if lower in CUTS or (lower in PRONOUNS and lower != "it"):
        return False
    return not (at in reading.cues and reading.cues[at].base in STRONG)


def _before_relative(reading: Reading, first: int, last: int, low: int) -> int | None:
    """Return the end of the phrase that "who …" or "which …" explains, when the phrase at hand is inside one."""
    tokens = reading.tokens
    at = first - 1
    if at <= low or tokens.lower[at] not in _RELATIVES or tokens.quote[at] >= 0:
        return None
    if reading.name_in((first, last)) or tokens.lower[first] in DETERMINERS:
        return None
    if first == last and tokens.lower[at] != "who" and not tokens.lower[first].endswith("ed"):
        return None  # "wounds that authorities said": no verb, so they are the subject
    at -= 2 if tokens.words[at - 1] == "," else 1
    if at >= low and tokens.words[at][0].isalnum() and at not in reading.cues:
        return at
    return None


def _without_lead(reading: Reading, first: int, last: int) -> int:
    """Return where the phrase begins without its lead: "On Friday Okafor" -> "Okafor"."""
    tokens = reading.tokens
    at = first
    while at < last:
        lower = tokens.lower[at]
        if not (lower in _LEADING or tokens.words[at] in MONTHS or lower.isdigit()):
            break
        if lower in PREPOSITIONS and lower not in _STAYING_PREPOSITIONS:
            run = reading.run_of(last)
            if run and run.last == last and run.first > at:
                return run.first
        at += 1
    return min(at, last)


def main_subject(reading: Reading, before: int, low: int) -> Phrase | None:
    """Return the first plausible subject of the clause that begins at ``low`` and ends before token ``before``."""
    tokens = reading.tokens
    at = low
    for _ in range(4):
        while at < before and _is_filler(reading, at):
            at += 1
        if at >= before:
            return None
        if not _leads(tokens.lower[at]) and tokens.words[at] not in MONTHS:
            break
        comma = next(
            (k for k in range(at, before) if tokens.words[k] == "," and tokens.quote[k] < 0), None
        )
        if comma is None:
            at = _named_after(reading, at, before)
            break
        at = comma + 1
    while at < before and tokens.quote[at] >= 0:
        at += 1
    return _subject_at(reading, at, before) if at < before else None


def _is_filler(reading: Reading, at: int) -> bool:
    tokens = reading.tokens
    return (
        tokens.quote[at] >= 0
        or not tokens.words[at][0].isalnum()
        or tokens.lower[at] in _CONNECTIVES
    )


def _leads(lower: str) -> bool:
    """Tell whether the word opens a phrase before the subject: "In Berlin, …", "Asked why, …", "Calling it …, …"."""
    return (
        lower in INTRO
        or lower.endswith(("ing", "ed"))
        or (lower.endswith("ly") and len(lower) > 4)
        or lower.isdigit()
    )


def _up_to_name(reading: Reading, phrase: Phrase, before: int) -> Phrase:
    """End ``phrase`` with its first person, or its first name: what follows is a verb that no list knows."""
    name_phrase = None
    for place in range(phrase[0], min(phrase[1], phrase[0] + 6) + 1):
        run = reading.run_of(place)
        if run and run.first == place and run.last < before:
            is_last = run.last + 1 >= before
            if not is_last and reading.tokens.lower[run.last + 1] in POSSESSIVE_ENDINGS:
                continue  # "Okafor’s lawyer" is not Okafor
            if reading.person_of(run):
                return phrase[0], run.last
            name_phrase = name_phrase or (phrase[0], run.last)
    return name_phrase or phrase


def _named_after(reading: Reading, at: int, before: int) -> int:
    """Return the first name after ``at`` that no preposition governs, or ``at``."""
    tokens = reading.tokens
    if tokens.lower[at] not in PREPOSITIONS and tokens.words[at] not in MONTHS:
        return at
    for place in range(at + 1, before):
        run = reading.run_of(place)
        if (
            run
            and run.first == place
            and run.last < before
            and tokens.lower[place - 1] not in PREPOSITIONS
        ):
            return place
    return at


def _subject_at(reading: Reading, at: int, before: int) -> Phrase | None:
    tokens = reading.tokens
    if tokens.lower[at] in PRONOUNS:
        return at, at
    if tokens.lower[at] in DETERMINERS or tokens.words[at][0].isupper():
        phrase = phrase_right(reading, at, before)
        if phrase:
            return _up_to_name(reading, phrase, before)
    for place in range(at, before):
        run = reading.run_of(place)
        if run and run.first == place and run.last < before and run.quote < 0:
            return run.first, run.last
    return None
