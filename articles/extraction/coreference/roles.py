"""The role printed with a name: before it, or after it between commas."""

from dataclasses import dataclass

from articles.extraction.reading.cues import BASES
from articles.extraction.reading.document import Reading
from articles.extraction.reading.function_words import (
    ADVERBS,
    AUXILIARIES,
    CLAUSES,
    DETERMINERS,
    FEMALE,
    MALE,
    MONTHS,
    PREPOSITIONS,
    PRONOUNS,
    word_set,
)
from articles.extraction.reading.name_runs import NameRun
from articles.extraction.reading.people import ROLE_NOUNS, MentionedPerson

_HONORIFICS = MALE | FEMALE | {"Dr", "Mx", "Prof"}
_STOPS = (PREPOSITIONS | AUXILIARIES | CLAUSES | ADVERBS | DETERMINERS | PRONOUNS.keys()) - {
    "of",
    "for",
}
_ARTICLES = {"the", "a", "an", "its", "their"}
_ENDS = {",", ".", ";", ":", "—", "–", "who", "whose", "and"}
_DOERS = ("er", "or", "eer", "ist", "ian", "man", "woman", "person", "smith", "wright", "ess")
_NO_DOERS = word_set(
    "former latter other later winter summer number order matter letter paper chapter error factor"
    " floor door mirror minor major river tower power water corner quarter cover offer answer"
    " manner dinner tier career list business illness witness process success man woman person"
)
_NO_OFFICE = word_set(
    "day week month year morning afternoon evening night time moment minute hour season club town"
    " city council company party government others rest same way first last only one"
)
_LONGEST = 12  # tokens of an apposition
_MODIFIERS = 4  # small words before a role's noun: "the former deputy policy chief"


@dataclass(frozen=True, slots=True)
class Role:
    """A role printed with a name at token ``at``: ``text`` as printed, one line."""

    person: MentionedPerson
    at: int
    text: str
    words: frozenset[str]


def find_roles(reading: Reading) -> list[Role]:
    """Return the roles as printed, in text order: "Pentagon policy chief"."""
    roles = []
    text = reading.tokens.text
    for run, person in zip(reading.runs, reading.people.of_run, strict=True):
        if person is None or run.quote >= 0:
            continue
        place = _before(reading, run) or _role_in_front(reading, run) or _after(reading, run)
        if place:
            start, end = reading.span(place)
            words = frozenset(
                word.rstrip(".") for word in reading.tokens.lower[place[0] : place[1] + 1]
            )
            roles.append(Role(person, run.first, " ".join(text[start:end].split()), words))
    return roles


def _before(reading: Reading, run: NameRun) -> tuple[int, int] | None:
    """Return the words before the name when they end in a role: "NATO secretary-general Mark …"."""
    tokens, last = reading.tokens, run.name - 1
    if not _may_end(tokens.lower, last):
        return None
    first = run.name
    while first > 0 and first > run.name - _LONGEST and _belongs(reading, first - 1, run):
        if tokens.text.find("\n", tokens.ends[first - 1], tokens.starts[first]) >= 0:
            break
        first -= 1
    first = _without_leading_words(reading, first, last)
    words = [tokens.words[at].rstrip(".") for at in range(first, last + 1)]
    if not words or set(words) <= _HONORIFICS:
        return None
    heads = {word.lower() for word in words} & ROLE_NOUNS
    is_head_last = words[-1].lower() in ROLE_NOUNS or (len(words) > 2 and words[-2] == "of")
    return (first, last) if heads and is_head_last else None


def _may_end(lower: list[str], last: int) -> bool:
    """Tell whether a role may end at the token: with its noun, or with what it is "of"."""
    return last >= 0 and (lower[last].rstrip(".") in ROLE_NOUNS or lower[last - 1] == "of")


def _belongs(reading: Reading, at: int, run: NameRun) -> bool:
    """Tell whether the token may be part of a role that stands before ``run``."""
    tokens = reading.tokens
    word, lower = tokens.words[at], tokens.lower[at]
    if tokens.quote[at] >= 0 or not word[0].isalnum() or word in MONTHS or lower.isdigit():
        return False
    if at >= run.first:
        return True
    if lower in ("of", "for"):
        return at > 0 and tokens.lower[at - 1] in ROLE_NOUNS
    other = reading.run_of(at)
    if other and reading.person_of(other):
        return False
    is_named_role = word[0].isupper() and lower in ROLE_NOUNS
    return lower not in _STOPS and (lower not in BASES or is_named_role)


def _without_leading_words(reading: Reading, first: int, last: int) -> int:
    """Drop small words that lead up to the role but are not part of it: "met mayor …"."""
    tokens = reading.tokens
    while first <= last:
        lower = tokens.lower[first]
        is_small = tokens.words[first][0].islower() and lower not in ROLE_NOUNS
        before = tokens.lower[first - 1] if first else ""
        if lower not in ("of", "for") and not (is_small and not _opens_phrase(before)):
            break
        first += 1
    return first


def _opens_phrase(before: str) -> bool:
    if before in DETERMINERS or before in PREPOSITIONS or before in BASES:
        return True
    return not before[:1].isalnum()


def _role_in_front(reading: Reading, run: NameRun) -> tuple[int, int] | None:
    """Return the role in "the mayor of Northtown, Ada Okafor,"."""
    tokens = reading.tokens
    last = run.first - 2
    if last < 1 or tokens.words[run.first - 1] != "," or len(run.words) < 2:
        return None
    first = last
    while first > max(0, last - _LONGEST) and tokens.lower[first] not in _ARTICLES:
        if tokens.quote[first] >= 0 or not tokens.words[first][0].isalnum():
            return None
        first -= 1
    is_role = tokens.lower[first] in _ARTICLES and _is_role(reading, first + 1, last)
    return (first + 1, last) if is_role else None


def _after(reading: Reading, run: NameRun) -> tuple[int, int] | None:
    """Return the role in "Ada Okafor, the mayor of Northtown,"."""
    tokens = reading.tokens
    count = len(tokens.words)
    first = run.last + 2
    if first >= count or tokens.words[run.last + 1] != ",":
        return None
    has_article = tokens.lower[first] in _ARTICLES
    first += has_article
    end = first
    while end < min(count, first + _LONGEST) and tokens.quote[end] < 0 and _goes_on(reading, end):
        end += 1
    if end == first or end >= count or tokens.lower[end] not in _ENDS:
        return None
    is_role = _is_role(reading, first, end - 1) or (
        has_article and len(run.words) > 1 and _is_apposition(reading, run, first, end)
    )
    return (first, end - 1) if is_role else None


def _is_apposition(reading: Reading, run: NameRun, first: int, end: int) -> bool:
    """Tell whether the words from ``first`` to the mark ``end`` say what somebody is, by a noun that no list has.

    It looks like a doer (gravedigger, cellist), or a verb of saying is beside: "Ada Okafor, the odd job hand, said".
    """
    lower = reading.tokens.lower
    last = next((at for at in range(first, end) if lower[at] in PREPOSITIONS), end) - 1
    if last < first or not lower[last].replace("-", "").isalpha() or lower[last] in _NO_OFFICE:
        return False
    if lower[last] in ADVERBS or any(reading.run_at[at] >= 0 for at in (last, first)):
        return False
    is_doer = lower[last].endswith(_DOERS) and lower[last] not in _NO_DOERS
    if is_doer or lower[first] in _NO_OFFICE:
        return is_doer
    return run.first - 1 in reading.cues or (lower[end] == "," and end + 1 in reading.cues)


def _goes_on(reading: Reading, at: int) -> bool:
    word, lower = reading.tokens.words[at], reading.tokens.lower[at]
    if word in ("’s", "'s", "&", "’", "'"):
        return True
    if not word[0].isalnum() or lower in ("who", "which", "that", "whose", "and"):
        return False
    if reading.run_at[at] >= 0 or lower in ROLE_NOUNS:
        return True
    return lower not in AUXILIARIES and lower not in BASES


def _is_role(reading: Reading, first: int, last: int) -> bool:
    """Tell whether a role's noun heads the words: it ends them, or a preposition follows it."""
    lower = reading.tokens.lower
    for at in range(first, last + 1):
        if lower[at] in PREPOSITIONS or at - first > _MODIFIERS + 2:
            return at > first and lower[at - 1] in ROLE_NOUNS
    return last >= first and lower[last] in ROLE_NOUNS
