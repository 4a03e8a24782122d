"""Tokens -> runs of capitalised words, cut into title and name."""

from collections.abc import Mapping
from itertools import compress, count
from operator import ne
from typing import NamedTuple

from articles.extraction.families import family, is_name_word, key
from articles.extraction.lexicon import cue_verbs, listed
from articles.extraction.on_record import ORGANIZATION, PERSON, Printed
from articles.extraction.tokens import Tokens
from articles.extraction.words import MONTHS, PARTICLES, STARTERS

TITLES = listed("titles")
FORENAMES = listed("forenames")
_TRADES = listed("role_nouns")
ORGANIZATION_WORDS = listed("organization_words")
_ENDINGS, _THINGS = listed("organization_endings"), listed("thing_endings")
# what only begins a sentence: The, On, and "Added" in "Added Okafor: “…”"
_OPENERS = STARTERS | {
    verb.capitalize() for verb in cue_verbs()[0] if verb.endswith(("ed", "said", "wrote"))
}
_MOST = 15_000  # names that are looked at in one text
_JOINS = {"of", "for", "&"}
_PARTICLES_IN_A_ROW = 3
_ENDERS = {".", "!", "?", "”", '"'}
_SHORTEST_PARTICIPLE = 4  # letters, less one: King, Ming and Wing are names
_LONGEST = 6  # words of a person's name, less one
_COMPANY_FORMS = {"plc", "ltd", "llp"}
_SMALL = _JOINS | _COMPANY_FORMS | PARTICLES  # what may go on with a name
_MAY_GO_ON = _SMALL | {
    "WHO"
}  # the one word in capitals that its lower form keeps, see ``tokenize``
_HONORIFICS = frozenset("Mr Mr. Mrs Mrs. Ms Ms. Dr Dr. Judge Justice Miss Sir".split())


class Run(NamedTuple):
    """Capitalised words in a row: tokens ``first`` to ``last`` (inclusive); the name proper begins at token ``name``.

    ``words``: the name proper; ``titles``: what stood before it. ``quote``: the segment it stands in, or -1.
    ``on_record``: person or organization when the newsroom has this very name, else empty.
    """

    first: int
    name: int
    last: int
    words: tuple[str, ...]
    titles: tuple[str, ...]
    quote: int
    on_record: str = ""

    @property
    def is_organization(self) -> bool:
        """Tell whether it is one on record, or a word of it names a kind of organization or place."""
        if self.on_record:
            return self.on_record == ORGANIZATION
        return is_body(self.words) and not (self.has_honorific and self.words[-1] in _ENDINGS)

    @property
    def is_thing(self) -> bool:
        """Tell whether its last word names a kind of place or thing: Victory Quay, Salt Tax."""
        return _ends_in(self.words, _THINGS) and not self.has_honorific and not self.on_record

    @property
    def has_honorific(self) -> bool:
        """Tell whether it stands behind Mr, Ms or the like, which a family name follows."""
        return bool(self.titles) and self.titles[-1] in _HONORIFICS and self.titles[-1] != "Sir"


def is_body(words: tuple[str, ...]) -> bool:
    """Tell whether a word names a kind of organization or place, or the last one does: Northtown Foods."""
    rest = words[1:] if words[0] in FORENAMES else words
    return not ORGANIZATION_WORDS.isdisjoint(rest) or _ends_in(words, _ENDINGS)


def _ends_in(words: tuple[str, ...], endings: frozenset[str]) -> bool:
    return words[-1] in endings and len(words) > 1 and words[0] not in FORENAMES


def find_runs(tokens: Tokens, printed: Mapping[int, Printed] | None = None) -> list[Run]:
    """Return the runs of capitalised words in reading order. A possessive ending closes a run.

    ``printed``: the names on record by their first token, each a run of its own, titles before it taken in.
    """
    words, lower, last = tokens.words, tokens.lower, len(tokens.words) - 1
    breaks, printed = set(tokens.breaks), printed or {}
    found: list[Run] = []
    done = -1
    capitals = list(compress(count(), map(ne, words, lower)))
    for at in sorted({*capitals, *printed}) if printed else capitals:
        if len(found) == _MOST:
            break
        if at <= done:
            continue
        if at in printed:
            done = printed[at].last
            found.append(_on_record(tokens, at, at, printed[at]))
            continue
        word = words[at]
        if word in MONTHS or not (word[0].isupper() or is_name_word(word)):
            continue
        if not printed and at < last and lower[at + 1] == words[at + 1] not in _MAY_GO_ON:
            if word not in _OPENERS and word not in TITLES:  # most only begin a sentence
                found.append(Run(at, at, at, (_plain(word),), (), tokens.quote[at]))
            continue
        done = _last(tokens, at, breaks, printed)
        following = printed.get(done + 1)
        if following and following.kind == PERSON and _is_next(tokens, done + 1, breaks):
            found.append(_on_record(tokens, at, done + 1, following))
            done = following.last
            continue
        run = _trim(tokens, at, done)
        if run:
            found.append(run)
    return _with_particles(tokens, found, breaks)


def _on_record(tokens: Tokens, first: int, name: int, printed: Printed) -> Run:
    """Return the run of a name on record at token ``name``; what stands before it from ``first`` are its titles."""
    words = tokens.words
    while first < name and (words[first] in _OPENERS or words[first] in MONTHS):
        first += 1
    titles = tuple(words[first:name])
    quote = tokens.quote[name]
    return Run(first, name, printed.last, printed.words, titles, quote, printed.kind)


def _with_particles(tokens: Tokens, found: list[Run], breaks: set[int]) -> list[Run]:
    """Begin a run with the particles before it when a full name has them too: "von der Leyen" later on."""
    names = [(run.words, family(run.words)) for run in found if len(run.words) > 2]
    families = {key(name) for words, name in names if 1 < len(name) < len(words)}
    if not families:
        return found
    return [
        run if len(run.words) > 1 else _extended(tokens, run, families, breaks) for run in found
    ]


def _extended(tokens: Tokens, run: Run, families: set[str], breaks: set[int]) -> Run:
    at = run.first
    while at > 0 and at not in breaks and tokens.words[at - 1] in PARTICLES:
        at -= 1
    words = (*tokens.words[at : run.first], *run.words)
    if at == run.first or run.titles or run.on_record or key(words) not in families:
        return run
    return run._replace(first=at, name=at, words=words)


def _last(tokens: Tokens, at: int, breaks: set[int], printed: Mapping[int, Printed]) -> int:
    """Return the last token of the run that begins at ``at``."""
    words, quote, count = tokens.words, tokens.quote, len(tokens.words)
    if at + 1 < count and tokens.lower[at + 1] == words[at + 1] not in _MAY_GO_ON:
        return at
    while (after := at + 1) < count and after not in breaks and quote[after] == quote[at]:
        following = words[after]
        if after in printed:
            break
        if following[0].isupper() or (len(following) > 3 and is_name_word(following)):
            if tokens.starts[after] - tokens.ends[at] > 1 or _is_date(words[at], following):
                break
            at = after
            continue
        if following not in _SMALL:
            break
        onward = _over_small(words, at)
        between = range(after + 1, onward + 1)
        if onward == at or not all(_is_next(tokens, place, breaks) for place in between):
            break
        at = onward
    return at


def _is_next(tokens: Tokens, at: int, breaks: set[int]) -> bool:
    """Tell whether the token goes on in the paragraph and the quote of the one before it."""
    if at >= len(tokens.words) or at in breaks:
        return False
    return tokens.quote[at] == tokens.quote[at - 1]


def _over_small(words: list[str], at: int) -> int:
    """Return the token up to which a small word goes on with the name: Ministry of Ports, Maria van der Vries.

    Without one it is ``at``.
    """
    following = words[at + 1]
    if following in _COMPANY_FORMS:
        return at + 1
    end = at + 1
    if following in _JOINS and words[at] in ORGANIZATION_WORDS:
        end += 1
    else:
        while end < min(at + _PARTICLES_IN_A_ROW + 1, len(words)) and words[end] in PARTICLES:
            end += 1
        if end < len(words) and words[end] in _HONORIFICS:
            return at
    is_name = end > at + 1 and end < len(words) and is_name_word(words[end])
    return end if is_name else at


def _is_date(word: str, following: str) -> bool:
    """Tell whether ``following`` is a month or a weekday and no surname: Ms. May, Theresa May."""
    return following in MONTHS and word not in FORENAMES and word not in _HONORIFICS


def _trim(tokens: Tokens, first: int, last: int) -> Run | None:
    """Leave out what only begins a sentence, and tell the title from the name."""
    words = tokens.words
    if first == last:  # four runs of five, most of them the first word of a sentence
        word = words[first]
        if word in _OPENERS or word in TITLES:
            return None
        return Run(first, first, last, (_plain(word),), (), tokens.quote[first])
    start = first
    first += _is_participle(tokens, first)
    while first <= last and (
        words[first] in _OPENERS or (first > start and words[first] in PARTICLES)
    ):
        first += 1
    if first > last:
        return None
    name = first
    while name < last and words[name].rstrip(".") in TITLES:
        name += 1
    if last - name >= 2 and _is_trade(words, name, last):
        name += 1
    before = words[last - 1] if last > first else ""
    if words[last] in TITLES and before not in _HONORIFICS and before not in FORENAMES:
        return None  # "the Prime Minister": a role, no name
    if last - name >= 2:
        name = _cut(words, name, last)
    proper = tuple(map(_plain, words[name : last + 1]))
    return Run(first, name, last, proper, tuple(words[first:name]), tokens.quote[first])


def _is_participle(tokens: Tokens, at: int) -> bool:
    """Tell whether the word opens its sentence and is no name: "Knowing Okafor was late, …"."""
    word = tokens.words[at]
    if not word.endswith("ing") or word in FORENAMES or len(word) <= _SHORTEST_PARTICIPLE:
        return False
    gap = tokens.text[tokens.ends[at - 1] : tokens.starts[at]] if at else "\n"
    return "\n" in gap or tokens.words[at - 1] in _ENDERS


def _is_trade(words: list[str], at: int, last: int) -> bool:
    """Tell whether the word says what the person named after it does: "Skipper Ada Okafor"."""
    if words[at] in FORENAMES or words[at].lower() not in _TRADES or last - at > _LONGEST:
        return False
    return not is_body(tuple(words[at + 1 : last + 1]))


def _plain(word: str) -> str:
    """Return ``word`` without the point of an abbreviation: "Jr." -> "Jr"; initials keep theirs."""
    return word if word[1:2] == "." else word.rstrip(".")


def _cut(words: list[str], first: int, last: int) -> int:
    """Return where the person begins in "US Defence Secretary Ada Okafor": after a title, or at a forename."""
    for at in range(last - 1, first, -1):
        if words[at - 1].rstrip(".") in TITLES and _is_short(words, at, last):
            return first if not ORGANIZATION_WORDS.isdisjoint(words[at : last + 1]) else at
    if words[first] in FORENAMES or last - first > _LONGEST:
        return first
    for at in range(first + 1, last):
        if words[at] in FORENAMES:
            is_person = _is_short(words, at, last) and ORGANIZATION_WORDS.isdisjoint(
                words[at : last + 1]
            )
            return at if is_person else first
    return first


def _is_short(words: list[str], first: int, last: int) -> bool:
    """Tell whether the words are at most three names, a family name with its particles one."""
    if last - first > _LONGEST:
        return False
    return last - first + 2 - len(family(words[first : last + 1])) <= 3
