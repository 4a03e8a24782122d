"""Whom "he" and "she" mean. Sex comes from what is printed (Ms, spokesman, an earlier pronoun), never from a name."""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import compress, count
from operator import attrgetter, itemgetter

from articles.extraction.bodies import Bodies
from articles.extraction.people import LIKELY, ROLE_NOUNS, SURE, Person
from articles.extraction.reading import Reading
from articles.extraction.role_mentions import find_role_mentions
from articles.extraction.roles import find_roles
from articles.extraction.words import (
    FEMALE,
    FEMALE_NOUNS,
    MALE,
    MALE_NOUNS,
    POSSESSIVE_ENDINGS,
    PREPOSITIONS,
)

# Points for and against a candidate, tried out on development texts; small changes change nothing.
_SENTENCE, _PARAGRAPH, _OBJECT = 10.0, 2.0, 7.0  # for each one back; after a preposition
_FIRST, _SPOKE, _SEX_KNOWN = 5.0, 14.0, 3.0  # first in its sentence; spoke last
_SUBJECTS = {0: 9.0, 1: 4.0}  # first in this sentence, in the one before
_LOOKS_BACK, _ROLES_BACK = 16, 64  # mentions; roles
_NOUNS = MALE_NOUNS | FEMALE_NOUNS
_POSSESSIVE = [[ending] for ending in POSSESSIVE_ENDINGS]
_NO_TITLES: list[str] = []
_DEFINITE = {"the", "this", "that"}
_OBJECT_OF = PREPOSITIONS | {"tell", "told", "asked"}
_PRONOUN_SEX = {
    "he": "m",
    "his": "m",
    "him": "m",
    "himself": "m",
    "she": "f",
    "her": "f",
    "hers": "f",
    "herself": "f",
}


class Antecedents:
    """The people of a text in the order they are mentioned outside quotes, and who spoke last."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._lows = [sentence.low for sentence in reading.sentences]
        self._mentions: list[tuple[int, Person]] = [
            (run.first, person)
            for run, person in zip(reading.runs, reading.people.of_run, strict=True)
            if person and run.quote < 0
        ]
        self.roles = find_roles(reading)
        self._strangers: dict[Person, str] = {}  # who is named by a role only -> its noun
        self._role_ends: dict[
            int, int
        ] = {}  # first token of a role that stands for somebody -> its last
        self._add_roles()
        self._places = [at for at, _ in self._mentions]
        self._first_in: dict[int, int] = {}  # sentence -> its first mention
        here = -1
        for at, _ in self._mentions:
            while here + 1 < len(self._lows) and self._lows[here + 1] <= at:
                here += 1
            self._first_in.setdefault(here, at)
        self._sex = self._learn()
        self.spoke: list[Person] = []
        self.bodies = Bodies(reading)

    def _add_roles(self) -> None:
        """Take in who is mentioned by a role: "The mayor" is whoever holds it, else somebody without a name."""
        lower = self._reading.tokens.lower
        for role in find_role_mentions(self._reading):
            person = self.holder(lower[role.first : role.last + 1], role.first)
            if person is None:
                person = Person("", (), SURE, (role.first,))
                self._strangers[person] = lower[role.last]
            self._role_ends[role.first] = role.last
            self._mentions.append((role.first, person))
        self._mentions.sort(key=itemgetter(0))

    def sentence(self, at: int) -> int:
        """Return the number of the sentence that token ``at`` stands in."""
        return bisect_right(self._lows, at) - 1

    def find(self, sex: str, at: int) -> Person | None:
        """Return whom a pronoun of ``sex`` (m, f, p for plural) at token ``at`` means, or None."""
        if sex == "p":
            return self.spoke[-1] if self.spoke else None
        if sex not in "mf":
            return None
        best, best_score = None, float("-inf")
        here = self.sentence(at)
        index = bisect_left(self._places, at)
        for place, person in self._mentions[max(0, index - _LOOKS_BACK) : index]:
            if person.score < LIKELY or self._sex.get(person, sex) != sex:
                continue
            if self._is_addressed(place, at):
                continue
            score = self._score(place, person, here)
            if score >= best_score:
                best, best_score = person, score
        if best is None:
            recent = reversed(self.spoke[-_LOOKS_BACK:])
            best = next((p for p in recent if self._sex.get(p, sex) == sex), None)
        if best is None or best in self._strangers:
            return None
        self._sex.setdefault(best, sex)
        return best

    def holder(self, role: Sequence[str], at: int) -> Person | None:
        """Return who holds ``role`` ("the", "prime", "minister") at token ``at``: all words printed with one person."""
        if role[0] not in _DEFINITE or role[-1] not in ROLE_NOUNS:
            return None
        wanted = {word for word in role[1:] if word in ROLE_NOUNS or word == "prime"}
        index = bisect_left(self.roles, at, key=attrgetter("at"))
        near = [
            *reversed(self.roles[max(0, index - _ROLES_BACK) : index]),
            *self.roles[index : index + 1],
        ]
        return next((held.person for held in near if wanted <= held.words), None)

    def _is_addressed(self, place: int, at: int) -> bool:
        """Tell whether only a comma parts the mention from the pronoun: "Okafor, he said, …" is not about him."""
        run = self._reading.run_of(place)
        last = run.last if run else self._role_ends.get(place)
        return last == at - 2 and self._reading.tokens.words[at - 1] == ","

    def _score(self, place: int, person: Person, here: int) -> float:
        sentences = self._reading.sentences
        there = self.sentence(place)
        score = -_SENTENCE * (here - there)
        score -= _PARAGRAPH * (sentences[here].paragraph - sentences[there].paragraph)
        score += _FIRST * (self._first_in[there] == place)
        score += _SPOKE * bool(self.spoke and self.spoke[-1] is person)
        score += 3 * (person.score >= SURE) + (len(person.places) > 1)
        score += _SEX_KNOWN if person in self._sex else 0
        if self._is_object(place):
            return score - _OBJECT
        if self._first_in[there] == place:
            score += _SUBJECTS.get(here - there, 0.0)
        return score

    def _is_object(self, place: int) -> bool:
        """Tell whether the name stands behind a preposition, or before "’s": less likely what a sentence is about."""
        tokens, run = self._reading.tokens, self._reading.run_of(place)
        if place and tokens.lower[place - 1] in _OBJECT_OF:
            return True
        return run is not None and tokens.lower[run.last + 1 : run.last + 2] in _POSSESSIVE

    def _learn(self) -> dict[Person, str]:
        """Return who is printed as he or she: by honorific, by noun, by pronouns in sentences with nobody else."""
        votes: dict[Person, Counter[str]] = defaultdict(Counter)
        tokens = self._reading.tokens
        for run, person in zip(self._reading.runs, self._reading.people.of_run, strict=True):
            if not person:
                continue
            nouns = tokens.lower[max(0, run.first - 2) : run.name]
            if not run.titles and _NOUNS.isdisjoint(nouns):
                continue
            titles = [title.rstrip(".") for title in run.titles] if run.titles else _NO_TITLES
            if not (MALE.isdisjoint(titles) and MALE_NOUNS.isdisjoint(nouns)):
                votes[person]["m"] += 20
            if not (FEMALE.isdisjoint(titles) and FEMALE_NOUNS.isdisjoint(nouns)):
                votes[person]["f"] += 20
        for stranger, noun in self._strangers.items():
            votes[stranger]["m"] += 20 * (noun in MALE_NOUNS)
            votes[stranger]["f"] += 20 * (noun in FEMALE_NOUNS)
        for at in compress(count(), map(_PRONOUN_SEX.__contains__, tokens.lower)):
            person = self._only_one(at) if tokens.quote[at] < 0 else None
            if person:
                votes[person][_PRONOUN_SEX[tokens.lower[at]]] += 1
        return {
            person: sexes.most_common(1)[0][0]
            for person, sexes in votes.items()
            if +sexes and _is_clear(+sexes)
        }

    def _only_one(self, at: int) -> Person | None:
        """Return the only person mentioned before token ``at`` in its sentence and the one before."""
        here = self.sentence(at)
        low = self._lows[here]
        index = bisect_left(self._places, at)
        found = {p for place, p in self._mentions[max(0, index - 4) : index] if place >= low}
        if not found and here:
            low = self._lows[here - 1]
            before = self._mentions[max(0, index - 4) : index]
            if any(place >= low and self._is_aside(place) for place, _ in before):
                return None
            found = {p for place, p in before if place >= low}
        return found.pop() if len(found) == 1 else None

    def _is_aside(self, place: int) -> bool:
        """Tell whether the sentence is about others and only its end says who told it."""
        tokens = self._reading.tokens
        run = self._reading.run_of(place)
        if run is None or tokens.words[run.first - 1] != "," or tokens.quote[run.first - 1] >= 0:
            return False
        return run.last + 1 in self._reading.cues


def _is_clear(sexes: Counter[str]) -> bool:
    (_, most), *rest = sexes.most_common(2)
    return not rest or most > 2 * rest[0][1]
