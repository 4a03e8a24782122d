"""Tokens -> runs of capitalised words, cut into title and name."""

from collections.abc import Mapping
from itertools import compress, count
from operator import ne
from typing import NamedTuple

from articles.extraction.reading.family_names import family_name, is_name_word, name_key
from articles.extraction.reading.function_words import MONTHS, PARTICLES, STARTERS
from articles.extraction.reading.gazetteer import ORGANIZATION, PERSON, GazetteerMatch
from articles.extraction.reading.lexicon import cue_verbs, word_list
from articles.extraction.reading.tokens import Tokens

TITLES = word_list("titles")
FORENAMES = word_list("forenames")
_TRADES = word_list("role_nouns")
ORGANIZATION_WORDS = word_list("organization_words")
_ENDINGS, _THINGS = word_list("organization_endings"), word_list("thing_endings")
# what only begins a sentence: The, On, and "Added" in "Added Okafor: “…”"
_OPENERS = STARTERS | {
    verb.capitalize() for verb in cue_verbs()[0] if verb.endswith(("ed", "said", "wrote"))
}
_MAX_RUNS = 15_000  # names that are looked at in one text
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


class NameRun(NamedTuple):
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
        return is_organization_name(self.words) and not (
            self.has_honorific and self.words[-1] in _ENDINGS
        )

    @property
    def is_thing(self) -> bool:
        """Tell whether its last word names a kind of place or thing: Victory Quay, Salt Tax."""
        return _ends_in(self.words, _THINGS) and not self.has_honorific and not self.on_record

    @property
    def has_honorific(self) -> bool:
        """Tell whether it stands behind Mr, Ms or the like, which a family name follows."""
        return bool(self.titles) and self.titles[-1] in _HONORIFICS and self.titles[-1] != "Sir"


def is_organization_name(words: tuple[str, ...]) -> bool:
    """Tell whether a word names a kind of organization or place, or the last one does: Northtown Foods."""
    rest = words[1:] if words[0] in FORENAMES else words
    return not ORGANIZATION_WORDS.isdisjoint(rest) or _ends_in(words, _ENDINGS)


def _ends_in(words: tuple[str, ...], endings: frozenset[str]) -> bool:
    return words[-1] in endings and len(words) > 1 and words[0] not in FORENAMES


def find_runs(tokens: Tokens, matches: Mapping[int, GazetteerMatch] | None = None) -> list[NameRun]:
    """Return the runs of capitalised words in reading order. A possessive ending closes a run.

    ``matches``: the names on record by their first token, each a run of its own, titles before it taken in.
    """
    words, lower, last = tokens.words, tokens.lower, len(tokens.words) - 1
    breaks, matches = set(tokens.breaks), matches or {}
    runs: list[NameRun] = []
    done = -1
    capitals = list(compress(count(), map(ne, words, lower)))
    for at in sorted({*capitals, *matches}) if matches else capitals:
        if len(runs) == _MAX_RUNS:
            break
        if at <= done:
            continue
        if at in matches:
            done = matches[at].last
            runs.append(_gazetteer_run(tokens, at, at, matches[at]))
            continue
        word = words[at]
        if word in MONTHS or not (word[0].isupper() or is_name_word(word)):
            continue
        if not matches and at < last and lower[at + 1] == words[at + 1] not in _MAY_GO_ON:
            if word not in _OPENERS and word not in TITLES:  # most only begin a sentence
                runs.append(NameRun(at, at, at, (_without_point(word),), (), tokens.quote[at]))
            continue
        done = _run_end(tokens, at, breaks, matches)
        following = matches.get(done + 1)
        if following and following.kind == PERSON and _is_next(tokens, done + 1, breaks):
            runs.append(_gazetteer_run(tokens, at, done + 1, following))
            done = following.last
            continue
        run = _trim(tokens, at, done)
        if run:
            runs.append(run)
    return _with_particles(tokens, runs, breaks)


def _gazetteer_run(tokens: Tokens, first: int, name: int, match: GazetteerMatch) -> NameRun:
    """Return the run of a name on record at token ``name``; what stands before it from ``first`` are its titles."""
    words = tokens.words
    while first < name and (words[first] in _OPENERS or words[first] in MONTHS):
        first += 1
    titles = tuple(words[first:name])
    quote = tokens.quote[name]
    return NameRun(first, name, match.last, match.words, titles, quote, match.kind)


def _with_particles(tokens: Tokens, runs: list[NameRun], breaks: set[int]) -> list[NameRun]:
    """Begin a run with the particles before it when a full name has them too: "von der Leyen" later on."""
    names = [(run.words, family_name(run.words)) for run in runs if len(run.words) > 2]
    families = {name_key(name) for words, name in names if 1 < len(name) < len(words)}
    if not families:
        return runs
    return [run if len(run.words) > 1 else _extended(tokens, run, families, breaks) for run in runs]


def _extended(tokens: Tokens, run: NameRun, families: set[str], breaks: set[int]) -> NameRun:
    at = run.first
    while at > 0 and at not in breaks and tokens.words[at - 1] in PARTICLES:
        at -= 1
    words = (*tokens.words[at : run.first], *run.words)
    if at == run.first or run.titles or run.on_record or name_key(words) not in families:
        return run
    return run._replace(first=at, name=at, words=words)


def _run_end(
    tokens: Tokens, at: int, breaks: set[int], matches: Mapping[int, GazetteerMatch]
) -> int:
    """Return the last token of the run that begins at ``at``."""
    words, quote, count = tokens.words, tokens.quote, len(tokens.words)
    if at + 1 < count and tokens.lower[at + 1] == words[at + 1] not in _MAY_GO_ON:
        return at
    while (after := at + 1) < count and after not in breaks and quote[after] == quote[at]:
        following = words[after]
        if after in matches:
            break
        if following[0].isupper() or (len(following) > 3 and is_name_word(following)):
            if tokens.starts[after] - tokens.ends[at] > 1 or _is_date(words[at], following):
                break
            at = after
            continue
        if following not in _SMALL:
            break
        onward = _past_small_words(words, at)
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


def _past_small_words(words: list[str], at: int) -> int:
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


def _trim(tokens: Tokens, first: int, last: int) -> NameRun | None:
    """Leave out what only begins a sentence, and tell the title from the name."""
    words = tokens.words
    if first == last:  # four runs of five, most of them the first word of a sentence
        word = words[first]
        if word in _OPENERS or word in TITLES:
            return None
        return NameRun(first, first, last, (_without_point(word),), (), tokens.quote[first])
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
        name = _person_start(words, name, last)
    proper = tuple(map(_without_point, words[name : last + 1]))
    return NameRun(first, name, last, proper, tuple(words[first:name]), tokens.quote[first])


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
    return not is_organization_name(tuple(words[at + 1 : last + 1]))


def _without_point(word: str) -> str:
    """Return ``word`` without the point of an abbreviation: "Jr." -> "Jr"; initials keep theirs."""
    return word if word[1:2] == "." else word.rstrip(".")


def _person_start(words: list[str], first: int, last: int) -> int:
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
    return last - first + 2 - len(family_name(words[first : last + 1])) <= 3
