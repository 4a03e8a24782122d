"""Who is explained by an apposition: "Okafor, the mayor, said", "The mayor, Ada Okafor, said"."""

from articles.extraction.attribution.noun_phrases import main_subject, phrase_left
from articles.extraction.reading.document import Phrase, Reading
from articles.extraction.reading.function_words import DETERMINERS
from articles.extraction.reading.people import ROLE_NOUNS, SURE


def before_apposition(reading: Reading, at: int, low: int) -> Phrase | None:
    """Return who is explained by the words that end at the comma or dash ``at``: "Okafor, the mayor, said"."""
    tokens, mark = reading.tokens, reading.tokens.words[at]
    inner = phrase_left(reading, at - 1, low)
    if inner and _is_name_after_role(reading, inner, low):
        return inner
    best: Phrase | None = None
    is_named = False
    for place in range(at - 1, low - 1, -1):
        if tokens.quote[place] >= 0:
            break
        if tokens.words[place] != mark:
            continue
        phrase = phrase_left(reading, _before_bracket(reading, place - 1, low), low)
        if not phrase or not tokens.words[phrase[1]][0].isalnum():
            continue
        run = reading.name_in(phrase)
        person = reading.person_of(run) if run else None
        if person and person.score >= SURE:
            return phrase
        if best is None or (run and not is_named):
            best, is_named = phrase, run is not None
    return best or main_subject(reading, at, low)


def _is_name_after_role(reading: Reading, phrase: Phrase, low: int) -> bool:
    """Tell whether ``phrase`` is the name in "The mayor, Ada Okafor, said" or "Her heir, the poet Ada Okafor, said"."""
    run = reading.name_in(phrase)
    before = phrase[0] - 2
    if not run or len(run.words) < 2 or not reading.person_of(run):
        return False
    if before < low or reading.tokens.words[before + 1] != ",":
        return False
    role = phrase_left(reading, before, low)
    if role is None:
        return False
    lower = reading.tokens.lower[role[0]]
    is_definite = lower in DETERMINERS or (role[0] == low and lower in ROLE_NOUNS)
    if run.first == phrase[0]:
        return is_definite or reading.tokens.words[before][0].islower()
    return is_definite and reading.name_in(role) is None


def _before_bracket(reading: Reading, at: int, low: int) -> int:
    words = reading.tokens.words
    if at <= low or words[at] != ")":
        return at
    while at > low and words[at] != "(":
        at -= 1
    return at - 1
